// Mail that the policy holds at the way in, to be read by a person. An account's held messages are one case:
// whoever takes it up reads a few, and the rest goes the way of those.

import { countRefused, finish } from '../measures/tally.ts';
import type { Message } from '../platform/message.ts';
import { enqueue } from '../platform/outbound.ts';
import { purpose } from '../purposes.ts';
import type { Account } from '../senders/cast.ts';
import type { World } from '../world.ts';
import { readToBe } from './alerts.ts';
import { isShut } from './accounts.ts';
import { assign } from './caseload.ts';
import { blame } from './desk.ts';

/** Keeps a message for reading; the first of an account's puts a case on the pile. */
export const keepForReading = (world: World, message: Message): void => {
  const { account } = message.actor;
  const kept = world.desk.heldMail.get(account.id);
  if (kept !== undefined) {
    kept.push(message);
    return;
  }
  world.desk.heldMail.set(account.id, [message]);
  assign(world, { kind: 'held', account });
};

/**
 * Somebody has read what is held of an account, and errs as often as about accounts. Abuse he sees is thrown
 * away and its account shut, and what else lies there is sent; where he misses it, all is sent. Honest mail
 * that he takes for abuse is thrown away, and nobody shut for it. A bad list looks like a good one.
 */
export const concludeHeld = (world: World, account: Account): void => {
  const kept = world.desk.heldMail.get(account.id) ?? [];
  world.desk.heldMail.delete(account.id);
  const isRight = world.luck.draw(account.luck, account.looks, purpose.reading) < world.plan.desk.rightly;
  account.looks += 1;
  const hasAbuse = kept.some(isAbusive);
  if (hasAbuse && isRight && !isShut(world, account)) blame(world, account, -1, readToBe);
  for (const message of kept) {
    message.held = false;
    if (isRight ? isAbusive(message) : !hasAbuse) {
      countRefused(world, message);
      finish(world, message, 'refused');
    } else enqueue(world, message, message.pool);
  }
};

const isAbusive = ({ nature }: Message): boolean => nature === 'abusive';
