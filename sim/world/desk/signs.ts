// What comes back about an account's mail, as the desk puts it on record: by the time of the mail, and not of
// the news. News of mail from before an account was let out is old; and whoever begins to look bad after an
// address was listed has not brought the listing.

import type { AccountId } from '../../../policy/index.ts';
import type { World } from '../world.ts';
import { freshSigns, looksBad } from './evidence.ts';

/** Whether somebody has looked into the account and let it out since this mail was handed in. */
export const isOldNews = (world: World, account: AccountId, sent: number): boolean => {
  const cleared = world.desk.cleared.get(account);
  return cleared !== undefined && sent <= cleared.at;
};

/** A copy of a message that was handed in at `sent` met an unknown user. */
export const noteBounce = (world: World, account: AccountId, sent: number): void => {
  if (isOldNews(world, account, sent)) return;
  world.ledger.addBounced(account, world.agenda.now);
  noteSign(world, account, sent);
};

/** Somebody complained of a message that was handed in at `sent`; a loop sends the message along. */
export const noteComplaint = (world: World, account: AccountId, sent: number): void => {
  if (isOldNews(world, account, sent)) return;
  world.ledger.addComplained(account, world.agenda.now);
  noteSign(world, account, sent);
};

/** Something about mail of a time speaks against an account: it looks bad since the earliest such mail. */
export const noteSign = (world: World, account: AccountId, sent: number): void => {
  const { badSince } = world.desk;
  if (freshSigns(world, account) < looksBad) {
    badSince.delete(account);
    return;
  }
  const before = badSince.get(account);
  if (before === undefined || sent < before) badSince.set(account, sent);
};
