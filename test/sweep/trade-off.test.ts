// The trade-off of a sweep: what is on the frontier, how a run that was never blocked counts, and that the
// page says it without a request, with the command of each point.

import { expect, test } from 'vitest';
import { metricUnits, type SeedResult } from '../../sim/index.ts';
import { type FrontierData, marksAt } from '../../reports/trade-off/frontier-figure.ts';
import { renderTradeOff } from '../../reports/trade-off/page.ts';
import type { SweptPoint, SweptResults } from '../../reports/trade-off/swept.ts';
import { renderTradeOffTerminal } from '../../reports/trade-off/terminal.ts';
import { weighed } from '../../reports/trade-off/weigh.ts';

const hour = 3_600_000;
type Run = readonly [wrong: number, hours: number | null, isBlocked?: boolean];

const seedOf = ([wrong, hours, isBlocked = true]: Run, index: number): SweptPoint['seeds'][number] => {
  const none = Object.fromEntries(Object.keys(metricUnits)
    .map((name) => [name, { value: 0, observed: true }]));
  const block = { value: hours === null ? null : hours * hour, observed: isBlocked };
  const metrics = { ...none, 'fp.tenants': { value: wrong, observed: true }, time_to_block: block };
  return { seed: String(index + 1), metrics: metrics as unknown as SeedResult['metrics'] };
};
const pointOf = (point: number, runs: readonly Run[], more: Partial<SweptPoint> = {}): SweptPoint => ({
  point, policy: 'default', settings: `burst=${point}`, isDefault: false,
    command: `sharedfate run --set burst=${point}`,
  seeds: runs.map(seedOf), failed: 0, missing: 0, ...more,
});
const sweptOf = (...scenarios: readonly (readonly SweptPoint[])[]): SweptResults => ({
  title: 'A <b>sweep</b>', tool: 'sharedfate 0', sweep: 's.ts', seeds: 2,
  commandOver: (point, scenarios) => `sharedfate compare ${scenarios.join(' ')} --set burst=${point}`,
  scenarios: scenarios.map((points, index) =>
    ({ scenario: `${index}.ts`, title: `Scenario ${index}`, points })),
});
const frontierOf = (...points: readonly SweptPoint[]): readonly number[] =>
  weighed(sweptOf(points)).scenarios[0]!.points.filter(({ isFrontier }) => isFrontier)
    .map(({ point }) => point);

test('on the frontier is what no other point beats in both figures, and equals of it', () => {
  expect(frontierOf(
    pointOf(1, [[0, 9]]), pointOf(2, [[0.1, 4]]), pointOf(3, [[0.1, 5]]), pointOf(4, [[0.2, 4]]),
    pointOf(5, [[0.3, 1]]), pointOf(6, [[0.3, 1]]),
  )).toEqual([1, 2, 5, 6]);
});

test('a policy that is fast when it blocks, and seldom does, is not fast', () => {
  const seldom = pointOf(1, [[0, 1], [0, 20, false], [0, 20, false]]);
  const steady = pointOf(2, [[0, 6], [0, 6], [0, 6]]);
  const { horizon, points } = weighed(sweptOf([seldom, steady])).scenarios[0]!;
  expect(horizon).toBe(20 * hour);
  // A third of its runs at 1 h, two thirds all of the 20 h.
  expect(points.map(({ block }) => Math.round(block! / hour * 10) / 10)).toEqual([13.7, 6]);
  expect(frontierOf(seldom, steady)).toEqual([2]);
});

test('an attack that was over before anybody stopped it counts with all of the time, however short', () => {
  const point = pointOf(1, [[0, 2], [0, 1, false], [0, 10]]);
  const { block } = weighed(sweptOf([point])).scenarios[0]!.points[0]!;
  expect(block! / hour).toBeCloseTo((2 + 10 + 10) / 3, 9);
});

