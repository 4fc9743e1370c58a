// How the command starts: fast, compiled from the sources as they are now and never from older ones, and with
// one instance of each of our modules, whichever way a script imports it.

import { execFile } from 'node:child_process';
import {
  cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, expect, test } from 'vitest';
import { makeProject, realBin, smallScenario } from './command.ts';

const root = resolve(import.meta.dirname, '../..');
const forms = [['compiled'], ['source']];

const project = makeProject({
  'small.ts': smallScenario(),
  'lines.ts': `interface Twice {\n  readonly times: 2;\n}\n\nthrow new Error('on line five');\n`,
  'instances.ts': `
    import * as sim from 'sharedfate';
    import * as policy from 'sharedfate/policy';
    import * as mocks from 'sharedfate/mocks';
    import * as testbed from 'sharedfate/testbed';
    import * as mocksByPath from './OURS/mocks/index.ts';
    import * as testbedByPath from './OURS/testbed/index.ts';
    import * as simByPath from './OURS/sim/index.ts';
    import * as policyByPath from './OURS/policy/index.ts';
    import { PlanMistakes } from './OURS/sim/plan/problems.ts';
    import { pass } from './OURS/policy/verdict.ts';
    const same = [
      sim.readPlan === simByPath.readPlan, policy.PolicyEngine === policyByPath.PolicyEngine,
      sim.PlanMistakes === PlanMistakes, policy.pass === pass,
      mocks.isLoopback === mocksByPath.isLoopback, testbed.npmLimiter === testbedByPath.npmLimiter,
    ];
    if (same.includes(false)) throw new Error(same.join(' '));
    throw new PlanMistakes('here', [{ path: 'tenants', saw: 'is known', allowed: '', advice: '' }]);
  `.replaceAll('./OURS', root),
  'common/package.json': '{ "type": "commonjs" }',
  'common/story.ts': smallScenario({ head: "import { title } from './helper';\nconsole.error(title);" }),
  'common/helper.ts': "import texts from './texts.json';\nexport const title: string = texts.title;",
  'common/texts.json': '{ "title": "no ending, no attribute" }',
});
afterAll(() => project.remove());

/** Has node tell each file that is loaded as a module. */
const tells = 'data:text/javascript,' + encodeURIComponent(`
  import { register } from 'node:module';
  const says = 'process._rawDebug("loads " + url);';
  const hooks = 'export const load = (url, context, next) => { ' + says + ' return next(url, context); };';
  register('data:text/javascript,' + encodeURIComponent(hooks));
`);

test('the list of commands loads a little of our own, of packages commander, and no more', async () => {
  const start = (...before: readonly string[]) =>
    promisify(execFile)(process.execPath, [...before, realBin, '--help']);
  await start();
  const { stderr } = await start('--import', tells);
  const loaded = [...stderr.matchAll(/^loads (file:.*)$/gm)].map(([, url]) => fileURLToPath(url!));
  const packages = loaded.flatMap((path) => /node_modules\/([^/]+)/.exec(path)?.[1] ?? []);
  expect([...new Set(packages)]).toEqual(['commander']);
  const own = loaded.filter((path) => !path.includes('node_modules'));
  expect(own.length).toBeGreaterThan(3);
  expect(own.reduce((sum, path) => sum + statSync(path).size, 0)).toBeLessThan(100_000);
});

test.each(forms)('%s: what a script imports of ours is what runs, by name or by path', async (form) => {
  const { code, stderr } = await project.run(['show', 'instances.ts'], { SHAREDFATE_FORM: form });
  expect([code, stderr]).toEqual([2, expect.stringContaining('known')]);
});

test.each(forms)('%s: an error names the line of the script that its author knows', async (form) => {
  const { code, stderr } = await project.run(['show', 'lines.ts'], { SHAREDFATE_FORM: form });
  expect([code, stderr]).toEqual([3, 'lines.ts threw at line 5: Error: on line five\n']);
});

test.each(forms)('%s: a folder of CommonJS can hold a scenario and what it imports', async (form) => {
  const { code, stderr } = await project.run(['show', 'common/story.ts'], { SHAREDFATE_FORM: form });
  expect([code, stderr]).toEqual([0, 'no ending, no attribute\n']);
});

test('compiled and from its sources the command comes to the same result', async () => {
  const results = await Promise.all(forms.map(async ([form]) => {
    const args = ['run', 'small.ts', '--out', form!, '--reporter', 'csv'];
    expect((await project.run(args, { SHAREDFATE_FORM: form! })).code).toBe(0);
    const { made, ...rest } = JSON.parse(readFileSync(join(project.folder, form!, 'result.json'), 'utf8')) as
      { readonly made: string };
    return rest;
  }));
  expect(results[0]).toMatchObject({ seeds: [{ seed: '1' }, { seed: '2' }] });
  expect(results[1]).toEqual(results[0]);
});

const rooms = [
  'cli', 'mocks', 'policy', 'reports', 'sim', 'sweep', 'testbed', 'package.json', 'tsconfig.json',
];

interface Checkout {
  readonly folder: string;
  /** What the command prints of itself, by the two commands that the tests edit. */
  help(): Promise<string>;
  edit(file: string, before: string, after: string): void;
  builds(): readonly string[];
}

const copies: string[] = [];
afterAll(() => copies.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const checkout = (): Checkout => {
  const folder = mkdtempSync(join(tmpdir(), 'sharedfate-checkout-'));
  copies.push(folder);
  for (const room of rooms) cpSync(join(root, room), join(folder, room), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'dir');
  return {
    folder,
    help: async () =>
      (await promisify(execFile)(process.execPath, [join(folder, 'cli/sharedfate.mjs'), '--help'])).stdout,
    edit: (file, before, after) => {
      const text = readFileSync(join(folder, file), 'utf8');
      expect(text).toContain(before);
      writeFileSync(join(folder, file), text.replace(before, after));
    },
    builds: () => readdirSync(join(folder, 'dist')),
  };
};

test('an edit is in the next start, also of several at once; what `npm ci` compiles is alone', async () => {
  const { folder, help, edit, builds } = checkout();
  expect(await help()).toContain('What does a change');
  expect(builds()).toHaveLength(1);
  edit('cli/main.ts', 'What does a change', 'What will a change');
  const said = await Promise.all([help(), help(), help()]);
  for (const text of said) expect(text).toContain('What will a change');
  expect(builds()).toHaveLength(2);
  await promisify(execFile)(process.execPath, [join(folder, 'cli/build.mjs')]);
  expect(builds()).toHaveLength(1);
  expect(await help()).toContain('What will a change');
});

test('sources run as they are where they cannot be compiled, or nothing can be written', async () => {
  const { folder, help, edit, builds } = checkout();
  edit('cli/commands/run.ts', 'export const run', 'export const const run');
  expect(await help()).toContain('What does a change');
  expect(builds()).toEqual([]);
  edit('cli/commands/run.ts', 'const const', 'const');
  rmSync(join(folder, 'dist'), { recursive: true });
  writeFileSync(join(folder, 'dist'), 'no folder');
  expect(await help()).toContain('What does a change');
});

test('a package runs the one it carries', async () => {
  const { folder, help, edit, builds } = checkout();
  await promisify(execFile)(process.execPath, [join(folder, 'cli/build.mjs')]);
  rmSync(join(folder, 'tsconfig.json'));
  edit('cli/main.ts', 'What does a change', 'What will a change');
  expect(await help()).toContain('What does a change');
  expect(builds()).toHaveLength(1);
});
