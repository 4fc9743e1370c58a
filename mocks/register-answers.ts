// What a DNSBL answers to a query, byte for byte: A and TXT of listed addresses, SOA and NS of the zone,
// NXDOMAIN with its negative TTL, and a plain refusal of all that is not ours. It sends nothing itself;
// register-server.ts does.

import packet, { type Answer, type DecodedPacket, type OptAnswer, type SoaAnswer } from 'dns-packet';
import type { ZoneAnswer } from '../sim/index.ts';
import { readZoneLabels } from './zone-name.ts';

export interface RegisterZone {
  /** Ends in `.rbl.test`. */
  readonly zone: string;
  /** What the zone says of an address: IPv4 dotted, or IPv6 compressed in lower case. */
  lookup(address: string): ZoneAnswer | Promise<ZoneAnswer>;
  /** True where `lookup` also says what the test points of RFC 5782 are; a sound list's, if left out. */
  readonly knowsTestPoints?: boolean;
  /** Seconds for the zone's own records and for negative answers that no lookup gave; 2100 as in rbldnsd. */
  readonly ttlS?: number;
}

/** Response codes (RFC 1035, 4.1.1). */
const rcodes = { noError: 0, formErr: 1, servFail: 2, nxDomain: 3, notImp: 4, refused: 5 } as const;

/** rbldnsd's default time to live. */
const defaultTtlS = 2100;

/** The size we tell others we take over UDP: what passes any path unfragmented (DNS flag day 2020). */
const ednsSize = 1232;
/** Never more than this over UDP, whatever the asker says it takes. */
const mostUdp = 4096;
/** What every asker takes (RFC 1035, 4.2.1). */
const leastUdp = 512;
const mostTcp = 65_535;

const headerBytes = 12;
const opt = (extendedRcode: number): OptAnswer => ({
  type: 'OPT', name: '.', udpPayloadSize: ednsSize, extendedRcode, ednsVersion: 0, flags: 0, flag_do: false,
  options: [],
});

interface Question {
  readonly name: string;
  readonly type: string;
}

interface Said {
  readonly rcode: number;
  readonly authoritative: boolean;
  readonly answers: Answer[];
  readonly authorities: Answer[];
}

/** RFC 5782, 5: every list has these, so that askers can tell a live list from a dead one. */
const testEntries: Readonly<Record<string, boolean>> = {
  '127.0.0.2': true,
  '127.0.0.1': false,
  '::ffff:127.0.0.2': true,
  '::ffff:127.0.0.1': false,
};

/**
 * The reply to a query, or null where none is due: to replies, to what cannot be read, and where a zone's
 * name servers are dead: of that `onSilence` hears. Over UDP a reply too long for the asker comes empty and
 * marked as truncated. A lookup that throws makes SERVFAIL, and `onError` hears of it.
 */
export const answerQuery = async (
  query: Buffer,
  over: 'udp' | 'tcp',
  zones: ReadonlyMap<string, RegisterZone>,
  onError?: (error: unknown) => void,
  onSilence?: (query: Buffer) => void,
): Promise<Buffer | null> => {
  if (query.length < headerBytes || (query[2]! & 0x80) !== 0) return null;
  const opcode = (query[2]! >> 3) & 0xf;
  if (opcode !== 0) return bare(query, rcodes.notImp);
  if (query.readUInt16BE(4) !== 1) return bare(query, rcodes.formErr);
  let asked: DecodedPacket;
  let end: number;
  try {
    asked = packet.decode(query);
    end = questionEnd(query);
  } catch {
    return null;
  }
  const asker = asked.additionals?.find((record): record is OptAnswer => record.type === 'OPT');
  const badVersion = asker !== undefined && asker.ednsVersion !== 0;
  const question = asked.questions![0]!;
  let said: Said | null;
  if (badVersion || question.class !== 'IN') {
    said = empty(badVersion ? rcodes.noError : rcodes.refused);
  } else {
    try {
      said = await answer(question, zones);
    } catch (error) {
      onError?.(error);
      said = empty(rcodes.servFail);
    }
  }
  if (said === null) {
    onSilence?.(query);
    return null;
  }
  // BADVERS is 16: its upper bits travel in the OPT record (RFC 6891, 6.1.3).
  const additionals = asker === undefined ? [] : [opt(badVersion ? 1 : 0)];
  const most = over === 'tcp' ? mostTcp : Math.min(mostUdp, Math.max(leastUdp, asker?.udpPayloadSize ?? 0));
  const whole = compose(query, end, asked, said, additionals, false);
  if (whole.length <= most) return whole;
  return compose(query, end, asked, { ...said, answers: [], authorities: [] }, additionals, true);
};

const empty = (rcode: number): Said => ({ rcode, authoritative: false, answers: [], authorities: [] });