test('a point with failed or missing runs is shown, and not judged', () => {
  const best = pointOf(1, [[0, 1]], { failed: 1 });
  expect(frontierOf(best, pointOf(2, [[0.1, 4], [0.1, 4]]))).toEqual([2]);
  const one = [best, pointOf(2, [[0.1, 4], [0.1, 4]])];
  const said = renderTradeOffTerminal(weighed(sweptOf(one, one))).replaceAll(/\s+/g, ' ');
  expect(said).toContain('Of 1 point over both scenarios with a culprit one is best in both: default burst');
  expect(said).toContain('1 point with failed or missing runs is not judged.');
});

test('the same seeds in another order are the same; a point that failed is not judged, even on them', () => {
  const runs: readonly Run[] = [[0.1, 4], [0.1, 6]];
  const turned = pointOf(2, runs);
  const points = [pointOf(1, runs), { ...turned, seeds: turned.seeds.toReversed() },
    pointOf(3, runs, { failed: 1 })];
  expect(weighed(sweptOf(points)).scenarios[0]!.points.map(({ isJudged }) => isJudged))
    .toEqual([true, true, false]);
});

test('whom a point slows is told beside those it hits, and moves no mark', async () => {
  const paced = (point: number, share: number): SweptPoint => {
    const plain = pointOf(point, [[0.1, 4], [0.1, 4]]);
    const slowed = { value: share, observed: true };
    const seeds = plain.seeds.map(({ metrics, seed }) =>
      ({ seed, metrics: { ...metrics, 'fp.tenants.paced': slowed } }));
    return { ...plain, seeds };
  };
  const points = [paced(1, 0.75), paced(2, 0.25)];
  expect(frontierOf(...points)).toEqual([1, 2]);
  const tradeOff = weighed(sweptOf(points, points));
  expect(tradeOff.overall!.points.map(({ slowed }) => slowed)).toEqual([0.75, 0.25]);
  const page = await renderTradeOff(tradeOff);
  for (const text of ['<th scope="col" class="number">Slowed', '75 %', '25 %', 'fp.tenants.paced'])
    expect(page).toContain(text);
  const said = renderTradeOffTerminal(tradeOff);
  for (const text of ['10 % hit  75 % slowed', '10 % hit  25 % slowed']) expect(said).toContain(text);
  expect(said).not.toContain('alike');
});

test('of a point that is not judged no figure over all scenarios is told', () => {
  const part = [pointOf(1, [[0.1, 4]], { failed: 1 }), pointOf(2, [[0.1, 4], [0.1, 4]])];
  const { wrong, slowed, block } = weighed(sweptOf(part, part)).overall!.points[0]!;
  expect([wrong, slowed, block]).toEqual([null, null, null]);
  // Where all tenants are careless there is nobody who may not be slowed.
  const careless = pointOf(1, [[0.1, 4]]);
  const seeds = careless.seeds.map(({ metrics, seed }) =>
    ({ seed, metrics: { ...metrics, 'fp.tenants.paced': { value: null, observed: true } } }));
  const overall = weighed(sweptOf([careless], [{ ...careless, seeds }])).overall!;
  expect([overall.points[0]!.wrong, overall.points[0]!.slowed]).toEqual([0.1, null]);
});

test('at a terminal too narrow for it a row says below it which point it is, uncut', () => {
  const named = (point: number): SweptPoint => pointOf(point, [[0.11 * point, 4 / point], [0.1, 1], [0, 2]],
    { settings: `burst=${point} recipientsPerDay=500` });
  const tradeOff = weighed(sweptOf([named(1), named(2)]));
  for (const columns of [200, 80]) {
    const lines = renderTradeOffTerminal(tradeOff, { columns }).split('\n');
    for (const point of [1, 2]) {
      const at = lines.findIndex((line) => line.includes(`default burst=${point} recipientsPerDay=500`)
        && !line.includes('one is best'));
      expect(lines[columns === 200 ? at : at - 1]).toMatch(/^ {2}frontier .* slowed /);
    }
  }
});

