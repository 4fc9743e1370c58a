// What the policy has said of an attempt other than that it may go: the envelope waits, in a line or not, or
// is held back until somebody has looked at its account.

import {
  type Dispatch, type Milliseconds, milliseconds, noSlots, type Reason,
} from '../../../policy/index.ts';
import { shutText } from '../desk/reason-text.ts';
import { assign } from '../desk/caseload.ts';
import { tell } from '../measures/tally.ts';
import { countSaid } from '../measures/verdict-tally.ts';
import { tenantName } from '../senders/cast.ts';
import type { World } from '../world.ts';
import type { Envelope } from './outbound.ts';

/** The policy has it wait; where that gives it a slot in one line, it keeps those it has in others. */
export const putOff = (
  world: World, envelope: Envelope, said: Dispatch & { readonly kind: 'wait' },
): void => {
  if (world.outbound.tells) tellAttempt(world, envelope, said);
  const { slot } = said;
  if (slot === undefined) envelope.slots = noSlots;
  else if (envelope.slots.length === 0) envelope.slots = [slot];
  else envelope.slots = [...envelope.slots.filter(({ module }) => module !== slot.module), slot];
  world.agenda.after(waitUntil(world, said.until), { kind: 'queue-run', envelope });
};

/** The policy learns that what it said of an attempt is done. */
export const tellAttempt = (world: World, envelope: Envelope, said: Dispatch): void => {
  const { tenant, account, pool, receiver, slots } = envelope;
  world.engine.learn({ kind: 'attempted', tenant, account, pool, receiver, slots, said }, world.agenda.now);
};

/** The time from now until then; what a policy puts off for ever is put off beyond the run's end. */
export const waitUntil = (world: World, until: Milliseconds): Milliseconds =>
  milliseconds(Math.min(Math.max(0, until - world.agenda.now), world.plan.length + 1));

/** Keeps an envelope until somebody has looked at what the policy has against its account. */
export const holdBack = (world: World, envelope: Envelope, reason: Reason): void => {
  const { message, account } = envelope;
  const { outbound } = world;
  envelope.slots = noSlots;
  message.held = true;
  outbound.frozen.push(envelope);
  if (!message.kept) countSaid(world, message, { kind: 'hold', reason });
  message.kept = true;
  if (outbound.holds.has(account)) return;
  outbound.holds.set(account, reason);
  const name = tenantName(message.actor.account.tenant);
  tell(world, 'policy', name, `holds what ${name} has in the queue: ${shutText(reason)}`);
  assign(world, { kind: 'queue', account: message.actor.account });
};
