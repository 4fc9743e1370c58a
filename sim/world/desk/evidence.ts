// Whom the desk suspects. It sees what a platform sees of its accounts (bounces, complaints, volume), never
// the truth, so it can be wrong; how often is scored.

import type { AccountId } from '../../../policy/index.ts';
import type { Account } from '../senders/cast.ts';
import type { World } from '../world.ts';
import type { View } from './ledger.ts';
import { notesOf } from './notes.ts';

const dayMs = 86_400_000;

/**
 * Below this sum of evidence the desk accuses nobody; about ten hard bounces too many, or two complaints.
 * Assumed.
 */
export const leastSuspicion = 10;

/** From half of that on an account looks bad, though nobody is accused yet; an assumption. */
export const looksBad = leastSuspicion / 2;

/**
 * Honest lists bounce by 0.09 % to 1.3 % (calibration.json, "Legit list rates"); a desk looks at what goes
 * beyond.
 */
const ordinaryBounces = 0.02;

/**
 * Complaints of a list that people asked for stay below 0.1 % of its mail (calibration.json; Gmail's advice
 * to senders).
 */
const ordinaryComplaints = 0.001;

/** Our scan takes 0.2 % of honest mail for spam (signals.json, content-verdict); five times that is odd. */
const ordinaryScans = 0.01;

/**
 * What one piece of evidence weighs, where a hard bounce weighs 1. A hit on our own trap or a letter to
 * abuse@ names the account as plainly as a complaint; a login from a new place is mostly a journey. All
 * assumed.
 */
const weights = { complaint: 5, report: 5, trap: 4, scan: 0.5, login: 3 };

/**
 * Days of a customer's mail before the desk knows what is usual of it: every weekly newsletter has been out
 * by then.
 */
const settled = 7;

/** What anyone who signs up may send in his first two days before somebody wonders; an assumption. */
const firstMail = 500;

/**
 * The evidence against an account over two days: bounces, complaints and spam verdicts of our own beyond the
 * ordinary, hits on our own traps, letters, logins from new places, and volume beyond four times its usual.
 */
export const suspicion = (world: World, account: Account): number => {
  const view = world.ledger.viewOf(account.id, world.agenda.now);
  const sent = view.sent + view.sentBefore;
  const volume = Math.max(0, sent - 4 * usualOf(account, view));
  return signs(world, account.id, view) + 0.05 * volume;
};

/** The part of it that hangs on single messages, and so has a time: all but the volume. */
const signs = (world: World, account: AccountId, view: View): number => {
  const sent = view.sent + view.sentBefore;
  return (
    Math.max(0, view.bounced + view.bouncedBefore - ordinaryBounces * sent) +
    weights.complaint * Math.max(0, view.complained + view.complainedBefore - ordinaryComplaints * sent) +
    noted(world, account, sent)
  );
};

const noted = (world: World, account: AccountId, sent: number): number => {
  const notes = notesOf(world, account);
  if (notes === undefined) return 0;
  const { today, before } = notes;
  return (
    weights.report * (today.reports + before.reports) +
    weights.trap * (today.trapped + before.trapped) +
    weights.scan * Math.max(0, today.scanned + before.scanned - ordinaryScans * sent) +
    weights.login * Math.min(1, today.logins + before.logins)
  );
};

/**
 * Copies the desk expects of an account in two days, from those it sent in the days before: twice the mean,
 * or what its busiest day had, as a weekly newsletter is nothing odd when it comes again. Of a new customer
 * it expects what that one has shown, or an hour's mail of what his contract grants, and at least a little;
 * of a customer of old, whose history the run does not know, anything until a week is on record.
 */
const usualOf = ({ tenant }: Account, view: View): number => {
  const isNew = tenant.since >= 0;
  const days = view.day - 1 - (isNew ? Math.floor(tenant.since / dayMs) : 0);
  if (!isNew && days < settled) return Number.POSITIVE_INFINITY;
  const before = view.sentEver - view.sent - view.sentBefore;
  const shown = days > 0 ? Math.max((before / days) * 2, view.sentAtMost) : 0;
  return isNew ? Math.max(shown, tenant.allowance, firstMail) : shown;
};

/**
 * What is left against an account of which a person has found that the evidence meant nothing: only what came
 * after. In two days that evidence is out of sight anyway.
 */
export const freshSuspicion = (world: World, account: Account): number =>
  suspicion(world, account) - knownAgainst(world, account.id);

/** The same without the volume. */
export const freshSigns = (world: World, account: AccountId): number =>
  signs(world, account, world.ledger.viewOf(account, world.agenda.now)) - knownAgainst(world, account);

const knownAgainst = (world: World, account: AccountId): number => {
  const cleared = world.desk.cleared.get(account);
  // Counts are kept for this day and the day before: what was known then is gone after that.
  const today = Math.floor(world.agenda.now / dayMs);
  const age = cleared === undefined ? 2 : today - Math.floor(cleared.at / dayMs);
  return age < 2 ? cleared!.suspicion : 0;
};

/** A case this old is no longer the first thing that comes to mind; an assumption. */
const remembered = 3 * dayMs;

/** Mail of an account that is shut still hits for so long: the last of it is read, and reported. Assumed. */
const aftermath = 12 * 3_600_000;

/**
 * Whom the desk takes for the cause of an address' trouble that led to it from some time on, up to another:
 * an account that was shut within the last days, is still, and not so long before that it cannot have been;
 * else the one the evidence speaks against most; null where it speaks against none. It looks at accounts
 * whose mail leaves by the address' pool, or has left by another than their own.
 */
export const findSuspect = (
  world: World, address: number, from: number = Number.NEGATIVE_INFINITY,
  until: number = Number.POSITIVE_INFINITY,
): Account | null => {
  const pool = world.poolOf[address]!;
  const now = world.agenda.now;
  let worst: Account | null = null;
  let most = 0;
  for (const account of world.accounts) {
    if (account.tenant.pool !== pool && !world.outbound.strays.has(account.id)) continue;
    const isShut = account.blamedAt >= 0 &&
      world.engine.suspension(account.tenant.id, account.id, now) !== undefined;
    if (isShut && from > account.blamedAt + aftermath) continue;
    const known = isShut && now - account.blamedAt <= remembered;
    if (looksBadSince(world, account, known) > until) continue;
    const against = freshSuspicion(world, account) + (known ? 1e9 : 0);
    if (against < leastSuspicion || against <= most) continue;
    worst = account;
    most = against;
  }
  return worst;
};

/**
 * The earliest that what speaks against an account can have been sent: the time of its first bad mail, else
 * what the ledger goes back to. Of one that is shut nothing more may come in, so nothing acquits it.
 */
const looksBadSince = (world: World, { id }: Account, isKnown: boolean): number => {
  const since = world.desk.badSince.get(id);
  if (since !== undefined) return since;
  return isKnown ? Number.NEGATIVE_INFINITY : (Math.floor(world.agenda.now / dayMs) - 1) * dayMs;
};
