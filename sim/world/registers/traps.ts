// Traps and whom they report to: which registers a trap feeds is luck of the trap, so two policies meet the
// same traps.

import type { AddressKey } from '../../../policy/index.ts';
import { type TrapType, trapTypes } from '../../presets/index.ts';
import { trapHit } from '../measures/tally.ts';
import type { Envelope } from '../platform/outbound.ts';
import { seeOwnTrap } from '../platform/signals.ts';
import { purpose } from '../purposes.ts';
import type { TrapKind } from '../senders/addresses.ts';
import type { World } from '../world.ts';
import { takeEvidence, type TrapEvidence } from './evidence.ts';
import type { Register } from './register.ts';

/**
 * Share of a bot's mail whose handwriting still shows after it went through a platform's own mail server; an
 * assumption: direct from the bot it nearly always shows, through a relay much of it is lost.
 */
const botShows = 0.3;

/** What the world calls a type of trap. */
export const trapKind = ({ id }: TrapType): TrapKind => id.replace('-trap', '') as TrapKind;

/**
 * How much a hit of each kind weighs (registers.json, trapTypes.severity; assumed there): operators discount
 * hits of recycled and mistyped addresses, which honest mail meets too.
 */
const severities = new Map(trapTypes.map((type) => [trapKind(type), type.severity]));

/**
 * Share of the traps of a kind that count with a register: those that report to it, less what it discounts.
 * Backscatter is what the registers of backscatter are for, so they discount none.
 */
export const countedShare = ({ preset, rule }: Pick<Register, 'preset' | 'rule'>, kind: TrapKind): number =>
  preset.model === 'backscatter' ? rule.coverage : rule.coverage * severities.get(kind)!;

/** A copy reached a trap: every register that it reports to has evidence against the sending address. */
export const trapReached = (world: World, envelope: Envelope, key: AddressKey, kind: TrapKind): void => {
  const { message } = envelope;
  const lot = world.addresses.lotOf(key);
  seeOwnTrap(world, envelope, lot, kind);
  const hit: TrapEvidence = {
    kind: 'trap',
    trap: kind,
    byCulprit: message.actor.culprit !== null,
    nullSender: message.submission.nullSender,
    botContent:
      message.nature === 'abusive' &&
      world.luck.draw(message.luck, message.number, purpose.botPrint) < botShows,
  };
  let seen = false;
  for (const register of world.registers) {
    if (tellRegister(world, register, envelope.address, lot, hit)) seen = true;
    for (const member of register.members) {
      if (member.id < 0 && tellRegister(world, member, envelope.address, lot, hit)) seen = true;
    }
  }
  if (seen) trapHit(world, message);
};

/** True where the trap reports to this register and it takes the hit for evidence. */
const tellRegister = (
  world: World, register: Register, address: number, lot: number, hit: TrapEvidence,
): boolean => {
  // What escalates another register counts what that one hears.
  if (register.child !== null) return false;
  if (!register.takes.has(hit.trap) || !register.model.takes(world, register, hit)) return false;
  if (world.luck.draw(register.luck, lot, purpose.trapSeen) >= countedShare(register, hit.trap)) return false;
  takeEvidence(world, register, address, hit.byCulprit);
  return true;
};
