// Numbers of the model's own that nobody published: each is a constant of sim/world whose comment says so.
// The tables beside this file name them; test/sim/assumptions holds every table against the sources.

import type { Assumption, Part, Sway } from './assumption.ts';
import type { Cast, When } from './cast.ts';

export interface Constant {
  /** Its name in the source. */
  readonly name: string;
  /** Below sim/world. */
  readonly file: string;
  /** As the source writes it; of a function or a long table the piece that holds the numbers. */
  readonly value: string;
  /** For people, with the numbers where `value` is a piece of code. */
  readonly what: string;
  readonly why: string;
  readonly sway: Sway;
  readonly when: When;
}

type Row = readonly [name: string, value: string, sway: Sway, when: When, what: string, why?: string];

/** Rows of one file. */
export const constantsIn = (file: string, ...rows: readonly Row[]): readonly Constant[] =>
  rows.map(([name, value, sway, when, what, why = '']) => ({ name, file, value, what, why, sway, when }));

/** A value that a reader of no code can read: a number, a list, a record, a time. */
export const isLiteral = (value: string): boolean =>
  /^(?:[[{\d'"]|(?:minutes|hours|delayThrough)\()/.test(value);

/** Of a table over several lines, one. */
const onOneLine = (value: string): string =>
  value.replace(/\s+/g, ' ').replace(/,? ([\]}])/g, (_, end: string) => (end === ']' ? ']' : ' }'))
    .replace(/\[ /g, '[');

export const usedConstants = (
  part: Part, constants: readonly Constant[], cast: Cast,
): readonly Assumption[] =>
  constants
    .filter(({ when }) => when(cast))
    .map(({ file, name, sway, value, what, why }) =>
      ({
        part, sway, name, what, why,
        value: isLiteral(value) ? onOneLine(value) : '',
        where: file,
      }));
