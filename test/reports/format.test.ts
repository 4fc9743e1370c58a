// How numbers and text from outside are said to people.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { count, instant, listed, plural, printable, quantity, share, span } from '../../reports/format.ts';

test('a span is said in its two largest units', () => {
  const minute = 60_000;
  const said: [number, string][] = [
    [0, '0 s'],
    [40_000, '40 s'],
    [1_500, '1.5 s'],
    [minute, '1 m'],
    [65_000, '1 m 5 s'],
    [14 * minute, '14 m'],
    [59.7 * minute, '1 h'],
    [62 * minute, '1 h 02 m'],
    [112 * minute, '1 h 52 m'],
    [20 * 60 * minute, '20 h'],
    [51 * 60 * minute, '2 d 3 h'],
    [Infinity, 'never'],
  ];
  for (const [ms, text] of said) expect(span(ms)).toBe(text);
});

test('a share that is neither none nor all never reads as none or all', () => {
  expect([0, 0.00001, 0.0004, 0.029, 0.5, 0.9996, 1].map(share)).toEqual([
    '0 %',
    '< 0.01 %',
    '0.04 %',
    '2.9 %',
    '50 %',
    '> 99.9 %',
    '100 %',
  ]);
});

test('what a sum of shares lacks to all, or has beyond none, in its last bits is not said', () => {
  expect([0.1 + 0.2 + 0.7 - 1e-12, 1e-17, -1e-17].map(share)).toEqual(['100 %', '0 %', '0 %']);
});

test('no raw float reaches a reader, whatever the number', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1e12, noNaN: true }),
      fc.constantFrom('ms', 'hours', 'minutes', 'count'),
      (value, unit) => {
        expect(quantity(value, unit as 'ms')).toMatch(/^[\d,]+(\.\d)?( [a-z]+( \d+ [a-z]+)?)?$/);
      },
    ),
  );
});

test('counts have thousands, lists read as prose, instants are dates in UTC', () => {
  expect([count(6410), count(1.5), count(37.800000000000004), count(1_000_000)]).toEqual([
    '6,410',
    '1.5',
    '38',
    '1,000,000',
  ]);
  expect([plural(1, 'seed'), plural(20, 'seed')]).toEqual(['1 seed', '20 seeds']);
  expect(listed(['a', 'b', 'c'])).toBe('a, b and c');
  expect(instant(44 * 3_600_000 + 12_000, Date.parse('2027-01-04T00:00:00Z'))).toBe('Tue 5 Jan 20:00:12');
});

test('terminal escapes and characters that turn the writing around are made visible', () => {
  expect(printable('a\u001b[31mred\u202Egnp')).toBe('a\ufffd[31mred\ufffdgnp');
  expect(printable('größer, 東京')).toBe('größer, 東京');
});
