// Asking the modules of a policy and telling them things: whose state each one judges or learns by, which of
// their verdicts is heard, and which module it was that threw.

import type { Module } from './module.ts';
import { ModuleFault } from './module-fault.ts';
import { isForSeveral, partFor, signalFor } from './part-for.ts';
import { jointKey, look, open, type Place, type Shelf, stateAt } from './shelf.ts';
import type { Signal } from './signal.ts';
import { refusePromise, sound } from './soundness.ts';
import type { Submission } from './submission.ts';
import type { Milliseconds } from './units.ts';
import { pass, type Remark, severity, type Verdict, type VerdictKind } from './verdict.ts';
import type { AccountId, PoolName, TenantId } from './words.ts';

const rank = Object.fromEntries(severity.map((kind, index) => [kind, index])) as Record<VerdictKind, number>;

/** The modules of a shelf that are asked or told something. */
export interface Party {
  readonly shelf: Shelf;
  readonly places: readonly Place[];
}

export const partiesOf = (
  shelves: readonly Shelf[], isOne: (module: Module<object>) => boolean,
): readonly Party[] =>
  shelves
    .map((shelf) => ({ shelf, places: shelf.places.filter(({ module }) => isOne(module)) }))
    .filter(({ places }) => places.length > 0);

/**
 * Whose state a signal belongs to, by kind of key; undefined where it does not say. A poll of a register
 * names an address, and with it a pool, but no account and no tenant.
 */
export const keyNamedBy = (
  signal: Signal, key: 'account' | 'tenant' | 'pool' | 'platform',
): string | number | undefined => {
  switch (key) {
    case 'account': return (signal as Partial<OfAccount>).account;
    case 'tenant': return (signal as Partial<OfAccount>).tenant;
    case 'pool': return poolOf(signal);
    case 'platform': return 0;
    default: return key satisfies never;
  }
};

type OfAccount = Extract<Signal, { readonly kind: 'submitted' }>;

/** The pool a signal speaks of; undefined where it speaks of none. */
const poolOf = (signal: Signal): PoolName | undefined => {
  switch (signal.kind) {
    case 'submitted': return signal.submission.pool;
    case 'complained':
    case 'scanned':
    case 'login':
    case 'trapped':
    case 'suspended':
    case 'released': return undefined;
    default: return signal.pool;
  }
};

/** Told what a module says of a submission, where that is more than `pass`. */
export type Overhear = (said: Exclude<Verdict, { readonly kind: 'pass' }>) => void;

/** The gravest of what was heard before and what the modules of a shelf say. */
export const gravest = (
  before: Verdict, shelf: Shelf, key: string | number, submission: Submission, now: Milliseconds,
  overhear: Overhear,
): Verdict => {
  const places = shelf.places;
  look(shelf, key);
  const words = shelf.cells.words;
  const base = shelf.base;
  const recipients = submission.recipients.length;
  let heard = before;
  let at = 0;
  try {
    for (; at < places.length; at++) {
      const place = places[at]!;
      const calmCell = place.calmCell;
      if (calmCell >= 0 && words[base + calmCell]! + (recipients & place.recipientMask) <= place.calmUpTo) {
        continue;
      }
      const said = place.decide.call(place.module, stateAt(shelf, place), submission, now);
      if (said === pass) continue;
      const word = sound(said, now);
      if (word.kind !== 'pass') overhear(word);
      heard = graver(heard, word);
    }
  } catch (cause) {
    throw new ModuleFault(places[at]!.module.name, 'decide', cause);
  }
  return heard;
};

export const gravestOfReceivers = (
  before: Verdict, shelf: Shelf, submission: Submission, now: Milliseconds, overhear: Overhear,
): Verdict => {
  const receivers = submission.receivers;
  const isSplit = isForSeveral(submission);
  let heard = before;
  for (let at = 0; at < receivers.length; at++) {
    const receiver = receivers[at]!;
    if (receivers.indexOf(receiver) < at) continue;
    const key = shelf.key === 'receiver' ? receiver : jointKey(submission.tenant, receiver);
    heard = gravest(heard, shelf, key, isSplit ? partFor(submission, receiver) : submission, now, overhear);
  }
  return heard;
};

