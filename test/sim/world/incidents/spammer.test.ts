// Spammers who sign up: who blast, who drip, who spread.

import { describe, expect, test } from 'vitest';
import { expectCount } from '../senders/writing.ts';
import { day, hour } from '../stage.ts';
import { after, spammer } from './trouble.ts';

describe('a spammer', () => {
  test('behaves for his warm-up and blasts after it; only the blast is abuse', () => {
    const { world, all } = after([spammer()], 3 * day);
    const [feigned, abusive] = (['feigned', 'abusive'] as const).map((truth) =>
      all.filter(({ actor }) => actor.truth === truth));
    expectCount(feigned!.length, 200 * 48);
    expectCount(abusive!.length, 3_000 * 8);
    expect(abusive![0]!.at).toBeGreaterThan(hour + 2 * day);
    expect(feigned!.at(-1)!.at).toBeLessThanOrEqual(hour + 2 * day);
    expect(world.culprits[0]!.onset).toBe(hour + 2 * day);
    expect(all.every(({ submission }) => submission.signedUp === hour)).toBe(true);
  });

  test('who drips never sends much in any hour: spaced, not by chance', () => {
    const drip = spammer({ tactic: 'drip', rate: '100/h', length: '10d', warmupRate: '0/h', warmup: '0s' });
    const { all } = after([drip], 11 * day);
    expectCount(all.length, 24_000);
    const hours = new Int32Array(242);
    for (const { at } of all) hours[Math.floor(at / hour)]! += 1;
    // Chance alone would have an hour of 130 in 240.
    expect(Math.max(...hours)).toBeLessThan(115);
  });

  test('who spreads over accounts shares the rate among them, as one culprit', () => {
    const { world, all } = after([spammer({ tactic: 'accounts', spread: 4, rate: '4000/h' })], 3 * day);
    expect(world.culprits).toHaveLength(1);
    const { accounts } = world.culprits[0]!;
    expect(accounts).toHaveLength(4);
    for (const { id } of accounts) {
      expectCount(all.filter(({ actor, submission }) =>
        actor.truth === 'abusive' && submission.account === id).length, 8_000);
    }
  });

  test('who spreads over tenants signs up one after another, each a culprit of its own', () => {
    const { world, all } = after([spammer({ tactic: 'tenants', spread: 5, rate: '9000/h' })], 9 * day);
    expect(new Set(world.culprits.map(({ tenant }) => tenant)).size).toBe(5);
    const since = world.culprits.map(({ tenant }) => tenant.since);
    expect(since).toEqual(since.toSorted((one, two) => one - two));
    expect(new Set(since).size).toBe(5);
    for (const { tenant, onset } of world.culprits) {
      expect(onset).toBe(tenant.since + 2 * day);
      const own = all.filter(({ submission }) => submission.tenant === tenant.id);
      expect(own[0]!.at).toBeGreaterThan(tenant.since);
      expectCount(own.filter(({ actor }) => actor.truth === 'abusive').length, (9_000 / 5) * 8);
    }
  });
});
