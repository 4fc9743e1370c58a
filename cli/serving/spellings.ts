// How the settings of `serve` are spelled: places, pools, tenants and the like, each read from its option.

import { isIP } from 'node:net';
import { isLoopback } from '../../mocks/index.ts';
import { readDuration } from '../../sim/plan/quantities.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import type { RegisterSource } from '../../testbed/serve/feedback/register-polls.ts';
import type { Place } from '../../testbed/serve/door.ts';
import type { Sync } from '../../testbed/serve/journal.ts';
import { UserMistake } from '../faults.ts';

/** `127.0.0.1:10040`, `[::1]:10040`, `unix:/run/policy` or a path. Throws a UserMistake, as all of these. */
export const readPlace = (text: string): Place => {
  const path = /^(?:unix:)(.+)$/.exec(text)?.[1] ?? (/^[./]/.test(text) ? text : undefined);
  if (path !== undefined) {
    if (Buffer.byteLength(path) > 107) {
      throw new UserMistake(`--listen ${path}: a socket's path has 107 bytes at most.`);
    }
    return { kind: 'unix', path };
  }
  const example = '127.0.0.1:10040 or unix:/run/policy';
  const { host, port } = hostAndPort('--listen', text.replace(/^inet:/, ''), example);
  return { kind: 'tcp', host, port };
};

const hostAndPort = (
  option: string, text: string, example: string,
): { readonly host: string; readonly port: number } => {
  const found = /^(?:\[([^\]]+)\]|([^:]+)):(\d{1,5})$/.exec(text);
  const host = found?.[1] ?? found?.[2] ?? '';
  const port = Number(found?.[3]);
  if (found === null || isIP(host) === 0 || port > 65_535) {
    throw new UserMistake(`${option} ${shownValue(text)} is no place; expected ${example}.`);
  }
  if (!isLoopback(host)) {
    const allowed = 'expected an address that only this machine reaches, 127.0.0.1 or ::1';
    throw new UserMistake(`${option} ${text}: ${host} is not loopback; ${allowed}.`);
  }
  return { host, port };
};

/** `name=value`. */
const pairsOf = (
  option: string, given: readonly string[], example: string,
): ReadonlyMap<string, string> => {
  const pairs = new Map<string, string>();
  for (const text of given) {
    const at = text.indexOf('=');
    if (at < 1 || at === text.length - 1) {
      throw new UserMistake(`${option} ${shownValue(text)} says nothing; expected ${example}.`);
    }
    const name = text.slice(0, at);
    if (pairs.has(name)) throw new UserMistake(`${option} gives ${name} twice; give it once.`);
    pairs.set(name, text.slice(at + 1));
  }
  return pairs;
};

/** Where mail of a pool goes, by pool; a next hop left out is each recipient's own. */
export const readPools = (given: readonly string[]): ReadonlyMap<string, string> => {
  const pools = pairsOf('--pool', given, 'name=transport:, such as high-risk=smtp-high-risk:');
  for (const [name, target] of pools) {
    if (!/^[\w.-]+:[\x21-\x7e]*$/.test(target)) {
      const allowed = 'expected transport: or transport:next-hop, the transport as in master.cf';
      throw new UserMistake(`--pool ${name}=${target}: ${allowed}.`);
    }
  }
  return pools;
};

/** What the receiver of a domain is called: by the names given, such as `gmail=gmail.com`, or its domain. */
export const readReceivers = (given: readonly string[]): ((domain: string) => string) => {
  const names = new Map<string, string>();
  for (const [name, list] of pairsOf('--receiver', given, 'name=domain,..., such as gmail=gmail.com')) {
    for (const domain of list.toLowerCase().split(',')) {
      if (!/^(?=.{1,253}$)[a-z0-9_-]+(?:\.[a-z0-9_-]+)+$/.test(domain)) {
        const allowed = 'expected domains with commas between, such as gmail.com,googlemail.com';
        throw new UserMistake(`--receiver ${name}=${list}: ${shownValue(domain)} is no domain; ${allowed}.`);
      }
      const other = names.get(domain);
      if (other !== undefined) throw new UserMistake(`--receiver gives ${domain} to ${other} and ${name}.`);
      names.set(domain, name);
    }
  }
  return (domain) => names.get(domain) ?? domain;
};

