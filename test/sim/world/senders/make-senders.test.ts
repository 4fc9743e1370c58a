// What tenants of a group have in common: where their recipients are, and where they send from.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { day } from '../stage.ts';
import { group, writtenBy } from './writing.ts';

const week = 7 * day;

describe('a group', () => {
  test('of its own mix of receivers has its recipients there, slips included', () => {
    const receivers: PlanInput['receivers'] = [
      { name: 'one', preset: 'yandex', share: '50%' },
      { name: 'two', preset: 'yandex', share: '30%' },
      { name: 'three', preset: 'yandex', share: '20%' },
    ];
    const office = { kind: 'office', perDay: 300, book: 2_000, newcomers: '90%' } as const;
    const shares = (mix?: Record<string, `${number}%`>): readonly number[] => {
      const { all } = writtenBy(
        { receivers, tenants: [group(office, { count: 30, ...(mix && { mix }) })] }, week - 1,
      );
      const counts = [0, 0, 0];
      for (const { submission } of all) for (const at of submission.receivers) counts[at]! += 1;
      const sum = counts[0]! + counts[1]! + counts[2]!;
      return counts.map((count) => count / sum);
    };
    shares().forEach((share, at) => expect(Math.abs(share - [0.5, 0.3, 0.2][at]!)).toBeLessThan(0.01));
    const own = shares({ three: '75%', two: '25%' });
    own.forEach((share, at) => expect(Math.abs(share - [0, 0.25, 0.75][at]!)).toBeLessThan(0.01));
  });

  test('sends from its tenants’ own routers, one a tenant, whatever the account', () => {
    const tenants = [group({ kind: 'shop', perDay: 50 }, { count: 3, accounts: 4 })];
    const { all } = writtenBy({ tenants }, day);
    for (const { submission } of all) expect(submission.source).toBe(submission.tenant);
    expect(new Set(all.map(({ submission }) => submission.account)).size).toBe(12);
    expect(all.every(({ submission }) => submission.signedUp === -1)).toBe(true);
  });
});