test('in an unfinished sweep only points on the same seeds are held against one another', async () => {
  const on = (point: number, ...runs: readonly (readonly [seed: string, hours: number])[]): SweptPoint => ({
    ...pointOf(point, []), missing: 4 - runs.length,
    seeds: runs.map(([seed, hours]) => ({ ...seedOf([0, hours], 0), seed })),
  });
  // Seed 3 is a bad night, on which point 1 would be the slowest of all.
  const points = [
    on(1, ['1', 2], ['2', 2], ['4', 2]), on(2, ['1', 3], ['3', 9], ['4', 3]),
    on(3, ['1', 5], ['3', 5], ['4', 5]), on(4, ['2', 1], ['3', 1]),
  ];
  expect(frontierOf(...points)).toEqual([2, 3]);
  const page = await renderTradeOff(weighed(sweptOf(points)));
  expect(page).toContain('2 points with failed or missing runs are not judged.');
  expect(await renderTradeOff(weighed(sweptOf(points.slice(0, 3))))).toContain(
    '1 point with failed or missing runs is not judged.');
  // What failed is not judged, and does not keep others from it by having more seeds.
  expect(frontierOf(on(1, ['1', 2]), { ...on(2, ['1', 1], ['2', 1]), failed: 2 })).toEqual([1]);
});

test('a point that is ahead in an unfinished sweep is judged on the seeds that the others have too', () => {
  const ahead = pointOf(1, [[0, 9], [0, 9], [0, 0], [0, 0]]);
  const others = [2, 3, 4].map((point) => pointOf(point, [[0, point], [0, point]], { missing: 2 }));
  const { points } = weighed(sweptOf([ahead, ...others])).scenarios[0]!;
  expect(points.map(({ block, isJudged, runs }) => [block! / hour, isJudged, runs]))
    .toEqual([[9, true, 2], [2, true, 2], [3, true, 2], [4, true, 2]]);
  expect(frontierOf(ahead, ...others)).toEqual([2]);
  // One that has hardly begun does not take the others' seeds from them.
  const late = pointOf(5, [[0, 1]], { missing: 3 });
  expect(frontierOf(...others, late)).toEqual([2]);
});

test('a point that is not judged does not shorten the time that the others are judged over', () => {
  const judged = [pointOf(1, [[0, 9], [0, 9]]), pointOf(2, [[0, 12], [0, 12]])];
  const begun = pointOf(3, [[0, 1, false]], { missing: 1 });
  const failed = pointOf(4, [[0, 2, false], [0, 1]], { failed: 1 });
  const { horizon, points } = weighed(sweptOf([...judged, begun, failed])).scenarios[0]!;
  expect(horizon).toBe(null);
  expect(points.map(({ block, isJudged }) => [block! / hour, isJudged]))
    .toEqual([[9, true], [12, true], [1, false], [1.5, false]]);
  expect(frontierOf(...judged, begun, failed)).toEqual([1]);
  const open = pointOf(5, [[0, 20, false], [0, 20, false]]);
  const all = weighed(sweptOf([...judged, open, begun, failed])).scenarios[0]!;
  expect([all.horizon, ...all.points.map(({ block }) => block!)])
    .toEqual([20, 9, 12, 20, 1, 1.5].map((hours) => hours * hour));
});

test('on as many runs, points go before seeds', () => {
  const long = pointOf(1, [[0, 1], [0, 1], [0, 1], [0, 1]]);
  const short = [2, 3].map((point) => ({ ...pointOf(point, [[0, point], [0, point]]), missing: 2 }));
  const other = short.map((point) =>
    ({ ...point, seeds: point.seeds.map((seed, index) => ({ ...seed, seed: `b${index}` })) }));
  for (const points of [[long, ...other], [...other, long]]) expect(frontierOf(...points)).toEqual([2]);
});

test('over all scenarios each counts alike, by the share of its time', () => {
  const { overall } = weighed(sweptOf(
    [pointOf(1, [[0, 10], [0, 10, false]]), pointOf(2, [[0.2, 5], [0.2, 5]])],
    [pointOf(1, [[0, 0.1], [0, 0.1, false]]), pointOf(2, [[0.4, 0.05], [0.4, 0.05]])],
    [pointOf(1, [[0, null]]), pointOf(2, [[0, null]])],
  ));
  expect(overall!.points.map(({ wrong, block }) => [wrong!.toFixed(2), block!.toFixed(2)]))
    .toEqual([['0.00', '1.00'], ['0.30', '0.50']]);
});

