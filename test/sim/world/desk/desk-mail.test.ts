// What comes to the desk from outside and what it does about it: cases by their urgency, reports, appeals.
// Time 0 is a Monday, 0:00 UTC; the office is open from 8 to 18, a case takes 40 minutes.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { shut } from '../../../../sim/world/desk/accounts.ts';
import { assign } from '../../../../sim/world/desk/caseload.ts';
import { hear, hearAppeal } from '../../../../sim/world/desk/mail.ts';
import { noticeShut } from '../../../../sim/world/desk/tickets.ts';
import { tellStory } from '../../../../sim/world/measures/story.ts';
import { learnNow } from '../../../../sim/world/platform/signals.ts';
import type { Account } from '../../../../sim/world/senders/cast.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, advanceUntil, day, hour, mail, minute, mute, worldOf } from '../stage.ts';

type Desk = NonNullable<PlanInput['desk']>;

const platform = (desk: Desk = {}, changes: Partial<PlanInput> = {}, seed = 'one'): World =>
  worldOf(
    { tenants: [{ name: 'offices', count: 40, pool: 'shared', stream: mute }],
      desk: { rightly: '100%', ...desk }, ...changes },
    { seed },
  );

const isShut = (world: World, { tenant, id }: Account): boolean =>
  world.engine.suspension(tenant.id, id, world.agenda.now) !== undefined;
const reason = { module: 'brake', rule: 'bounces', seen: 30, limit: 25 };
const suspend = (world: World, account: Account): void => {
  world.engine.suspend(account.id, reason);
  shut(world, account, reason, 'policy');
};
const said = (world: World, words: string): boolean =>
  world.tally.timeline.some(({ what }) => what.includes(words));

describe('a case', () => {
  test('of an address in trouble comes before shut accounts, and these before tickets', () => {
    const world = platform({ staff: 1 });
    advance(world, 9 * hour);
    const [first, second, third] = world.accounts as [Account, Account, Account];
    suspend(world, first);
    hear(world, { kind: 'ticket', account: third });
    suspend(world, second);
    hear(world, { kind: 'register-report', address: 0, register: 'spamcop' });
    // The first was taken up at once, for nothing else was there.
    advanceUntil(world, () => world.desk.workedAt[0]! > 0, day);
    expect((world.agenda.now - 9 * hour) / minute).toBe(80);
    advanceUntil(world, () => !isShut(world, second), day);
    expect((world.agenda.now - 9 * hour) / minute).toBe(120);
    advanceUntil(world, () => said(world, 'how it stands'), day);
    expect((world.agenda.now - 9 * hour) / minute).toBe(130);
    expect(tellStory(world, '', 0).metrics['desk.backlog'].value).toBe(3);
  });

  test('that came at night waits for nobody: in the morning the most pressing is taken first', () => {
    const world = platform({ staff: 1 });
    advance(world, 2 * hour);
    suspend(world, world.accounts[0]!);
    advance(world, 3 * hour);
    hear(world, { kind: 'register-report', address: 0, register: 'spamcop' });
    advanceUntil(world, () => world.desk.workedAt[0]! > 0, day);
    expect(world.agenda.now).toBe(8 * hour + 40 * minute);
  });

  test('about the same address is worked once, whoever reports it', () => {
    const world = platform({ staff: 1 });
    advance(world, 9 * hour);
    for (let count = 0; count < 5; count += 1)
      hear(world, { kind: 'register-report', address: 0, register: 'spamcop' });
    advance(world, day);
    expect(world.desk.workedMs).toBe(40 * minute);
  });

  test('about a listing closes by itself where the address came off first', () => {
    const world = platform({ staff: 1 }, {
      registers: [{ name: 'watch', preset: 'barracuda-brbl' }],
    });
    advance(world, 20 * hour);
    const [register] = world.registers;
    world.desk.believes[0]!.listed[0] = 1;
    assign(world, { kind: 'listing', register: register!, address: 0, looks: 0 });
    world.desk.believes[0]!.listed[0] = 0;
    advance(world, 2 * day);
    expect(world.desk.workedMs).toBe(0);
    expect(world.desk.listingOpen[0]![0]).toBe(0);
  });
});

