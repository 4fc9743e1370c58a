// A culprit whose accounts are all shut when it gives up: it was stopped, however few messages show it.

import { describe, expect, test } from 'vitest';
import { farOf } from '../../../../sim/world/measures/abuse-record.ts';
import { culpritStory } from '../../../../sim/world/measures/culprit-story.ts';
import { malware, offices } from '../incidents/trouble.ts';
import { advance, advanceUntil, day, hour, worldOf } from '../stage.ts';

const reason = { module: 'brake', rule: 'bounces', seen: 30, limit: 25 };

const begun = () => {
  const world = worldOf({
    tenants: [offices], length: '9d', desk: { staff: 0 },
    incidents: [malware({ rate: '300/h', length: '2h', accounts: 2 })],
  });
  advanceUntil(world, () => world.culprits.length > 0, day);
  return { world, culprit: world.culprits[0]! };
};

/** An infected PC with two accounts, two messages before its two hours are over. */
const nearlyOver = () => {
  const whole = begun();
  advance(whole.world, 4 * day);
  const { world, culprit } = begun();
  const all = whole.culprit.abuse.count;
  advanceUntil(world, () => culprit.abuse.count === all - 2, day);
  return { world, culprit, all, at: world.agenda.now };
};

describe('a culprit who ends with its last two messages turned back', () => {
  test('is blocked, where all of its accounts were shut', () => {
    const { world, culprit, all, at } = nearlyOver();
    for (const { id } of culprit.accounts) world.engine.suspend(id, reason);
    advance(world, 4 * day);
    const told = culpritStory(culprit);
    expect([told.submitted, told.blocked.observed, told.blockedBy]).toEqual([all, true, 'brake bounces']);
    expect(told.blocked.value! + told.onset).toBeGreaterThan(at);
    expect(told.blocked.value! + told.onset).toBeLessThan(at + hour / 10);
    expect(told.escapedUntilBlock).toBe(told.escaped);
  });

  test('is not, where either of them was shut alone, the one whose message came last among them', () => {
    const refused = [0, 1].map((index) => {
      const { world, culprit } = nearlyOver();
      world.engine.suspend(culprit.accounts[index]!.id, reason);
      advance(world, 4 * day);
      expect(culpritStory(culprit).blocked.observed).toBe(false);
      return farOf(culprit.abuse).at(-1) === 0;
    });
    expect(refused).toContain(true);
  });

  test('is not, where one was opened again before the last', () => {
    const { world, culprit, all } = nearlyOver();
    for (const { id } of culprit.accounts) world.engine.suspend(id, reason);
    advanceUntil(world, () => culprit.abuse.count === all - 1, day);
    for (const { id, tenant } of culprit.accounts)
      world.engine.learn({ kind: 'released', tenant: tenant.id, account: id }, world.agenda.now);
    advance(world, 4 * day);
    expect(culpritStory(culprit).blocked.observed).toBe(false);
  });
});