export const readAddresses = (given: readonly string[]): ReadonlyMap<string, string> => {
  const addresses = pairsOf('--address', given, 'pool=address, such as shared=192.0.2.10');
  for (const [pool, address] of addresses) {
    if (isIP(address) === 0) {
      throw new UserMistake(`--address ${pool}=${address}: expected an IPv4 or IPv6 address.`);
    }
  }
  return addresses;
};

/** `domain`, `login`, or a regular expression whose first group is the tenant. */
export const readTenantRule = (text: string): ((login: string) => string) => {
  if (text === 'login') return (login) => login;
  if (text === 'domain') return (login) => login.slice(login.lastIndexOf('@') + 1);
  const body = /^\/(.+)\/$/.exec(text)?.[1];
  if (body === undefined) {
    const allowed = 'expected domain, login or /a pattern with a (group)/';
    throw new UserMistake(`--tenant ${shownValue(text)} is not known; ${allowed}.`);
  }
  let pattern: RegExp;
  try {
    pattern = new RegExp(body);
  } catch (error) {
    throw new UserMistake(`--tenant ${text}: ${(error as Error).message}.`);
  }
  if (new RegExp(`${body}|`).exec('')!.length < 2) {
    throw new UserMistake(`--tenant ${text} has no (group) that would be the tenant.`);
  }
  // A login that does not match is a tenant by itself, never one with others that do not match.
  return (login) => pattern.exec(login)?.[1] ?? login;
};

/** `pass`, `client`, or `account:<name>`. */
export const readAnonymous = (text: string): ((client: string) => string | undefined) => {
  if (text === 'pass') return () => undefined;
  if (text === 'client') return (client) => (client === '' ? 'unknown client' : client);
  const name = /^account:(.+)$/.exec(text)?.[1]?.toLowerCase();
  if (name === undefined) {
    const allowed = 'expected pass, client or account:<name>';
    throw new UserMistake(`--anonymous ${shownValue(text)} is not known; ${allowed}.`);
  }
  return () => name;
};

export const readSync = (text: string): Sync => {
  if (text === 'always' || text === 'never') return text;
  return readSpan('--sync', text, 1);
};

/** Milliseconds, from `least` to a day. */
export const readSpan = (option: string, text: string, least: number): number => {
  const reading = readDuration(text);
  const allowed = `a time such as 30s, from ${least} ms to 1d`;
  if (!reading.ok) {
    throw new UserMistake(`${option} ${shownValue(text)} ${reading.wrong}; expected ${allowed}.`);
  }
  if (reading.value < least || reading.value > 86_400_000) {
    throw new UserMistake(`${option} ${text} is out of range; expected ${allowed}.`);
  }
  return reading.value;
};

export const readCount = (option: string, text: string, most: number): number => {
  const count = /^\d{1,15}$/.test(text) ? Number(text) : NaN;
  if (!(count >= 1 && count <= most)) {
    throw new UserMistake(`${option} ${shownValue(text)} is out of range; expected 1 to ${most}.`);
  }
  return count;
};

export const readOneOf = <Word extends string>(
  option: string, text: string, words: readonly Word[],
): Word => {
  const found = words.find((word) => word === text);
  if (found === undefined) {
    throw new UserMistake(`${option} ${shownValue(text)} is not known; expected ${words.join(' or ')}.`);
  }
  return found;
};

/** Permissions as chmod has them. */
export const readMode = (text: string): number => {
  if (!/^[0-7]{3,4}$/.test(text)) {
    const allowed = 'expected three octal digits, such as 660';
    throw new UserMistake(`--socket-mode ${shownValue(text)} is no permission; ${allowed}.`);
  }
  return Number.parseInt(text, 8);
};

/** `zone@127.0.0.1:53`. */
export const readRegister = (text: string): RegisterSource => {
  const example = 'zone@127.0.0.1:53, such as bl.rbl.test@127.0.0.1:5353';
  const at = text.lastIndexOf('@');
  const zone = text.slice(0, Math.max(at, 0)).toLowerCase().replace(/\.$/, '');
  if (!/^(?=.{1,200}$)[a-z0-9_-]{1,63}(?:\.[a-z0-9_-]{1,63})+$/.test(zone)) {
    throw new UserMistake(`--register ${shownValue(text)} names no zone; expected ${example}.`);
  }
  return { zone, ...hostAndPort('--register', text.slice(at + 1), example) };
};
