// What a register's zone says at an instant, faults included: of our addresses, and by name of any address
// for those who ask over the wire, the test points of RFC 5782 among them.

import type { ZoneAnswer } from '../ports.ts';
import type { World } from '../world.ts';
import { meetsStaleMirror, parkingAddress } from './faults.ts';
import type { Register } from './register.ts';
import { delayCode } from './rules/ratio-codes.ts';

const none: readonly string[] = [];

/**
 * Seconds that a failure is believed: not at all, so that each new question waits again (registers.json,
 * ns-blackhole: "every SMTP check waits"). RFC 2308, 7.1, allows up to five minutes.
 */
const failureTtlS = 0;

/** An answer of a domain list that is asked for an address: an error, never a listing (registers.json). */
const addressInDomainList: readonly string[] = ['127.0.1.255'];

/** What the published zone says of one of our addresses, by index. */
export const zoneAnswer = (world: World, register: Register, address: number): ZoneAnswer => {
  const failed = failure(register);
  if (failed !== null) return failed;
  return isDomainList(register) && address < world.ips.length
    ? answer(register, addressInDomainList, world.ips[address]!)
    : answer(register, codesOf(world, register, address), world.ips[address] ?? '');
};

/** What it says of any IPv4 address by name, ours or not. */
export const zoneAnswerFor = (world: World, register: Register, ip: string): ZoneAnswer => {
  const address = world.ips.indexOf(ip as (typeof world.ips)[number]);
  if (address >= 0) return zoneAnswer(world, register, address);
  return failure(register) ?? answer(register, foreignCodes(register, ip), ip);
};

/** Whether it lists names of domains (the DBL), and so none of our addresses. */
export const isDomainList = ({ preset }: Pick<Register, 'preset'>): boolean =>
  preset.params['subject'] === 'domain';

/** What a receiver is to make of a code, by the register's own account; `foreign` where it cannot be its. */
export const meaningOf = (
  { preset }: Pick<Register, 'preset'>, code: string,
): 'listed' | 'white' | 'neutral' | 'error' | 'delay' | 'foreign' => {
  const known = preset.codes.find((one) => one.code === code);
  if (known !== undefined) return known.class as 'listed' | 'white' | 'neutral' | 'error';
  if (!code.startsWith('127.')) return 'foreign';
  // RFC 5782 leaves 127.0.0.1 unlisted; 127.255.255.0/24 are errors of the query (registers.json, protocol).
  if (code.startsWith('127.255.255.')) return 'error';
  if (preset.codes.length === 0 && code === delayCode) return 'delay';
  return code === '127.0.0.1' ? 'foreign' : 'listed';
};
const failure = (register: Register): ZoneAnswer | null => {
  if (register.fault === 'ns-blackhole') return silent;
  return register.fault === 'refused' ? refusing : null;
};
const silent: ZoneAnswer = { codes: none, txt: '', ttlS: failureTtlS, failure: 'timeout' };
const refusing: ZoneAnswer = { codes: none, txt: '', ttlS: failureTtlS, failure: 'refused' };

const codesOf = (world: World, register: Register, address: number): readonly string[] => {
  const forced = forcedCodes(register);
  if (forced !== null) return forced;
  const { published } = register.dossiers[address]!;
  const isStale = register.fault === 'stale-mirror' && meetsStaleMirror(world, register, address);
  const named = isStale ? register.staleMirror[address] === 1 : published;
  if (!named) return register.model.otherCodes(world, register, address);
  return published ? register.model.codes(world, register, address) : register.codes;
};

/** What a fault has the zone say of every address, whatever it is; null where it says what it knows. */
const forcedCodes = (register: Register): readonly string[] | null => {
  switch (register.fault) {
    case 'list-world-127.0.0.2':
      return worldListed;
    case 'domain-expired-wildcard':
      return parked;
    case 'graceful-empty':
      return none;
    default:
      return null;
  }
};
const worldListed: readonly string[] = ['127.0.0.2'];
const parked: readonly string[] = [parkingAddress];

/** RFC 5782, 5: every list names 127.0.0.2 and never 127.0.0.1, unless it is broken. */
const foreignCodes = (register: Register, ip: string): readonly string[] =>
  forcedCodes(register) ?? (ip === '127.0.0.2' || ip === '::ffff:127.0.0.2' ? worldListed : none);

/** The answer that nearly every question gets; shared, so that it allocates nothing. */
const cleans = new WeakMap<Register, ZoneAnswer>();

const answer = (register: Register, codes: readonly string[], ip: string): ZoneAnswer => {
  const { preset } = register;
  if (codes.length > 0) {
    return { codes, txt: txtOf(preset.txt ?? '', ip), ttlS: preset.ttl.positiveS, failure: 'none' };
  }
  let clean = cleans.get(register);
  if (clean === undefined) {
    clean = { codes: none, txt: '', ttlS: preset.ttl.negativeS, failure: 'none' };
    cleans.set(register, clean);
  }
  return clean;
};

const txtOf = (template: string, ip: string): string =>
  template.replaceAll('{ip}', ip).replaceAll(/\{\w+\}/g, '-');

