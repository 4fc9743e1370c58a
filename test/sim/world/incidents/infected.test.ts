// Malware on one PC that sends with every password it finds there.

import { describe, expect, test } from 'vitest';
import { expectCount } from '../senders/writing.ts';
import { day, hour } from '../stage.ts';
import { after, between, malware } from './trouble.ts';

describe('an infected PC', () => {
  test('sends from the office’s own address with each of the passwords it found, by day', () => {
    const { world, all } = after([malware()], 2 * day);
    const { tenant, accounts } = world.culprits[0]!;
    expect(accounts).toHaveLength(3);
    for (const account of accounts) {
      const own = all.filter(({ submission }) => submission.account === account.id);
      expectCount(between(own, hour, 10 * hour), 9_000);
      expect(between(own, 10 * hour, 25 * hour)).toBe(0);
    }
    expect(all.every(({ submission }) => submission.source === tenant.id)).toBe(true);
    expect(new Set(all.map(({ submission }) => submission.account)).size).toBe(3);
  });
});
