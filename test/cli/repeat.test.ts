// The command a run prints for repeating it, typed again: it must find the same policy and make the same run.

import { readFileSync, writeFileSync } from 'node:fs';
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
  const { digest, ...named } = resultIn('b').policy;
  expect(named).toEqual({ name: 'default', source: 'rules/mine.mjs', modules: [], settings: [] });
  expect(digest).toMatch(/^[0-9a-f]{32}$/);
  expect(resultIn('b').seeds).toEqual(resultIn('a').seeds);
});

test('a policy that comes with the tool has no file', async () => {
  await project.run(['run', 'small.ts', '--policy', 'accept-everything', '--out', 'c']);
  expect(resultIn('c').policy).toMatchObject({ name: 'accept-everything', source: '' });
});

test('a finished seed is never thrown away, and a policy whose text has changed is another', async () => {
  await project.run(['run', 'small.ts', '--policy', 'rules/mine.mjs', '--seeds', '2', '--out', 'd']);
  await project.run(['run', 'small.ts', '--policy', 'rules/mine.mjs', '--seed', '7', '--resume', 'd']);
  expect(resultIn('d').seeds.map(({ seed }) => seed).sort()).toEqual(['1', '2', '7']);
  const file = join(project.folder, 'rules/mine.mjs');
  writeFileSync(file, `${readFileSync(file, 'utf8')} // softer`);
  const ending = await project.run(['run', 'small.ts', '--policy', 'rules/mine.mjs', '--resume', 'd']);
  expect(ending.stderr).toContain('policy file was');
  expect(ending.code).toBe(2);
  expect(resultIn('d').seeds).toHaveLength(3);
});
