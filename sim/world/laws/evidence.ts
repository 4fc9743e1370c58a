// Nothing is known before it can be: a complaint comes after its message, a listing is seen after it is
// published, and a receiver refuses for a listing no longer than the caches keep it.

import type { WorldEvent } from '../events.ts';
import type { Register } from '../registers/register.ts';
import { whiteCodes } from '../registers/rules/ratio-codes.ts';
import { meaningOf } from '../registers/zone.ts';
import type { World } from '../world.ts';
import { beforeLearning } from './copies.ts';
import type { Law } from './law.ts';
import { lookingAt } from '../ports.ts';

/** The earliest that a complaint has come back (signals.json, arf-complaint, least delay). */
const leastComplaintMs = 60_000;

/** The longest that a receiver keeps an answer beyond its TTL (Postfix 3.7, postscreen_dnsbl_max_ttl). */
const longestKeptMs = 3_600_000;

export const complaintsFollowMail: Law = {
  says: 'a complaint comes back after the mail it is about, and not at once',
  watch(world, fail) {
    const first = new Map<number, number>();
    beforeLearning(world, (signal) => {
      if (signal.kind === 'delivered') {
        const key = signal.account * 64 + signal.receiver;
        if (!first.has(key)) first.set(key, world.agenda.now);
      }
      if (signal.kind !== 'complained') return;
      const since = first.get(signal.account * 64 + signal.receiver);
      if (since === undefined) fail(`account ${signal.account} had delivered nothing there`);
      const after = world.agenda.now - since!;
      if (after < leastComplaintMs) fail(`it came ${after} ms after it`);
    });
    return {};
  },
};

/** When each register's zone last named each address: infinity while it does, -1 for never. */
const lastNamed = (world: World): { look: () => void; at: Float64Array[] } => {
  const at = world.registers.map(({ dossiers }) => new Float64Array(dossiers.length).fill(-1));
  const look = (): void => {
    for (const register of world.registers) {
      const named = at[register.id]!;
      for (let address = 0; address < named.length; address += 1) {
        if (isNamed(world, register, address)) named[address] = Number.POSITIVE_INFINITY;
        else if (named[address] === Number.POSITIVE_INFINITY) named[address] = world.agenda.now;
      }
    }
  };
  return { look, at };
};

/** Published, or called bad without a decision, as Hostkarma's brown is. */
const isNamed = (world: World, register: Register, address: number): boolean =>
  register.dossiers[address]!.published ||
  whiteCodes(world, register, address).some((code) => meaningOf(register, code) === 'listed');

/** Zones change when they are published; those that go by shares of spam, with every message. */
const lookAfter = (world: World, look: () => void): ((event: WorldEvent) => void) => {
  const isLively = world.registers.some(({ traffic }) => traffic !== null);
  return (event) => {
    if (isLively || event.kind === 'register-publication') look();
  };
};

/** A fault makes a register, or a receiver's resolver, say what is not so; then these laws have no say. */
const isFaulty = (world: World): boolean =>
  world.plan.incidents.some(({ kind }) => kind === 'register-fault' || kind === 'neighbour');

export const listingsAreSeenAfterPublication: Law = {
  says: 'a poll finds a listing only where the zone has named the address',
  watch(world, fail) {
    const { look, at } = lastNamed(world);
    beforeLearning(world, (signal) => {
      if (signal.kind !== 'listed' || isFaulty(world)) return;
      look();
      const { id } = world.registers.find((one) => one.name === signal.register)!;
      if (at[id]![world.ips.indexOf(signal.address)]! < 0) {
        fail(`${signal.register} never named ${signal.address}`);
      }
    });
    return { after: lookAfter(world, look) };
  },
};

export const refusalsEndWithTheCaches: Law = {
  says: 'a receiver refuses for a listing no longer than the caches keep it',
  watch(world, fail) {
    const { look, at } = lastNamed(world);
    const judge = (receiver: number, address: number): void => {
      if (isFaulty(world)) return;
      // Comcast and AT&T speak of their own blocks as of listings.
      const { blockedBy, blockedUntil } = world.receivers[receiver]!.reputations[address]!;
      if (blockedBy?.bounceClass === 'dnsblBlock' && blockedUntil > world.agenda.now) return;
      const asked = world.receivers[receiver]!.consults;
      const believable = asked.some(({ register }) => {
        const keeps = Math.max(register.preset.ttl.positiveS * 1_000, longestKeptMs);
        return at[register.id]![address]! >= world.agenda.now - keeps;
      });
      const { name } = world.receivers[receiver]!;
      if (!believable) fail(`${name} refused ${world.ips[address]!} for one long gone`);
    };
    world.transport = lookingAt(world.transport, ({ receiver, address }, replies) => {
      if (replies.some((reply) => reply.class === 'dnsblBlock')) judge(receiver, address);
    });
    return { after: lookAfter(world, look) };
  },
};
