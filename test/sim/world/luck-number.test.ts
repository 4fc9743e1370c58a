// Names that look alike must not be alike in luck: `site-a` and `site-b` are what people call their groups.

import { expect, test } from 'vitest';
import { luckNumber } from '../../../sim/world/luck-number.ts';
import { group } from './senders/writing.ts';
import { worldOf } from './stage.ts';

const names = (...stems: readonly string[]): readonly string[] =>
  stems.flatMap((stem) => Array.from({ length: 100 }, (_, number) => `${stem}${number}`));

test('thousands of names that differ in a character or two have numbers far apart', () => {
  const likely = new Set([...names('site-', 'office', 'shop-1', 'x', '', '192.0.2.', 'list '), ...'abcdef']);
  const numbers = [...likely].map((name) => luckNumber('account', name)).sort((one, two) => one - two);
  const gaps = numbers.slice(1).map((number, index) => number - numbers[index]!);
  // Of 600 numbers drawn at random some two lie within 10,000 of each other, and none within 10.
  expect(Math.min(...gaps)).toBeGreaterThan(10);
  expect(gaps.filter((gap) => gap < 10_000).length).toBeLessThan(10);
  expect(numbers.filter((number) => number < 2 ** 31).length / numbers.length).toBeCloseTo(0.5, 1);
});

test('the order of a name’s parts counts, and so does where one ends', () => {
  expect(luckNumber('ab')).not.toBe(luckNumber('ba'));
  expect(luckNumber('a', 'b')).not.toBe(luckNumber('b', 'a'));
  expect(luckNumber('a', 'b')).not.toBe(luckNumber('ab'));
  expect(luckNumber('spamhaus-css', 'x')).toBe(luckNumber('spamhaus-css', 'x'));
});

test('each of half the bits of a number moves with each character of a name', () => {
  for (const place of [0, 3, 7]) {
    const changed = [...'abcdefgh'].map((letter) => {
      const name = [...'offices-'];
      name[place] = letter;
      return luckNumber('account', name.join(''));
    });
    const moved = changed.slice(1).map((number) => bits(number ^ changed[0]!));
    expect(moved.reduce((sum, one) => sum + one, 0) / moved.length).toBeGreaterThan(12);
    expect(moved.reduce((sum, one) => sum + one, 0) / moved.length).toBeLessThan(20);
  }
});

const bits = (word: number): number => (word >>> 0).toString(2).replaceAll('0', '').length;

test('two groups of alike names have members of different luck', () => {
  const world = worldOf({
    tenants: ['site-a', 'site-b'].map((name) => group({ kind: 'quiet' }, { name, count: 50, accounts: 2 })),
  });
  expect(new Set(world.accounts.map(({ luck }) => luck)).size).toBe(200);
});
