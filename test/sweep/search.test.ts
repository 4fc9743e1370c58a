// A search from its folder's side: what is refused there, and what it says where there is nothing to find.

import { appendFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tune, type TuneOptions } from '../../cli/commands/tune.ts';
import { report } from '../../cli/commands/report.ts';
import { run } from '../../cli/commands/run.ts';
import { type Checked, checkOf, checkText } from '../../cli/sweeping/check.ts';
import { commandOver } from '../../cli/sweeping/swept.ts';
import type { RunResult } from '../../sim/index.ts';
import { exported } from '../cli/command.ts';
import { listening, makeSmallSweep, simulator, type SmallSweep } from './small-sweep.ts';

const policies = new URL('../../policy/index.ts', import.meta.url).href;
let small: SmallSweep;
beforeEach(() => {
  small = makeSmallSweep();
});
afterEach(() => small.remove());

const search = async (change: Partial<TuneOptions>, scenarios = [small.at('plan.json')]) => {
  const console = listening();
  const all = { policy: 'default', objective: 'cost:9', budget: '14', vary: ['burst=5..120'], set: [],
    jobs: '2', timeLimit: '10m', force: false, json: false, ...change };
  return { code: await tune(scenarios, all, simulator, console), said: console.said() };
};

test('a search that was stopped is not wiped by the same command, nor taken for a sweep, nor made of one',
  async () => {
  const swept = small.at('swept');
  mkdirSync(swept);
  writeFileSync(small.at('swept', 'sweep.json'), '{ "schema": "sharedfate/sweep@1" }');
  writeFileSync(small.at('swept', 'done.jsonl'), '{"key":"a","kind":"threw","reason":"no"}\n');
  await expect(search({ out: swept })).rejects.toThrow('holds a sweep already');
  await expect(search({ resume: swept })).rejects.toThrow('go on with it by sharedfate sweep --resume');
  await expect(search({ resume: small.at('none') })).rejects.toThrow('holds no search to go on with');
  await expect(small.run({ out: swept, force: false })).rejects.toThrow('holds a sweep already');
  expect(existsSync(small.at('none'))).toBe(false);

  const { code } = await search({ out: small.at('out') });
  expect(code).toBe(0);
  await expect(small.run({ resume: small.at('out') })).rejects.toThrow('go on with it by npx');
  const reported = report([small.at('out')], { force: false, json: false, reporter: 'line' }, listening());
  await expect(reported).rejects.toThrow('holds a search, which makes no report');
  const beside = { set: [], seeds: '1', out: small.at('out'), force: false, jobs: '1', json: false,
    reporter: 'line', policy: 'default', wire: false, check: false };
  expect(await run(small.at('plan.json'), beside, simulator, listening())).toBe(0);
  const told = report([small.at('out')], { force: false, json: false, reporter: 'line' }, listening());
  expect(await told).toBe(0);
  const before = readFileSync(small.at('out', 'done.jsonl'), 'utf8');
  writeFileSync(small.at('out', 'tune.json'), '');
  await expect(search({ out: small.at('out') })).rejects.toThrow('holds a search already');
  await expect(small.run({ out: small.at('out') })).rejects.toThrow('holds a done.jsonl already');
  expect(readFileSync(small.at('out', 'done.jsonl'), 'utf8')).toBe(before);
}, 60_000);

/** What a printed command asks for: its words, and what its options say. */
const wordsOf = (command: string) => {
  const words = command.split(' ').slice(3);
  const after = (option: string): readonly string[] =>
    words.filter((_, index) => words[index - 1] === `--${option}`);
  const typed = words.filter((word, index) => !`${words[index - 1]}${word}`.includes('--'));
  return { typed, set: after('set'), seeds: after('seeds')[0]! };
};
/** Mean over the seeds of a run's folder. */
const pacedIn = (...folder: readonly string[]): number => {
  const { seeds } = JSON.parse(readFileSync(small.at(...folder, 'result.json'), 'utf8')) as RunResult;
  return seeds.reduce((sum, { metrics }) => sum + metrics['fp.messages.paced'].value!, 0) / seeds.length;
};

