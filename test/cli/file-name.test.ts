// Names that somebody chose, as parts of files' names: each is one folder in its place, whatever it says.

import { mkdtempSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fileName } from '../../cli/file-name.ts';
import { defaultFolder } from '../../cli/output.ts';

const folderOf = (name: string): string => defaultFolder(name, new Date(0), 'tune');

test('a name keeps its letters of any script, and loses what leads elsewhere, hides or is no letter', () => {
  expect(['default', 'a/b', '../../etc', '..', '', '   ', '-rf', '.hidden', 'a b\n*', 'größe-2.1', '方針',
    'a\0b'].map(fileName)).toEqual(['default', 'a-b', 'etc', 'unnamed', 'unnamed', 'unnamed', 'rf', 'hidden',
    'a-b', 'größe-2.1', '方針', 'a-b']);
  expect(folderOf('a/b')).toBe(join('runs', '19700101T000000Z-a-b-tune'));
  // A right-to-left mark would turn round what a screen shows of the name.
  expect(fileName('a\u202Egnp.exe')).toBe('a-gnp.exe');
});

test('whatever a policy is called, its search has one folder directly in runs, which a disk can make', () => {
  const disk = mkdtempSync(join(tmpdir(), 'sharedfate-names-'));
  const made = (name: string): void => {
    const folder = folderOf(name);
    expect(dirname(folder)).toBe('runs');
    expect(folder).toMatch(/Z-[^/\\\s]+-tune$/);
    mkdirSync(join(disk, basename(folder)), { recursive: true });
    expect(readdirSync(disk)).toEqual([basename(folder)]);
    rmSync(join(disk, basename(folder)), { recursive: true });
  };
  for (const name of ['x'.repeat(300), '\u{1F4E7}方'.repeat(150), '\u{20000}'.repeat(300)]) made(name);
  fc.assert(fc.property(fc.string({ unit: 'binary' }), made));
  rmSync(disk, { recursive: true });
});
