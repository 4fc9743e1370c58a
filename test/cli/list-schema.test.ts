// The commands that run nothing: list, schema, help and version.

import { afterAll, expect, test } from 'vitest';
import { makeProject, smallScenario } from './command.ts';

const project = makeProject({
  'scenarios/a.ts': smallScenario(),
  'scenarios/a.test.ts': 'throw new Error("not to be loaded");',
  'mixed/a.ts': smallScenario(),
  'mixed/b.ts': 'export default 7;',
  'empty/readme.md': '',
});
afterAll(() => project.remove());

test('list shows each scenario with its question', async () => {
  expect(await project.run(['list'])).toEqual({
    code: 0,
    stdout: 'scenarios/a.ts\n    Two offices\n    Does it run?\n',
    stderr: '',
  });
  const { stdout } = await project.run(['list', '--json']);
  expect(JSON.parse(stdout)).toEqual({
    scenarios: [{ file: 'scenarios/a.ts', title: 'Two offices', question: 'Does it run?' }],
  });
});

test('list tells of the file that is none and shows the others', async () => {
  const { code, stdout, stderr } = await project.run(['list', 'mixed']);
  expect(code).toBe(2);
  expect(stdout).toContain('mixed/a.ts');
  expect(stderr).toContain('mixed/b.ts exports 7 by default');
  expect((await project.run(['list', 'empty'])).stderr).toContain('empty holds no scenario');
});

test.each(['plan', 'result'])('schema %s prints a JSON Schema', async (of) => {
  const { code, stdout } = await project.run(['schema', of]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
  });
});

test('help and version are no errors', async () => {
  expect((await project.run(['--help'])).code).toBe(0);
  expect((await project.run(['run', '--help'])).stdout).toContain('--policy');
  expect((await project.run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});
