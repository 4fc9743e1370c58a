// Notices an account that is used from many places at once: the mark of a stolen password that a botnet
// shares, while each of its machines sends little.

import { type Action, verdictOf } from '../actions.ts';
import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import { days, type Milliseconds, minutes } from '../units.ts';
import { pass } from '../verdict.ts';
import { isAdmitted } from './admitted.ts';
import { mixed } from './address-memory.ts';
import { countInRange, perSpan, spanInRange } from './parameters.ts';
import { forgetAll } from './release.ts';
import { add, counted, isSlidingCount, slicing } from './sliding-count.ts';

export interface DistinctSourcesParameters {
  /** Its name in reasons; `distinct-sources` if left out. */
  readonly name?: string;
  /** Different source addresses within the window from which the action is taken; 2 to 24. */
  readonly sources: number;
  /** Messages within the window below which the sources are not looked at; 1 to 1,000,000, 1 if left out. */
  readonly minimum?: number;
  /** 1 minute to 31 days. */
  readonly window: Milliseconds;
  readonly action: Action;
}

/** Messages need no fine edge: they are remembered up to a quarter of the window longer than asked. */
const slices = 4;

/**
 * CSF's LF_DISTSMTP, by the places that messages are submitted from rather than by logins: at least `minimum`
 * messages from at least `sources` addresses, the message in question included. CSF suggests 5 messages and
 * 3 addresses (LF_DISTSMTP_UNIQ). People who travel and their telephones make two or three in a day. A
 * message counts that was let in; source 0 is no address. Addresses are told apart by 32 bits. Ends by time,
 * when the oldest of the addresses was last used a window and up to a second ago, and by a person's release,
 * which forgets all. Throws a RangeError for a parameter out of range.
 */
export const distinctSources = (parameters: DistinctSourcesParameters): Module<Cells> => {
  const { action } = parameters;
  const name = parameters.name ?? 'distinct-sources';
  const limit = countInRange(name, 'sources', parameters.sources, 2, 24);
  const minimum = countInRange(name, 'minimum', parameters.minimum ?? 1, 1, 1_000_000);
  const window = spanInRange(name, 'window', parameters.window, minutes(1), days(31));
  const lines = firstLine + 2 * limit;
  const by = slicing(window, slices, 1, lines);
  // With what a message brings itself: two fewer can never be enough.
  const layout = { cells: lines + by.cells, calm: { cell: 0, addsRecipients: false, most: limit - 2 } };
  const rule = perSpan('source addresses', window);
  return {
    name,
    key: 'account',
    hears: ['submitted', 'released'],
    layout,
    fresh: () => freshCells(layout),
    accepts: (state) => isSlidingCount(state, by) && isUpTo(limit, state.words[state.at]!),
    decide(state, { source }, now) {
      if (state.words[state.at]! < limit - 1) return pass;
      const seen = othersSince(state, source, now - window) + (source === 0 ? 0 : 1);
      if (seen < limit || counted(state, by, now) + 1 < minimum) return pass;
      return verdictOf(action, { module: name, rule, seen, limit }, now);
    },
    learn(state, signal, now) {
      if (signal.kind === 'released') forgetAll(state, layout);
      if (signal.kind !== 'submitted' || !isAdmitted(signal.verdict)) return;
      add(state, by, 1, now);
      const source = signal.submission.source;
      if (source !== 0) use(state, source, limit, now, now - window);
    },
  };
};

/**
 * Cell 0 holds how many addresses are remembered, never fewer than there are in the window while that is
 * below the limit; behind it they stand, the one used last first: its print, and the second after its last
 * use.
 */
const firstLine = 1;

const isUpTo = (limit: number, count: number): boolean => count >= 0 && count <= limit;

const secondOf = (now: Milliseconds): number => Math.floor(now / 1_000) + 1;

/** Addresses other than `source` that were used after `since`. */
const othersSince = ({ at, words }: Readonly<Cells>, source: number, since: number): number => {
  const print = mixed(source);
  const end = at + firstLine + 2 * words[at]!;
  let count = 0;
  for (let line = at + firstLine; line < end; line += 2) {
    if (words[line + 1]! * 1_000 <= since) break;
    if (source === 0 || words[line] !== print) count += 1;
  }
  return count;
};

/** Puts an address in front, and drops those that left the window, or the one beyond `most`. */
const use = (state: Cells, source: number, most: number, now: Milliseconds, since: number): void => {
  const { at, words } = state;
  const print = mixed(source);
  const first = at + firstLine;
  let count = words[at]!;
  // A clock that steps back makes no address older than the one used before it.
  const second = Math.max(secondOf(now), count === 0 ? 0 : words[first + 1]!);
  if (count > 0 && words[first] === print) {
    words[first + 1] = second;
    return;
  }
  let line = first;
  while (line < first + 2 * count && words[line] !== print) line += 2;
  if (line === first + 2 * count) {
    if (count < most) count += 1;
    else line -= 2;
  }
  words.copyWithin(first + 2, first, line);
  words[first] = print;
  words[first + 1] = second;
  while (count > 0 && words[first + 2 * count - 1]! * 1_000 <= since) {
    count -= 1;
    words.fill(0, first + 2 * count, first + 2 * count + 2);
  }
  words[at] = count;
};
