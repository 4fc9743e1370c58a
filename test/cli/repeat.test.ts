// The command a run prints for repeating it, typed again: it must find the same policy and make the same run.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { RunResult } from '../../sim/result.ts';
import { makeProject, smallScenario } from './command.ts';

const project = makeProject({
  'small.ts': smallScenario(),
  // Called like one of ours, so that only its path can find it.
  'rules/mine.mjs': "export default { name: 'default', modules: [] };",
});
afterAll(project.remove);

const resultIn = (folder: string): RunResult =>
  JSON.parse(readFileSync(join(project.folder, folder, 'result.json'), 'utf8')) as RunResult;

test('a run under a policy from a file is repeated by the command it prints', async () => {
  const { stdout } = await project.run(['run', 'small.ts', '--policy', './rules/mine.mjs', '--out', 'a']);
  const command = /^Repeat +npx sharedfate (.+)$/m.exec(stdout)?.[1];
  expect(command).toBe('run small.ts --policy rules/mine.mjs --seeds 2');
  await project.run([...command!.split(' '), '--out', 'b']);
  expect(resultIn('b').policy).toEqual({ name: 'default', source: 'rules/mine.mjs', modules: [] });
  expect(resultIn('b').seeds).toEqual(resultIn('a').seeds);
});

test('a policy that comes with the tool has no file', async () => {
  await project.run(['run', 'small.ts', '--policy', 'accept-everything', '--out', 'c']);
  expect(resultIn('c').policy).toMatchObject({ name: 'accept-everything', source: '' });
});