describe('reports', () => {
  test('about an account with nothing else against it are filed', () => {
    const world = platform();
    advance(world, 9 * hour);
    hear(world, { kind: 'abuse-report', account: world.accounts[0]!, sent: 0 });
    advance(world, 10 * hour);
    expect(isShut(world, world.accounts[0]!)).toBe(false);
    expect(world.desk.workedMs).toBe(10 * minute);
  });

  test('that pile up in two days shut it; the same over weeks do not', () => {
    for (const [apart, expected] of [[hour, true], [7 * day, false]] as const) {
      const world = platform();
      const [account] = world.accounts;
      for (let count = 0; count < 3; count += 1) {
        advance(world, count * apart + 9 * hour);
        hear(world, { kind: 'abuse-report', account: account!, sent: 0 });
      }
      advance(world, world.agenda.now + 20 * minute);
      expect(world.tally.accusations.length > 0, String(apart)).toBe(expected);
    }
  });

  test('of our own traps shut an account from the third hit on', () => {
    const world = platform();
    advance(world, 9 * hour);
    const account = world.accounts[0]!;
    const hit = (): void =>
      learnNow(world, { kind: 'trapped', tenant: account.tenant.id, account: account.id });
    hit();
    hit();
    advance(world, 10 * hour);
    expect(isShut(world, account)).toBe(false);
    hit();
    advance(world, 10 * hour + 10 * minute);
    expect(isShut(world, account)).toBe(true);
  });

  test('from a register name the address alone: the worst of its pool is looked for, of no other', () => {
    const world = platform({}, {
      pools: [
        { name: 'shared', addresses: ['192.0.2.10'] },
        { name: 'high-risk', addresses: ['198.51.100.10'] },
      ],
      tenants: [
        { name: 'offices', count: 1, pool: 'shared', stream: mute },
        { name: 'risky', count: 1, pool: 'high-risk', stream: mute },
      ],
    });
    advance(world, 9 * hour);
    for (const [account, many] of [[0, 30], [1, 90]] as const)
      for (let one = 0; one < many; one += 1) world.ledger.addBounced(world.accounts[account]!.id, 9 * hour);
    hear(world, { kind: 'register-report', address: 0, register: 'spamcop' });
    advance(world, 9 * hour + 40 * minute);
    expect(world.tally.accusations.map(({ tenant }) => tenant.group)).toEqual(['offices']);
  });
});

describe('an appeal', () => {
  test('comes when the owner notices that his mail is refused, an hour later at least, and once', () => {
    const world = platform({ staff: 0 });
    advance(world, 9 * hour);
    const message = mail(world, [address(world)]);
    suspend(world, message.actor.account);
    for (let count = 0; count < 5; count += 1) noticeShut(world, message);
    advance(world, 10 * hour - 1);
    expect(world.tally.labour.appeals).toBe(0);
    advance(world, 20 * day);
    expect(world.tally.labour.appeals).toBe(1);
  });

  test('of an innocent judged wrongly before is heard by the plan’s share, and opens the account', () => {
    const world = platform({ rightly: '0%' as never });
    advance(world, 9 * hour);
    const account = world.accounts[0]!;
    suspend(world, account);
    advance(world, 12 * hour);
    expect([isShut(world, account), account.caseOpen]).toEqual([true, false]);
    (world.plan.desk as { rightly: number }).rightly = 1;
    hearAppeal(world, account);
    advanceUntil(world, () => !isShut(world, account), day);
    expect((world.agenda.now - 12 * hour) / minute).toBe(20);
    // Shut from 9:00 to 12:20.
    expect(tellStory(world, '', 0).metrics['wrongly_shut.hours'].value).toBeCloseTo(3 + 1 / 3, 9);
  });

  test('is as good as heard where the account is open by then', () => {
    const world = platform();
    hearAppeal(world, world.accounts[0]!);
    expect(world.tally.labour.appeals).toBe(0);
  });
});
