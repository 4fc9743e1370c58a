// What `run` hands out where: reporters, GitHub's runner, and nothing lost on the way.

import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { makeProject, realBin, smallScenario } from './command.ts';

const failing = smallScenario({ change: "gates: [metric('wanted.submitted').mean.atMost(1)]," });
const project = makeProject({
  'failing.ts': failing,
  'hostile.ts': failing.replace("'Two offices'", "'::error::I am no command ##[error]nor I'"),
  'exits.ts': 'process.exit(0);',
  'catches.ts': 'try { process.exit(0); } catch {}\nexport const x = 1;',
  'waits.ts': 'await new Promise(() => {});\nexport const x = 1;',
  'later.ts': `${smallScenario()}\nsetTimeout(() => process.exit(0), 1);`,
  // The exit code is set last of all.
  'much-later.ts': `${failing}\nsetInterval(() => process.exitCode === undefined || process.exit(0), 10);`,
  'policy.mjs': 'process.exit();',
  'rejects.ts': `${failing}\nvoid Promise.reject(new Error('too late'));`,
  'none.ts': `${failing}\nvoid Promise.reject();`,
  'text.ts': `${failing}\nsetTimeout(() => { throw 'too late'; }, 1);`,
  'odd.ts': `${failing}\nsetTimeout(() => { throw Object.assign(new Error(''), { message: 5 }); }, 1);`,
  'bare.ts': `${failing}\nsetTimeout(() => { throw Object.create(null); }, 1);`,
  'waiting.ts': "setTimeout(() => { throw new Error('too late'); }, 1);\nexport const x = 1;",
  'imports.ts': `import './waiting.ts';\n${failing}`,
  'connects.ts': `import { connect } from 'node:net';\n${failing}\nconnect(1, '127.0.0.1');`,
  'ticks.ts': `${failing}\nsetTimeout(() => { throw new Error('too late'); }, 1);`,
});
afterAll(() => project.remove());
const read = (file: string): string => readFileSync(join(project.folder, file), 'utf8');