/** Lets the modules of a party learn a signal about one key. */
export const tell = (party: Party, key: string | number, signal: Signal, now: Milliseconds): void => {
  const { places, shelf } = party;
  open(shelf, key);
  let at = 0;
  try {
    for (; at < places.length; at++) {
      const place = places[at]!;
      const left: unknown = place.learn.call(place.module, stateAt(shelf, place), signal, now);
      if (left !== undefined) refusePromise(left);
    }
  } catch (cause) {
    throw new ModuleFault(places[at]!.module.name, 'learn', cause);
  }
};

/** Lets parties learn a signal that names all of these. */
export const learnOf = (
  parties: readonly Party[], signal: Signal, account: AccountId, tenant: TenantId, pool: PoolName,
  now: Milliseconds,
): void => {
  for (let at = 0; at < parties.length; at++) {
    const party = parties[at]!;
    switch (party.shelf.key) {
      case 'account': tell(party, account, signal, now); break;
      case 'tenant': tell(party, tenant, signal, now); break;
      case 'pool': tell(party, pool, signal, now); break;
      case 'platform': tell(party, 0, signal, now); break;
      default: learnPerReceiver(party, signal, now);
    }
  }
};

export const learnPerReceiver = (party: Party, signal: Signal, now: Milliseconds): void => {
  const isJoint = party.shelf.key === 'tenant+receiver';
  if (signal.kind === 'submitted') {
    const isSplit = isForSeveral(signal.submission);
    const { receivers } = signal.submission;
    for (let at = 0; at < receivers.length; at++) {
      const receiver = receivers[at]!;
      if (receivers.indexOf(receiver) < at) continue;
      const part = isSplit ? signalFor(signal, receiver) : signal;
      tell(party, isJoint ? jointKey(signal.tenant, receiver) : receiver, part, now);
    }
  } else if (signal.kind === 'telemetry') {
    if (!isJoint) tell(party, signal.receiver, signal, now);
  } else if ('receiver' in signal) {
    tell(party, isJoint ? jointKey(signal.tenant, signal.receiver) : signal.receiver, signal, now);
  }
};

/**
 * The graver of two verdicts; the first where they are alike, save that the later of two paces holds, and of
 * two suspensions. What the other remarked goes along with it, and the pool it diverts to where the message
 * only leaves later.
 */
const graver = (one: Verdict, two: Verdict): Verdict => {
  const isSecond = one.kind === two.kind ? isLater(two, one) : rank[two.kind] > rank[one.kind];
  const [heard, other] = isSecond ? [two, one] : [one, two];
  if (heard.kind === 'pass' || other.kind === 'pass') return heard;
  const remarks = remarksOf(other);
  const told = remarks.length === 0 ? heard : { ...heard, also: [...heard.also ?? [], ...remarks] };
  return told.kind === 'pace' || told.kind === 'hold' ? throughPoolOf(told, other) : told;
};

const isLater = (one: Verdict, other: Verdict): boolean =>
  'until' in one && 'until' in other && one.until > other.until;

const throughPoolOf = (heard: Verdict & { readonly kind: 'pace' | 'hold' }, other: Verdict): Verdict => {
  const isElsewhere = other.kind === 'divert' || other.kind === 'pace' || other.kind === 'hold';
  if (!isElsewhere || other.pool === undefined || heard.pool !== undefined) return heard;
  return { ...heard, pool: other.pool };
};

const noRemarks: readonly Remark[] = [];

/** What a verdict says of the message beyond what becomes of it, itself included where it is a remark. */
const remarksOf = (verdict: Verdict): readonly Remark[] => {
  if (verdict.kind === 'pass') return noRemarks;
  const also = verdict.also ?? noRemarks;
  if (verdict.kind === 'alert') return [{ kind: 'alert', reason: verdict.reason }, ...also];
  if (verdict.kind !== 'shadow') return also;
  return [{ kind: 'shadow', would: verdict.would, reason: verdict.reason }, ...also];
};
