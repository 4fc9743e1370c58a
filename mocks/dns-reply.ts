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

/** Where replies are put together: room for the longest, and then for what is only found to be too long. */
const desk = Buffer.alloc(2 * 65_535 + 512);

/** A reply; one longer than `most` bytes, which are 65,535 or fewer, comes empty and marked as truncated. */
export const writeReply = (query: Query, said: Said, most: number): Buffer => {
  const { bytes, end, edns } = query;
  const rcode = said.kind === 'nothing' || said.kind === 'none' ? said.rcode : rcodes.noError;
  const answers = said.kind === 'addresses' ? said.codes.length
    : said.kind === 'none' || said.kind === 'nothing' ? 0 : 1;
  let at = writeRecords(said, end);
  const truncated = at + (edns === null ? 0 : optBytes) > most;
  if (truncated) at = end;
  const counted = truncated ? 0 : 1;
  // Byte by byte: so few are slower to copy by a call.
  for (let index = 0; index < end; index += 1) desk[index] = bytes[index]!;
  // Reply, opcode 0, authoritative, truncated; the asker's wish for recursion comes back as it was.
  desk[2] = 0x80 | (said.kind === 'nothing' ? 0 : 0x04) | (truncated ? 0x02 : 0) | (bytes[2]! & 0x01);
  desk[3] = rcode & 0xf;
  put16(6, counted * answers);
  put16(8, said.kind === 'none' ? counted : 0);
  put16(10, edns === null ? 0 : 1);
  if (edns !== null) at = writeOpt(at, rcode, edns.dnssecOk);
  const reply = Buffer.allocUnsafe(at);
  desk.copy(reply, 0, 0, at);
  return reply;
};

const put16 = (at: number, value: number): void => {
  desk[at] = value >> 8;
  desk[at + 1] = value & 0xff;
};

const put32 = (at: number, value: number): void => {
  put16(at, value >>> 16);
  put16(at + 2, value & 0xffff);
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

const optBytes = 11;

/** The upper bits of the response code, version 0, the asker's wish for signatures, no options. */
const writeOpt = (at: number, rcode: number, dnssecOk: boolean): number => {
  desk[at] = 0;
  put16(at + 1, types.opt);
  put16(at + 3, ednsSize);
  desk[at + 5] = rcode >> 4;
  desk[at + 6] = 0;
  put16(at + 7, dnssecOk ? 0x8000 : 0);
  put16(at + 9, 0);
  return at + optBytes;
};

/** Writes the records from there on; where they end. */
const writeRecords = (said: Said, from: number): number => {
  switch (said.kind) {
    case 'nothing':
      return from;
    case 'addresses':
      return writeAddresses(said.codes, said.ttlS, from);
    case 'text':
      return finish(from, writeStrings(said.txt, head(from, headerBytes, types.txt, said.ttlS)));
    case 'soa':
    case 'none':
      return writeSoa(said.zoneAt, said.ttlS, from);
    case 'ns':
      return finish(from, named('ns', said.zoneAt, head(from, said.zoneAt, types.ns, said.ttlS)));
    default:
      return said satisfies never;
  }
};

/** Bytes in front of a record's data: a pointer for its name, type, class, time to live, length. */
const recordHead = 12;

/** Begins a record whose name stands at `nameAt` of the packet (RFC 1035, 4.1.4); where its data begins. */
const head = (at: number, nameAt: number, type: number, ttlS: number): number => {
  put16(at, 0xc000 | nameAt);
  put16(at + 2, type);
  put16(at + 4, classes.internet);
  put32(at + 6, ttlS);
  return at + recordHead;
};

/** Ends the record that began there: its length is known now. */
const finish = (from: number, end: number): number => {
  put16(from + 10, end - from - recordHead);
  return end;
};

const writeAddresses = (codes: readonly string[], ttlS: number, from: number): number => {
  let at = from;
  for (let index = 0; index < codes.length; index += 1) {
    const data = head(at, headerBytes, types.a, ttlS);
    put32(data, octetsOf(codes[index]!));
    at = finish(at, data + 4);
  }
  return at;
};

/** A dotted IPv4 address as a number of 32 bits; zones say few different ones. */
const octetsOf = (code: string): number => {
  let value = 0;
  let octet = 0;
  for (let index = 0; index < code.length; index += 1) {
    const digit = code.charCodeAt(index) - 0x30;
    if (digit >= 0) octet = 10 * octet + digit;
    else {
      value = (value << 8) | octet;
      octet = 0;
    }
  }
  return (value << 8) | octet;
};

/** One label in front of the zone's name. */
const named = (label: string, zoneAt: number, from: number): number => {
  desk[from] = label.length;
  for (let index = 0; index < label.length; index += 1) desk[from + 1 + index] = label.charCodeAt(index);
  put16(from + 1 + label.length, 0xc000 | zoneAt);
  return from + 3 + label.length;
};

/** Serial, and what is for secondary servers, of which there are none: refresh, retry, expire. */
const soaFigures = [1, 3_600, 600, 86_400] as const;

/**
 * The zone's SOA. A negative answer holds for the smaller of its TTL and its minimum (RFC 2308, 5): both are
 * the same here.
 */
const writeSoa = (zoneAt: number, ttlS: number, from: number): number => {
  let at = named('ns', zoneAt, head(from, zoneAt, types.soa, ttlS));
  at = named('hostmaster', zoneAt, at);
  for (let index = 0; index < soaFigures.length; index += 1) put32(at + 4 * index, soaFigures[index]!);
  put32(at + 4 * soaFigures.length, ttlS);
  return finish(from, at + 20);
};

/** Most of a text that is kept: far more than fits any reply. */
const mostText = 65_000;

/** A text as the strings of a TXT record, 255 bytes at most each. */
const writeStrings = (text: string, from: number): number => {
  const bytes = Buffer.from(text);
  let at = from;
  for (let start = 0; start < Math.min(bytes.length, mostText); start += 255) {
    const length = Math.min(255, bytes.length - start);
    desk[at] = length;
    bytes.copy(desk, at + 1, start, start + length);
    at += 1 + length;
  }
  return at;
};
