// Notices an account most of whose mail goes to one provider: people write to all of them in the shares these
// have of the world, while many a bought list, and many a spammer, aims at one.

import { type Action, verdictOf } from '../actions.ts';
import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import { days, type Milliseconds, minutes } from '../units.ts';
import { pass } from '../verdict.ts';
import type { ReceiverId } from '../words.ts';
import { isAdmitted } from './admitted.ts';
import { countInRange, inRange, spanInRange, spanText } from './parameters.ts';
import { forgetAll } from './release.ts';
import {
  counted, held, increase, isSlidingCount, type Slicing, slicing, slide, totalCell,
} from './sliding-count.ts';

export interface ProviderShareParameters {
  /** Its name in reasons; `provider-share` if left out. */
  readonly name?: string;
  /** Share of an account's recipients at one receiver from which the action is taken; 0.2 to 1. */
  readonly share: number;
  /** Recipients in the window below which the shares are not looked at; 1 to 1,000,000,000. */
  readonly minimum: number;
  /** 1 minute to 31 days. */
  readonly window: Milliseconds;
  readonly action: Action;
}

/**
 * Receivers of an account told apart. Where there are more, a new one takes the place of the one with the
 * fewest recipients: whoever has a share of a fifth or more is back at once, and only loses what was counted
 * before.
 */
const places = 8;
/** Shares need no fine edge: recipients are remembered up to a quarter of the window longer than asked. */
const slices = 4;

/**
 * Judges messages to that receiver alone, by what was let in before; what goes elsewhere passes. A share is
 * never made out larger than it is. Each kind of sender has shares of its own (a company may write to one
 * customer all day), so start with `shadow` or `alert`. Ends by time, and by a person's release, which
 * forgets the counts. Throws a RangeError for a parameter out of range.
 */
export const providerShare = (parameters: ProviderShareParameters): Module<Cells> => {
  const { action } = parameters;
  const name = parameters.name ?? 'provider-share';
  const share = inRange(name, 'share', parameters.share, 0.2, 1);
  const minimum = countInRange(name, 'minimum', parameters.minimum, 1, 1_000_000_000);
  const window = spanInRange(name, 'window', parameters.window, minutes(1), days(31));
  // Track 0 counts all, track n the receiver whose number, and one, is in cell n - 1.
  const by = slicing(window, slices, 1 + places, places);
  const calm = { cell: totalCell(by), addsRecipients: false, most: minimum - 1 };
  const layout = { cells: places + by.cells, calm };
  const rule = `recipients at one receiver/recipients in ${spanText(window)}`;
  return {
    name,
    key: 'account',
    hears: ['submitted', 'released'],
    layout,
    fresh: () => freshCells(layout),
    accepts: (state) => isSlidingCount(state, by),
    decide(state, { receivers }, now) {
      if (held(state, by) < minimum) return pass;
      const total = counted(state, by, now);
      if (total < minimum) return pass;
      for (let place = 0; place < places; place++) {
        const receiver = state.words[state.at + place]! - 1;
        if (receiver < 0) break;
        const seen = counted(state, by, now, 1 + place) / total;
        if (seen < share || !receivers.includes(receiver as ReceiverId)) continue;
        return verdictOf(action, { module: name, rule, seen, limit: share }, now);
      }
      return pass;
    },
    learn(state, signal, now) {
      if (signal.kind === 'released') forgetAll(state, layout);
      if (signal.kind !== 'submitted' || !isAdmitted(signal.verdict)) return;
      const receivers = signal.submission.receivers;
      slide(state, by, now);
      for (let at = 0; at < receivers.length; at++) {
        increase(state, by, 1);
        increase(state, by, 1, 1 + placeFor(state, by, receivers[at]!, now));
      }
    },
  };
};

/** The place of a receiver, its own or the one it takes over. */
const placeFor = (state: Cells, by: Slicing, receiver: ReceiverId, now: Milliseconds): number => {
  const { at, words } = state;
  let place = 0;
  while (place < places && words[at + place] !== 0) {
    if (words[at + place] === receiver + 1) return place;
    place += 1;
  }
  if (place === places) {
    place = 0;
    for (let other = 1; other < places; other++) {
      if (counted(state, by, now, 1 + other) < counted(state, by, now, 1 + place)) place = other;
    }
    const first = at + by.first + 3 + 1 + place;
    for (let cell = first; cell < at + by.first + 3 + by.room; cell += by.tracks) words[cell] = 0;
  }
  words[at + place] = receiver + 1;
  return place;
};
