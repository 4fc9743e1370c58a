// Lists that should not have been mailed: doubled, dead, at one provider, and mailed again.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { fourSigma, type Written, writtenBy } from '../senders/writing.ts';
import { type CampaignHabit, natureOf } from '../../../../sim/world/senders/habits/campaign.ts';
import { day, hour } from '../stage.ts';
import { after, type Incident, type Of, offices, thief, who } from './trouble.ts';

describe('a careless sender', () => {
  test('and an autoresponder try again after a deferral like any mail program; an attack gives up', () => {
    const backscatter = {
      kind: 'backscatter', at: '1h', who: { ...who, member: 2 }, rate: '9/h', length: '1d',
    };
    const { world } = after([careless(), backscatter as Incident, thief()], 3 * hour);
    const patience = (cause: string) =>
      world.actors.find(({ culprit }) => culprit?.cause === cause)!.patience;
    expect(['careless', 'backscatter', 'compromised'].map(patience)).toEqual([16, 16, 0]);
  });

  const careless = (changes: Partial<Of<'careless'>> = {}): Incident => ({
    kind: 'careless', at: '1h', who, size: 4_000, pace: '8000/h', ...changes,
  });
  const keysOf = (all: readonly Written[]) => all.map(({ submission }) => submission.recipients[0]!);

  test('mails each address of its list once, at its pace', () => {
    const { all } = after([careless()], day);
    expect(new Set(keysOf(all)).size).toBe(4_000);
    expect(all[0]!.at).toBe(hour);
    expect(all.at(-1)!.at).toBe(hour + Math.round(3_999 * 450));
    expect(all.every(({ actor }) => actor.truth === 'unwanted')).toBe(true);
    expect(all.every(({ submission }) => submission.list > 0)).toBe(true);
  });

  test('of a list people asked for is wanted at first; second copies, and rounds too soon, are not', () => {
    const natures = (changes: Partial<Of<'careless'>>) => {
      const { all } = after([careless({ duplicates: '25%', rounds: 2, ...changes })], 20 * day);
      const counts = { wanted: 0, unwanted: 0, feigned: 0, abusive: 0 };
      for (const { actor, number } of all) counts[natureOf(actor.habit as CampaignHabit, number)] += 1;
      return [counts.wanted, counts.unwanted];
    };
    const list = { kind: 'opt-in', unknown: '0%' } as const;
    expect(natures({ list })).toEqual([8_000, 2_000]);
    expect(natures({ list, every: '2d' })).toEqual([4_000, 6_000]);
    expect(natures({ list: { kind: 'purchased', unknown: '0%' }, bounces: 'ignored' })).toEqual([0, 10_000]);
  });

  test('mails the doubles too, and all at one provider where it is so', () => {
    const receivers: PlanInput['receivers'] = [
      { name: 'one', preset: 'yandex', share: '90%' },
      { name: 'two', preset: 'yandex', share: '10%' },
    ];
    const incidents = [careless({ duplicates: '25%', provider: 'two' })];
    const { all } = writtenBy({ receivers, tenants: [offices], incidents }, day);
    expect(all).toHaveLength(5_000);
    expect(new Set(keysOf(all)).size).toBe(4_000);
    expect(all.every(({ submission }) => submission.receivers[0] === 1)).toBe(true);
  });

  test('that ignores bounces writes to its dead addresses in every round; one that heeds them, once', () => {
    for (const bounces of ['ignored', 'removed'] as const) {
      const { world, all } = after([careless({ bounces, rounds: 3 })], 22 * day);
      const unknown = [0, 1, 2].map((round) =>
        keysOf(all.filter(({ at }) => Math.floor((at - hour) / (7 * day)) === round))
          .filter((key) => world.addresses.kindAt(key, hour) === 'unknown').length);
      const mean = 4_000 * 0.12;
      expect(Math.abs(unknown[0]! - mean)).toBeLessThan(fourSigma(mean));
      expect(unknown.slice(1)).toEqual(bounces === 'ignored' ? [unknown[0], unknown[0]] : [0, 0]);
    }
  });

  test('does not hear the bounces of a round that was refused, and repeats it', () => {
    const incident = careless({ rounds: 3 });
    const { world, all } = after([incident], 22 * day, ({ at }) => at < 7 * day);
    const dead = (round: number): number =>
      keysOf(all.filter(({ at }) => Math.floor((at - hour) / (7 * day)) === round))
        .filter((key) => world.addresses.kindAt(key, hour) === 'unknown').length;
    expect(dead(1)).toBe(dead(0));
    expect(dead(2)).toBe(0);
  });
});
