// Reads a DNS query off the wire (RFC 1035, 4.1): its one question, and what EDNS says of the asker. Strict
// about what it answers by, blind to the rest; it never reads outside the packet, whatever the packet claims.

/** Types and classes of records that a DNSBL meets (IANA's registry of DNS parameters). */
export const types = { a: 1, ns: 2, soa: 6, txt: 16, opt: 41, ixfr: 251, axfr: 252, any: 255 } as const;
export const classes = { internet: 1 } as const;

export const headerBytes = 12;

export interface Query {
  /** The packet, which begins with id and flags. */
  readonly bytes: Buffer;
  /** Where the name asked for ends, its last zero byte counted, and where the question does. */
  readonly nameEnd: number;
  readonly end: number;
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
    bytes, nameEnd, end,
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

/** The labels of a name from one place in a packet to another, in lower case. */
export const labelsBetween = (bytes: Buffer, from: number, to: number): string[] => {
  const labels: string[] = [];
  for (let at = from; at < to; at += 1 + bytes[at]!)
    labels.push(bytes.toString('latin1', at + 1, at + 1 + bytes[at]!).toLowerCase());
  return labels;
};

/**
 * The IPv4 address that stands backwards in four labels from one place in a packet to another; empty where
 * they are anything else, such as an octet with a leading zero.
 */
export const addressBetween = (bytes: Buffer, from: number, to: number): string => {
  let at = from;
  let octets = 0;
  let text = '';
  while (at < to) {
    const length = bytes[at]!;
    const first = bytes[at + 1]!;
    if (octets === 4 || length > 3 || (length > 1 && first === 0x30)) return '';
    let octet = 0;
    for (let index = 1; index <= length; index += 1) {
      const digit = bytes[at + index]! - 0x30;
      if (digit < 0 || digit > 9) return '';
      octet = 10 * octet + digit;
    }
    if (octet > 255) return '';
    text = octets === 0 ? `${octet}` : `${octet}.${text}`;
    octets += 1;
    at += 1 + length;
  }
  return octets === 4 ? text : '';
};

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
