// What can be done to a living world by hand: list and delist an address, change a rule, break a register and
// mend it, let any incident of a plan befall it, move its clock. All by the functions by which a scenario
// does the same.

import { isIPv4, isIPv6, SocketAddress } from 'node:net';
import { formatTime, PlanMistakes, readPlan, type Register } from '../../sim/index.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import type { Duration } from '../../sim/plan/quantities.ts';
import type { IncidentPlan } from '../../sim/plan/schema.ts';
import { begin } from '../../sim/world/incidents/incidents.ts';
import { healRegister } from '../../sim/world/incidents/registers.ts';
import { isOwnFault } from '../../sim/world/registers/faults.ts';
import { decide, publish } from '../../sim/world/registers/register.ts';
import { isDomainList } from '../../sim/world/registers/zone.ts';
import { moveClock } from './clock-by-hand.ts';
import type { Done, Hands, Verb } from './hands.ts';
import type { LiveWorld } from './live-world.ts';
import { ControlMistake, demandOnly, type Fields, oneNamed, textOf } from './mistakes.ts';
import { faultsNow, type LiveZone } from './zones.ts';

/** By the last part of their paths. */
export const verbs: Readonly<Record<string, Verb>> = {
  list: (hands, fields) => name(hands, fields, true),
  delist: (hands, fields) => name(hands, fields, false),
  upgrade: ({ live, ...hands }, fields) => {
    demandOnly(fields, ['register', 'receiver', 'to', 'length']);
    if ((fields['register'] === undefined) === (fields['receiver'] === undefined))
      throw new ControlMistake(422, 'an upgrade names a register or a receiver: give one of the two.');
    const kind = fields['register'] === undefined ? 'receiver-upgrade' : 'register-upgrade';
    return befall({ live, ...hands }, { kind, ...fields });
  },
  fault: (hands, fields) => {
    demandOnly(fields, ['register', 'receiver', 'fault', 'length']);
    const left = `${leftMs(hands)}ms` as Duration;
    return befall(hands, { kind: 'register-fault', length: left, ...fields });
  },
  heal: ({ live, zones }, fields) => {
    demandOnly(fields, ['register']);
    return heal(live, oneNamed(byName(zones), fields, 'register').register);
  },
  incident: (hands, fields) => befall(hands, fields),
  clock: moveClock,
};

const byName = (zones: readonly LiveZone[]): ReadonlyMap<string, LiveZone> =>
  new Map(zones.map((zone) => [zone.register.name, zone]));

const leftMs = ({ live }: Hands): number => live.world.plan.length - live.now;

/** The address of a field, in the spelling by which zones are asked. Throws a ControlMistake. */
const addressOf = (fields: Fields): string => {
  const text = textOf(fields, 'address', 'an IPv4 or IPv6 address');
  if (isIPv4(text)) return text;
  if (isIPv6(text) && !text.includes('%'))
    return new SocketAddress({ address: text, family: 'ipv6' }).address;
  throw new ControlMistake(422, `address is ${shownValue(text)}; it is an IPv4 or IPv6 address.`);
};

/** Lists or delists at once, past the register's people and its next publication. */
const name = ({ live, zones }: Hands, fields: Fields, list: boolean): Done => {
  demandOnly(fields, ['register', 'address']);
  const { register, byHand } = oneNamed(byName(zones), fields, 'register');
  const address = addressOf(fields);
  if (isDomainList(register))
    throw new ControlMistake(422, `${register.name} lists names of domains; an address is never on it.`);
  const { world } = live;
  const index = world.ips.findIndex((ip) => ip === address);
  if (index >= 0) {
    // Whatever led to it was seen just now: a listing runs out its time from here.
    if (list) register.dossiers[index]!.lastHit = live.now;
    decide(world, register, index, list, 'by hand');
    publish(world, register, index, list, 'by hand');
  } else if (list) byHand.add(address);
  else byHand.delete(address);
  return { register: register.name, address, listed: list };
};

/** Has an incident begin now, in the words of a plan. */
const befall = (hands: Hands, fields: Fields): Done => {
  const { live } = hands;
  if (leftMs(hands) <= 0) throw new ControlMistake(422, 'the scenario is over; nothing befalls it any more.');
  const read = readIncident(hands, fields);
  if (read.kind === 'register-fault') demandSound(hands, read);
  const incident: IncidentPlan = { ...read, at: live.world.agenda.now };
  live.incidents.push(incident);
  begin(live.world, live.incidents.length - 1);
  return { incident: incident.kind, at: formatTime(live.now) };
};

/** Throws a ControlMistake where a fault lies on the same side: the end of one would undo the other. */
const demandSound = ({ live, zones }: Hands, { fault, register }: Fault): void => {
  const zone = byName(zones).get(register)!;
  const clash = faultsNow(live, zone.register).find((one) => isOwnFault(one.fault) === isOwnFault(fault));
  if (clash === undefined) return;
  const suffers = `${register} suffers from ${clash.fault} until ${formatTime(clash.at + clash.length)}`;
  throw new ControlMistake(422, `${suffers}, and one fault would undo the other. Heal it first.`);
};

type Fault = Extract<IncidentPlan, { readonly kind: 'register-fault' }>;

/** Upgrades for good that came by hand: the next one is held against what they have made of the plan. */
const isForGood = (incident: IncidentPlan): boolean =>
  (incident.kind === 'register-upgrade' || incident.kind === 'receiver-upgrade') &&
  incident.length === undefined;

/** Reads an incident as the plan's own are read. Throws a ControlMistake with all that is wrong with it. */
const readIncident = (hands: Hands, fields: Fields): IncidentPlan => {
  const { input } = hands;
  const written = writtenByHand.get(hands.live) ?? [];
  if (fields['at'] !== undefined)
    throw new ControlMistake(422, 'at is given; an incident by hand begins now. Leave it out.');
  // Instants of their own keep their order; when they truly began is no matter here.
  const incidents = [...written, fields].map((one, index) => ({ ...one, at: `${index}ms` }));
  try {
    const plan = readPlan({ ...input, incidents }, 'incident');
    const read = plan.incidents.at(-1)!;
    if (isForGood(read)) writtenByHand.set(hands.live, [...written, fields]);
    return read;
  } catch (error) {
    if (!(error instanceof PlanMistakes)) throw error;
    const path = `incidents[${written.length}]`;
    throw new ControlMistake(422, error.message.replaceAll(`${path}.`, '').replaceAll(`${path} `, ''));
  }
};

const writtenByHand = new WeakMap<LiveWorld, readonly Fields[]>();

/** Ends every fault of a register now: its own, and those of all who ask it. */
const heal = (live: LiveWorld, register: Register): Done => {
  const faults = faultsNow(live, register);
  if (faults.length === 0)
    throw new ControlMistake(422, `${register.name} is sound; there is nothing to heal.`);
  for (const incident of faults) {
    healRegister(live.world, incident);
    live.healed.add(incident);
  }
  return { register: register.name, healed: faults.map(({ fault }) => fault) };
};
