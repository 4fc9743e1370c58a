// What a comparison refuses before anything is run, and what it works out from what was typed.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CompareOptions, jobOf } from '../../../cli/comparing/job.ts';
import { OtherPlan, UserMistake } from '../../../cli/faults.ts';
import { goodPlan } from '../../plan/sample.ts';
import { makeResult } from '../../reports/fixture.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sharedfate-job-'));
  const put = (name: string, content: unknown) => {
    mkdirSync(join(folder, name, '..'), { recursive: true });
    writeFileSync(join(folder, name), JSON.stringify(content));
  };
  put('small.json', goodPlan());
  put('other/small.json', { ...goodPlan(), length: '4d' });
  put('gated/small.json', { ...goodPlan(), title: 'Other words', seeds: 9, gates: [] });
  put('empty/nothing.txt', '');
  put('broken.json', '');
  put('run/result.json',
    { ...makeResult({ seeds: 3 }), plan: goodPlan(), scenario: join(folder, 'small.json') });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const usual: CompareOptions = {
  policy: 'default', set: [], unpaired: false, force: false, all: false, json: false, reporter: 'line',
};
const job = (typed: readonly string[], options: Partial<CompareOptions> = {}) =>
  jobOf(typed.map((each) => (each.startsWith('/') ? join(folder, each) : each)), { ...usual, ...options });

test.each([
  [[], {}, 'takes two sides'],
  [['default'], {}, 'takes two sides'],
  [['default', 'default'], {}, 'no scenario was named'],
  [['', 'default', '/small.json'], {}, '"" is nothing that can be compared'],
  [['default', 'preset:nonsense', '/nowhere.json'], {}, 'nowhere.json does not exist'],
  [['default', 'default', '/small.json', '/small.json'], {}, 'scenario small is named twice'],
  [['default', 'default', '/small.json'], { seeds: '0' }, '--seeds is "0"'],
  [['default', 'default', '/small.json'], { seed: '1', seeds: '2' }, 'give one of the two'],
  [['/small.json'], { base: 'x', baseline: 'y' }, 'both name the first side'],
  [['/empty', 'default', '/small.json'], {}, 'holds no run'],
  [['/run', '/run', '/small.json'], {}, 'both sides are figures that exist'],
  [['/run', '/run'], { seeds: '3' }, 'both sides here are figures that exist'],
  [['/run', 'default', '/small.json'], { seeds: '5' }, 'lacks 2 of the seeds asked for, the first of them 4'],
  [['/broken.json', 'default', '/small.json'], {}, 'is no baseline'],
])('%j with %j is refused in words', async (typed, options, words) => {
  await expect(job(typed, options)).rejects.toThrow(UserMistake);
  await expect(job(typed, options)).rejects.toThrow(words);
});

test('a run stands for its scenario and its seeds where neither is named', async () => {
  const { scenarios, baseline } = await job(['/run', 'default']);
  expect(baseline.kind).toBe('run');
  expect(scenarios[0]).toMatchObject({ candidate: null, candidateSeeds: ['1', '2', '3'] });
  expect(scenarios[0]!.baseline!.measured.seeds).toHaveLength(3);
});

test('figures of another world are refused; other words, gates and numbers of seeds are the same world',
  async () => {
  await expect(job(['/run', 'default', '/other/small.json'])).rejects.toThrow(OtherPlan);
  await expect(job(['/run', 'default', '/gated/small.json'])).resolves.toBeDefined();
});

test('without pairs each side has seeds of its own', async () => {
  const { scenarios } = await job(['default', 'default', '/small.json'], { seeds: '3', unpaired: true });
  expect(scenarios[0]).toMatchObject({ baselineSeeds: ['1', '2', '3'], candidateSeeds: ['4', '5', '6'] });
});
