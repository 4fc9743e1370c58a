// What a DNSBL answers to a query: A and TXT of listed addresses, SOA and NS of the zone, NXDOMAIN with its
// negative TTL, and a plain refusal of all that is not ours. It sends nothing itself; register-server.ts
// does.

import type { ZoneAnswer } from '../sim/index.ts';
import { classes, headerBytes, type Query, readQuery, types, type Unreadable } from './dns-query.ts';
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

/** Zones by their names as `Query.name` spells them. */
export type Zones = ReadonlyMap<string, RegisterZone>;

/** The key of a zone among `Zones`: each label with its length in front. */
export const zoneKey = (zone: string): string =>
  zone.split('.').map((label) => String.fromCharCode(label.length) + label).join('');

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

/** RFC 5782, 5: every list has these, so that askers can tell a live list from a dead one. */
const testEntries: Readonly<Record<string, boolean>> = {
  '127.0.0.2': true,
  '127.0.0.1': false,
  '::ffff:127.0.0.2': true,
  '::ffff:127.0.0.1': false,
};

/**
 * The reply to a query, at once where the lookup answers at once; null where none is due: to replies, to what
 * cannot be read, and where a zone's name servers are dead. Over UDP a reply too long for the asker comes
 * empty and marked as truncated.
 */
export const answerQuery = (
  bytes: Buffer, over: 'udp' | 'tcp', zones: Zones, listeners: Listeners,
): Buffer | null | Promise<Buffer | null> => {
  const query = readQuery(bytes);
  if (typeof query === 'string') return toUnreadable(bytes, query);
  const finish = (said: Said | null): Buffer | null => {
    if (said !== null) return writeReply(query, said, mostBytes(query, over));
    listeners.onSilence?.(bytes);
    return null;
  };
  const fail = (error: unknown): Buffer | null => {
    listeners.onError?.(error);
    return finish(nothing(rcodes.servFail));
  };
  try {
    const said = answer(query, zones);
    return said instanceof Promise ? said.then(finish, fail) : finish(said);
  } catch (error) {
    return fail(error);
  }
};

const toUnreadable = (bytes: Buffer, why: Unreadable): Buffer | null =>
  why === 'ignored' ? null : writeBare(bytes, why === 'malformed' ? rcodes.formErr : rcodes.notImp);

const mostBytes = ({ edns }: Query, over: 'udp' | 'tcp'): number =>
  over === 'tcp' ? mostTcp : Math.min(mostUdp, Math.max(leastUdp, edns === null ? 0 : edns.size));

const nothing = (rcode: number): Said => ({ kind: 'nothing', rcode });

/** Null where the name server stays silent. */
const answer = (query: Query, zones: Zones): Said | null | Promise<Said | null> => {
  if (query.edns !== null && query.edns.version !== 0) return nothing(rcodes.badVersion);
  if (query.class !== classes.internet) return nothing(rcodes.refused);
  const { name, type } = query;
  const starts = labelStarts(name);
  const inFront = starts.findIndex((start) => zones.has(name.slice(start)));
  if (inFront < 0) return nothing(rcodes.refused);
  // A list is not for copying. ANY is asked by nobody in good faith: RFC 8482, 3 lets us decline it, and our
  // way to decline is that of all else we will not answer.
  if (type === types.axfr || type === types.ixfr || type === types.any) return nothing(rcodes.refused);
  const zone = zones.get(name.slice(starts[inFront]!))!;
  const zoneAt = headerBytes + starts[inFront]!;
  const ttlS = zone.ttlS ?? defaultTtlS;
  const place = readZoneLabels(labelsOf(name, starts, inFront));
  switch (place.kind) {
    case 'apex':
      if (type === types.soa) return { kind: 'soa', zoneAt, ttlS };
      if (type === types.ns) return { kind: 'ns', zoneAt, ttlS };
      return { kind: 'none', rcode: rcodes.noError, zoneAt, ttlS };
    case 'partial':
      return { kind: 'none', rcode: rcodes.noError, zoneAt, ttlS };
    case 'foreign':
      return { kind: 'none', rcode: rcodes.nxDomain, zoneAt, ttlS };
    case 'address': {
      const found = entry(zone, place.address, ttlS);
      return found instanceof Promise ?
          found.then((one) => saidOf(one, type, zoneAt))
        : saidOf(found, type, zoneAt);
    }
    default:
      return place satisfies never;
  }
};

/** Where each label of a name begins, its length first. */
const labelStarts = (name: string): number[] => {
  const starts: number[] = [];
  for (let at = 0; at < name.length; at += 1 + name.charCodeAt(at)) starts.push(at);
  return starts;
};

/** The first so many labels of a name. */
const labelsOf = (name: string, starts: readonly number[], count: number): string[] => {
  const labels: string[] = [];
  for (let index = 0; index < count; index += 1)
    labels.push(name.slice(starts[index]! + 1, starts[index + 1]));
  return labels;
};

const entry = (zone: RegisterZone, address: string, ttlS: number): ZoneAnswer | Promise<ZoneAnswer> => {
  const listed = zone.knowsTestPoints === true ? undefined : testEntries[address];
  if (listed === undefined) return zone.lookup(address);
  return listed
    ? { codes: ['127.0.0.2'], txt: 'RFC 5782 test entry', ttlS, failure: 'none' }
    : { codes: [], txt: '', ttlS, failure: 'none' };
};

const saidOf = ({ codes, txt, ttlS, failure }: ZoneAnswer, type: number, zoneAt: number): Said | null => {
  if (failure !== 'none') return failure === 'timeout' ? null : nothing(rcodes.refused);
  if (codes.length === 0) return { kind: 'none', rcode: rcodes.nxDomain, zoneAt, ttlS };
  if (type === types.a) return { kind: 'addresses', codes, ttlS };
  if (type === types.txt && txt !== '') return { kind: 'text', txt, ttlS };
  return { kind: 'none', rcode: rcodes.noError, zoneAt, ttlS };
};
