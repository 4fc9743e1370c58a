// A search from its folder's side: what is refused there, and what it says where there is nothing to find.

import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tune, type TuneOptions } from '../../cli/commands/tune.ts';
import { checkOf } from '../../cli/sweeping/check.ts';
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
  writeFileSync(small.at('done.jsonl'), '{"key":"a","kind":"threw","reason":"no"}\n');
  await expect(search({ out: small.folder })).rejects.toThrow('holds a sweep already');
  await expect(search({ resume: small.folder })).rejects.toThrow(
    'go on with it by sharedfate sweep --resume');
  await expect(search({ resume: small.at('none') })).rejects.toThrow('holds no search to go on with');
  await expect(small.run({ out: small.folder, force: false })).rejects.toThrow('holds a sweep already');
  expect(existsSync(small.at('none'))).toBe(false);

  const { code } = await search({ out: small.at('out') });
  expect(code).toBe(0);
  const before = readFileSync(small.at('out', 'done.jsonl'), 'utf8');
  writeFileSync(small.at('out', 'tune.json'), '');
  await expect(search({ out: small.at('out') })).rejects.toThrow('holds a search already');
  await expect(small.run({ out: small.at('out') })).rejects.toThrow('holds a done.jsonl already');
  expect(readFileSync(small.at('out', 'done.jsonl'), 'utf8')).toBe(before);
}, 60_000);

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
});

test('a check leaves out seeds to which the objective does not apply, and knows nothing without two', () => {
  expect(checkOf([2, null, 4, 4], [1, 9, 3, null])).toMatchObject(
    { defaults: { mean: 3 }, found: { mean: 2 }, difference: { mean: -1 } });
  expect(checkOf([2, null], [null, 1])).toBeNull();
  expect(checkOf([2, 3], [Infinity, 1])).toBeNull();
});
