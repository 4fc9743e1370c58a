// How what happens becomes what the platform knows: each signal after its delay and with no more attribution
// than it has (signals.json).

import type { Milliseconds, Reply, Signal } from '../../../policy/index.ts';
import type { EventOf } from '../events.ts';
import { purpose } from '../purposes.ts';
import type { Account } from '../senders/cast.ts';
import type { World } from '../world.ts';
import { delayOf, drawDelay } from './delays.ts';

/** The policy learns it after a delay. */
export const learnLater = (world: World, signal: Signal, delay: Milliseconds): void => {
  world.agenda.after(delay, { kind: 'signal', signal });
};

const loginDelay = delayOf('auth-anomaly');

/** A thief logs in. Whether that shows as a login from a new place is luck of the account. */
export const loginSeen = (world: World, account: Account): void => {
  const { luck } = account;
  if (world.luck.draw(luck, 0, purpose.login) >= world.plan.signals.loginSeen) return;
  const delay = drawDelay(
    loginDelay,
    world.luck.draw(luck, 0, purpose.loginDelay, 0),
    world.luck.draw(luck, 0, purpose.loginDelay, 1),
  );
  const signal = {
    kind: 'login', tenant: account.tenant.id, account: account.id, newPlace: true, failed: false,
  } as const;
  learnLater(world, signal, delay);
};

/** Midnight UTC: telemetry of the day before, and what else goes by days. */
export const newDay = (_world: World): void => {
  // Nothing goes by days as yet.
};

/** What a delivery status notification says of an unknown user (RFC 3464), as our bounce reader files it. */
const unknownLater: Reply = Object.freeze({
  code: 550, enhanced: '5.1.1', text: 'reported later by mail', class: 'unknownUser',
});

/** A bounce that came by mail, after the receiver had taken the copy. Its envelope names the account. */
export const hearLateBounce = (world: World, event: EventOf<'late-bounce'>): void => {
  const { tenant, account, pool, receiver } = event;
  world.ledger.addBounced(account, world.agenda.now);
  const signal = { kind: 'bounced', tenant, account, pool, receiver, copies: 1, reply: unknownLater } as const;
  world.engine.learn(signal, world.agenda.now);
};
