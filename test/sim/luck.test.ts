// The luck of messages: even, without memory in any direction, and the same whoever asks first.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Luck, luckOf } from '../../sim/luck.ts';
import { tally, unevenness } from './even.ts';

const steps = 2 ** 32;
const luck = luckOf('seed');

type Arguments = readonly [actor: number, message: number, purpose: number, extra: number];
const bitsOf = (drawn: number): number => (drawn * steps) | 0;

/** The draws that a world makes next to each other, in whatever direction one walks. */
const walks: Readonly<Record<string, (at: number, from: Luck) => number>> = {
  'the messages of one actor': (at, from) => from.draw(3, at, 1),
  'the first messages of all actors': (at, from) => from.draw(at, 0, 1),
  'a thousand actors in turn': (at, from) => from.draw(at % 1_000, Math.floor(at / 1_000), 5),
  'sixteen purposes of each message': (at, from) => from.draw(1, at >> 4, at & 15),
  'sixteen copies of each message': (at, from) => from.draw(1, at >> 4, 2, at & 15),
  'messages numbered past 2^32': (at, from) => from.draw(1, at * steps + 7, 2),
};

describe('luck of messages', () => {
  for (const [name, walk] of Object.entries(walks)) {
    test(`is even and without memory over ${name}`, () => {
      const cell = (at: number): number => Math.floor(walk(at, luck) * 64);
      expect(unevenness(tally(4_096, 400_000, (at) => Math.floor(walk(at, luck) * 4_096)))).toBeLessThan(4);
      expect(unevenness(tally(1_024, 200_000, (at) => bitsOf(walk(at, luck)) & 1_023))).toBeLessThan(4);
      expect(unevenness(tally(4_096, 200_000, (at) => cell(2 * at) * 64 + cell(2 * at + 1)))).toBeLessThan(4);
    });
  }

  test('of two seeds or two purposes shows no correlation, message by message', () => {
    const other = luckOf('seeds');
    const pairs: readonly ((at: number) => [number, number])[] = [
      (at) => [luck.draw(5, at, 1), other.draw(5, at, 1)],
      (at) => [luck.draw(5, at, 1), luck.draw(5, at, 2)],
      (at) => [luck.draw(5, at, 1), luck.draw(6, at, 1)],
      (at) => [luck.draw(at, 5, 1), luck.draw(5, at, 1)],
    ];
    const many = 200_000;
    for (const pair of pairs) {
      let sum = 0;
      for (let at = 0; at < many; at += 1) {
        const [one, two] = pair(at);
        sum += (one - 0.5) * (two - 0.5);
      }
      // The product of two centred uniform numbers has mean 0 and variance 1/144.
      expect(Math.abs(sum / many)).toBeLessThan((4 / 12) * Math.sqrt(1 / many));
    }
  });

  test('turns over half of its bits when any one bit of any argument turns (avalanche)', () => {
    const widths = [32, 52, 16, 32];
    const trials = 2_000;
    const flipped = (start: Arguments, argument: number, bit: number): Arguments => {
      const value = start[argument]!;
      const turned = Math.floor(value / 2 ** bit) % 2 === 0 ? value + 2 ** bit : value - 2 ** bit;
      return start.map((own, place) => (place === argument ? turned : own)) as unknown as Arguments;
    };
    widths.forEach((width, argument) => {
      for (let bit = 0; bit < width; bit += 1) {
        const turns = Array.from({ length: 32 }, () => 0);
        for (let trial = 0; trial < trials; trial += 1) {
          const start: Arguments = [trial % 97, Math.floor(trial / 3), trial % 19, trial % 5];
          const changed = bitsOf(luck.draw(...start)) ^ bitsOf(luck.draw(...flipped(start, argument, bit)));
          for (let place = 0; place < 32; place += 1) turns[place]! += (changed >>> place) & 1;
        }
        // 4,224 shares are looked at; five standard errors happen by chance once in 400 such tests.
        const worst = Math.max(...turns.map((count) => Math.abs(count / trials - 0.5)));
        expect(worst, `argument ${argument}, bit ${bit}`).toBeLessThan(5 * Math.sqrt(0.25 / trials));
      }
    });
  });

  test('no two of 200,000 messages share the luck of two purposes: the state has 64 bits', () => {
    const seen = new Set<string>();
    for (let message = 0; message < 200_000; message += 1) {
      seen.add(`${luck.draw(1, message, 1)} ${luck.draw(1, message, 2)}`);
    }
    expect(seen.size).toBe(200_000);
  });
});

describe('a draw', () => {
  const whole = fc.nat({ max: 2 ** 31 - 1 });
  const message = fc.maxSafeNat();

  test('is in [0, 1), the same for the same arguments, whoever draws what before', () => {
    fc.assert(fc.property(whole, message, whole, whole, (actor, number, purpose, extra) => {
      const drawn = luckOf('a').draw(actor, number, purpose, extra);
      expect(drawn).toBeGreaterThanOrEqual(0);
      expect(drawn).toBeLessThan(1);
      const other = luckOf('a');
      other.draw(extra, number, actor, purpose);
      expect(other.draw(actor, number, purpose, extra)).toBe(drawn);
    }));
  });

  test('without extra is the draw with extra 0', () => {
    expect(luck.draw(1, 2, 3)).toBe(luck.draw(1, 2, 3, 0));
  });

  test('is the same for ever: draws as first recorded; a change here changes every run on record', () => {
    const recorded = luckOf('7');
    const drawn = [recorded.draw(1, 2, 3), recorded.draw(1, 2 ** 40 + 2, 3), recorded.draw(1, 2, 3, 4)];
    expect(drawn.map((one) => one * steps)).toEqual([903_007_465, 2_903_418_714, 1_169_341_949]);
  });

  test('needs a seed: the empty one is an error', () => {
    expect(() => luckOf('')).toThrow(/seed is empty/);
  });
});
