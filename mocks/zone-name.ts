// Names in a DNSBL's zone: an address written backwards in front of the zone (RFC 5782, 2.1 and 2.4), both
// ways.

import { isIPv4, isIPv6, SocketAddress } from 'node:net';

/**
 * What the labels in front of a zone mean. Partial: the name of some address ends with them, so it exists but
 * is empty.
 */
export type ZoneLabel =
  | { readonly kind: 'apex' | 'partial' | 'foreign' }
  | { readonly kind: 'address'; readonly address: string };

const octet = /^(0|[1-9]\d{0,2})$/;
const nibble = /^[0-9a-f]$/;

/**
 * The name under which a zone lists an address. Throws a TypeError where the address is neither IPv4 nor
 * IPv6.
 */
export const zoneName = (address: string, zone: string): string => {
  if (isIPv4(address)) return `${address.split('.').reverse().join('.')}.${zone}`;
  if (!isIPv6(address)) {
    throw new TypeError(`${address} is not an IPv4 or IPv6 address; a register lists no other.`);
  }
  const digits = groups(address).map((group) => group.toString(16).padStart(4, '0')).join('');
  return `${[...digits].reverse().join('.')}.${zone}`;
};

/** Reads the labels in front of a zone, lower case, as they stand in the name. */
export const readZoneLabels = (labels: readonly string[]): ZoneLabel => {
  if (labels.length === 0) return { kind: 'apex' };
  if (labels.length <= 4 && labels.every((label) => octet.test(label) && Number(label) <= 255)) {
    if (labels.length < 4) return { kind: 'partial' };
    return { kind: 'address', address: [...labels].reverse().join('.') };
  }
  if (labels.length <= 32 && labels.every((label) => nibble.test(label))) {
    if (labels.length < 32) return { kind: 'partial' };
    const digits = [...labels].reverse().join('');
    const address = digits.match(/.{4}/g)!.join(':');
    return { kind: 'address', address: canonical(address) };
  }
  return { kind: 'foreign' };
};

/** The one spelling of an IPv6 address that lookups are given: compressed, lower case. */
const canonical = (address: string): string => new SocketAddress({ address, family: 'ipv6' }).address;

/** The eight groups of an IPv6 address. */
const groups = (address: string): readonly number[] => {
  // A last part in dotted form (::ffff:127.0.0.2) stands for two groups.
  const spelled = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_all, a, b, c, d) =>
    [Number(a) * 256 + Number(b), Number(c) * 256 + Number(d)].map((group) => group.toString(16)).join(':'),
  );
  const [head = '', tail] = spelled.split('::');
  const read = (part: string) => (part === '' ? [] : part.split(':').map((group) => parseInt(group, 16)));
  if (tail === undefined) return read(head);
  const front = read(head);
  const back = read(tail);
  return [...front, ...new Array<number>(8 - front.length - back.length).fill(0), ...back];
};
