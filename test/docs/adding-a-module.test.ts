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
  for (const name of ['policy', 'scenarios']) symlinkSync(join(root, name), join(folder, name));
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(root, join(folder, 'node_modules/sharedfate'));
  symlinkSync(join(root, 'cli/sharedfate.mjs'), join(folder, 'node_modules/.bin/sharedfate'));
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

test('the page has the copy, the policy and two runs', () => {
  expect(blocks).toHaveLength(3);
  expect(typed).toHaveLength(4);
});

test('the copied module refuses the autoresponder, and more so at a lower limit', () => {
  const usual = hitsOf('');
  expect(usual).toBeGreaterThan(0);
  expect(hitsOf('--set nullSenders=5')).toBeGreaterThan(usual);
});
