// What a DNSBL answers to a query: A and TXT of listed addresses, SOA and NS of the zone, NXDOMAIN with its
// negative TTL, and a plain refusal of all that is not ours. It sends nothing itself; register-server.ts
// does.

import type { ZoneAnswer } from '../sim/index.ts';
import {
  addressBetween, classes, headerBytes, labelsBetween, type Query, readQuery, types, type Unreadable,
} from './dns-query.ts';
import { rcodes, type Said, writeBare, writeReply } from './dns-reply.ts';
import { readZoneLabels } from './zone-name.ts';

export interface RegisterZone {
  /** Ends in `.rbl.test`. */
  readonly zone: string;
  /**
   * What the zone says of an address: IPv4 dotted, or IPv6 compressed in lower case. Called once a query; the
   * fastest answer is one that is there at once.
   */
  lookup(address: string): ZoneAnswer | Promise<ZoneAnswer>;
  /** True where `lookup` also says what the test points of RFC 5782 are; a sound list's, if left out. */
  readonly knowsTestPoints?: boolean;
  /** Seconds for the zone's own records and for negative answers that no lookup gave; 2100 as in rbldnsd. */
  readonly ttlS?: number;
}

/** A zone, and its name as it stands at the end of a question: lower case, without the last zero byte. */
export interface NamedZone {
  readonly zone: RegisterZone;
  readonly ending: Buffer;
}

/** Names are letters, digits, hyphens and dots, lower case. */
export const namedZone = (zone: RegisterZone): NamedZone => ({
  zone,
  ending: Buffer.from(
    zone.zone.split('.').map((label) => String.fromCharCode(label.length) + label).join(''), 'latin1',
  ),
});

/** Who hears of what a server leaves unsaid. */
export interface Listeners {
  /** A lookup threw; the asker is told SERVFAIL. */
  readonly onError?: (error: unknown) => void;
  /** A zone's name servers are dead, so this query, as it came, gets no answer. */
  readonly onSilence?: (query: Buffer) => void;
}

/** rbldnsd's default time to live. */
const defaultTtlS = 2100;

/** Never more than this over UDP, whatever the asker says it takes. */
const mostUdp = 4096;
/** What every asker takes (RFC 1035, 4.2.1). */
const leastUdp = 512;
const mostTcp = 65_535;

/** RFC 5782, 5: every list has the one and not the other, so that askers can tell a live list from a dead. */
const isTestEntry = (address: string): boolean => address === '127.0.0.2' || address === '::ffff:127.0.0.2';
const isTestGap = (address: string): boolean => address === '127.0.0.1' || address === '::ffff:127.0.0.1';

/**
 * The reply to a query, at once where the lookup answers at once; null where none is due: to replies, to what
 * cannot be read, and where a zone's name servers are dead. Over UDP a reply too long for the asker comes
 * empty and marked as truncated.
 */
export const answerQuery = (
  bytes: Buffer, over: 'udp' | 'tcp', zones: readonly NamedZone[], listeners: Listeners,
): Buffer | null | Promise<Buffer | null> => {
  const query = readQuery(bytes);
  if (typeof query === 'string') return toUnreadable(bytes, query);
  try {
    const said = answer(query, zones);
    if (!(said instanceof Promise)) return replyTo(query, said, over, listeners);
    return said.then(
      (later) => replyTo(query, later, over, listeners), (error) => toFailure(query, error, over, listeners),
    );
  } catch (error) {
    return toFailure(query, error, over, listeners);
  }
};

const replyTo = (
  query: Query, said: Said | null, over: 'udp' | 'tcp', { onSilence }: Listeners,
): Buffer | null => {
  if (said !== null) return writeReply(query, said, mostBytes(query, over));
  onSilence?.(query.bytes);
  return null;
};

const toFailure = (
  query: Query, error: unknown, over: 'udp' | 'tcp', listeners: Listeners,
): Buffer | null => {
  listeners.onError?.(error);
  return replyTo(query, nothing(rcodes.servFail), over, listeners);
};

const toUnreadable = (bytes: Buffer, why: Unreadable): Buffer | null =>
  why === 'ignored' ? null : writeBare(bytes, why === 'malformed' ? rcodes.formErr : rcodes.notImp);

