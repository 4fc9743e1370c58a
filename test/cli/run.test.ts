// A run from the command to its files: what is written, what is printed where, and what happens to a run that
// is stopped, gone on with, or meets what is there already.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { planHash } from '../../sim/plan/hash.ts';
import { readPlan } from '../../sim/plan/read.ts';
import { resultSchema } from '../../sim/result-schema.ts';
import type { RunResult } from '../../sim/result.ts';
import { makeProject, type Project, smallScenario } from './command.ts';

const slowBin = join(import.meta.dirname, 'slow-bin.mjs');
let project: Project;
beforeEach(() => {
  project = makeProject({ 'small.ts': smallScenario() });
});
afterEach(() => project.remove());

const resultIn = (folder: string): RunResult =>
  resultSchema.parse(JSON.parse(readFileSync(join(project.folder, folder, 'result.json'), 'utf8')));

test('a run writes a result its schema takes and a report, and prints its summary', async () => {
  const { code, stdout, stderr } = await project.run(['run', 'small.ts', '--out', 'out']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toContain('Two offices');
  expect(stdout).toContain('out/report.html');
  expect(project.files('out'))
    .toEqual(['junit.xml', 'metrics.csv', 'report.html', 'result.json', 'summary.md']);
  const result = resultIn('out');
  expect(result).toMatchObject({
    scenario: 'small.ts',
    transport: 'memory',
    seedsAsked: 2,
    policy: { name: 'default' },
  });
  expect(result.seeds.map((seed) => seed.seed)).toEqual(['1', '2']);
  expect(result.planHash).toBe(planHash(readPlan(result.plan, 'result')));
});

test('without --out a run has a folder of its own, named after time and scenario', async () => {
  await project.run(['run', 'small.ts', '--seed', '1']);
  expect(project.files('runs').filter((name) => name.endsWith('result.json'))).toEqual([
    expect.stringMatching(/^\d{8}T\d{6}Z-small\/result\.json$/),
  ]);
});

test('one seed gives the same result alone, among others, and on another number of threads', async () => {
  await project.run(['run', 'small.ts', '--seeds', '3', '--jobs', '3', '--out', 'a']);
  await project.run(['run', 'small.ts', '--seeds', '3', '--jobs', '1', '--out', 'b']);
  await project.run(['run', 'small.ts', '--seed', '2', '--out', 'c']);
  expect(resultIn('a').seeds).toEqual(resultIn('b').seeds);
  expect(resultIn('c').seeds).toEqual([resultIn('a').seeds[1]]);
});

test('with --json standard output is one JSON object', async () => {
  const { code, stdout } = await project.run([
    'run',
    'small.ts',
    '--json',
    '--out',
    'out',
    '--policy',
    'accept-everything',
  ]);
  const object = JSON.parse(stdout) as Record<string, unknown>;
  expect(object).toMatchObject({
    exitCode: code,
    interrupted: false,
    result: 'out/result.json',
    report: 'out/report.html',
    policy: { name: 'accept-everything' },
  });
});

test('nothing is coloured or redrawn where nobody watches', async () => {
  const { stdout, stderr } = await project.run(['run', 'small.ts']);
  expect(stdout + stderr).not.toContain('\u001b');
  expect(stdout + stderr).not.toContain('\r');
});

test('a plan in JSON runs as the script that wrote it does', async () => {
  await project.run(['run', 'small.ts', '--out', 'a']);
  const again = makeProject({ 'small.json': JSON.stringify(resultIn('a').plan) });
  const { code } = await again.run(['run', 'small.json', '--json', '--out', 'b']);
  const { seeds, planHash: hash } = JSON.parse(
    readFileSync(join(again.folder, 'b/result.json'), 'utf8'),
  ) as RunResult;
  again.remove();
  expect(code).toBe(0);
  expect(hash).toBe(resultIn('a').planHash);
  expect(seeds.map((seed) => seed.fingerprint)).toEqual(resultIn('a').seeds.map((seed) => seed.fingerprint));
});

test('a run that is there is replaced only by force', async () => {
  await project.run(['run', 'small.ts', '--seed', '1', '--out', 'out']);
  const refused = await project.run(['run', 'small.ts', '--seed', '2', '--out', 'out']);
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain(
    'out holds a run already. Choose another folder, go on with it by --resume, or add --force',
  );
  expect(resultIn('out').seeds[0]!.seed).toBe('1');
  expect((await project.run(['run', 'small.ts', '--seed', '2', '--out', 'out', '--force'])).code).toBe(0);
  expect(resultIn('out').seeds[0]!.seed).toBe('2');
});

test('control-C keeps the seeds that are done and says how to go on; --resume does the rest', async () => {
  const args = ['run', 'small.ts', '--seeds', '4', '--jobs', '1', '--out', 'my out'];
  const running = project.start(slowBin, args);
  await running.says('seed 3 is under way');
  running.process.kill('SIGINT');
  const stopped = await running.ended;
  expect(stopped.code).toBe(130);
  expect(stopped.stderr).toContain(
    "Stopped with 2 of 4 seeds done. Go on with: npx sharedfate run small.ts --resume 'my out'",
  );
  expect(project.files('my out'))
    .toEqual(['junit.xml', 'metrics.csv', 'report.html', 'result.json', 'summary.md']);
  expect(resultIn('my out')).toMatchObject({ seedsAsked: 4, seeds: [{ seed: '1' }, { seed: '2' }] });

  const resumed = await project.start(slowBin, ['run', 'small.ts', '--resume', 'my out'], { QUICK: 'yes' })
    .ended;
  expect(resumed).toMatchObject({ code: 0, stderr: '' });
  expect(resultIn('my out').seeds.map((seed) => seed.seed)).toEqual(['1', '2', '3', '4']);
  await project.run(['run', 'small.ts', '--seeds', '4', '--out', 'whole']);
  expect(resultIn('my out').seeds).toEqual(resultIn('whole').seeds);
});

test('control-C before the first seed is done writes nothing', async () => {
  const running = project.start(slowBin, ['run', 'small.ts', '--seed', '9', '--out', 'deep/out']);
  await running.says('seed 9 is under way');
  running.process.kill('SIGINT');
  expect(await running.ended).toMatchObject({ code: 130, stdout: '' });
  expect(project.files()).toEqual(['package.json', 'small.ts']);
});

test('a second control-C quits at once and leaves nothing half written', async () => {
  const running = project.start(slowBin, ['run', 'small.ts', '--jobs', '1', '--seeds', '4', '--out', 'out'], {
    DEAF: 'yes',
  });
  await running.says('seed 3 is under way');
  running.process.kill('SIGINT');
  await running.says('Press control-C again');
  running.process.kill('SIGINT');
  expect((await running.ended).code).toBe(130);
  expect(project.files()).toEqual(['package.json', 'small.ts']);
});

test('a run of something else is not gone on with', async () => {
  await project.run(['run', 'small.ts', '--seed', '1', '--out', 'out']);
  const other = await project.run([
    'run',
    'small.ts',
    '--seeds',
    '2',
    '--resume',
    'out',
    '--policy',
    'accept-everything',
  ]);
  expect(other.code).toBe(2);
  expect(other.stderr).toContain('out is a run of something else: policy was default, is accept-everything');
});

test('a busy port is told as such', async () => {
  const { code, stderr } = await project.start(slowBin, ['run', 'small.ts', '--seed', '1', '--out', 'out'], {
    FAULT: 'port',
  }).ended;
  expect(stderr).toMatch(/^sharedfate: 127\.0\.0\.1:\d+ is busy: another program has it\./);
  expect(code).toBe(2);
  expect(project.files()).toEqual(['package.json', 'small.ts']);
});

test('a policy that throws in a run is told with time, seed, message and what it threw', async () => {
  const args = ['run', 'small.ts', '--seed', '7', '--out', 'out'];
  const { code, stderr } = await project.start(slowBin, args, { FAULT: 'policy' }).ended;
  expect(stderr).toBe(
    'policy default, module brittle threw at day 1, 06:14:22.120 (seed 7, message 81204): ' +
      'TypeError: no such tenant. Repeat with the same command and --seed 7.\n',
  );
  expect(code).toBe(3);
  expect(project.files()).toEqual(['package.json', 'small.ts']);
});

test('a fault of ours is told as ours in one line, and with its stack only when asked for', async () => {
  const start = (...more: string[]) =>
    project.start(slowBin, [...more, 'run', 'small.ts', '--seed', '1', '--out', 'out'], { FAULT: 'ours' })
      .ended;
  const short = await start();
  expect(short.code).toBe(1);
  expect(short.stderr.trim().split('\n')).toHaveLength(1);
  expect(short.stderr).toContain('sharedfate: a fault of ours: the agenda lost an event. Please report it');
  const long = await start('--debug');
  expect(long.code).toBe(1);
  expect(long.stderr).toContain('slow-simulator.ts');
});
