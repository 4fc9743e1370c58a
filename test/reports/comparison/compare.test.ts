// What can be said of two sides on the same seeds: better, same, worse, or not yet.

import { expect, test } from 'vitest';
import { verdictLine } from '../../../reports/comparison/verdict.ts';
import { compare, NoCommonSeeds } from '../../../reports/comparison/compare.ts';
import type { Measured } from '../../../reports/comparison/measured.ts';
import { comparisonOf, gate, plus, requestFor, rowOf } from './sides.ts';

const minute = 60_000;
const outcomesOf = (comparison: ReturnType<typeof comparisonOf>) =>
  new Set(comparison.scenarios[0]!.rows.map(({ outcome }) => outcome));

test('the same policy twice is the same in every measure, and passes a gate without margin', () => {
  const gates = [gate('time_to_block', 'p95', '0m'), gate('escaped', 'mean', '0')];
  const comparison = comparisonOf({ alike: true, gates });
  expect(outcomesOf(comparison)).toEqual(new Set(['same']));
  expect(comparison.gates).toMatchObject({ outcome: 'passed', exitCode: 0 });
  expect(comparison.scenarios[0]).toMatchObject({ alikeSeeds: 20, worst: null });
});

test('one seed run twice is the same, since it came to the same end', () => {
  const comparison = comparisonOf({ alike: true, seeds: 1, neverBlocked: 0 });
  expect(outcomesOf(comparison)).toEqual(new Set(['same']));
  expect(verdictLine(comparison)).toMatch(/ The only pair came to the same end, event by event\.$/);
});

test('blocks that come later in every seed are worse, never-blocked seeds counting up to the horizon', () => {
  const later = { metric: 'time_to_block', to: (m: Parameters<ReturnType<typeof plus>>[0], seed: number) =>
    (m.observed ? plus(40 * minute)(m, seed) : m) } as const;
  const row = rowOf(comparisonOf({ changes: [later] }), 'time_to_block');
  expect(row).toMatchObject({ outcome: 'worse', horizon: 12 * 60 * minute, pairs: 20, differing: 18 });
  // 40 minutes in 18 of 20 seeds, nothing in the two that are never blocked.
  expect(row.change).toBeCloseTo(36 * minute, 6);
  expect(row.interval![0]).toBeGreaterThan(0);
  expect(row.candidate).toMatchObject({ withData: 20, censored: 2 });
});

test('never is never, whether the attack went on for half a day or for a minute', () => {
  const shorter = { metric: 'time_to_block', to: (m: { value: number | null; observed: boolean }) =>
    (m.observed ? m : { value: minute, observed: false }) } as const;
  const row = rowOf(comparisonOf({ changes: [shorter] }), 'time_to_block');
  const censored = 2;
  expect(row).toMatchObject({ pairs: 20, differing: 2, baseline: { censored }, candidate: { censored } });
  expect(row.change).toBeCloseTo(0, 6);
});

test('a block where there was none makes the mean time shorter, though it joins the blocked late', () => {
  const blocked = { metric: 'time_to_block', to: (m: { value: number | null; observed: boolean }) =>
    (m.observed ? m : { value: 11 * 60 * minute, observed: true }) } as const;
  const row = rowOf(comparisonOf({ neverBlocked: 12, changes: [blocked] }), 'time_to_block');
  expect(row.change).toBeCloseTo((-12 / 20) * 60 * minute, 6);
  expect(row.outcome).toBe('better');
});

test('more of what is better is better, and more traffic only differs', () => {
  const comparison = comparisonOf({ changes: [
    { metric: 'wanted.delivered', to: plus(400) }, { metric: 'wanted.submitted', to: plus(400) },
  ] });
  expect(rowOf(comparison, 'wanted.delivered').outcome).toBe('better');
  expect(rowOf(comparison, 'wanted.submitted').outcome).toBe('differs');
});

test('a change within the margin is the same, though no seed is untouched', () => {
  const row = rowOf(comparisonOf({ changes: [{ metric: 'escaped', to: plus((seed) => 3 + (seed % 4)) }] }),
    'escaped');
  expect(row).toMatchObject({ outcome: 'same', differing: 20, settledBy: null });
});

test('a change in a few seeds is inconclusive, with about how many seeds would settle it', () => {
  const row = rowOf(
    comparisonOf({ changes: [{ metric: 'delist.requests', to: plus((seed) => (seed % 5 === 0 ? 1 : 0)) }] }),
    'delist.requests',
  );
  expect(row.outcome).toBe('inconclusive');
  // Four of 20 differ; six must: 30 seeds.
  expect(row.settledBy).toBe(30);
});

test('fewer than ten seeds that do not differ are not yet the same', () => {
  const few = rowOf(comparisonOf({ seeds: 9 }), 'escaped');
  expect([few.outcome, few.settledBy]).toEqual(['inconclusive', 10]);
  expect(rowOf(comparisonOf({ seeds: 10 }), 'escaped').outcome).toBe('same');
});

