// A plan as far as it could be read, and the few questions every check asks of it.

import { nearest } from './nearest.ts';
import { type Mistake, offer, shownValue } from './problems.ts';
import type { Plan } from './schema.ts';

type Parts<Key extends 'pools' | 'registers' | 'receivers' | 'tenants' | 'incidents' | 'gates'> = readonly (
  Plan[Key][number] | undefined
)[];

/** A plan as far as it could be read. */
export interface Draft {
  /** The input itself, for the names of parts that could not be read. */
  readonly input: unknown;
  readonly length: Plan['length'] | undefined;
  readonly warmup: Plan['warmup'] | undefined;
  readonly pools: Parts<'pools'>;
  readonly registers: Parts<'registers'>;
  readonly receivers: Parts<'receivers'>;
  readonly tenants: Parts<'tenants'>;
  readonly incidents: Parts<'incidents'>;
  readonly outbound: Plan['outbound'] | undefined;
  readonly desk: Plan['desk'] | undefined;
  readonly signals: Plan['signals'] | undefined;
  readonly gates: Parts<'gates'>;
}

export type Section = 'pools' | 'registers' | 'receivers' | 'tenants';

/** The names a section declares, of unreadable parts too. */
export const namesIn = (draft: Draft, section: Section): readonly string[] => {
  const list = (draft.input as Partial<Record<Section, unknown>>)[section];
  if (!Array.isArray(list)) return [];
  return list.map((part: unknown) => String((part as { readonly name?: unknown } | null)?.name ?? ''));
};

/** A mistake where a name refers to nothing in its section. */
export const checkReference = (
  draft: Draft,
  section: Section,
  name: string,
  path: string,
): readonly Mistake[] => {
  const known = namesIn(draft, section);
  if (known.includes(name)) return [];
  const noun = { pools: 'pool', registers: 'register', receivers: 'receiver', tenants: 'group of tenants' }[
    section
  ];
  const advice = offer(nearest(name, known), known, noun);
  return [
    { path, saw: `is ${shownValue(name)}`, allowed: `it is the name of a ${noun} of this plan`, advice },
  ];
};

/** A mistake where a quantity that must be above zero is zero. */
export const checkAboveZero = (value: number, path: string, advice: string): readonly Mistake[] =>
  value > 0 ? [] : [{ path, saw: 'is 0', allowed: 'it is above 0', advice }];

export const day = 86_400_000;

/** Milliseconds as a script would write them: `1d20h`. */
export const timeText = (ms: number): string => {
  let rest = ms;
  let text = '';
  for (const [unit, size] of [
    ['d', day],
    ['h', 3_600_000],
    ['m', 60_000],
    ['s', 1_000],
    ['ms', 1],
  ] as const) {
    if (rest >= size) text += `${Math.floor(rest / size)}${unit}`;
    rest %= size;
  }
  return text === '' ? '0s' : text;
};
