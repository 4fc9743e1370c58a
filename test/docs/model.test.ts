// docs/MODEL.md says all that the model has: each word of plans and presets, each number that is assumed,
// with the value that it has in the code.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { faultIds, incident } from '../../sim/plan/schema-incidents.ts';
import { stream } from '../../sim/plan/schema-streams.ts';
import {
  receiverIds, receiverPresets, registerIds, registerPresets, warmupIds,
} from '../../sim/presets/index.ts';
import { lists } from '../../sim/presets/lists.ts';
import registersFile from '../../sim/presets/registers.json' with { type: 'json' };
import { laws } from '../../sim/world/laws/watch.ts';
import { type Assumed, assumedIn, assumedOfTheWorld, root } from './assumed.ts';

const page = readFileSync(join(root, 'docs/MODEL.md'), 'utf8');
const spans = [...page.matchAll(/`([^`\n]+)`/g)].map((found) => found[1]!);

/** Words of a list that the page does not have, as code or as plain words. */
const missing = (words: readonly string[]): readonly string[] =>
  words.filter((word) => !new RegExp(`(?<![\\w-])${word.replaceAll(/[.*+]/g, '\\$&')}(?![\\w-])`).test(page));

/** Those that it does not have as code. */
const unnamed = (words: readonly string[]): readonly string[] =>
  words.filter((word) => !spans.includes(word));

/** A schema of one word out of several, with a default or without. */
interface Choice {
  readonly options?: readonly string[];
  readonly def: { readonly innerType?: { readonly options?: readonly string[] } };
}

describe('the page on the model names', () => {
  const optionsOf = (kind: string, field: string): readonly string[] => {
    const { shape } = incident.options.find((one) => one.shape.kind.value === kind)!;
    const schema = (shape as Record<string, unknown>)[field] as Choice;
    return schema.options ?? schema.def.innerType!.options!;
  };
  test.each([
    ['every kind of incident', incident.options.map(({ shape }) => shape.kind.value)],
    ['both ways to take over an account', optionsOf('compromised', 'how')],
    ['every tactic of a spammer', optionsOf('spammer', 'tactic')],
    ['every reaction of an attacker', optionsOf('compromised', 'whenBlocked')],
    ['every fault of a register', [...faultIds, ...registersFile.faults.map(({ id }) => id)]],
    ['every stream', stream.options.map(({ shape }) => shape.kind.value)],
    ['every kind of list', Object.keys(lists)],
    ['every rule model', registerPresets.map(({ model }) => model)],
    ['every receiver preset', receiverIds],
    ['every warm-up schedule', warmupIds],
    ['what a receiver can do with a listing', ['reject', 'defer', 'score']],
  ])('%s', (_, words) => {
    expect(words.length).toBeGreaterThan(1);
    expect(unnamed(words)).toEqual([]);
  });
  test('every register preset, and every law that is watched', () => {
    expect(missing(registerIds)).toEqual([]);
    expect(laws.map(({ says }) => says).filter((law) => !page.includes(`\n- ${law}\n`))).toEqual([]);
  });
  test('every field that a preset owns to be unverified', () => {
    const fields = [...registerPresets, ...receiverPresets].flatMap((preset) => preset.unverifiedFields);
    const names = fields.map((field) => field.replace(/^\*(?=.)/, '').replace(/^delist\..*/, 'delist')
      .replace(/^thresholds\./, '').replace(/^codes\..*/, 'codes'));
    expect(unnamed([...new Set(names)])).toEqual([]);
  });
  test('as many receivers, replies and registers as there are', () => {
    expect(page).toContain(`All ${receiverIds.length} presets`);
    expect(registerIds).toHaveLength(34);
  });
});

test('every file and folder that the page names is there', () => {
  const paths = spans.filter((span) => /^[\w-]+(?:\/[\w.-]+)*(?:\/|\.(?:ts|json|md))$/.test(span));
  expect(paths.length).toBeGreaterThan(50);
  const isThere = (path: string): boolean =>
    existsSync(join(root, path)) || existsSync(join(root, 'sim/world', path));
  expect(paths.filter((path) => !isThere(path))).toEqual([]);
});

/** The constants of the table's rows: file, name, and the value where the row has one. */
const rows: readonly (Assumed & { readonly value: string | null })[] =
  [...page.matchAll(/^\| `([\w/-]+\.ts)` \| ([^|]*) \|/gm)].flatMap(([, file, cell]) =>
    [...cell!.matchAll(/`(\w+)(?: = ([^`]+))?`/g)].map(([, name, value]) =>
      ({ file: file!, name: name!, value: value ?? null })));

describe('the table of assumed numbers', () => {
  const text = ({ file, name }: Assumed): string => `${file} ${name}`;
  test('has each constant of the world that is said to be assumed, and no other', () => {
    const assumed = assumedOfTheWorld();
    expect(assumed.length).toBeGreaterThan(100);
    expect(rows.map(text).sort()).toEqual(assumed.map(text).sort());
  });
  test('has the values that stand in the code', () => {
    const valued = rows.filter(({ value }) => value !== null);
    expect(valued.length).toBeGreaterThan(80);
    const stale = valued.filter(({ file, name, value }) => {
      const source = readFileSync(join(root, 'sim/world', file), 'utf8');
      const found = new RegExp(`const ${name}(?:: [^=]+)? = ([^;]+);`).exec(source);
      return found?.[1]!.replace(/ as const$/, '') !== value;
    });
    expect(stale).toEqual([]);
  });
});

describe('an assumption is found in a source', () => {
  const found = (...lines: readonly string[]): readonly string[] =>
    assumedIn(['// A file.', '', ...lines].join('\n'));
  test('under its own comment, with those that follow at once, and no further', () => {
    const three = ['const one = 1;', 'export const two = 2;', '', 'const three = 3;'];
    expect(found('/** An assumption. */', ...three)).toEqual(['one', 'two']);
    expect(found('/** RFC 5321. */', 'const one = 1;')).toEqual([]);
    const long = ['const hours = {', '  day: 1,', '};', 'const two = 2;'];
    expect(found('/**', ' * Hours;', ' * assumed.', ' */', ...long)).toEqual(['hours']);
  });
  test('after a comment that speaks for all that follows, up to the next export', () => {
    const after = ['', '/** Points. */', 'const one = 1;', '', 'export const rule = one;', 'const two = 2;'];
    expect(found('// All weights are assumptions.', ...after)).toEqual(['one']);
  });
  test('where it is a field of a record', () => {
    const fields = ['  /** An assumption. */', '  readonly naive: boolean;', '  id: 1;'];
    expect(found('export interface Receiver {', ...fields)).toEqual(['naive']);
  });
});
