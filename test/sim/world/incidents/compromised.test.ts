// Stolen accounts: a thief who keeps a day, and a hole in a web site that is fired in bursts.

import { describe, expect, test } from 'vitest';
import { expectCount } from '../senders/writing.ts';
import { day, hour, minute } from '../stage.ts';
import { after, between, thief } from './trouble.ts';

describe('a thief with a password', () => {
  const { world, all } = after([thief({ rate: '16000/h', length: '2d' })], 3 * day);

  test('ramps up evenly, works fourteen hours at the full rate, and sleeps', () => {
    const start = 2 * hour;
    expectCount(between(all, start, start + hour), 8_000);
    expectCount(between(all, start + hour, start + 14 * hour), 16_000 * 13);
    expect(between(all, start + 14 * hour, start + day)).toBe(0);
    expectCount(between(all, start + day, start + day + 14 * hour), 16_000 * 14);
    expect(all.at(-1)!.at).toBeLessThan(start + 2 * day);
  });

  test('comes from a place that is no tenant’s, always the same, with one account', () => {
    expect(new Set(all.map(({ submission }) => submission.account)).size).toBe(1);
    expect(new Set(all.map(({ submission }) => submission.source)).size).toBe(1);
    expect(all[0]!.submission.source).toBeGreaterThan(world.tenants.length);
    expect(all.every(({ actor }) => actor.truth === 'abusive')).toBe(true);
  });

  test('finds of his addresses what his list says, never one of them twice', () => {
    const kinds = all.map(({ submission }) => world.addresses.kindOf(submission.recipients[0]!));
    expectCount(kinds.filter((kind) => kind === 'unknown').length, all.length * 0.35);
    const people = 1 - 0.35 - 0.02 - 0.002 - 0.005 - 0.001 - 0.003;
    expectCount(kinds.filter((kind) => kind === 'person').length, all.length * people);
    expect(new Set(all.map(({ submission }) => submission.recipients[0])).size).toBe(all.length);
  });
});

describe('a hole in a web site', () => {
  const { world, all } = after([thief({ how: 'outdated-script', length: '20d', rate: '1000/h' })], 21 * day);

  test('sends at its rate over the days, from the site’s own address', () => {
    // Work and rest take exponential times, so the share of work in 140 days has a standard deviation of
    // sqrt(2 * 10 * 10 * 20 * 20 / 30 ** 3 / 201,600) in a third, in minutes: 1.2 % of it.
    const slow = after([thief({ how: 'outdated-script', length: '140d', rate: '60/h' })], 141 * day).all;
    expect(Math.abs(slow.length / (60 * 24 * 140) - 1)).toBeLessThan(0.048);
    expect(all.every(({ submission }) => submission.source === submission.tenant)).toBe(true);
    expect(world.culprits).toHaveLength(1);
  });

  test('sends in bursts of minutes with rests of minutes between them', () => {
    const rests: number[] = [];
    for (let index = 1; index < all.length; index += 1) {
      const gap = all[index]!.at - all[index - 1]!.at;
      if (gap > 15_000) rests.push(gap);
    }
    const mean = rests.reduce((sum, rest) => sum + rest, 0) / rests.length;
    expect(rests.length).toBeGreaterThan(800);
    expect(Math.abs(mean / (20 * minute) - 1)).toBeLessThan(0.15);
    // A busy quarter of an hour sends three times the mean rate; many are silent.
    const quarters = new Int32Array(20 * 96);
    for (const { at } of all) quarters[Math.floor((at - 2 * hour) / (15 * minute))]! += 1;
    expect(quarters.filter((count) => count === 0).length).toBeGreaterThan(200);
    expect(Math.max(...quarters)).toBeGreaterThan(675);
  });
});
