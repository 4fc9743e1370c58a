// Times, rates and shares as text.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readDuration, readRate, readShare } from '../../sim/plan/quantities.ts';

describe('a time', () => {
  test.each([
    ['90m', 5_400_000],
    ['1d20h', 158_400_000],
    ['2h30m10s', 9_010_000],
    ['0s', 0],
    ['250ms', 250],
    ['1.5h', 5_400_000],
    ['1w', 604_800_000],
  ])('%s is %i ms', (text, ms) => {
    expect(readDuration(text)).toEqual({ ok: true, value: ms });
  });
  test.each(['', '4 hours', '4', 'h', '-4h', '20h1d', '1h1h', '4H', ' 4h', '4h ', '1e3s', '999999999999w'])(
    '%j is none',
    (text) => {
      expect(readDuration(text)).toMatchObject({ ok: false });
    },
  );
  test('written from whole parts is their sum', () => {
    const part = fc.nat({ max: 99 });
    fc.assert(
      fc.property(part, part, part, (d, h, m) => {
        expect(readDuration(`${d}d${h}h${m}m`)).toEqual({
          ok: true,
          value: ((d * 24 + h) * 60 + m) * 60_000,
        });
      }),
    );
  });
});

describe('a rate', () => {
  test.each([
    ['4000/h', 4_000],
    ['2/s', 7_200],
    ['48/d', 2],
    ['0/h', 0],
    ['1.5/m', 90],
    ['168/w', 1],
    ['1000/s', 3_600_000],
  ])('%s is %d an hour', (text, perHour) => {
    expect(readRate(text)).toEqual({ ok: true, value: perHour });
  });
  const none = ['', '4000', '-1/h', '4/hour', '/h', '4/ms', '1e3/h', '1000.1/s', '9999999/h'];
  test.each(none)('%j is none', (text) => {
    expect(readRate(text)).toMatchObject({ ok: false });
  });
});

describe('a share', () => {
  test.each([
    ['0.5%', 0.005],
    ['0%', 0],
    ['100%', 1],
    ['33.3%', 0.333],
  ])('%s is %d', (text, fraction) => {
    const reading = readShare(text);
    expect(reading.ok && reading.value).toBeCloseTo(fraction, 12);
  });
  test.each(['', '5', '-1%', '100.1%', '5 %', '0.5'])('%j is none', (text) => {
    expect(readShare(text)).toMatchObject({ ok: false });
  });
});
