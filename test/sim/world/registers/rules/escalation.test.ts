// UCEPROTECT 2 and 3: allocations and networks listed for what their addresses did, by both published
// policies.

import { describe, expect, test } from 'vitest';
import { registerPreset } from '../../../../../sim/presets/index.ts';
import { paramsOf } from '../../../../../sim/world/registers/params.ts';
import { takeEvidence, upgrade } from '../../../../../sim/world/registers/register.ts';
import {
  allocationThreshold, networkAddresses, spamScore,
} from '../../../../../sim/world/registers/rules/escalation.ts';
import { advance, day, hour, worldOf } from '../../stage.ts';

const preset = registerPreset('uceprotect-2');
const { policyVersion: newer = '', olderPolicy } = paramsOf(preset);
const older = olderPolicy!.policyVersion;
const threshold = (prefix: number, version: string): number =>
  allocationThreshold({ preset, rule: { version } } as Parameters<typeof allocationThreshold>[0], prefix);

describe('the count that lists an allocation', () => {
  test('is the published one today: 1, 2, 3, 4 and then t(n) = t(n+1) + t(n+3)', () => {
    const listed = [27, 26, 25, 24, 23, 22, 21, 20, 16].map((prefix) => threshold(prefix, newer));
    expect(listed).toEqual([1, 2, 3, 4, 6, 9, 13, 19, 88]);
    for (let prefix = 23; prefix >= 8; prefix -= 1) {
      expect(threshold(prefix, newer)).toBe(threshold(prefix + 1, newer) + threshold(prefix + 3, newer));
    }
  });

  test('was another until January 2021: more than 4, 9, 14 and 24 addresses', () => {
    expect([26, 25, 24, 23, 22, 21].map((prefix) => threshold(prefix, older))).toEqual([1, 2, 5, 10, 15, 25]);
    for (let prefix = 22; prefix >= 8; prefix -= 1) {
      expect(threshold(prefix, older)).toBe(threshold(prefix + 1, older) + threshold(prefix + 2, older));
    }
  });
});

test('a network’s score is that of the published examples', () => {
  expect(spamScore(55, 1024)).toBeCloseTo(5371.1, 1);
  expect(spamScore(160, 34_025_472)).toBeCloseTo(0.5, 1);
});

const ours = ['192.0.2.10', '192.0.2.20', '192.0.9.10', '198.51.100.10'];
const levels = (version?: string) => {
  const world = worldOf({
    pools: [{ name: 'shared', addresses: ours }],
    registers: [
      { name: 'one', preset: 'uceprotect-1' },
      { name: 'two', preset: 'uceprotect-2', rule: version === undefined ? {} : { version } },
      { name: 'three', preset: 'uceprotect-3' },
    ],
  });
  const [one, two, three] = world.registers as [never, never, never];
  const hits = (count: number, address: number): void => {
    for (let hit = 0; hit < count; hit += 1) takeEvidence(world, one, address, false);
  };
  return { world, one, two, three, hits };
};
const listed = (register: { dossiers: { published: boolean }[] }): boolean[] =>
  register.dossiers.map(({ published }) => published);

describe('Level 2', () => {
  test('lists a /24 for four impacts of one address, its neighbours included', () => {
    const cases = [[3, [false, false, false, false]], [4, [true, true, false, false]]] as const;
    for (const [impacts, expected] of cases) {
      const { world, one, two, hits } = levels();
      hits(impacts, 0);
      advance(world, 3 * hour);
      expect(listed(one)).toEqual([true, false, false, false]);
      expect(listed(two)).toEqual(expected);
    }
  });

  test('did not list it by the older policy for any number of impacts of one address', () => {
    const { world, two, hits } = levels(older);
    hits(100, 0);
    advance(world, 3 * hour);
    expect(listed(two)).toEqual([false, false, false, false]);
  });

  test('an upgrade from the older policy to today’s lists the range at once, with no new mail', () => {
    const { world, two, hits } = levels(older);
    hits(100, 0);
    advance(world, 3 * hour);
    upgrade(world, two, { version: newer });
    advance(world, 5 * hour);
    expect(listed(two)).toEqual([true, true, false, false]);
  });

  test('lets a range go when the count of seven days falls below what lists it', () => {
    const { world, two, hits } = levels();
    hits(1, 0);
    advance(world, day);
    hits(3, 1);
    advance(world, 7 * day);
    expect(two).toMatchObject({ dossiers: [{ decided: true }, { decided: true }, {}, {}] });
    advance(world, 7 * day + 1);
    expect(two).toMatchObject({ dossiers: [{ decided: false }, { decided: false }, {}, {}] });
  });
});

test('Level 3 lists a network from 50 impacts and a score of 50 on', () => {
  expect(spamScore(50, networkAddresses)).toBeGreaterThan(50);
  for (const impacts of [49, 50]) {
    const { world, three, hits } = levels();
    hits(impacts - 20, 0);
    hits(20, 2);
    advance(world, 3 * hour);
    const on = impacts === 50;
    expect(listed(three)).toEqual([on, on, on, false]);
  }
});