const mostBytes = ({ edns }: Query, over: 'udp' | 'tcp'): number =>
  over === 'tcp' ? mostTcp : Math.min(mostUdp, Math.max(leastUdp, edns === null ? 0 : edns.size));

const nothing = (rcode: number): Said => ({ kind: 'nothing', rcode });

/** Null where the name server stays silent. */
const answer = (query: Query, zones: readonly NamedZone[]): Said | null | Promise<Said | null> => {
  if (query.edns !== null && query.edns.version !== 0) return nothing(rcodes.badVersion);
  if (query.class !== classes.internet) return nothing(rcodes.refused);
  const { bytes, nameEnd, type } = query;
  const named = zoneOf(zones, bytes, nameEnd - 1);
  if (named === undefined) return nothing(rcodes.refused);
  // A list is not for copying. ANY is asked by nobody in good faith: RFC 8482, 3 lets us decline it, and our
  // way to decline is that of all else we will not answer.
  if (type === types.axfr || type === types.ixfr || type === types.any) return nothing(rcodes.refused);
  const { zone, ending } = named;
  const zoneAt = nameEnd - 1 - ending.length;
  const ttlS = zone.ttlS ?? defaultTtlS;
  const address = addressBetween(bytes, headerBytes, zoneAt);
  if (address !== '') return entry(zone, address, type, zoneAt);
  const place = readZoneLabels(labelsBetween(bytes, headerBytes, zoneAt));
  switch (place.kind) {
    case 'apex':
      if (type === types.soa) return { kind: 'soa', zoneAt, ttlS };
      if (type === types.ns) return { kind: 'ns', zoneAt, ttlS };
      return { kind: 'none', rcode: rcodes.noError, zoneAt, ttlS };
    case 'partial':
      return { kind: 'none', rcode: rcodes.noError, zoneAt, ttlS };
    case 'foreign':
      return { kind: 'none', rcode: rcodes.nxDomain, zoneAt, ttlS };
    case 'address':
      return entry(zone, place.address, type, zoneAt);
    default:
      return place satisfies never;
  }
};

/** The zone that the name which ends there lies in. */
const zoneOf = (zones: readonly NamedZone[], bytes: Buffer, end: number): NamedZone | undefined => {
  for (let index = 0; index < zones.length; index += 1)
    if (isEnding(bytes, end, zones[index]!.ending)) return zones[index];
  return undefined;
};

/** Whether the name that ends there is this one or below it, in whatever case. */
const isEnding = (bytes: Buffer, end: number, ending: Buffer): boolean => {
  const from = end - ending.length;
  if (from < headerBytes) return false;
  for (let index = ending.length - 1; index >= 0; index -= 1) {
    const byte = bytes[from + index]!;
    const lower = byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte;
    if (lower !== ending[index]) return false;
  }
  let at = headerBytes;
  while (at < from) at += 1 + bytes[at]!;
  return at === from;
};

/** What a zone says of an address, as far as this type asks for it. */
const entry = (
  zone: RegisterZone, address: string, type: number, zoneAt: number,
): Said | null | Promise<Said | null> => {
  const isTest = zone.knowsTestPoints !== true && (isTestEntry(address) || isTestGap(address));
  const found = isTest ? testAnswer(isTestEntry(address), zone.ttlS ?? defaultTtlS) : zone.lookup(address);
  return found instanceof Promise ? found.then((one) => saidOf(one, type, zoneAt))
    : saidOf(found, type, zoneAt);
};

const testAnswer = (listed: boolean, ttlS: number): ZoneAnswer =>
  listed
    ? { codes: ['127.0.0.2'], txt: 'RFC 5782 test entry', ttlS, failure: 'none' }
    : { codes: [], txt: '', ttlS, failure: 'none' };

const saidOf = ({ codes, txt, ttlS, failure }: ZoneAnswer, type: number, zoneAt: number): Said | null => {
  if (failure !== 'none') return failure === 'timeout' ? null : nothing(rcodes.refused);
  if (codes.length === 0) return { kind: 'none', rcode: rcodes.nxDomain, zoneAt, ttlS };
  if (type === types.a) return { kind: 'addresses', codes, ttlS };
  if (type === types.txt && txt !== '') return { kind: 'text', txt, ttlS };
  return { kind: 'none', rcode: rcodes.noError, zoneAt, ttlS };
};