test('the command at the end of a search comes to the figure that the winner was judged with', async () => {
  const { incidents, ...plan } = JSON.parse(readFileSync(small.at('plan.json'), 'utf8')) as
    { readonly incidents: unknown; readonly tenants: readonly unknown[] };
  expect(incidents).toHaveLength(1);
  writeFileSync(small.at('one.json'), JSON.stringify({ ...plan, tenants: plan.tenants.slice(0, 1) }));
  const asked = { objective: 'fp.messages.paced', set: ['burst=1'], vary: ['messagesPerHour=200..400'] };
  const options = { ...asked, json: true, jobs: '1', out: small.at('out') };
  const { said } = await search(options, [small.at('one.json')]);
  const { command, check } = JSON.parse(said) as { readonly command: string; readonly check: Checked };
  const { typed, set, seeds } = wordsOf(command);
  expect([typed, set.length]).toEqual([[small.at('one.json')], 2]);
  const again = { set, seeds, out: small.at('again'), force: false, jobs: '1', json: true, reporter: 'line',
    policy: 'default', wire: false, check: false };
  expect(await run(typed[0]!, again, simulator, listening())).toBe(0);
  expect(check.found.mean).toBeGreaterThan(0);
  expect(pacedIn('again')).toBe(check.found.mean);
}, 120_000);

test('a point is compared with what it changes: itself as it comes, the default, or no policy at all', () => {
  const of = (policy: string, isDefault: boolean, scenarios = ['a.ts', 'my b.ts']): string =>
    commandOver(scenarios, { policy, settings: ['burst=60'], isDefault }, 9);
  expect([of('p.ts', false), of('p.ts', true), of('default', true)]).toEqual([
    "npx sharedfate compare p.ts p.ts a.ts 'my b.ts' --set burst=60 --seeds 9",
    "npx sharedfate compare default p.ts a.ts 'my b.ts' --seeds 9",
    "npx sharedfate compare accept-everything default a.ts 'my b.ts' --seeds 9",
  ]);
  // A comparison would refuse two of one name.
  expect(of('p.ts', false, ['x/a.ts', 'y/a.ts'])).toBe(
    'npx sharedfate run x/a.ts --policy p.ts --set burst=60 --seeds 9; ' +
    'npx sharedfate run y/a.ts --policy p.ts --set burst=60 --seeds 9');
});

test('an objective that applies to no run is refused: nothing is not the least there can be', async () => {
  const plan = JSON.parse(readFileSync(small.at('plan.json'), 'utf8')) as { incidents: unknown[] };
  writeFileSync(small.at('quiet.json'), JSON.stringify({ ...plan, incidents: [] }));
  await expect(search({ objective: 'escaped.share', out: small.at('quiet') }, [small.at('quiet.json')]))
    .rejects.toThrow('--objective escaped.share applies to none of the runs');
}, 60_000);

test('where every run fails the search says so, with the reason, and ends with exit code 3', async () => {
  appendFileSync(small.at('broken.mjs'), `import { defaultPolicy } from '${policies}';
const broken = (policy) => ({ ...policy, withSettings: (values) => broken(policy.withSettings(values)),
  modules: [{ name: 'brittle', key: 'tenant', fresh: () => ({}), decide() { throw new Error('no luck'); },
    learn() {} }] });
${exported} broken(defaultPolicy);`);
  const { code, said } = await search({ policy: small.at('broken.mjs'), out: small.at('out') });
  expect(code).toBe(3);
  expect(said).toContain('Every setting that was tried failed, so nothing is known.');
  expect(said).toContain('Error: no luck');
  expect(said).not.toContain('Nothing that was tried is better');
}, 60_000);

test('a scenario named twice, and ranges in which nothing differs, are refused', async () => {
  const twice = [small.at('plan.json'), small.at('plan.json')];
  await expect(search({ out: small.at('out') }, twice)).rejects.toThrow('plan.json twice; name it once');
  await expect(search({ vary: ['bounceMinimum=25..26'], out: small.at('out') }))
    .rejects.toThrow('Name a wider range');
  await expect(search({ vary: ['longestWait=0s..5m'], out: small.at('out') }))
    .rejects.toThrow('the range is 0s to 5m; it begins above 0');
});

test('what a search ends with is told in the unit of its objective', () => {
  const check = checkOf([0.05, 0.06, 0.052], [0.004, 0.005, 0.0041]);
  expect(checkText(check, 'share')[1]).toMatch(/found +0\.44 % +\(0\.4 % to 0\.5 %\)/);
  expect(checkText(check, 'hours')[1]).toMatch(/found +16 s +\(1\d s to 18 s\)/);
});

test('a check leaves out seeds to which the objective does not apply, and knows nothing without two', () => {
  expect(checkOf([2, null, 4, 4], [1, 9, 3, null])).toMatchObject(
    { defaults: { mean: 3 }, found: { mean: 2 }, difference: { mean: -1 } });
  expect(checkOf([2, null], [null, 1])).toBeNull();
  expect(checkOf([2, 3], [Infinity, 1])).toBeNull();
});
