// The table of assumed constants against the sources: none is missing, none is gone, each has its value.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { assumedConstants } from '../../../sim/assumptions.ts';
import { isLiteral } from '../../../sim/assumptions/constant.ts';
import { assumedOfTheWorld, root } from '../../docs/assumed.ts';
import { declarationOf } from './declaration.ts';

const keyOf = ({ file, name }: { readonly file: string; readonly name: string }): string => `${file} ${name}`;
const sourceOf = (file: string): string => readFileSync(join(root, 'sim/world', file), 'utf8');

/** Assumed by their comments, but told of by another entry: a delay of signals.json. */
const toldElsewhere: readonly string[] = ['receivers/complaints.ts writingDelay'];

test('every constant whose comment says that it is assumed is in the table', () => {
  const known = new Set(assumedConstants.map(keyOf));
  const found = assumedOfTheWorld().map(keyOf);
  expect(found.length).toBeGreaterThan(70);
  expect(found.filter((key) => !known.has(key) && !toldElsewhere.includes(key))).toEqual([]);
});

test('no constant is in the table twice', () => {
  expect(new Set(assumedConstants.map(keyOf)).size).toBe(assumedConstants.length);
});

describe('each entry has the value of the source', () => {
  for (const { file, name, value } of assumedConstants) {
    test(`${file} ${name}`, () => {
      const declared = declarationOf(sourceOf(file), name);
      expect(declared, 'no such constant').not.toBe('');
      const stated = value.replace(/\s+/g, '').replace(/,([\]}])/g, '$1');
      if (isLiteral(value)) expect(declared.replace(/^[^=]*=/, '').replace(/asconst$/, '')).toBe(stated);
      else expect(declared).toContain(stated);
    });
  }
});

test('a declaration is read whole, without comments and spaces, whatever its value', () => {
  const text = [
    '/** One. */', 'export const few: readonly number[] = [', '  1, // one', '  2,', '];', '',
    'const one = 1;',
    'const say = (x: number): number => {', '  const one = 2;', '  return x;', '};',
    'interface A {', '  readonly naive: boolean;', '}',
  ].join('\n');
  expect(declarationOf(text, 'few')).toBe('few:readonlynumber[]=[1,2]');
  expect(declarationOf(text, 'one')).toBe('one=1');
  expect(declarationOf(text, 'say')).toContain('returnx');
  expect(declarationOf(text, 'naive')).toBe('naive:boolean');
  expect(declarationOf(text, 'none')).toBe('');
});