test('over all scenarios the page says of what the share is', async () => {
  // Nobody was at it all of the time: ten hours of a day are merely the slowest that was tried.
  const one = [pointOf(1, [[0, 10], [0, 10]]), pointOf(2, [[0.2, 5], [0.2, 5]])];
  const view = weighed(sweptOf(one, one));
  expect(view.overall!.points.map(({ block }) => block)).toEqual([1, 0.5]);
  const note = 'where every run was blocked, of the mean of its slowest point';
  expect((await renderTradeOff(view)).split(note)).toHaveLength(2);
  expect(await renderTradeOff(weighed(sweptOf(one)))).not.toContain(note);
});

test('the page names the frontier and its commands, carries no markup from outside and asks for nothing',
  async () => {
  const view = weighed(sweptOf([pointOf(1, [[0, 9], [0, 9]]), pointOf(2, [[0.1, 4], [0.1, 4]])]));
  const html = await renderTradeOff(view);
  const shown = html.slice(0, html.indexOf('<script'));
  expect(shown).toContain('sharedfate run --set burst=2');
  expect(shown).toContain('9 h');
  expect(shown).not.toContain('<b>sweep');
  expect(html).toContain("default-src 'none'");
  expect(shown).not.toMatch(/(?:src|href)="(?!#)/);
  const text = renderTradeOffTerminal(view);
  expect(text).toMatch(/frontier {2}0 % hit {3}0 % slowed {2}9 h/);
  expect(text).toContain('default burst=2');
});

test('over all scenarios a point has the command that compares it on those with a culprit', async () => {
  const [one, two] = [pointOf(1, [[0, 9], [0, 9]]), pointOf(2, [[0, 19], [0.1, 24]])];
  const quiet = [pointOf(1, [[0, null]]), pointOf(2, [[0, null]])];
  const html = await renderTradeOff(weighed(sweptOf([one, two], quiet, [one, two])));
  const shown = html.slice(html.indexOf('id="frontier-0"'), html.indexOf('id="frontier-1"'));
  expect(shown).toContain('id="frontier-0-chart-chosen"');
  // Point 2 is on no frontier, and only in the table of all points.
  for (const burst of [1, 2]) expect(shown).toContain(`sharedfate compare 0.ts 2.ts --set burst=${burst}<`);
});

test('where marks lie on one another all of them are found, the clicked one first, each once', () => {
  const mark = (point: number, wrong: number, block: number): FrontierData['others'][number] =>
    ({ point, name: '', wrong, block, command: '' });
  const others = [mark(1, 2, 10), mark(4, 2, 10), mark(5, 2.004, 10.05), mark(6, 3, 10), mark(7, 2, 11)];
  const data = { others, frontier: [mark(3, 2, 10), mark(8, 12, 1)], defaults: [mark(3, 2, 10)] };
  const at = (isLog: boolean, point: number): readonly number[] =>
    marksAt({ ...data, unit: 'hours', isLog }, point).map((found) => found.point);
  expect([at(false, 4), at(false, 8), at(false, 7)]).toEqual([[4, 1, 3, 5], [8], [7]]);
  expect([at(true, 3), at(true, 6)]).toEqual([[3, 1, 4, 5], [6]]);
  const same = { others: [], defaults: [], frontier: [mark(2, 0, 0), mark(1, 0, 0)] };
  expect(marksAt({ ...same, unit: 'minutes', isLog: false }, 2).map(({ point }) => point)).toEqual([2, 1]);
});

test('a scenario without a culprit says so and still tells who is hit', async () => {
  const view = weighed(sweptOf([pointOf(1, [[0.3, null], [0.1, null]])]));
  expect(await renderTradeOff(view)).toContain('No culprit here');
  expect(renderTradeOffTerminal(view)).toContain('no culprit, nothing to block');
});
