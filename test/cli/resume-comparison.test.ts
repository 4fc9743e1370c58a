// A comparison that somebody stops keeps the seeds that were done and says how to go on; and the gates of a
// file, which `run` takes as `compare` does.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunResult } from '../../sim/result.ts';
import { exported, makeProject, type Project } from './command.ts';
import { bucket, stolen } from './comparing.ts';

const slowBin = join(import.meta.dirname, 'slow-bin.mjs');
const patience = 300_000;
const gates = `
import { metric } from 'sharedfate';
${exported} [metric('escaped').mean.atMost(0), metric('fp.tenants').rate.atMost('100%')];
`;
let project: Project;
beforeEach(() => {
  project = makeProject({
    'stolen.ts': stolen(), 'tight.ts': bucket(20), 'loose.ts': bucket(200), 'gates.ts': gates,
  });
});
afterEach(() => project.remove());

const resultIn = (folder: string): RunResult =>
  JSON.parse(readFileSync(join(project.folder, folder, 'result.json'), 'utf8')) as RunResult;

test('control-C keeps what is done of a comparison, and --resume simulates only the rest', async () => {
  const args = ['compare', 'tight.ts', 'loose.ts', 'stolen.ts', '--seeds', '4'];
  const more = ['--jobs', '1', '--reporter', 'line'];
  const running = project.start(slowBin, [...args, ...more, '--out', 'out']);
  await running.says('seed 3 is under way');
  running.process.kill('SIGINT');
  const stopped = await running.ended;
  expect(stopped.code).toBe(130);
  expect(stopped.stderr).toContain(`Go on with: npx sharedfate ${args.join(' ')} --resume out`);
  const half = resultIn('out/stolen/baseline');
  expect([half.seedsAsked, half.seeds.map(({ seed }) => seed)]).toEqual([4, ['1', '2']]);
  expect(project.files('out')).not.toContain('comparison.json');

  const other = await project.run(
    ['compare', 'loose.ts', 'tight.ts', 'stolen.ts', '--seeds', '4', ...more, '--resume', 'out']);
  expect(other.code).toBe(2);
  expect(other.stderr).toContain('is a run of something else: policy file was ');

  const whole = await project.start(slowBin, [...args, ...more, '--resume', 'out'], { QUICK: 'yes' }).ended;
  expect([whole.code, whole.stdout.includes('4 paired seeds')]).toEqual([0, true]);
  const full = resultIn('out/stolen/baseline');
  expect(full.seeds.map(({ seed }) => seed)).toEqual(['1', '2', '3', '4']);
  expect(full.seeds.slice(0, 2)).toEqual(half.seeds);
}, patience);

test('what cannot be gone on with is said before anything is simulated', async () => {
  const args = ['compare', 'tight.ts', 'loose.ts', 'stolen.ts'];
  const gone = await project.run([...args, '--resume', 'nowhere']);
  expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining('nowhere is no folder')]);
  const both = await project.run([...args, '--resume', '.', '--out', 'out']);
  expect([both.code, both.stderr]).toEqual([2, expect.stringContaining('drop --out')]);
}, patience);

test("a run takes gates from a file besides the scenario's own, and keeps them in its plan", async () => {
  const { code, stdout } = await project.run(
    ['run', 'stolen.ts', '--seed', '1', '--gates', 'gates.ts', '--out', 'out', '--reporter', 'line']);
  expect(code).toBe(20);
  expect(stdout).toMatch(/✗ FAILED +escaped\.mean/);
  expect(resultIn('out').plan.gates).toHaveLength(2);
  const again = await project.run(['report', 'out', '--reporter', 'line']);
  expect(again.code).toBe(20);
}, patience);
