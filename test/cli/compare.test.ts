// `sharedfate compare` from the command to its files and exit codes: policies, runs, revisions.

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Comparison } from '../../reports/comparison/comparison.ts';
import { makeProject, type Project } from './command.ts';
import { bucket, seeds, stolen, terse } from './comparing.ts';

const gate = "metric('time_to_detect').mean.notWorseBy('10m')";
/**
 * Each runs the command several times, which takes seconds where nothing else runs, and minutes on a busy
 * machine.
 */
const patience = 300_000;
let project: Project;
beforeEach(() => {
  project = makeProject({
    'stolen.ts': stolen(gate), 'tight.ts': bucket(20), 'loose.ts': bucket(200),
  });
});
afterEach(() => project.remove());

const comparisonIn = (folder: string): Comparison =>
  JSON.parse(readFileSync(join(project.folder, folder, 'comparison.json'), 'utf8')) as Comparison;

test('a policy held against itself is the same and passes, and its files are written', async () => {
  const { code, stdout } = await project.run(
    ['compare', 'tight.ts', 'tight.ts', 'stolen.ts', ...seeds, '--out', 'out'],
  );
  expect(code).toBe(0);
  expect(stdout).toContain('All 12 pairs came to the same end');
  const last = stdout.trimEnd().split('\n').at(-1);
  expect(last).toMatch(/^Repeat +npx sharedfate compare tight.ts tight.ts stolen.ts/);
  expect(project.files('out')).toEqual(expect.arrayContaining([
    'comparison.json', 'junit.xml', 'metrics.csv', 'report.html', 'summary.md',
    'stolen/baseline/result.json', 'stolen/candidate/result.json',
  ]));
  const { scenarios } = comparisonIn('out');
  expect(new Set(scenarios[0]!.rows.map(({ outcome }) => outcome))).toEqual(new Set(['same', 'no data']));
}, patience);

test('a policy made worse fails its gate and names the command that accepts it; turned round it passes',
  async () => {
  const worse = await project.run(['compare', 'tight.ts', 'loose.ts', 'stolen.ts', ...seeds, ...terse,
    '--out', 'a']);
  expect(worse.code).toBe(20);
  expect(worse.stdout).toMatch(/✗ FAILED +time_to_detect.mean/);
  expect(worse.stdout).toContain('policy file tight.ts → loose.ts');
  const last = worse.stdout.trimEnd().split('\n').at(-1);
  expect(last).toBe('If it was meant:  npx sharedfate accept a --because "..."');
  // The runs it left behind, the other way round: nothing is simulated again.
  const args = ['compare', 'a/stolen/candidate', 'a/stolen/baseline', '--json', ...terse];
  const better = await project.run(args);
  const object = JSON.parse(better.stdout) as Comparison & { readonly exitCode: number };
  expect([better.code, object.exitCode, object.schema]).toEqual([0, 0, 'sharedfate/comparison@1']);
  expect(object.scenarios[0]!.rows.find(({ metric }) => metric === 'time_to_detect')!.outcome).toBe('better');
}, patience);

test('runs of other worlds end with 22, runs without a common seed with 2', async () => {
  const run = (out: string, seed: string) =>
    project.run(['run', 'stolen.ts', '--seed', seed, ...terse, '--out', out]);
  await run('a', '1');
  await run('b', 'other');
  writeFileSync(join(project.folder, 'stolen.ts'), stolen().replace('600/h', '700/h'));
  await run('c', '1');
  const none = await project.run(['compare', 'a', 'b', ...terse]);
  expect([none.code, none.stderr]).toEqual([2, expect.stringContaining('have no seed in common')]);
  const differ = await project.run(['compare', 'a', 'c', ...terse]);
  expect([differ.code, differ.stderr]).toEqual([22, expect.stringContaining('was made with another plan')]);
}, patience);

test('a side that is none is refused before anything is run, with the nearest name', async () => {
  const { code, stdout, stderr } = await project.run(['compare', 'default', 'defalt', 'stolen.ts']);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('"defalt" is nothing that can be compared');
  expect(stderr).toContain('Did you mean default?');
  expect(project.files()).not.toContain('runs');
}, patience);

test('a revision is run by its own files, and the repository stays as it was', async () => {
  const git = (...args: string[]) => execFileSync('git', args, { cwd: project.folder, encoding: 'utf8' });
  writeFileSync(join(project.folder, '.gitignore'), 'node_modules\nruns\n');
  git('init', '-q', '-b', 'main', '.');
  git('add', '.');
  git('-c', 'user.name=t', '-c', 'user.email=t@t.test', 'commit', '-q', '-m', 'tight');
  writeFileSync(join(project.folder, 'tight.ts'), bucket(200));
  const trees = () => readdirSync(tmpdir()).filter((name) => name.startsWith('sharedfate-revision-'));
  const before = { status: git('status', '--porcelain'), trees: trees() };
  const { code, stdout, stderr } = await project.run(
    ['compare', '--base', 'main', '--policy', 'tight.ts', 'stolen.ts', ...seeds, ...terse, '--out', 'runs/a'],
  );
  expect(code).toBe(20);
  expect(stdout).toMatch(/bucket at main +→ +bucket/);
  expect(stderr).toContain('one changed file of the working tree is part of the side that runs here');
  expect(comparisonIn('runs/a').candidate.revision).toMatchObject({ ref: 'working tree', changedFiles: 1 });
  expect({ status: git('status', '--porcelain'), trees: trees() }).toEqual(before);
  expect(git('worktree', 'list').trim().split('\n')).toHaveLength(1);
  const missing = await project.run(['compare', 'main:nowhere.ts', 'default', 'stolen.ts', ...terse]);
  expect([missing.code, missing.stderr]).toEqual([2, expect.stringContaining('has no file nowhere.ts')]);
  const unknown = await project.run(['compare', 'mian', 'default', 'stolen.ts', ...terse]);
  expect([unknown.code, unknown.stderr]).toEqual([2, expect.stringContaining('Did you mean main?')]);
}, patience);
