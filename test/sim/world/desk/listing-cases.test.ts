// Cases of the abuse desk about a listed address: when it sees the listing, whom it suspects, when it asks
// for delisting.

import { describe, expect, test } from 'vitest';
import { milliseconds } from '../../../../policy/index.ts';
import type { Account, Culprit } from '../../../../sim/world/senders/cast.ts';
import { conclude } from '../../../../sim/world/desk/desk.ts';
import { shut } from '../../../../sim/world/desk/accounts.ts';
import { takeEvidence } from '../../../../sim/world/registers/register.ts';
import { tellStory } from '../../../../sim/world/measures/story.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, advanceUntil, day, hour, mail, minute } from '../stage.ts';
import { isShut, platform, reason } from './offices.ts';

describe('listings', () => {
  const listed = (world: World): void => {
    const register = world.registers[0]!;
    takeEvidence(world, register, 0, false);
    advanceUntil(world, () => register.dossiers[0]!.published, world.agenda.now + 3 * hour);
  };
  /** Hard bounces to its name, as the desk sees them. */
  const bounces = (world: World, account: Account, count: number): void => {
    const actor = world.actors.find((one) => one.account === account)!;
    for (let one = 0; one < count; one += 1) mail(world, [address(world, 'unknown')], actor);
  };

  test('are seen at the first poll after the cached answer is out, and worked in office hours', () => {
    const world = platform({ poll: '15m' });
    advance(world, 9 * hour);
    // With a cause in sight, delisting is asked for at once.
    bounces(world, world.accounts[2]!, 40);
    listed(world);
    const published = world.agenda.now;
    const told = () => world.tally.timeline.find(({ what }) => what.startsWith('sees'));
    advanceUntil(world, () => told() !== undefined, published + day);
    const { negativeS } = world.registers[0]!.preset.ttl;
    expect(told()!.at - published).toBeLessThanOrEqual(negativeS * 1_000 + 15 * minute);
    advance(world, told()!.at + 40 * minute);
    expect(world.desk.requests).toBe(1);
  });

  test('with no evidence against anyone accuse nobody; delisting is asked for after a second look', () => {
    const world = platform();
    advance(world, 9 * hour);
    listed(world);
    const looked = () => world.tally.timeline.filter(({ what }) => what.startsWith('finds no cause'));
    advanceUntil(world, () => looked().length > 0, day);
    const first = world.agenda.now;
    expect(world.desk.requests).toBe(0);
    advanceUntil(world, () => world.desk.requests > 0, day);
    // Four hours later, and ten minutes for the forms.
    expect(world.agenda.now - first).toBe(4 * hour + 10 * minute);
    expect(world.tally.accusations).toEqual([]);
    expect(tellStory(world, '', 0).metrics['delist.without_cause'].value).toBe(1);
  });

  test('lead to the account with the most evidence, rightly or wrongly, and that is counted', () => {
    for (const guilty of [true, false]) {
      const world = platform();
      advance(world, 9 * hour);
      const [suspect, other] = [world.accounts[2]!, world.accounts[5]!];
      if (guilty)
        suspect.tenant.culprit = {
          tenant: suspect.tenant, account: suspect, accounts: [suspect], cause: 'compromised',
          detectedAt: -1, times: [], left: [], onset: 0, over: false,
        } as unknown as Culprit;
      bounces(world, suspect, 40);
      bounces(world, other, 20);
      listed(world);
      advance(world, 15 * hour);
      expect(
        isShut(world, suspect) || world.tally.timeline.some(({ what }) => what.includes('reopens')),
      ).toBe(true);
      expect(world.tally.accusations.map(({ tenant, right }) => [tenant, right])).toEqual([
        [suspect.tenant, guilty],
        // Once the first is cleared, the desk looks again, and the next in line is wronged too.
        ...(guilty ? [] : [[other.tenant, false]]),
      ]);
      const { metrics } = tellStory(world, '', 0);
      expect(metrics['attribution.wrongly_accused'].value).toBe(guilty ? 0 : 2);
      expect(metrics['attribution.wrong_before'].value).toBe(guilty ? 0 : 2);
      expect(metrics['attribution.correct'].value).toBe(guilty ? 1 : 0);
    }
  });

  test('laid at the door of one who is shut are told, and counted, once however often somebody looks', () => {
    const world = platform();
    const suspect = world.accounts[2]!;
    advance(world, 9 * hour);
    bounces(world, suspect, 40);
    world.engine.suspend(suspect.id, reason);
    shut(world, suspect, reason, 'desk');
    const work = { kind: 'address', address: 0 } as const;
    for (let looks = 0; looks < 3; looks += 1) conclude(world, work, 0);
    expect(world.tally.accusations).toHaveLength(1);
    expect(world.tally.timeline.filter(({ what }) => what.includes('shut already'))).toHaveLength(1);
  });

  test('find complaints that came in on a day on which the account sent nothing', () => {
    const world = platform();
    const suspect = world.accounts[2]!;
    advance(world, 9 * hour);
    bounces(world, suspect, 1);
    advance(world, 4 * day + 7 * hour);
    for (let count = 0; count < 8; count += 1) {
      world.agenda.after(0 as typeof world.agenda.now, {
        kind: 'complaint',
        account: suspect,
        receiver: world.receivers[0]!.id,
        sent: world.agenda.now,
        taken: world.agenda.now,
      });
    }
    listed(world);
    advance(world, 4 * day + 17 * hour);
    expect(world.tally.accusations.map(({ tenant }) => tenant)).toEqual([suspect.tenant]);
  });

  /** Seen on a register at noon on Monday, while the desk's one person is away until Tuesday. */
  const seenAtNoon = (): World => {
    const world = platform({ staff: 1, opens: '8h', closes: '10h', rightly: '100%' });
    advance(world, 11 * hour);
    listed(world);
    advance(world, 14 * hour);
    expect(world.desk.believes[0]!.since[0]).toBeGreaterThan(0);
    return world;
  };
  const requestAt = (world: World): number => {
    const asks = () => world.tally.timeline.find(({ what }) => what.startsWith('asks watch'));
    return advanceUntil(world, () => asks() !== undefined, 3 * day) && asks()!.at;
  };

  test('that stood before an account’s first bad mail are not laid at its door, though it is shut', () => {
    const world = seenAtNoon();
    const late = world.accounts[2]!;
    bounces(world, late, 40);
    advance(world, 15 * hour);
    advance(world, day + 8 * hour + 40 * minute);
    expect(world.tally.accusations.map(({ tenant }) => tenant)).toEqual([late.tenant]);
    expect(world.tally.timeline.some(({ what }) => what.startsWith('finds no cause'))).toBe(true);
    expect(world.desk.requests).toBe(0);
    // He is let out, as he did nothing; then the listing is looked into again.
    expect(requestAt(world)).toBeGreaterThan(day + 9 * hour);
    expect(world.tally.labour.withoutCause).toBe(1);
  });

  test('are explained by one whose bad mail began before, whatever else began since', () => {
    const world = platform({ staff: 1, opens: '8h', closes: '10h', rightly: '100%' });
    advance(world, 11 * hour);
    const [early, late] = [world.accounts[2]!, world.accounts[4]!];
    bounces(world, early, 20);
    advance(world, 11 * hour + 30 * minute);
    listed(world);
    advance(world, 14 * hour);
    bounces(world, late, 60);
    advance(world, 15 * hour);
    expect(requestAt(world)).toBeLessThan(day + 9 * hour);
    expect(world.tally.accusations[0]!.tenant).toBe(early.tenant);
    expect(world.tally.labour.withoutCause).toBe(0);
  });

  test('are explained by mail from before them also where people complain of it after', () => {
    for (const [sent, causes] of [[10 * hour, 0], [13 * hour, 1]] as const) {
      const world = seenAtNoon();
      for (let count = 0; count < 8; count += 1) {
        world.agenda.after(0 as typeof world.agenda.now, {
          kind: 'complaint', account: world.accounts[2]!, receiver: world.receivers[0]!.id, sent,
          taken: milliseconds(sent),
        });
      }
      advance(world, day + 8 * hour + 40 * minute);
      expect(world.tally.accusations).toHaveLength(1);
      advance(world, 3 * day);
      expect(world.tally.labour.withoutCause).toBe(causes);
    }
  });
});
