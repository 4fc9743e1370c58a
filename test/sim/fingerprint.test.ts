// The fingerprint changes with any change of a run, and with nothing else.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fingerprint } from '../../sim/fingerprint.ts';

type Folded = readonly [time: number, kind: number, subject: number];

const of = (events: readonly Folded[]): string => {
  const fingerprint = new Fingerprint();
  for (const event of events) fingerprint.fold(...event);
  return fingerprint.toString();
};

const small = fc.nat({ max: 5 });
const event = fc.oneof(
  fc.tuple(small, small, small),
  fc.tuple(fc.maxSafeNat(), fc.nat({ max: 65_535 }), fc.maxSafeNat()),
);
const events = fc.array(event, { minLength: 1, maxLength: 30 });

describe('the fingerprint of a run', () => {
  test('is 16 hexadecimal digits, the same for the same events', () => {
    fc.assert(fc.property(events, (all) => {
      expect(of(all)).toMatch(/^[0-9a-f]{16}$/);
      expect(of(all)).toBe(of(all));
    }));
  });

  test('changes when two different neighbours change places', () => {
    fc.assert(fc.property(events, event, event, events, (before, one, two, after) => {
      fc.pre(one.some((value, place) => value !== two[place]));
      expect(of([...before, one, two, ...after])).not.toBe(of([...before, two, one, ...after]));
    }));
  });

  test('changes with any event missing or doubled, be it all zeros', () => {
    const folded = fc.oneof(event, fc.constant<Folded>([0, 0, 0]));
    fc.assert(fc.property(events, folded, events, (before, one, after) => {
      expect(of([...before, one, ...after])).not.toBe(of([...before, ...after]));
      expect(of([...before, one, ...after])).not.toBe(of([...before, one, one, ...after]));
    }));
  });

  test('changes with the time, kind or subject of any event, in any bit of it', () => {
    const bits = fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 52 }));
    fc.assert(fc.property(events, event, events, bits, (before, one, after, [place, bit]) => {
      const value = one[place]!;
      const width = 2 ** (place === 1 ? bit % 16 : bit);
      const other = Math.floor(value / width) % 2 === 0 ? value + width : value - width;
      const changed = one.map((own, at) => (at === place ? other : own)) as unknown as Folded;
      expect(of([...before, changed, ...after])).not.toBe(of([...before, one, ...after]));
    }));
  });

  test('is its own for each of 300,000 runs that differ in one small number', () => {
    const seen = new Set<string>();
    for (let time = 0; time < 100; time += 1) {
      for (let kind = 0; kind < 30; kind += 1) {
        for (let subject = 0; subject < 100; subject += 1) seen.add(of([[time, kind, subject], [100, 1, 1]]));
      }
    }
    expect(seen.size).toBe(300_000);
  });

  test('can be read along the way without changing what follows', () => {
    const fingerprint = new Fingerprint();
    fingerprint.fold(1, 2, 3);
    fingerprint.toString();
    fingerprint.fold(4, 5, 6);
    expect(fingerprint.toString()).toBe(of([[1, 2, 3], [4, 5, 6]]));
  });

  test('is the same for ever: a run as first recorded', () => {
    const fingerprint = new Fingerprint();
    for (let at = 0; at < 1_000; at += 1) fingerprint.fold(at * at * 1_000_000, at % 20, at * 7);
    expect(fingerprint.toString()).toBe('abb04542cdcb1589');
  });
});
