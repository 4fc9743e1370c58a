// Writes a DNS reply: the question as it came, byte for byte, so that its spelling comes back, and records
// whose names point into it. Recursion is never available, whoever wishes for it.

import { classes, headerBytes, type Query, types } from './dns-query.ts';

/** Response codes (RFC 1035, 4.1.1); `badVersion` is one of EDNS, of which the header holds the low bits. */
export const rcodes = {
  noError: 0, formErr: 1, servFail: 2, nxDomain: 3, notImp: 4, refused: 5, badVersion: 16,
} as const;

/** What is said to a query. `zoneAt` is where in the packet the name of our zone begins. */
export type Said =
  | { readonly kind: 'nothing'; readonly rcode: number }
  | { readonly kind: 'addresses'; readonly codes: readonly string[]; readonly ttlS: number }
  | { readonly kind: 'text'; readonly txt: string; readonly ttlS: number }
  | { readonly kind: 'soa' | 'ns'; readonly zoneAt: number; readonly ttlS: number }
  /** Nothing of the kind is there, and for how long to believe it: a SOA says so (RFC 2308, 3). */
  | { readonly kind: 'none'; readonly rcode: number; readonly zoneAt: number; readonly ttlS: number };

/** The size we tell others we take over UDP: what passes any path unfragmented (DNS flag day 2020). */
const ednsSize = 1232;

/** A reply; one longer than `most` bytes comes empty and marked as truncated. */
export const writeReply = (query: Query, said: Said, most: number): Buffer => {
  const records = recordsOf(said);
  const tail = query.edns === null ? 0 : 11;
  const whole = query.end + records.length + tail;
  const truncated = whole > most;
  const reply = Buffer.allocUnsafe(truncated ? query.end + tail : whole);
  query.bytes.copy(reply, 0, 0, query.end);
  const rcode = said.kind === 'nothing' || said.kind === 'none' ? said.rcode : rcodes.noError;
  const counted = truncated ? 0 : 1;
  const answers = said.kind === 'addresses' ? said.codes.length
    : said.kind === 'none' || said.kind === 'nothing' ? 0 : 1;
  const isOurs = said.kind !== 'nothing';
  // Reply, opcode 0, authoritative, truncated; the asker's wish for recursion comes back as it was.
  reply[2] = 0x80 | (isOurs ? 0x04 : 0) | (truncated ? 0x02 : 0) | (query.bytes[2]! & 0x01);
  reply[3] = rcode & 0xf;
  reply.writeUInt16BE(counted * answers, 6);
  reply.writeUInt16BE(said.kind === 'none' ? counted : 0, 8);
  reply.writeUInt16BE(query.edns === null ? 0 : 1, 10);
  let at = query.end;
  if (!truncated) at += records.copy(reply, at);
  if (query.edns !== null) writeOpt(reply, at, rcode, query.edns.dnssecOk);
  return reply;
};

/** A reply of nothing but a header, to what has no question that could be copied. */
export const writeBare = (bytes: Buffer, rcode: number): Buffer => {
  const reply = Buffer.alloc(headerBytes);
  reply[0] = bytes[0]!;
  reply[1] = bytes[1]!;
  // The opcode comes back too.
  reply[2] = 0x80 | (bytes[2]! & 0x79);
  reply[3] = rcode;
  return reply;
};

const writeOpt = (reply: Buffer, at: number, rcode: number, dnssecOk: boolean): void => {
  reply[at] = 0;
  reply.writeUInt16BE(types.opt, at + 1);
  reply.writeUInt16BE(ednsSize, at + 3);
  // The upper bits of the response code, version 0, the asker's wish for signatures, no options.
  reply[at + 5] = rcode >> 4;
  reply[at + 6] = 0;
  reply.writeUInt16BE(dnssecOk ? 0x8000 : 0, at + 7);
  reply.writeUInt16BE(0, at + 9);
};

const noRecords = Buffer.alloc(0);

const recordsOf = (said: Said): Buffer => {
  switch (said.kind) {
    case 'nothing':
      return noRecords;
    case 'addresses':
      return addressRecords(said.codes, said.ttlS);
    case 'text':
      return record(headerBytes, types.txt, said.ttlS, strings(said.txt));
    case 'soa':
      return soa(said.zoneAt, said.ttlS);
    case 'none':
      return soa(said.zoneAt, said.ttlS);
    case 'ns':
      return record(said.zoneAt, types.ns, said.ttlS, named('ns', said.zoneAt));
    default:
      return said satisfies never;
  }
};

/** Bytes in front of a record's data: a pointer for its name, type, class, time to live, length. */
const recordHead = 12;

/** A record whose name stands at `nameAt` of the packet (RFC 1035, 4.1.4). */
const record = (nameAt: number, type: number, ttlS: number, data: Buffer): Buffer => {
  const bytes = Buffer.allocUnsafe(recordHead + data.length);
  writeHead(bytes, 0, nameAt, type, ttlS, data.length);
  data.copy(bytes, recordHead);
  return bytes;
};

const writeHead = (
  bytes: Buffer, at: number, nameAt: number, type: number, ttlS: number, length: number,
): void => {
  bytes.writeUInt16BE(0xc000 | nameAt, at);
  bytes.writeUInt16BE(type, at + 2);
  bytes.writeUInt16BE(classes.internet, at + 4);
  bytes.writeUInt32BE(ttlS, at + 6);
  bytes.writeUInt16BE(length, at + 10);
};

const addressRecords = (codes: readonly string[], ttlS: number): Buffer => {
  const bytes = Buffer.allocUnsafe(codes.length * (recordHead + 4));
  for (let index = 0, at = 0; index < codes.length; index += 1, at += recordHead + 4) {
    writeHead(bytes, at, headerBytes, types.a, ttlS, 4);
    const octets = codes[index]!.split('.');
    for (let part = 0; part < 4; part += 1) bytes[at + recordHead + part] = Number(octets[part]);
  }
  return bytes;
};

/** One label in front of the zone's name. */
const named = (label: string, zoneAt: number): Buffer =>
  Buffer.concat([
    Buffer.from([label.length]), Buffer.from(label), Buffer.from([0xc0 | (zoneAt >> 8), zoneAt & 0xff]),
  ]);

/** Serial, and what is for secondary servers, of which there are none: refresh, retry, expire. */
const soaFigures = [1, 3_600, 600, 86_400] as const;

/**
 * The zone's SOA. A negative answer holds for the smaller of its TTL and its minimum (RFC 2308, 5): both are
 * the same here.
 */
const soa = (zoneAt: number, ttlS: number): Buffer => {
  const figures = Buffer.alloc(20);
  for (let index = 0; index < 4; index += 1) figures.writeUInt32BE(soaFigures[index]!, 4 * index);
  figures.writeUInt32BE(ttlS, 16);
  const data = Buffer.concat([named('ns', zoneAt), named('hostmaster', zoneAt), figures]);
  return record(zoneAt, types.soa, ttlS, data);
};

/** A text as the strings of a TXT record, 255 bytes at most each. */
const strings = (text: string): Buffer => {
  const bytes = Buffer.from(text);
  const parts: Buffer[] = [];
  for (let start = 0; start < bytes.length; start += 255) {
    const part = bytes.subarray(start, start + 255);
    parts.push(Buffer.from([part.length]), part);
  }
  return Buffer.concat(parts);
};
