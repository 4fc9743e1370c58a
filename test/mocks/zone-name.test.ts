// Addresses to names in a zone, and back.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readZoneLabels, zoneName } from '../../mocks/zone-name.ts';

test('an IPv4 address is listed under its octets, last first', () => {
  expect(zoneName('192.0.2.99', 'psbl.rbl.test')).toBe('99.2.0.192.psbl.rbl.test');
});

test('an IPv6 address is listed under its 32 nibbles, last first (the example of RFC 5782, 2.4)', () => {
  expect(zoneName('2001:db8:1:2:3:4:567:89ab', 'ugly.rbl.test')).toBe(
    'b.a.9.8.7.6.5.0.4.0.0.0.3.0.0.0.2.0.0.0.1.0.0.0.8.b.d.0.1.0.0.2.ugly.rbl.test',
  );
});

test('nothing but an address has a name in a zone', () => {
  expect(() => zoneName('gmail.test', 'psbl.rbl.test')).toThrow(TypeError);
});

test('reads back every address it names', () => {
  const labels = (address: string) => zoneName(address, 'x').split('.').slice(0, -1);
  fc.assert(fc.property(fc.ipV4(), (address) => {
    expect(readZoneLabels(labels(address))).toEqual({ kind: 'address', address });
  }));
  fc.assert(fc.property(fc.ipV6(), (address) => {
    const read = readZoneLabels(labels(address));
    expect(read.kind).toBe('address');
    if (read.kind === 'address') expect(labels(read.address)).toEqual(labels(address));
  }));
});

test('tells the zone itself, parts of an address, and names that are neither', () => {
  expect(readZoneLabels([])).toEqual({ kind: 'apex' });
  expect(readZoneLabels(['0', '127'])).toEqual({ kind: 'partial' });
  expect(readZoneLabels(['b', '8', 'b', 'd', '0', '1', '0', '0', '2'])).toEqual({ kind: 'partial' });
  const tooLong = new Array<string>(33).fill('0');
  for (const labels of [['www'], ['256', '2', '0', '192'], ['1', '2', '3', '4', 'xy'], tooLong]) {
    expect(readZoneLabels(labels)).toEqual({ kind: 'foreign' });
  }
});
