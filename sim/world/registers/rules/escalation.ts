// UCEPROTECT Levels 2 and 3 (uceprotect.net, m=3 s=4 and s=5): whole allocations and whole networks are
// listed for what their addresses did on Level 1 within seven days, neighbours' hits included. Both published
// versions of Level 2 are here: distinct addresses until 2021, impacts (every trap hit) since.

import type { World } from '../../world.ts';
import type { Dossier } from '../dossier.ts';
import { plain, type RuleModel, several } from '../model.ts';
import { paramsOf } from '../params.ts';
import { ipNumber, rangeText } from '../ranges.ts';
import { type Register, weigh } from '../register.ts';

/** An assumption: hosters' addresses are allocated in networks of 256. */
export const allocationPrefix = 24;
/**
 * An assumption: addresses of the network (ASN) ours belong to, which has all addresses that share their
 * first 16 bits: that of a middling hoster.
 */
export const networkAddresses = 65_536;
export const networkPrefix = 16;

/** Level 3's score: impacts in seven days, by 100,000 addresses of the network. */
export const spamScore = (impacts: number, addresses: number): number => (impacts / addresses) * 100_000;

/** Level 2's count that lists an allocation, by either version of the policy. */
export const allocationThreshold = (register: Pick<Register, 'preset' | 'rule'>, prefix: number): number => {
  const { thresholdByPrefix, olderPolicy } = paramsOf(register.preset);
  const isOlder = olderPolicy !== undefined && register.rule.version === olderPolicy.policyVersion;
  return (isOlder ? olderPolicy.thresholdByPrefix : thresholdByPrefix!)[prefix]!;
};

const countsAddresses = ({ preset, rule }: Register): boolean =>
  rule.version !== '' && rule.version === paramsOf(preset).olderPolicy?.policyVersion;

/** Impacts, newest first; of distinct addresses, the newest of each where the version counts those. */
const newestFirst = (register: Register, dossier: Dossier): readonly number[] => {
  const { hits, sources } = dossier;
  const newest: number[] = [];
  const met = new Set<number>();
  const distinct = countsAddresses(register);
  for (let index = hits.length - 1; index >= 0; index -= 1) {
    if (distinct && met.has(sources[index]!)) continue;
    met.add(sources[index]!);
    newest.push(hits[index]!);
  }
  return newest;
};

type Needed = (register: Register) => number;

const reasonBy = (needed: Needed, prefix: number) =>
  (world: World, register: Register, address: number): string | null => {
    const dossier = register.dossiers[address]!;
    if (world.agenda.now < dossier.exemptUntil) return null;
    const since = world.agenda.now - register.rule.window;
    const count = newestFirst(register, dossier).filter((at) => at >= since).length;
    if (count < needed(register)) return null;
    const range = rangeText(ipNumber(world.ips[address]!), prefix);
    return `${several(count, countsAddresses(register) ? 'listed address' : 'impact')} in ${range}`;
  };

/** A range comes off when the count of the last seven days falls below what lists it. */
const endBy = (needed: Needed) => (world: World, register: Register, address: number): number => {
  if (register.rule.expiry !== null) return plain.endsAt(world, register, address);
  const last = newestFirst(register, register.dossiers[address]!)[needed(register) - 1];
  return last === undefined ? 0 : last + register.rule.window + 1;
};

const model = (needed: Needed, prefix: number): RuleModel => ({
  ...plain, prefix, reason: reasonBy(needed, prefix), endsAt: endBy(needed), look: weigh,
});

const allocationNeeds: Needed = (register) =>
  register.rule.threshold > 0 ? register.rule.threshold : allocationThreshold(register, allocationPrefix);

/** Both conditions of Level 3 at once: the least number of impacts that meets them. */
const networkNeeds: Needed = ({ rule, preset }) => {
  const byScore = Math.ceil((rule.score * networkAddresses) / 100_000);
  return Math.max(rule.threshold > 0 ? rule.threshold : paramsOf(preset).minImpacts!, byScore);
};

export const escalation = {
  /** Level 2: an allocation. */
  allocation: model(allocationNeeds, allocationPrefix),
  /** Level 3: a network. */
  network: model(networkNeeds, networkPrefix),
};