/** Null where the name server stays silent. */
const answer = async (
  { name, type }: Question, zones: ReadonlyMap<string, RegisterZone>,
): Promise<Said | null> => {
  const labels = name.toLowerCase().split('.');
  const at = labels.findIndex((_label, index) => zones.has(labels.slice(index).join('.')));
  if (at < 0) return empty(rcodes.refused);
  // A list is not for copying, and "everything" is asked by nobody in good faith (RFC 8482).
  if (type === 'AXFR' || type === 'IXFR') return empty(rcodes.refused);
  if (type === 'ANY') return empty(rcodes.notImp);
  // The zone as the asker spelled it: some change the case to tell forged answers from true ones.
  const apex = name.split('.').slice(at).join('.');
  const zone = zones.get(labels.slice(at).join('.'))!;
  const ttl = zone.ttlS ?? defaultTtlS;
  const place = readZoneLabels(labels.slice(0, at));
  switch (place.kind) {
    case 'apex':
      if (type === 'SOA') return positive([soa(apex, ttl)]);
      if (type === 'NS') return positive([{ type: 'NS', name: apex, ttl, data: `ns.${apex}` }]);
      return negative(rcodes.noError, apex, ttl);
    case 'partial':
      return negative(rcodes.noError, apex, ttl);
    case 'foreign':
      return negative(rcodes.nxDomain, apex, ttl);
    case 'address': {
      const { codes, txt, ttlS, failure } = await entry(zone, place.address, ttl);
      if (failure !== 'none') return failure === 'timeout' ? null : empty(rcodes.refused);
      if (codes.length === 0) return negative(rcodes.nxDomain, apex, ttlS);
      if (type === 'A') return positive(codes.map((data) => ({ type: 'A', name, ttl: ttlS, data })));
      if (type !== 'TXT' || txt === '') return negative(rcodes.noError, apex, ttlS);
      return positive([{ type: 'TXT', name, ttl: ttlS, data: strings(txt) }]);
    }
    default:
      return place satisfies never;
  }
};

const entry = (zone: RegisterZone, address: string, ttlS: number): ZoneAnswer | Promise<ZoneAnswer> => {
  const listed = zone.knowsTestPoints === true ? undefined : testEntries[address];
  if (listed === undefined) return zone.lookup(address);
  return listed
    ? { codes: ['127.0.0.2'], txt: 'RFC 5782 test entry', ttlS, failure: 'none' }
    : { codes: [], txt: '', ttlS, failure: 'none' };
};

const positive = (answers: Answer[]): Said => ({
  rcode: rcodes.noError, authoritative: true, answers, authorities: [],
});

/**
 * Nothing there, and for how long to believe it: the smaller of the SOA's TTL and its minimum (RFC 2308, 5).
 */
const negative = (rcode: number, apex: string, ttlS: number): Said => ({
  rcode, authoritative: true, answers: [], authorities: [soa(apex, ttlS)],
});

/** Refresh and the like are for secondary servers, of which there are none. */
const soa = (apex: string, ttlS: number): SoaAnswer => ({
  type: 'SOA', name: apex, ttl: ttlS,
  data: {
    mname: `ns.${apex}`, rname: `hostmaster.${apex}`,
    serial: 1, refresh: 3600, retry: 600, expire: 86_400, minimum: ttlS,
  },
});

/** A text as the strings of a TXT record, 255 bytes at most each. */
const strings = (text: string): Buffer[] => {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += 255) parts.push(bytes.subarray(start, start + 255));
  return parts;
};

/**
 * A whole reply. The question is copied as it came, byte for byte, so its spelling comes back whatever it
 * was.
 */
const compose = (
  query: Buffer, end: number, asked: DecodedPacket, said: Said, additionals: Answer[], truncated: boolean,
): Buffer => {
  const flags =
    said.rcode |
    (said.authoritative ? packet.AUTHORITATIVE_ANSWER : 0) |
    (truncated ? packet.TRUNCATED_RESPONSE : 0) |
    (asked.flag_rd ? packet.RECURSION_DESIRED : 0);
  const { answers, authorities } = said;
  const id = asked.id ?? 0;
  const reply = packet.encode({ type: 'response', id, flags, answers, authorities, additionals });
  reply.writeUInt16BE(1, 4);
  const question = query.subarray(headerBytes, end);
  return Buffer.concat([reply.subarray(0, headerBytes), question, reply.subarray(headerBytes)]);
};

/** A reply of nothing but a header. */
const bare = (query: Buffer, rcode: number): Buffer => {
  const reply = Buffer.alloc(headerBytes);
  reply.writeUInt16BE(query.readUInt16BE(0), 0);
  // The opcode and the wish for recursion come back as they were; recursion is never available.
  reply[2] = 0x80 | (query[2]! & 0x79);
  reply[3] = rcode;
  return reply;
};

/** Where the first question ends. Throws where it runs over the end or points elsewhere. */
const questionEnd = (query: Buffer): number => {
  let at = headerBytes;
  for (let length = query.readUInt8(at); length !== 0; length = query.readUInt8(at)) {
    if (length > 63) throw new RangeError('a question that is compressed');
    at += 1 + length;
  }
  const end = at + 5;
  if (end > query.length) throw new RangeError('a question that is cut off');
  return end;
};
