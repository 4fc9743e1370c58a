// Cron jobs: on the grid of minutes, many in the same instant.

import { describe, expect, test } from 'vitest';
import { day, hour, minute, second } from '../stage.ts';
import { group, placeOf, writtenBy } from './writing.ts';

describe('a script', () => {
  const script = { kind: 'script', every: '1h', messages: 3, book: 2 } as const;

  test('runs on the grid of whole minutes, as often as planned', () => {
    const { all } = writtenBy({ tenants: [group(script, { count: 100 })] }, 10 * day - 1);
    expect(all.length).toBe(100 * 240 * 3);
    const starts = all.filter(({ number }) => number % 3 === 0);
    for (const { at } of starts) expect(at % minute).toBe(0);
    for (const { at, number } of all) expect(at % minute).toBe((number % 3) * 100);
  });

  test('starts in the same instant as half of all others, where the period is an hour', () => {
    const { all } = writtenBy({ tenants: [group(script, { count: 1_000 })] }, 3 * hour);
    const first = all.filter(({ number }) => number === 0);
    const together = first.filter(({ at }) => at % hour === 0).length / 1_000;
    expect(Math.abs(together - 0.5 - 0.5 / 60)).toBeLessThan(0.065);
  });

  test('of one run a day runs at some whole hour or minute, also where the clock starts mid-week', () => {
    const epoch = '2027-01-06T03:00:30Z';
    const tenants = [group({ ...script, every: '1d', messages: 1 }, { count: 400 })];
    const { all } = writtenBy({ epoch, tenants }, 2 * day - 1);
    expect(all.length).toBe(800);
    for (const { at } of all) expect((at + 30 * second) % minute).toBe(0);
    const hours = new Set(all.map(({ at }) => Math.floor((at + 30 * second) / hour) % 24));
    expect(hours.size).toBe(24);
  });

  test('writes to the few of its book in turn', () => {
    const { all } = writtenBy({ tenants: [group(script)] }, 2 * hour);
    expect(all.map(({ submission }) => placeOf(submission.recipients[0]!)))
      .toEqual(all.map(({ number }) => number % 2));
  });
});
