// The rules about single files. A rule looks at one source and names what it finds; samples.ts shows each one
// failing.

import { arrows } from './arrows.ts';
import { longFiles, longest, widest } from './table.ts';
import { blank, lineAt, type Source } from './source.ts';

export interface Finding {
  readonly path: string;
  readonly line: number;
  readonly what: string;
}

export interface Rule {
  /** Reads as the fact it establishes; the title of its test. */
  readonly title: string;
  readonly check: (source: Source) => readonly Finding[];
}

interface BannedName {
  readonly rooms: RegExp;
  readonly pattern: RegExp;
  readonly why: string;
}

const isCode = (path: string): boolean => /\.(?:ts|tsx|js|mjs)$/.test(path);
const mayExportDefault = /^(?:scenarios|policies)\/|\/fixtures\/|^[\w.-]+\.config\.ts$/;

/** Names that would let the clock, chance or the outside world in where they have no place. */
export const bannedNames: readonly BannedName[] = [
  { rooms: /^(?:policy|sim|scenarios|reports|mocks|testbed|sweep)\//, pattern: /\bMath\.random\b/,
    why: 'chance comes from named streams' },
  { rooms: /^(?:policy|sim|scenarios|reports)\//, pattern: /\bDate\.now\b/, why: 'time is an argument' },
  { rooms: /^(?:policy|sim|scenarios)\//, pattern: /\bnew Date\(/, why: 'time is an argument' },
  { rooms: /^reports\//, pattern: /\bnew Date\(\s*\)/, why: 'reports format the date they are given' },
  { rooms: /^(?:policy|sim|scenarios|reports)\//, pattern: /\bperformance\.(?:now|timeOrigin)\b/,
    why: 'time is an argument' },
  { rooms: /^(?:policy|sim|scenarios|reports)\//, pattern: /\bset(?:Timeout|Interval|Immediate)\b/,
    why: 'waiting is an event on the agenda' },
  { rooms: /^(?:policy|sim|scenarios)\//, pattern: /\b(?:process|console|globalThis)\.|\bfetch\(|\brequire\(/,
    why: 'no input or output here' },
  { rooms: /^(?:policy|sim)\//, pattern: /\bcrypto\.|\btoLocale\w*\(|\bIntl\.|\blocaleCompare\(/,
    why: 'the answer would depend on the machine' },
];

const typeHoles: readonly (readonly [RegExp, string])[] = [
  [/(?:[:<|&,]|=>|\bas\b|\bextends\b)\s*any\b(?!\s*[:('])/g, 'any: say what it is, or unknown'],
  [/^[ \t]*(?:export\s+)?(?:declare\s+)?(?:const\s+)?enum\s+\w/gm, 'enum: use a union of literals'],
  [/^[ \t]*(?:export\s+)?(?:declare\s+)?(?:namespace|module)\s+[\w.]+\s*\{/gm, 'namespace: use a module'],
  [/@ts-(?:ignore|nocheck)/g, 'an error silenced: use @ts-expect-error in a type test, or mend it'],
];

export const rules: readonly Rule[] = [
  {
    title: 'no folder imports against the import table',
    check: (source) => (isCode(source.path) ? arrows(source) : []),
  },
  {
    title: 'no clock, chance or input and output reaches a folder that must not have them',
    check: (source) => bannedNames.filter((name) => name.rooms.test(source.path))
      .flatMap((name) => matches(source, name.pattern, (text) => `${text}: ${name.why}`)),
  },
  {
    title: 'no type says any, and there is no enum, namespace or silenced error',
    check: (source) => (isCode(source.path) ? typeHoles.flatMap(([pattern, what]) =>
      matches(source, pattern, () => what, pattern.source.startsWith('@') ? source.text : undefined)) : []),
  },
  {
    title: 'only scenarios and policies are default exports',
    check: (source) => (!isCode(source.path) || mayExportDefault.test(source.path) ? []
      : matches(source, /^[ \t]*export\s+default\b|\bas\s+default\b/gm, () => 'default: give it a name')),
  },
  {
    title: 'every export is named, and none is a star',
    check: (source) => matches(source, /^[ \t]*export\s*\*/gm, () => 'export *: list the names'),
  },
  {
    title: `a file has at most ${longest} lines`,
    check: (source) => {
      const lines = source.text.trimEnd().split('\n').length;
      if (!isCode(source.path) || lines <= longest || longFiles.includes(source.path)) return [];
      return [{ path: source.path, line: longest, what: `${lines} lines: what second idea lives here?` }];
    },
  },
  {
    title: 'every file opens with a comment that says what it is',
    check: (source) => {
      const opening = source.text.replace(/^#!.*\n/, '');
      return !isCode(source.path) || /^(?:\/\/ \S|\/\*)/.test(opening) ? []
        : [{ path: source.path, line: 1, what: 'opens without a comment' }];
    },
  },
  {
    title: `a line has at most ${widest} columns`,
    // One finding a file: where the first is, how many there are, and the widest.
    check: (source) => {
      if (!isCode(source.path)) return [];
      const widths = source.text.split('\n').map((text) => [...text].length);
      const long = widths.filter((width) => width > widest);
      const what = `${long.length} lines over ${widest} columns, the longest ${Math.max(...long)}`;
      const line = widths.findIndex((width) => width > widest) + 1;
      return long.length === 0 ? [] : [{ path: source.path, line, what }];
    },
  },
  {
    title: 'nothing names a path of one machine or the host of a package registry',
    check: (source) => matches(source, machinePath, (text) => `${text}: of one machine`, source.text),
  },
];

const machinePath =
  /(?<![\w.~-])\/(?:work|tmp|root|home|Users|private|mnt)\/[\w.]|\bregistry\.[a-z0-9-]+\.[a-z]{2,}/g;

/** Every hit of a pattern in the code of a file, or in the given text of it. */
const matches = (
  source: Source, pattern: RegExp, say: (hit: string) => string, given?: string,
): Finding[] => {
  const text = given ?? blank(source.text, { strings: true });
  const everywhere = pattern.global ? pattern : new RegExp(pattern.source, `${pattern.flags}g`);
  return [...text.matchAll(everywhere)].map((match) =>
    ({ path: source.path, line: lineAt(text, match.index), what: say(match[0].trim()) }));
};
