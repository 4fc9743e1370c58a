// Talos (SenderBase): a score from -10 to 10 out of trap hits, spam seen, other registers and jumps in
// volume, which climbs back within days. Receivers choose from which score on they throttle and block.

import type { World } from '../../world.ts';
import { plain, type RuleModel } from '../model.ts';
import { paramsOf, type ReceiverPolicy } from '../params.ts';
import { type Register, weigh } from '../register.ts';
import { delayCode } from './ratio-codes.ts';

// How the score is put together is not published. All weights here are assumptions, chosen so that a sender
// of clean mail stands at "neutral to good", one in five messages being spam brings it to the default block,
// and a jump costs the 1 to 2 points that are published (technote 117919).

/** Where a sender without a stain stands. */
const clean = 2;
/** Points for mail that is all spam; a fifth of it costs five. */
const forSpam = 25;
/** Points for a new trap hit, up to `mostForTraps`; old hits count less, nothing after the recovery time. */
const forTrap = 1;
const mostForTraps = 8;
/**
 * Points for each other register that names the address, of the "25+" that it reads, up to `mostForOthers`.
 */
const forOther = 1;
const mostForOthers = 4;

/** A jump is a day of at least so many copies, and so many times the daily mean of the days before. */
const leastJump = 500;
const jumpFrom = 3;
/** From this many times on a jump costs the most. */
const jumpFully = 10;

/** Its input are "public DNSBLs (25+)" (registers.json): lists of addresses that anybody may ask. */
const isPublic = ({ preset: { kind } }: Register): boolean =>
  kind.startsWith('ip-') && kind.includes('dnsbl');

/** How often a score is looked at while it stays bad. */
const lookMs = 3_600_000;

/** No score is worked out anew sooner; an assumption, well below its publication time. */
const publishedMs = 600_000;

/** The score of an address now: -10 (worst) to 10. */
export const reputationOf = (world: World, register: Register, address: number): number => {
  const { now } = world.agenda;
  const { traffic, preset, dossiers } = register;
  const { range, recoversInS } = paramsOf(preset);
  const recovers = recoversInS! * 1_000;
  const seen = traffic!.sum(address, now, 'seen');
  const spam = seen === 0 ? 0 : (forSpam * traffic!.sum(address, now, 'spam')) / seen;
  let traps = 0;
  for (const at of dossiers[address]!.hits) traps += forTrap * Math.max(0, 1 - (now - at) / recovers);
  let others = 0;
  for (const other of world.registers) {
    if (other.dossiers[address]!.published && isPublic(other)) others += forOther;
  }
  const score =
    clean - spam - Math.min(mostForTraps, traps) - Math.min(mostForOthers, others) -
    jumpPenalty(world, register, address);
  return Math.min(range![1], Math.max(range![0], score));
};

/**
 * One to two points for a jump in volume. It passes as the mean takes the new volume in, "in a few days".
 * Addresses of which nothing is known yet have no mean: for the first two days only a cold one can jump.
 */
export const jumpPenalty = (world: World, register: Register, address: number): number => {
  const { now } = world.agenda;
  const { traffic, rule, preset, lastSeen } = register;
  const dayShare = 86_400_000 / rule.window;
  const today = traffic!.newest(address, now, 'seen', dayShare);
  if (today < leastJump) return 0;
  const knownFor = lastSeen[address] === Number.NEGATIVE_INFINITY ? rule.window : Math.min(now, rule.window);
  if (knownFor < 2 * 86_400_000) return 0;
  const daysBefore = knownFor / 86_400_000 - 1;
  const mean = (traffic!.sum(address, now, 'seen') - today) / daysBefore;
  const times = today / Math.max(1, mean);
  if (times < jumpFrom) return 0;
  const [least, most] = paramsOf(preset).volumeJumpPenalty!;
  const part = Math.min(1, (times - jumpFrom) / (jumpFully - jumpFrom));
  return least + part * (most - least);
};

/** What one of the appliance's three policies does with a score. */
export const talosVerdict = (
  register: Register, score: number, policy: ReceiverPolicy = 'moderateDefault',
): 'accept' | 'throttle' | 'block' => {
  const { block, throttle } = paramsOf(register.preset).receiverPolicies![policy];
  if (score <= block[1]) return 'block';
  return score <= throttle[1] ? 'throttle' : 'accept';
};

/**
 * The appliance's policy is the one whose block begins at `rule.score`: -4, -3 (its default) or -2. Between
 * that and where its throttle begins, the register says so by a code of its own.
 */
const throttleFrom = ({ preset, rule }: Register): number => {
  const policies = Object.values(paramsOf(preset).receiverPolicies!);
  const { throttle } = policies.find(({ block }) => block[1] === rule.score) ?? policies[1]!;
  return throttle[1];
};
const throttled: readonly string[] = [delayCode];
const none: readonly string[] = [];

const reason = (world: World, register: Register, address: number): string | null => {
  const score = reputationOf(world, register, address);
  return score <= register.rule.score ? `reputation ${score.toFixed(1)}` : null;
};

export const reputationScore: RuleModel = {
  ...plain,
  counts: 'from-askers',
  otherCodes: (world, register, address) =>
    reputationOf(world, register, address) <= throttleFrom(register) ? throttled : none,
  reason,
  endsAt: (world, register, address) =>
    reputationOf(world, register, address) <= register.rule.score
      ? world.agenda.now + lookMs
      : register.dossiers[address]!.lastHit + (register.rule.expiry ?? 0),
  counted: (world, register, address) => {
    const dossier = register.dossiers[address]!;
    if (world.agenda.now < dossier.lookedAt + publishedMs) return;
    dossier.lookedAt = world.agenda.now;
    weigh(world, register, address);
  },
};
