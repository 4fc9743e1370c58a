// What somebody at the controls can get wrong: told as what was seen and what is allowed, with the status of
// HTTP that says whose fault it is.

import { nearest } from '../../sim/index.ts';
import { offer, shownValue } from '../../sim/plan/problems.ts';

/** A request that cannot be done as it was put. */
export class ControlMistake extends Error {
  override readonly name = 'ControlMistake';
  /** 400 malformed, 403 not from here, 404 no such place, 405 another method, 413 too long, 422 no sense. */
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** What a request brought, its fields still unread. */
export type Fields = Readonly<Record<string, unknown>>;

/** Throws a ControlMistake where a request brings a field that is none of these. */
export const demandOnly = (fields: Fields, known: readonly string[]): void => {
  for (const field of Object.keys(fields)) {
    if (known.includes(field)) continue;
    const advice = offer(nearest(field, known), known, 'field');
    throw new ControlMistake(422, `${shownValue(field)} is not a field here. ${advice}`);
  }
};

/** A field that is text. Throws a ControlMistake where it is not. */
export const textOf = (fields: Fields, field: string, allowed: string): string => {
  const value = fields[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new ControlMistake(422, `${field} is ${shownValue(value)}; it is ${allowed}.`);
};

/** One of several by its name. Throws a ControlMistake with the nearest. */
export const oneNamed = <One>(
  named: ReadonlyMap<string, One>, fields: Fields, noun: string,
): One => {
  const name = textOf(fields, noun, `the name of a ${noun}`);
  const found = named.get(name);
  if (found !== undefined) return found;
  const known = [...named.keys()];
  const advice = offer(nearest(name, known), known, noun);
  throw new ControlMistake(422, `no ${noun} is called ${shownValue(name)}. ${advice}`);
};
