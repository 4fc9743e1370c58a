// Mistakes of the person who wrote a plan, a trace or a command: collected, then printed all at once, each as
// where, what was seen, what is allowed, what to do.

export interface Mistake {
  /** The field, such as `tenants[3].stream.perDay`, or a line's number; may be empty. */
  readonly path: string;
  /** What was seen, with its verb: `is -4`, `is missing`. */
  readonly saw: string;
  /** What would be right, as a clause: `it is a number above 0`. */
  readonly allowed: string;
  /** What to do about it, as a sentence or a question; may be empty. */
  readonly advice: string;
}

/** Most mistakes printed at once; the rest are counted. */
const shownAtOnce = 50;

/** Thrown with all the mistakes of one file, so that they can be mended in one go. */
export class PlanMistakes extends Error {
  override readonly name = 'PlanMistakes';
  readonly where: string;
  readonly mistakes: readonly Mistake[];
  /** All that were found, where only the first were kept. */
  readonly total: number;

  constructor(where: string, mistakes: readonly Mistake[], total: number = mistakes.length) {
    const shown = mistakes.slice(0, shownAtOnce).map((mistake) => describeMistake(where, mistake));
    if (total > shown.length)
      shown.push(`${where}: ${total - shown.length} more of the kind; ${total} in all.`);
    super(shown.join('\n'));
    this.where = where;
    this.mistakes = mistakes;
    this.total = total;
  }
}

/**
 * One line: `scenarios/x.ts: tenants[0].count is -4; it is a whole number from 1 on. Drop the group to mute
 * it.`
 */
export const describeMistake = (where: string, { path, saw, allowed, advice }: Mistake): string => {
  const finding = [path, saw].filter((part) => part !== '').join(' ');
  const line = `${where}: ${finding}${allowed === '' ? '' : `; ${allowed}`}.`;
  return advice === '' ? line : `${line} ${advice}`;
};

/** `tenants[3].stream.perDay`. */
export const pathText = (path: readonly PropertyKey[]): string =>
  path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? String(step) : `${text}.${String(step)}`;
  }, '');

/** A value as an error shows it: short, on one line, with nothing in it that a terminal would act on. */
export const shownValue = (value: unknown): string => {
  if (value === undefined) return 'missing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object' && value !== null) return 'a record';
  if (typeof value !== 'string') return String(value);
  return JSON.stringify(shortened(value)).replace(
    /[\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g,
    '?',
  );
};

/** `Did you mean "psbl"?`, or the known names where none is near. */
export const offer = (near: string | undefined, known: readonly string[], noun: string): string => {
  if (near !== undefined) return `Did you mean "${near}"?`;
  return known.length === 0 ? `There is no ${noun} yet.` : `Known: ${known.join(', ')}.`;
};

const shortened = (text: string): string => (text.length <= 80 ? text : `${text.slice(0, 77)}...`);
