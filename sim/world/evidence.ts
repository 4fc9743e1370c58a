// Whom the desk suspects. It sees what a platform sees of its accounts (bounces, complaints, volume), never the truth,
// so it can be wrong; how often is scored.

import { type Account, refresh } from './cast.ts';
import type { World } from './world.ts';

const dayMs = 86_400_000;

/**
 * Below this sum of evidence the desk accuses nobody; about ten hard bounces or two complaints more than
 * nothing. Assumed.
 */
export const leastSuspicion = 10;

/**
 * The evidence against an account over two days: bounces, complaints, and volume beyond four times its usual.
 * Weights assumed.
 */
export const suspicion = (account: Account): number => {
  const { view } = account;
  const sent = view.sent + view.sentBefore;
  const usual = view.day > 2 ? (view.sentEver / view.day) * 2 : sent;
  return (
    view.bounced +
    view.bouncedBefore +
    5 * (view.complained + view.complainedBefore) +
    0.05 * Math.max(0, sent - 4 * usual)
  );
};

/** The account the evidence speaks against most; null where it speaks against none. */
export const findSuspect = (world: World): Account | null => {
  const today = Math.floor(world.agenda.now / dayMs);
  let worst: Account | null = null;
  for (const account of world.accounts) {
    refresh(account, today);
    if (suspicion(account) >= Math.max(leastSuspicion, worst === null ? 0 : suspicion(worst) + 1e-9))
      worst = account;
  }
  return worst;
};
