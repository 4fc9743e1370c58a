// Times, rates and shares as a script writes them: `'1d20h'`, `'4000/h'`, `'0.5%'`. The types refuse `'4
// hours'` while the script is written; the readers below refuse it when a plan comes from anywhere else.

import { type Milliseconds, milliseconds } from '../../policy/index.ts';

type Unit = 'w' | 'd' | 'h' | 'm' | 's' | 'ms';
type One = `${number}${Unit}`;

/**
 * A span of time: weeks, days, hours, minutes, seconds, milliseconds, largest first: `'90m'`, `'1d20h'`,
 * `'2h30m10s'`.
 */
export type Duration = One | `${One}${One}` | `${One}${One}${One}`;
/** Events in a unit of time: `'4000/h'`, `'2/s'`, `'40/d'`. */
export type Rate = `${number}/${'s' | 'm' | 'h' | 'd' | 'w'}`;
/** A share of a whole, from `'0%'` to `'100%'`. */
export type Share = `${number}%`;

const unitMs: Record<string, number> = {
  w: 604_800_000,
  d: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1_000,
  ms: 1,
};
const unitOrder = ['w', 'd', 'h', 'm', 's', 'ms'];
const part = /(\d+(?:\.\d+)?)(ms|w|d|h|m|s)/y;

/** What is wrong with a quantity, in the words an error prints; `allowed` says what would be right. */
export interface Misreading {
  readonly wrong: string;
  readonly allowed: string;
}
export type Reading<Value> =
  { readonly ok: true; readonly value: Value } | ({ readonly ok: false } & Misreading);

const allowedDuration = "a time such as '90m', '20h' or '1d20h' (w, d, h, m, s, ms; largest first)";
const allowedRate = "a rate such as '4000/h' (per s, m, h, d or w), 0 or more";
const allowedShare = "a share from '0%' to '100%'";

/** Whole milliseconds of a duration. */
export const readDuration = (text: string): Reading<Milliseconds> => {
  let total = 0;
  let lastUnit = -1;
  part.lastIndex = 0;
  while (part.lastIndex < text.length) {
    const found = part.exec(text);
    if (found === null) return { ok: false, wrong: 'is not a time', allowed: allowedDuration };
    const order = unitOrder.indexOf(found[2]!);
    if (order <= lastUnit)
      return { ok: false, wrong: 'has its units out of order', allowed: allowedDuration };
    lastUnit = order;
    total += Number(found[1]) * unitMs[found[2]!]!;
  }
  if (lastUnit < 0) return { ok: false, wrong: 'is empty', allowed: allowedDuration };
  if (total > Number.MAX_SAFE_INTEGER) return { ok: false, wrong: 'is too long', allowed: allowedDuration };
  return { ok: true, value: milliseconds(Math.round(total)) };
};

/** Events an hour, at most one a millisecond. */
export const readRate = (text: string): Reading<number> => {
  const found = /^(-?\d+(?:\.\d+)?)\/(s|m|h|d|w)$/.exec(text);
  if (found === null) return { ok: false, wrong: 'is not a rate', allowed: allowedRate };
  const perHour = (Number(found[1]) * unitMs['h']!) / unitMs[found[2]!]!;
  if (perHour < 0) return { ok: false, wrong: 'is below zero', allowed: allowedRate };
  // Time is whole milliseconds: a faster stream would stand still in one of them for ever.
  if (perHour > unitMs['h']!) {
    return { ok: false, wrong: 'is above one a millisecond', allowed: "a rate from 0 to '1000/s'" };
  }
  return { ok: true, value: perHour };
};

/** A fraction from 0 to 1. */
export const readShare = (text: string): Reading<number> => {
  const found = /^(-?\d+(?:\.\d+)?)%$/.exec(text);
  if (found === null) return { ok: false, wrong: 'is not a share', allowed: allowedShare };
  const fraction = Number(found[1]) / 100;
  if (fraction < 0 || fraction > 1) return { ok: false, wrong: 'is out of range', allowed: allowedShare };
  return { ok: true, value: fraction };
};
