// Tries a campaign on its first recipients before the rest of it may go: a bad list shows in the first few
// hundred copies, and the others need never be sent.

import { type Action, suspend, verdictOf } from '../actions.ts';
import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import { days, hours, type Milliseconds, minutes } from '../units.ts';
import { go, pass, type Reason } from '../verdict.ts';
import { isAdmitted } from './admitted.ts';
import { countInRange, inRange, spanInRange } from './parameters.ts';
import { forgetAll } from './release.ts';

export interface CanarySliceParameters {
  /** Its name in reasons; `canary-slice` if left out. */
  readonly name?: string;
  /** Recipients of a campaign that go first; 10 to 1,000,000. */
  readonly recipients: number;
  /**
   * How long the rest waits for the outcomes of the slice, from when the last of it was let in; 1 minute to 2
   * days. Most bounces come within minutes, most complaints within a day.
   */
  readonly settle: Milliseconds;
  /** Share of unknown users among the slice's outcomes from which the campaign is bad; 0.0001 to 1. */
  readonly bounces: number;
  /** Complaints a delivered copy of the slice from which the campaign is bad; 0.00001 to 1. */
  readonly complaints: number;
  /** A campaign is over when the account has handed in no bulk for so long; 1 hour to 31 days. */
  readonly silence: Milliseconds;
  /** What becomes of the rest of a bad campaign; the account is shut (`suspend`) if left out. */
  readonly action?: Action;
}

/**
 * The cells: the second of the last bulk, and one, as 0 is none; recipients in the slice; the second at which
 * it has settled, 0 while it is not full; what was found (see below); and the slice's outcomes.
 */
const lastBulk = 0;
const sent = 1;
const settled = 2;
const finding = 3;
const delivered = 4;
const unknown = 5;
const complained = 6;
const layout = { cells: 7, calm: { cell: settled, addsRecipients: false, most: 0 } };

/** Findings: the slice is on trial (0), the campaign was let go, or it is bad. */
const good = 1;
const bad = 2;
/** Fewer bad outcomes never make a slice bad: one unlucky address is no evidence, however small the slice. */
const leastBad = 2;
const most = 0x7fff_ffff;

/**
 * After Sendmunk's rule (the first 20 % of a campaign; unknown users above 2 % or complaints above 0.5 %). As
 * a platform does not know how long a campaign will be, the slice is a number of recipients. A campaign is
 * all bulk (mail with a List-Id) of an account up to a silence. Its slice goes at once; the rest is paced
 * until the slice has settled. It is bad as soon as so much of the slice came back bad that the rest of it
 * cannot change that, or else by what came back until it has settled. Then the action is taken on all further
 * bulk of the campaign, and what is in the queue is held for a person; otherwise the campaign is let go and
 * not looked at again. The release path: a person's release forgets the campaign, so its rest begins a slice
 * of its own; without one it ends with the silence. Outcomes name no campaign: what the account sends to
 * people meanwhile counts as well, and dilutes the slice. Throws a RangeError for a parameter out of range.
 */
