// A culprit whose mail nobody stopped, and whose cause people removed: he was stopped, by them and then.

import { describe, expect, test } from 'vitest';
import { recover } from '../../../../sim/world/desk/accounts.ts';
import { culpritStory } from '../../../../sim/world/measures/culprit-story.ts';
import { react } from '../../../../sim/world/incidents/attacker.ts';
import { malware, offices, type Incident } from '../incidents/trouble.ts';
import { advance, advanceUntil, day, hour, minute, worldOf } from '../stage.ts';

/** Nobody at the desk, and nobody refuses: what is sent leaves. */
const story = (incident: Incident, removedAt: number, to = 4 * day) => {
  const world = worldOf({ tenants: [offices], incidents: [incident], length: '9d', desk: { staff: 0 } });
  advance(world, removedAt);
  recover(world, world.culprits[0]!.account);
  advance(world, to);
  return culpritStory(world.culprits[0]!);
};

describe('a culprit whose cause is removed', () => {
  test('is blocked then, with all his accounts, by people', () => {
    const told = story(malware({ rate: '300/h' }), 3 * hour);
    expect(told.submitted).toBeGreaterThan(400);
    expect([told.blocked, told.blockedBy]).toEqual([{ value: 2 * hour, observed: true }, 'desk evidence']);
    expect(told.escapedUntilBlock).toBe(told.escaped);
  });

  test('is so too while his PC is off for the night, for he would have gone on', () => {
    const told = story(malware({ rate: '300/h' }), 20 * hour);
    expect(told.blocked).toEqual({ value: 19 * hour, observed: true });
    expect(told.ended).toBeLessThan(11 * hour);
  });

  test('is blocked from when his mail was stopped, where it was before that', () => {
    const world = worldOf({
      tenants: [offices], length: '9d', desk: { staff: 0 },
      incidents: [malware({ rate: '300/h', accounts: 1 })],
    });
    advance(world, 2 * hour);
    const { account } = world.culprits[0]!;
    world.engine.suspend(account.id, { module: 'brake', rule: 'bounces', seen: 30, limit: 25 });
    advance(world, 4 * hour);
    recover(world, account);
    advance(world, 4 * day);
    const { blocked, blockedBy } = culpritStory(world.culprits[0]!);
    expect([world.culprits[0]!.cutOff, blockedBy]).toEqual([true, 'brake bounces']);
    expect(Math.abs(blocked.value! - hour)).toBeLessThan(5 * minute);
  });

  test('was not, where he had sent nothing until then', () => {
    const told = story(malware({ rate: '1/h', accounts: 1 }), hour + 1);
    expect([told.submitted, told.blocked, told.blockedBy]).toEqual([0, { value: null, observed: false }, '']);
  });

  test('was not, where he had ended by himself before', () => {
    const told = story(malware({ rate: '300/h', length: '2h' }), 3 * hour + minute);
    expect([told.blocked.observed, told.blockedBy]).toEqual([false, '']);
    expect(told.blocked.value).toBe(told.ended - told.onset);
  });

  test('was not, where he had given up or paused to his end before, though a message was due yet', () => {
    // Slow enough that his next message was due after all of this, had he gone on.
    for (const whenBlocked of ['stop', 'pause'] as const) {
      const world = worldOf({
        tenants: [offices], length: '9d', desk: { staff: 0 },
        incidents: [malware({ rate: '3/h', length: '1d', accounts: 1, whenBlocked, pause: '2d' })],
      });
      const actor = () => world.actors.find((one) => one.culprit !== null)!;
      advanceUntil(world, () => (world.culprits[0]?.abuse.count ?? 0) === 3, day);
      const { habit } = actor();
      if (habit.kind !== 'attack') throw new Error('malware attacks');
      [habit.refusedFrom, habit.refused] = [0, 3];
      react(world, 0, actor().account);
      recover(world, actor().account);
      advance(world, 4 * day);
      expect([whenBlocked, culpritStory(world.culprits[0]!).blocked.observed]).toEqual([whenBlocked, false]);
    }
  });

  test('was, though he would have given up or paused to his end when he looked next', () => {
    for (const whenBlocked of ['stop', 'pause'] as const) {
      const world = worldOf({
        tenants: [offices], length: '9d', desk: { staff: 0 },
        incidents: [malware({ rate: '3/h', length: '1d', accounts: 1, whenBlocked, pause: '2d' })],
      });
      advanceUntil(world, () => (world.culprits[0]?.abuse.count ?? 0) === 3, day);
      const { habit, account } = world.actors.find((one) => one.culprit !== null)!;
      if (habit.kind !== 'attack') throw new Error('malware attacks');
      [habit.refusedFrom, habit.refused] = [0, 3];
      recover(world, account);
      const told = world.tally.timeline.length;
      react(world, 0, account);
      expect(world.tally.timeline.length).toBe(told);
      advance(world, 4 * day);
      expect([whenBlocked, culpritStory(world.culprits[0]!).blocked.observed]).toEqual([whenBlocked, true]);
    }
  });

  test('was not, as far as the run can tell, where it ends before he would have gone on', () => {
    const told = story(malware({ rate: '300/h' }), 20 * hour, 21 * hour);
    expect(told.blocked.observed).toBe(false);
  });
});
