// Adds up what comes back about an account or a tenant: unknown users, complaints, hits on our own traps,
// spam verdicts, strange logins, each at a weight, over a window. One kind at weight 1 is a plain count.

import { type Action, verdictOf } from '../actions.ts';
import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import type { Signal, SignalKind } from '../signal.ts';
import { days, type Milliseconds, minutes } from '../units.ts';
import { pass } from '../verdict.ts';
import { countInRange, oneOf, perSpan, spanInRange } from './parameters.ts';
import { forgetAll } from './release.ts';
import { add, counted, held, isSlidingCount, slicing, totalCell } from './sliding-count.ts';

/**
 * What can be counted, each in copies or occasions: bounces of class `unknownUser`, replies of class
 * `spamBlock` (4yz or 5yz), complaints, copies that reached our own traps, messages that our own scan took
 * for spam, logins from new places that succeeded, logins that failed.
 */
export const kindsOfEvidence = [
  'unknown users', 'spam blocks', 'complaints', 'own traps', 'spam verdicts', 'new places', 'failed logins',
] as const;
export type EvidenceKind = (typeof kindsOfEvidence)[number];

export interface EvidenceParameters {
  /** Its name in reasons; `evidence` if left out. */
  readonly name?: string;
  /** Whom it is held against; `account` if left out. */
  readonly key?: 'account' | 'tenant';
  /** What each piece counts: whole numbers from 1 to 1,000. What is not named counts nothing. */
  readonly weights: Readonly<Partial<Record<EvidenceKind, number>>>;
  /** The sum within the window from which the action is taken; 1 to 1,000,000. */
  readonly limit: number;
  /** 1 minute to 31 days. */
  readonly window: Milliseconds;
  readonly action: Action;
}

/** Evidence needs no fine edge: it is remembered up to 1/6 of the window longer than asked. */
const slices = 6;

/** Where each kind of evidence is heard. */
const heardIn: Readonly<Record<EvidenceKind, readonly SignalKind[]>> = {
  'unknown users': ['bounced'],
  'spam blocks': ['deferred', 'bounced'],
  complaints: ['complained'],
  'own traps': ['trapped'],
  'spam verdicts': ['scanned'],
  'new places': ['login'],
  'failed logins': ['login'],
};

/**
 * Takes its action while the sum of the window has reached `limit`. Nothing it counts is caused by its own
 * refusals, nor by others behind the same address: blocks of the address, deferrals for its reputation and
 * messages that expire in our queue are no evidence. Failed logins are the work of whoever guesses, so let
 * them alert: an action that refuses would let strangers shut an account. Released by time, and by a person's
 * release, which forgets all. Throws a RangeError for a parameter out of range, or with no weight.
 *
 * Exim's BlockCracking is `{ weights: { 'unknown users': 1 }, limit: 100, window: hours(1), action: hold }`,
 * CSF's LF_SMTPAUTH `{ weights: { 'failed logins': 1 }, limit: 5, window: hours(1), action: alert }`.
 */
export const evidence = (parameters: EvidenceParameters): Module<Cells> => {
  const { action, key = 'account' } = parameters;
  const name = parameters.name ?? 'evidence';
  const weights = checked(name, parameters.weights);
  const limit = countInRange(name, 'limit', parameters.limit, 1, 1_000_000);
  const window = spanInRange(name, 'window', parameters.window, minutes(1), days(31));
  const kinds = kindsOfEvidence.filter((kind) => weights[kind] > 0);
  const by = slicing(window, slices);
  const calm = { cell: totalCell(by), addsRecipients: false, most: limit - 1 };
  const layout = { cells: by.cells, calm };
  const isPlain = kinds.length === 1 && weights[kinds[0]!] === 1;
  const rule = perSpan(isPlain ? kinds[0]! : 'evidence', window);
  return {
    name,
    key,
    hears: [...new Set(kinds.flatMap((kind) => heardIn[kind])), 'released'],
    layout,
    fresh: () => freshCells(layout),
    accepts: (state) => isSlidingCount(state, by),
    decide(state, _submission, now) {
      if (held(state, by) < limit) return pass;
      const seen = counted(state, by, now);
      return seen < limit ? pass : verdictOf(action, { module: name, rule, seen, limit }, now);
    },
    learn(state, signal, now) {
      if (signal.kind === 'released') {
        forgetAll(state, layout);
        return;
      }
      const weight = weighed(signal, weights);
      if (weight > 0) add(state, by, weight, now);
    },
  };
};

type Weights = Readonly<Record<EvidenceKind, number>>;

/** What a signal counts. */
const weighed = (signal: Signal, weights: Weights): number => {
  switch (signal.kind) {
    case 'deferred': return signal.reply.class === 'spamBlock' ? weights['spam blocks'] * signal.copies : 0;
    case 'bounced': {
      if (signal.reply.class === 'unknownUser') return weights['unknown users'] * signal.copies;
      return signal.reply.class === 'spamBlock' ? weights['spam blocks'] * signal.copies : 0;
    }
    case 'complained': return weights.complaints;
    case 'trapped': return weights['own traps'];
    case 'scanned': return signal.spam ? weights['spam verdicts'] : 0;
    case 'login': {
      if (signal.failed) return weights['failed logins'];
      return signal.newPlace ? weights['new places'] : 0;
    }
    default: return 0;
  }
};

const checked = (name: string, given: EvidenceParameters['weights']): Weights => {
  const kinds = Object.keys(given) as EvidenceKind[];
  for (const kind of kinds) oneOf(name, 'weights', kind, kindsOfEvidence);
  const known = kinds.filter((kind) => given[kind] !== undefined);
  if (known.length === 0) throw new RangeError(`${name}: weights names no evidence; name at least one kind.`);
  const weightOf = (kind: EvidenceKind): number =>
    known.includes(kind) ? countInRange(name, `weights["${kind}"]`, given[kind]!, 1, 1_000) : 0;
  return Object.fromEntries(kindsOfEvidence.map((kind) => [kind, weightOf(kind)])) as Weights;
};