export const canarySlice = (parameters: CanarySliceParameters): Module<Cells> => {
  const name = parameters.name ?? 'canary-slice';
  const slice = countInRange(name, 'recipients', parameters.recipients, 10, 1_000_000);
  const settle = spanInRange(name, 'settle', parameters.settle, minutes(1), days(2));
  const bounces = inRange(name, 'bounces', parameters.bounces, 0.0001, 1);
  const complaints = inRange(name, 'complaints', parameters.complaints, 0.00001, 1);
  const silence = spanInRange(name, 'silence', parameters.silence, hours(1), days(31));
  const action = parameters.action ?? suspend('account');
  const isOver = ({ at, words }: Readonly<Cells>, now: Milliseconds): boolean =>
    words[at + lastBulk] === 0 || now >= words[at + lastBulk]! * 1_000 + silence;
  /** Why the slice is bad by what is known; undefined where it is not. */
  const fault = ({ at, words }: Readonly<Cells>, isSettled: boolean): Reason | undefined => {
    const came = words[at + delivered]!;
    const lost = words[at + unknown]!;
    const reports = words[at + complained]!;
    if (lost < leastBad && reports < leastBad) return undefined;
    // While it is under way, the rest of the slice may yet turn out well.
    const least = isSettled ? 1 : slice;
    const lostShare = lost / Math.max(came + lost, least);
    if (lost >= leastBad && lostShare >= bounces) {
      return { module: name, rule: 'unknown users of the first recipients', seen: lostShare, limit: bounces };
    }
    const reported = reports / Math.max(came, reports, least);
    if (reports < leastBad || reported < complaints) return undefined;
    return { module: name, rule: 'complaints of the first recipients', seen: reported, limit: complaints };
  };
  const faultAt = (state: Readonly<Cells>, now: Milliseconds): Reason | undefined => {
    const { at, words } = state;
    if (words[at + finding] === good) return undefined;
    const end = words[at + settled]!;
    return fault(state, words[at + finding] === bad || (end > 0 && now >= end * 1_000));
  };
  const conclude = (state: Cells, now: Milliseconds): void => {
    const { at, words } = state;
    if (words[at + finding] !== 0) return;
    const isSettled = words[at + settled]! > 0 && now >= words[at + settled]! * 1_000;
    if (fault(state, isSettled) !== undefined) {
      words[at + finding] = bad;
      if (words[at + settled] === 0) words[at + settled] = Math.ceil(now / 1_000) + 1;
    } else if (isSettled) {
      words[at + finding] = good;
    }
  };
  return {
    name,
    key: 'account',
    hears: ['submitted', 'delivered', 'bounced', 'complained', 'released'],
    layout,
    fresh: () => freshCells(layout),
    decide(state, submission, now) {
      const end = state.words[state.at + settled]!;
      if (end === 0 || submission.list === 0 || isOver(state, now)) return pass;
      const reason = faultAt(state, now);
      if (reason !== undefined) return verdictOf(action, reason, now);
      if (now >= end * 1_000 || state.words[state.at + finding] === good) return pass;
      const seen = state.words[state.at + sent]!;
      const until = end * 1_000 as Milliseconds;
      return { kind: 'pace', until, reason: { module: name, rule: 'first recipients', seen, limit: slice } };
    },
    dispatch(state, attempt, now) {
      if (state.words[state.at + settled] === 0 || attempt.list === 0 || isOver(state, now)) return go;
      const reason = faultAt(state, now);
      return reason === undefined ? go : { kind: 'hold', reason };
    },
    learn(state, signal, now) {
      const { at, words } = state;
      if (signal.kind === 'submitted') {
        if (signal.submission.list === 0 || !isAdmitted(signal.verdict)) return;
        if (isOver(state, now)) forgetAll(state, layout);
        conclude(state, now);
        words[at + lastBulk] = Math.max(words[at + lastBulk]!, Math.floor(now / 1_000) + 1);
        if (words[at + settled] !== 0) return;
        words[at + sent] = Math.min(words[at + sent]! + signal.submission.recipients.length, most);
        if (words[at + sent]! >= slice) words[at + settled] = Math.ceil((now + settle) / 1_000);
      } else if (signal.kind === 'released') {
        forgetAll(state, layout);
      } else if (words[at + lastBulk] !== 0) {
        conclude(state, now);
        if (words[at + finding] !== 0 || isOver(state, now)) return;
        const cell =
          signal.kind === 'delivered' ? delivered
          : signal.kind === 'complained' ? complained
          : signal.kind === 'bounced' && signal.reply.class === 'unknownUser' ? unknown : -1;
        if (cell < 0) return;
        words[at + cell] = Math.min(words[at + cell]! + ('copies' in signal ? signal.copies : 1), most);
        conclude(state, now);
      }
    },
  };
};