test('what one side never had is shown as gone or new, and what neither had as no data', () => {
  const none = () => ({ value: null, observed: false });
  const gone = comparisonOf({ changes: [{ metric: 'time_to_delist', to: none }] });
  expect(rowOf(gone, 'time_to_delist')).toMatchObject({ outcome: 'only baseline', pairs: 0, change: null });
  const innocent = comparisonOf({ culprits: false });
  expect(rowOf(innocent, 'time_to_block').outcome).toBe('no data');
  const appeared = comparisonOf({ culprits: false, changes: [
    { metric: 'time_to_block', to: () => ({ value: 5, observed: true }) },
  ] });
  expect(rowOf(appeared, 'time_to_block').outcome).toBe('only candidate');
});

test('a metric that an older tool did not know is new, and none is invented for it', () => {
  const request = requestFor();
  const [scenario] = request.scenarios;
  const older = { ...scenario!.baseline, seeds: scenario!.baseline.seeds.map(({ metrics, ...seed }) => {
    const { escaped, ...rest } = metrics;
    expect(escaped).toBeDefined();
    return { ...seed, metrics: rest };
  }) };
  const comparison = compare({ ...request, scenarios: [{ ...scenario!, baseline: older }] });
  expect(rowOf(comparison, 'escaped')).toMatchObject({ outcome: 'only candidate',
    baseline: { withData: 0 } });
});

test('seeds are paired by name, whatever their order, and those of one side alone are named', () => {
  const candidate = (side: Measured): Measured => ({ ...side, seeds: side.seeds.slice(5).toReversed() });
  const [scenario] = comparisonOf({ candidate }).scenarios;
  expect(scenario!.baselineOnly).toEqual(['1', '2', '3', '4', '5']);
  expect(scenario!.seeds).toHaveLength(15);
  expect(scenario!.rows.every(({ change }) => change === null || change === 0)).toBe(true);
});

test('sides without a common seed are refused, and each side’s seeds are named', () => {
  const candidate = (side: Measured): Measured =>
    ({ ...side, seeds: side.seeds.map((seed) => ({ ...seed, seed: `x${seed.seed}` })) });
  expect(() => comparisonOf({ candidate })).toThrow(NoCommonSeeds);
  expect(() => comparisonOf({ candidate })).toThrow(/the baseline has 1, 2, 3 and 17 more, the candidate x1/);
});

test('values lie in the order of the seeds, and say which were not seen to their end', () => {
  const row = rowOf(comparisonOf(), 'time_to_block');
  expect(row.values.baseline).toHaveLength(20);
  expect(row.values.baselineCensored).toEqual([18, 19]);
});

test('the worst seed is that of the gate that failed, with the command that runs it', () => {
  const later = { metric: 'escaped', to: plus((seed) => (seed === 7 ? 9_000 : 1_000)) } as const;
  const comparison = comparisonOf({ changes: [later], gates: [gate('escaped', 'mean', '50')] });
  expect(comparison.gates.exitCode).toBe(20);
  expect(comparison.scenarios[0]!.worst).toEqual({
    seed: '7', metric: 'escaped', change: 9_000,
    command: 'npx sharedfate run scenarios/weak-password.ts --seed 7',
  });
});

test('what the sides do not share is listed, and nothing else', () => {
  expect(comparisonOf({ alike: true }).settings).toEqual([{ name: 'policy', baseline: 'before',
    candidate: 'after' }]);
  const request = requestFor();
  const other = { ...request.candidate.policy, name: 'before', modules: ['token-bucket', 'new-one'],
    parameters: { burst: '30' } };
  const { settings } =
    compare({ ...request, candidate: { ...request.candidate, policy: other, tool: 'x 2' } });
  expect(settings).toContainEqual({ name: 'module new-one', baseline: null, candidate: 'on' });
  expect(settings).toContainEqual({ name: 'module recipient-window', baseline: 'on', candidate: null });
  expect(settings).toContainEqual({ name: 'tool', baseline: 'sharedfate 0.1.0', candidate: 'x 2' });
  expect(settings.some(({ name }) => name === 'policy')).toBe(false);
});

test('a comparison is plain JSON: nothing in it is lost on the way to a file', () => {
  const comparison = comparisonOf({ gates: [gate('time_to_block', 'p95', '15m')] });
  expect(JSON.parse(JSON.stringify(comparison))).toEqual(comparison);
});

test('made twice from the same figures, a comparison is the same to the last digit', () => {
  const options = { changes: [{ metric: 'escaped', to: plus((seed: number) => seed * 3) }] } as const;
  expect(comparisonOf(options)).toEqual(comparisonOf(options));
});