test('on GitHub annotations are printed and the summary is added to that of the step', async () => {
  writeFileSync(join(project.folder, 'step.md'), 'before\n');
  const { code, stdout } = await project.run(
    ['run', 'failing.ts', '--seed', '1', '--reporter', 'github', '--out', 'a'],
    { GITHUB_ACTIONS: 'true', GITHUB_STEP_SUMMARY: join(project.folder, 'step.md') },
  );
  expect(code).toBe(20);
  expect(stdout).toMatch(/^::error file=failing\.ts,title=failed%3A wanted\.submitted\.mean::wanted .*\n$/);
  expect(project.files('a')).toEqual(['result.json']);
  expect(read('step.md')).toMatch(/^before\n<!-- .* -->\n### ✗ FAILED: 1 of 1 gate · Two offices/);
});

test('with --json annotations go to standard error, so that standard output stays one object', async () => {
  const args = ['run', 'failing.ts', '--seed', '1', '--reporter', 'line,github', '--json', '--out', 'b'];
  const { stdout, stderr } = await project.run(args, { GITHUB_STEP_SUMMARY: '' });
  expect(JSON.parse(stdout)).toMatchObject({ exitCode: 20 });
  expect(stderr).toMatch(/^::error /);
});

test('a summary that GitHub’s file has no room or no place for is told, and costs nothing', async () => {
  writeFileSync(join(project.folder, 'full.md'), 'x'.repeat(1_024 * 1_024 - 10));
  const run = (out: string, file: string) =>
    project.run(['run', 'failing.ts', '--seed', '1', '--reporter', 'github', '--out', out],
      { GITHUB_STEP_SUMMARY: join(project.folder, file) });
  const full = await run('c', 'full.md');
  expect([full.code, full.stderr]).toEqual([20, expect.stringContaining('summary is full (1,024 KiB)')]);
  const nowhere = await run('d', 'nowhere/step.md');
  expect([nowhere.code, nowhere.stderr]).toEqual([20, expect.stringContaining('cannot be written')]);
});

test('a title cannot give a runner of GitHub a command', async () => {
  const args = ['run', 'hostile.ts', '--seed', '1', '--out', 'e'];
  const { stdout } = await project.run(args, { GITHUB_ACTIONS: 'true' });
  expect(stdout).toContain('I am no command');
  expect(stdout).not.toMatch(/^\s*::|##\[/m);
});

test('a result is kept where a report cannot be written', async () => {
  await project.run(['run', 'failing.ts', '--seed', '1', '--out', 'f', '--reporter', 'line']);
  const { code, stderr } = await project.run(
    ['run', 'failing.ts', '--seeds', '2', '--resume', 'f'],
    { NODE_OPTIONS: `--import ${join(import.meta.dirname, 'no-page.mjs')}` },
  );
  expect([code, stderr]).toEqual([1, expect.stringContaining('a fault of ours')]);
  const kept: unknown = JSON.parse(read('f/result.json'));
  expect(kept).toMatchObject({ seedsAsked: 2, seeds: [{ seed: '1' }, { seed: '2' }] });
  expect((await project.run(['report', 'f'])).code).toBe(20);
});

test.each([
  ['exits while it is read', ['run', 'exits.ts']],
  ['exits and would catch what stops it', ['run', 'catches.ts']],
  ['waits for what never comes', ['run', 'waits.ts']],
  ['exits while the run is under way', ['run', 'later.ts', '--out', 'never']],
  ['is a policy and exits', ['run', 'failing.ts', '--policy', 'policy.mjs']],
])('a script that %s ends with code 3 and says so', async (_what, args) => {
  const before = project.files();
  const { code, stdout, stderr } = await project.run(args);
  expect(stderr).toMatch(/^\S.* ended the program .*; it may only return or throw\.\n$/);
  expect([code, stdout]).toEqual([3, '']);
  expect(project.files()).toEqual(before);
});

test.each(['rejects', 'ticks'])('a script that %s and throws where nobody waits is named, without a stack',
  async (name) => {
    const before = project.files();
    const { code, stdout, stderr } = await project.run(['run', `${name}.ts`, '--seed', '1', '--out', 'none']);
    const line = failing.split('\n').length + 1;
    expect(stderr).toBe(`${name}.ts threw at line ${line}, where nobody waits for it: too late. ` +
      'Leave no promise, timer or connection behind.\n');
    expect([code, stdout]).toEqual([3, '']);
    expect(project.files()).toEqual(before);
  });

test.each([
  ['none', 'none.ts threw undefined, which is no Error, where nobody waits for it.'],
  ['text', 'text.ts threw "too late", which is no Error, where nobody waits for it.'],
  ['odd', 'odd.ts threw, where nobody waits for it.'],
  ['bare', 'bare.ts threw a record, which is no Error, where nobody waits for it.'],
  ['imports', 'waiting.ts threw at line 1, where nobody waits for it: too late.'],
])('what is thrown where nobody waits, in whichever file, is no fault of ours: %s', async (name, says) => {
  const { code, stderr } = await project.run(['run', `${name}.ts`, '--seed', '1', '--out', 'none']);
  expect([code, stderr]).toEqual([3, `${says} Leave no promise, timer or connection behind.\n`]);
});

test('where it cannot be told whose it is, --debug shows where', async () => {
  const { code, stderr } = await project.run(['run', 'connects.ts', '--seed', '1', '--debug']);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/ECONNREFUSED.*\n +at .*\(node:net:/)]);
});

test('a closed standard error leaves the exit code of a script that threw as it is', async () => {
  const running = project.start(realBin, ['run', 'ticks.ts', '--seed', '1', '--out', 'none']);
  running.process.stderr!.destroy();
  expect((await running.ended).code).toBe(3);
});

test('a timer that a script leaves behind cannot turn a failed gate into a passed one', async () => {
  expect((await project.run(['run', 'much-later.ts', '--seed', '1', '--out', 'g'])).code).toBe(20);
});

test('a folder whose parts cannot be made leaves none of them behind', async () => {
  chmodSync(project.folder, 0o700);
  const before = project.files();
  const { code, stderr } = await project.run(['run', 'failing.ts', '--out', `new/${'x'.repeat(300)}`]);
  expect([code, stderr]).toEqual([2, expect.stringContaining('cannot be written (ENAMETOOLONG)')]);
  expect(project.files()).toEqual(before);
});
