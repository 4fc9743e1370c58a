// Refuses, for now, what would bring an account over a number of recipients in a sliding window: the limit
// that most mail products ship, since a stolen account shows first in its volume.

import type { Action } from '../actions.ts';
import type { Cells } from '../cells.ts';
import type { Module } from '../module.ts';
import type { Milliseconds } from '../units.ts';
import { countInRange } from './parameters.ts';
import { volume } from './volume.ts';

export interface RecipientWindowParameters {
  /** Its name in reasons; `recipient-window` if left out. Two windows in one policy need two names. */
  readonly name?: string;
  /** Recipients let through in any window, each address as often as it is given; 1 to 10,000,000. */
  readonly limit: number;
  /** 1 minute to 31 days. */
  readonly window: Milliseconds;
  /** What becomes of a message that would go over the limit; refused for now (`defer`) if left out. */
  readonly action?: Action;
}

/**
 * `volume` of an account's recipients, with a contract's allowance: see there. Never lets more than `limit`
 * recipients through in any span of `window`, and a message with more than `limit` never passes. Throws a
 * RangeError for a parameter out of range.
 */
export const recipientWindow = (parameters: RecipientWindowParameters): Module<Cells> => {
  const name = parameters.name ?? 'recipient-window';
  const limit = countInRange(name, 'limit', parameters.limit, 1, 10_000_000);
  return volume({ ...parameters, name, of: 'recipients', limit });
};
