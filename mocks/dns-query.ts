// Reads a DNS query off the wire (RFC 1035, 4.1): its one question, and what EDNS says of the asker. Strict
// about what it answers by, blind to the rest; it never reads outside the packet, whatever the packet claims.

/** Types and classes of records that a DNSBL meets (IANA's registry of DNS parameters). */
export const types = { a: 1, ns: 2, soa: 6, txt: 16, opt: 41, ixfr: 251, axfr: 252, any: 255 } as const;
export const classes = { internet: 1 } as const;

export const headerBytes = 12;

export interface Query {
  /** The packet, which begins with id and flags. */
  readonly bytes: Buffer;
  /** Where the question ends. */
  readonly end: number;
  /** The name asked for in lower case, in the form of the wire without its last zero byte. */
  readonly name: string;
  readonly type: number;
  readonly class: number;
  /** What EDNS says of the asker (RFC 6891, 6.1.3); null where it says nothing. */
  readonly edns: Edns | null;
}

export interface Edns {
  /** Bytes that the asker takes over UDP. */
  readonly size: number;
  readonly version: number;
  readonly dnssecOk: boolean;
}

/** Why a packet is no query that can be answered by its question. */
export type Unreadable =
  /** Nothing is to be said to it: a reply, or garbage. */
  | 'ignored'
  /** Another operation than a query. */
  | 'notImplemented'
  | 'malformed';

/** Reads a packet of whatever bytes. */
export const readQuery = (bytes: Buffer): Query | Unreadable => {
  if (bytes.length < headerBytes || (bytes[2]! & 0x80) !== 0) return 'ignored';
  if ((bytes[2]! & 0x78) !== 0) return 'notImplemented';
  if (bytes.readUInt16BE(4) !== 1) return 'malformed';
  const nameEnd = endOfPlainName(bytes, headerBytes);
  const end = nameEnd + 4;
  if (nameEnd < 0 || end > bytes.length) return 'ignored';
  const edns = ednsOf(bytes, end);
  if (typeof edns === 'string') return edns;
  return {
    bytes, end,
    name: bytes.toString('latin1', headerBytes, nameEnd - 1).toLowerCase(),
    type: bytes.readUInt16BE(nameEnd),
    class: bytes.readUInt16BE(nameEnd + 2),
    edns,
  };
};

/** Longest name, its lengths and last zero byte counted (RFC 1035, 2.3.4). */
const longestName = 255;

/** Where a name without compression ends; -1 where it is too long, runs over the end or points elsewhere. */
const endOfPlainName = (bytes: Buffer, from: number): number => {
  let at = from;
  while (at < bytes.length) {
    const length = bytes[at]!;
    if (length === 0) return at + 1 - from > longestName ? -1 : at + 1;
    if (length > 63) return -1;
    at += 1 + length;
  }
  return -1;
};

/** Where any name ends, a pointer being an end too; -1 where it runs over the end. */
const endOfName = (bytes: Buffer, from: number): number => {
  let at = from;
  while (at < bytes.length) {
    const length = bytes[at]!;
    if (length === 0) return at + 1;
    if (length >= 0xc0) return at + 2;
    if (length > 63) return -1;
    at += 1 + length;
  }
  return -1;
};

/** Bytes of a record between its name and its data: type, class, time to live, length. */
const fixedBytes = 10;

/** The OPT record among what follows the question; a second one is a mistake (RFC 6891, 6.1.1). */
const ednsOf = (bytes: Buffer, from: number): Edns | null | Unreadable => {
  const before = bytes.readUInt16BE(6) + bytes.readUInt16BE(8);
  const records = before + bytes.readUInt16BE(10);
  let found: Edns | null = null;
  let at = from;
  for (let record = 0; record < records; record += 1) {
    const nameEnd = endOfName(bytes, at);
    if (nameEnd < 0 || nameEnd + fixedBytes > bytes.length) return 'ignored';
    const end = nameEnd + fixedBytes + bytes.readUInt16BE(nameEnd + 8);
    if (end > bytes.length) return 'ignored';
    if (record >= before && bytes.readUInt16BE(nameEnd) === types.opt) {
      if (found !== null || nameEnd !== at + 1) return 'malformed';
      found = {
        size: bytes.readUInt16BE(nameEnd + 2),
        version: bytes[nameEnd + 5]!,
        dnssecOk: (bytes[nameEnd + 6]! & 0x80) !== 0,
      };
    }
    at = end;
  }
  return found;
};
