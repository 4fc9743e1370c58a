// Sweeps and searches from the command line, as a user types them: what is refused before anything runs,
// what a dry run says, and what a search comes to on seeds that it never saw.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exported, makeProject, type Project, smallScenario } from './command.ts';

const sweepOf = (record: string): string =>
  `import { sweep } from 'sharedfate/sweep';\n${exported} sweep(${record});`;

let project: Project;
beforeEach(() => {
  project = makeProject({
    'small.ts': smallScenario(),
    'burst.ts': sweepOf("{ scenarios: ['small.ts'], grid: { burst: [5, 60] }, seeds: 2 }"),
    'wrong.ts': sweepOf("{ scenarios: ['small.ts'], grid: { brust: [5] }, seeds: 2 }"),
  });
});
afterEach(() => project.remove());

test('a parameter that no policy has is refused, with the nearest that there is, and nothing is written',
  async () => {
  const { code, stderr } = await project.run(['sweep', 'wrong.ts', '--out', 'out']);
  expect(code).toBe(2);
  expect(stderr).toContain('wrong.ts: grid.brust is no setting of policy default');
  expect(stderr).toContain('Did you mean "burst"?');
  expect(project.files().filter((name) => name.startsWith('out'))).toEqual([]);
});

test('every policy that cannot be loaded is told with its place, and so is what else is wrong', async () => {
  writeFileSync(join(project.folder, 'lacking.json'), JSON.stringify({
    scenarios: ['small.ts'], grid: { brust: [5] }, seeds: 2,
    policies: ['preset:mix', 'default', { policy: 'gone.ts' }],
  }));
  const { code, stderr } = await project.run(['sweep', 'lacking.json', '--out', 'out']);
  expect(code).toBe(2);
  expect(stderr.trim().split('\n').map((line) => line.split('; it has')[0])).toEqual([
    'lacking.json: policies[0]: no preset is called "mix". Did you mean preset:mox?',
    'lacking.json: policies[2]: gone.ts does not exist; expected a policy.',
    'lacking.json: grid.brust is no setting of policy default',
  ]);
});

test('a dry run says what would be made, from what it reckons the time, and writes nothing', async () => {
  const { code, stdout } = await project.run(
    ['sweep', 'burst.ts', '--dry-run', '--jobs', '2', '--out', 'out']);
  expect(code).toBe(0);
  expect(stdout).toContain('1 scenario × 2 points (default) × 2 seeds = 4 runs; 4 of them to be made here.');
  expect(stdout).toMatch(/small\.ts +[\d.]+ s +4 /);
  expect(stdout).toMatch(/About .* on 2 threads\. Measured just now/);
  expect(project.files().filter((name) => name.startsWith('out'))).toEqual([]);
});

test('a dry run of a part calls a scenario that has no run in it not done', async () => {
  writeFileSync(join(project.folder, 'other.ts'), smallScenario());
  writeFileSync(join(project.folder, 'two.json'), '{ "scenarios": ["small.ts", "other.ts"], "seeds": 1 }');
  const { code, stdout } = await project.run(['sweep', 'two.json', '--shard', '1/2', '--dry-run']);
  expect(code).toBe(0);
  expect(stdout).toContain('= 2 runs; 1 of them to be made here.');
  expect(stdout).toMatch(/other\.ts +none to be made here\n/);
});

test('a sweep writes its tables and its page, and prints the frontier', async () => {
  const { code, stdout } = await project.run(['sweep', 'burst.ts', '--out', 'out']);
  expect(code).toBe(0);
  expect(project.files('out')).toEqual([
    'done.jsonl', 'report.html', 'sweep.json', 'sweep.log', 'table.csv', 'table.jsonl', 'table.parquet',
  ]);
  expect(stdout).toContain('small.ts: no culprit, nothing to block');
});

test('a sweep of the user that is called sweep.json is never replaced by the one of ours', async () => {
  const theirs = '{ "scenarios": ["small.ts"], "grid": { "burst": [5, 60] }, "seeds": 2 }';
  writeFileSync(join(project.folder, 'sweep.json'), theirs);
  for (const more of [[], ['--force']]) {
    const { code, stderr } = await project.run(['sweep', 'sweep.json', '--out', '.', ...more]);
    expect([code, stderr.trim()]).toEqual(
      [2, '. holds a sweep.json that is not ours, which is never replaced. Choose another folder.']);
    expect(readFileSync(join(project.folder, 'sweep.json'), 'utf8')).toBe(theirs);
  }
  // What is ours goes on being replaced when it is asked for.
  expect((await project.run(['sweep', 'sweep.json', '--out', 'out'])).code).toBe(0);
  expect((await project.run(['sweep', 'sweep.json', '--out', 'out', '--force'])).code).toBe(0);
});

test('a search ends with a figure from seeds that it never saw, and with the command', async () => {
  const args = ['tune', 'small.ts', '--budget', '14', '--vary', 'burst=1..4', '--objective',
    'fp.messages.paced'];
  const { code, stdout } = await project.run([...args, '--json', '--out', 'out']);
  expect(code).toBe(0);
  const found = JSON.parse(stdout) as { readonly checks: number; readonly command: string };
  expect(found).toMatchObject({ checks: 5, settings: [], objective: 'fp.messages.paced' });
  // What is paced least is the policy as it comes: a smaller burst makes more wait.
  expect(found.command).toBe('npx sharedfate run small.ts --seeds 5');
  const seeds = readFileSync(join(project.folder, 'out/table.csv'), 'utf8').trim().split('\n').slice(1)
    .map((row) => row.split(',').slice(3, 6).join(' '));
  expect(seeds.filter((row) => row.includes('search-')).length).toBe(4);
  expect(seeds.filter((row) => !row.includes('search-')).length).toBe(5);
});

test('a budget that is too small, and an objective that is none, are refused with what would do',
  async () => {
  const few = await project.run(['tune', 'small.ts', '--budget', '10']);
  expect([few.code, few.stderr]).toEqual([2, expect.stringContaining('take 14 runs')]);
  const none = await project.run(['tune', 'small.ts', '--objective', 'cots:9']);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('Did you mean cost:9?')]);
});
