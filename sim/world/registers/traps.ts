// Traps and whom they report to: which registers a trap feeds is luck of the trap, so two policies meet the
// same traps.

import type { AddressKey } from '../../../policy/index.ts';
import { trapHit } from '../measures/tally.ts';
import type { Envelope } from '../platform/outbound.ts';
import { purpose } from '../purposes.ts';
import type { TrapKind } from '../senders/addresses.ts';
import type { World } from '../world.ts';
import { takeEvidence } from './register.ts';

/** A copy reached a trap: every register that it reports to has evidence against the sending address. */
export const trapReached = (world: World, envelope: Envelope, key: AddressKey, kind: TrapKind): void => {
  const { message } = envelope;
  const byCulprit = message.actor.culprit !== null;
  let seen = false;
  for (const register of world.registers) {
    if (!register.takes.has(kind)) continue;
    if (world.luck.draw(register.luck, key, purpose.trapSeen) >= register.rule.coverage) continue;
    seen = true;
    takeEvidence(world, register, envelope.address, byCulprit);
  }
  if (seen) trapHit(world, message);
};
