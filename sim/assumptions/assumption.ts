// What an assumption is to a reader: the part of the world it belongs to, how far results move with it, and a
// sentence that carries its value and where to find it.

/** Parts of the world, in the order in which mail meets them; `plan` is what a plan left at our defaults. */
export const parts = [
  'plan', 'lists', 'senders', 'incidents', 'platform', 'receivers', 'registers', 'desk',
] as const;
export type Part = (typeof parts)[number];

/**
 * How far the main figures move with a number, by our own judgement: 5 decides some of them outright, 3
 * shifts several, 1 is seen only by who looks for it. Who has moved a number and measured knows better.
 */
export type Sway = 1 | 2 | 3 | 4 | 5;

export interface Assumption {
  readonly part: Part;
  readonly sway: Sway;
  /** A constant's, a preset's id, a kind of list, or the path of a field of the plan. */
  readonly name: string;
  /** What it is, in words. */
  readonly what: string;
  /** Its value, as the source, the preset or the plan has it; empty where it is a rule that `what` says. */
  readonly value: string;
  /** Where it stands. */
  readonly where: string;
  /** Why it is what it is; empty where nothing more can be said. */
  readonly why: string;
}

/** Most influential first; among equals in the order of the parts, then as given. */
export const byInfluence = (assumptions: readonly Assumption[]): readonly Assumption[] =>
  assumptions.toSorted(
    (one, two) => two.sway - one.sway || parts.indexOf(one.part) - parts.indexOf(two.part),
  );

/** `patience of an operator: 3 (patience, registers/trust.ts); why`. */
export const sentenceOf = ({ name, value, what, where, why }: Assumption): string =>
  `${what}${value === '' ? '' : `: ${value}`} (${name}, ${where})${why === '' ? '' : `; ${why}`}`;

/** One line, as a result carries it: the part of the world, a colon, and the rest. */
export const lineOf = (assumption: Assumption): string => `${assumption.part}: ${sentenceOf(assumption)}`;
