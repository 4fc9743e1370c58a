// Whom the desk suspects. It sees what a platform sees of its accounts (bounces, complaints, volume), never
// the truth, so it can be wrong; how often is scored.

import type { Account } from '../senders/cast.ts';
import type { World } from '../world.ts';

const dayMs = 86_400_000;

/**
 * Below this sum of evidence the desk accuses nobody; about ten hard bounces too many, or two complaints.
 * Assumed.
 */
export const leastSuspicion = 10;

/**
 * Honest lists bounce by 0.09 % to 1.3 % (calibration.json, "Legit list rates"); a desk looks at what goes
 * beyond.
 */
const ordinaryBounces = 0.02;

/**
 * Days of a customer's mail before the desk knows what is usual of it: every weekly newsletter has been out
 * by then.
 */
const settled = 7;

/**
 * The evidence against an account over two days: bounces beyond the ordinary, complaints, and volume beyond
 * four times its usual. Weights assumed.
 */
export const suspicion = (world: World, account: Account): number => {
  const view = world.ledger.viewOf(account.id, world.agenda.now);
  const sent = view.sent + view.sentBefore;
  return (
    Math.max(0, view.bounced + view.bouncedBefore - ordinaryBounces * sent) +
    5 * (view.complained + view.complainedBefore) +
    0.05 * Math.max(0, sent - 4 * usualOf(account, view.day, view.sentEver - sent))
  );
};

/**
 * Copies the desk expects of an account in two days, from those it sent in the days before. Of a new customer
 * it expects what that one has shown; of a customer of old, whose history the run does not know, anything
 * until a week is on record.
 */
const usualOf = ({ tenant }: Account, today: number, sentBefore: number): number => {
  const isNew = tenant.since >= 0;
  const days = today - 1 - (isNew ? Math.floor(tenant.since / dayMs) : 0);
  if (!isNew && days < settled) return Number.POSITIVE_INFINITY;
  return days > 0 ? (sentBefore / days) * 2 : 0;
};

/** A case this old is no longer the first thing that comes to mind; an assumption. */
const remembered = 3 * dayMs;

/**
 * Whom the desk takes for the cause of a listing: an account that was shut within the last days and not
 * cleared since, else the one the evidence speaks against most; null where it speaks against none.
 */
export const findSuspect = (world: World): Account | null => {
  const now = world.agenda.now;
  let worst: Account | null = null;
  let most = 0;
  for (const account of world.accounts) {
    const known = account.blamedAt >= 0 && now - account.blamedAt <= remembered;
    const against = suspicion(world, account) + (known ? 1e9 : 0);
    if (against < leastSuspicion || against <= most) continue;
    worst = account;
    most = against;
  }
  return worst;
};
