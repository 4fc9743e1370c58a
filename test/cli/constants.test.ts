// What esbuild would turn into variables stays constant in what we ship, and what changes stays a variable.

import { build } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { constants } from '../../cli/constants.mjs';

const folder = mkdtempSync(join(tmpdir(), 'sharedfate-constants-'));
afterAll(() => rmSync(folder, { recursive: true }));

const compiled = async (name: string, modules: Readonly<Record<string, string>>): Promise<string> => {
  for (const [path, text] of Object.entries(modules)) writeFileSync(join(folder, path), text);
  await build({
    absWorkingDir: folder, entryPoints: [`${name}.ts`], outfile: join(folder, 'out', `${name}.mjs`),
    bundle: true, format: 'esm', platform: 'node', sourcemap: true, plugins: [constants],
  });
  return readFileSync(join(folder, 'out', `${name}.mjs`), 'utf8');
};

const counter = `
  export const step = 2;
let count = 0;
export let last: number = -1, turns = 0;
export const next = (): number => { count += step; last = count; turns++; return count; };
`;

test('numbers, functions, classes are constants, variables are not, whatever they are called', async () => {
  const text = await compiled('whole', {
    'counter.ts': counter, 'again.ts': counter,
    'whole.ts': `
      import * as one from './counter.ts';
      import * as two from './again.ts';
      class Box { readonly held = one.next(); }
      one.next(); two.next();
      export const seen = [new Box().held, one.last, one.turns, two.last, two.next()];
    `,
  });
  const declared = (word: string): string[] =>
    [...text.matchAll(new RegExp(`^${word} (\\w+)`, 'gm'))].map(([, name]) => name!);
  expect(declared('const').sort()).toEqual(['Box', 'next', 'next2', 'seen', 'step', 'step2']);
  expect(declared('var').sort()).toEqual(['count', 'count2', 'last', 'last2', 'turns', 'turns2']);
  const { seen } = await import(pathToFileURL(join(folder, 'out/whole.mjs')).href) as { seen: number[] };
  expect(seen).toEqual([4, 4, 2, 2, 4]);
});

test('what is assigned to stays a variable, wherever it is declared, whatever its name', async () => {
  const turned = 'let turn9 = 0;\nexport const turned = (): number => { turn9 += 1; return turn9; };\n';
  const many = Array.from({ length: 20 }, (_, index) => `v${index}`);
  await compiled('odd', {
    'turned.ts': turned, 'turned-again.ts': turned,
    'odd.ts': `
      import { turned } from './turned.ts';
      import { turned as other } from './turned-again.ts';
      let first = 1,
        second = 2;
      const sure = 4; let inLine = 8;
      ${many.map((name) => `let ${name} = 0;`).join(' ')}
      const all = (): number => { ${many.map((name) => `${name}++;`).join(' ')} return ${many.join(' + ')}; };
      const move = (): void => { second++; inLine += sure; [first] = [second]; };
      move();
      export const seen = [turned(), other(), other(), first, second, inLine, all()];
    `,
  });
  const { seen } = await import(pathToFileURL(join(folder, 'out/odd.mjs')).href) as { seen: number[] };
  expect(seen).toEqual([1, 1, 2, 3, 3, 12, 20]);
});

test('a text that looks like code is left as it is', async () => {
  const page = 'export const page = (size: number) => `${size}\nvar left = 1;\nconst right=2;`;';
  await compiled('page', { 'page.ts': page });
  const { page: made } = await import(pathToFileURL(join(folder, 'out/page.mjs')).href) as
    { page: (size: number) => string };
  expect(made(3)).toBe('3\nvar left = 1;\nconst right=2;');
});

test('a line is as long as it was, so that its source map fits, which is written too', async () => {
  const modules = { 'line.ts': 'export const cause = () => { throw new Error("here"); };\n' };
  const text = await compiled('line', modules);
  expect(text.split('\n')).toContainEqual(expect.stringMatching(/^const cause=\(\) => \{$/));
  const map = JSON.parse(readFileSync(join(folder, 'out/line.mjs.map'), 'utf8')) as { sources: string[] };
  expect(map.sources).toEqual(['../line.ts']);
});
