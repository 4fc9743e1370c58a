// docs/ADDING-A-MODULE.md is followed as it stands, in an empty folder that has only the package: each
// command is typed, each file is written, and the module that comes of it does what the page says.

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { root } from './assumed.ts';

const page = readFileSync(join(root, 'docs/ADDING-A-MODULE.md'), 'utf8');
const blocks = [...page.matchAll(/^```(sh|ts file=(\S+))\n([\s\S]*?)^```$/gm)]
  .map(([, , file, text]) => ({ file, text: text! }));

const folder = mkdtempSync(join(tmpdir(), 'sharedfate-module-'));
const typed: { readonly command: string; readonly output: string }[] = [];

const type = (command: string): string => {
  try {
    return execFileSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    const { status, stderr, stdout } = error as { status: number; stderr: string; stdout: string };
    // A gate that fails (20, 21) is an answer, not a mistake.
    if (status === 20 || status === 21) return stdout;
    throw new Error(`${command}\nended with ${status}:\n${stderr}`, { cause: error });
  }
};

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules/sharedfate'));
  symlinkSync(join(root, 'cli/sharedfate.mjs'), join(folder, 'node_modules/.bin/sharedfate'));
  // The two that the page says to install.
  for (const name of ['fast-check', 'tsx']) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
  }
  symlinkSync(join(root, 'node_modules/tsx/dist/cli.mjs'), join(folder, 'node_modules/.bin/tsx'));
  writeFileSync(join(folder, 'package.json'), '{ "name": "mine", "private": true, "type": "module" }\n');
  for (const { file, text } of blocks) {
    if (file !== undefined) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), text);
    } else {
      for (const command of text.trim().split('\n')) typed.push({ command, output: type(command) });
    }
  }
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Result {
  readonly seeds: readonly {
    readonly rules: readonly { readonly rule: string; readonly abusive: number }[];
  }[];
}

const hitsOf = (settings: string): number => {
  const said = typed.find(({ command }) => command.includes('sharedfate run') && command.includes(settings));
  expect(said?.output).toContain('policy guarded');
  const run = type('ls runs').trim().split('\n').at(settings === '' ? 0 : 1)!;
  const result = JSON.parse(type(`cat runs/${run}/result.json`)) as Result;
  return result.seeds.flatMap(({ rules }) => rules)
    .filter(({ rule }) => rule.startsWith('null-sender-limit'))
    .reduce((sum, { abusive }) => sum + abusive, 0);
};

test('the page has the copy, the policy, two runs and the laws', () => {
  expect(blocks).toHaveLength(5);
  expect(typed).toHaveLength(5);
});

test('the copied module keeps the laws, and one that counts what it refused does not', () => {
  expect(typed.at(-1)).toMatchObject({ command: 'npx tsx policies/laws.ts', output: 'the laws hold\n' });
  const path = join(folder, 'policies/null-senders.ts');
  const whole = readFileSync(path, 'utf8');
  const careless = whole.replace(' || !isAdmitted(signal.verdict)', '');
  expect(careless).not.toBe(whole);
  writeFileSync(path, careless);
  expect(() => type('npx tsx policies/laws.ts')).toThrow(/no refusal prolongs itself/);
  writeFileSync(path, whole);
});

test('the copied module refuses the autoresponder, and more so at a lower limit', () => {
  const usual = hitsOf('');
  expect(usual).toBeGreaterThan(0);
  expect(hitsOf('--set nullSenders=5')).toBeGreaterThan(usual);
});
