// What comes to the desk from outside and what it does about it: reports, tickets, appeals, refusals, urgent
// mail. Time 0 is a Monday, 0:00 UTC; the office is open from 8 to 18, a case takes 40 minutes.

import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { shut } from '../../../../sim/world/desk/accounts.ts';
import { assign } from '../../../../sim/world/desk/caseload.ts';
import { hear, hearAppeal } from '../../../../sim/world/desk/mail.ts';
import { reading } from '../../../../sim/world/desk/poll.ts';
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

/** From now on the receiver answers every copy with this; undefined for the world's own answer. */
const answering = (world: World) => {
  const { deliver } = world.transport;
  const door: { reply: Reply | undefined } = { reply: undefined };
  world.transport = {
    ...world.transport,
    deliver: (envelope) =>
      door.reply === undefined ? deliver(envelope) : envelope.recipients.map(() => door.reply!),
  };
  return door;
};
const listed: Reply = { code: 554, enhanced: '5.7.1', text: 'listed', class: 'dnsblBlock' };
const slower: Reply = { code: 421, enhanced: '4.7.0', text: 'slower', class: 'reputationDefer' };

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
    hear(world, { kind: 'abuse-report', account: world.accounts[0]! });
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
        hear(world, { kind: 'abuse-report', account: account! });
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
  test('comes when the owner notices that his mail is refused, an hour later at the earliest, and once', () => {
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

describe('a receiver that refuses an address', () => {
  const send = (world: World, messages: number): void => {
    for (let count = 0; count < messages; count += 1) mail(world, [address(world)], world.actors[count % 40]!);
  };

  test.each([
    ['three bounces', listed, 2, 3],
    ['twelve deferrals', slower, 11, 12],
  ])('makes somebody look from %s on', (_, reply, few, many) => {
    for (const [messages, expected] of [[few, 0], [many, 1]] as const) {
      const world = platform();
      answering(world).reply = reply;
      advance(world, 9 * hour);
      send(world, messages);
      advance(world, 9 * hour + 4 * minute);
      expect(world.desk.addressOpen[0]).toBe(expected);
    }
  });

  test('brings tickets from one bounced writer in ten, fewer once they have been told', () => {
    const tickets = (told: boolean): number => {
      const world = platform({ staff: 0 }, {
        tenants: [{ name: 'offices', count: 400, pool: 'shared', stream: mute }],
      });
      answering(world).reply = listed;
      if (told) world.desk.toldAt[0] = 0;
      for (const actor of world.actors) mail(world, [address(world)], actor);
      advance(world, 20 * day);
      return tellStory(world, '', 0).metrics.tickets.value!;
    };
    // 40 and 10 of 400, standard deviations 6 and 3.1.
    expect(Math.abs(tickets(false) - 40)).toBeLessThan(4 * 6);
    expect(Math.abs(tickets(true) - 10)).toBeLessThan(4 * 3.1);
  });

  test('a ticket about it is answered, and its address looked into', () => {
    const world = platform({ staff: 1 });
    answering(world).reply = listed;
    advance(world, 9 * hour);
    send(world, 1);
    advance(world, 9 * hour + minute);
    expect(world.desk.addressOpen[0]).toBe(0);
    hear(world, { kind: 'ticket', account: world.accounts[0]! });
    advance(world, 9 * hour + 11 * minute);
    expect([said(world, 'how it stands'), world.desk.addressOpen[0]]).toEqual([true, 1]);
    advance(world, 10 * hour);
    expect(said(world, 'refused by plain')).toBe(true);
  });
});

describe('urgent mail', () => {
  const pools: PlanInput['pools'] = [
    { name: 'shared', addresses: ['192.0.2.10'] },
    { name: 'alternative', addresses: ['198.51.100.10'] },
  ];

  /** A receiver refuses the shared address; the desk sees it at 9:45; then an urgent message is written. */
  const urgent = (urgentRoute: 'none' | 'alternative' | 'freemail') => {
    const world = platform({ urgentRoute }, { pools });
    const { deliver } = world.transport;
    let refuses = true;
    const from: number[] = [];
    world.transport = {
      ...world.transport,
      deliver: (envelope) => {
        if (envelope.message.submission.urgent) from.push(envelope.address);
        return refuses && envelope.address === 0 ? envelope.recipients.map(() => listed) : deliver(envelope);
      },
    };
    advance(world, 9 * hour);
    for (let count = 0; count < 3; count += 1) mail(world, [address(world)]);
    advance(world, 9 * hour + 45 * minute);
    const write = () => {
      const message = mail(world, [address(world)]);
      Object.assign(message.submission, { urgent: true });
      return message;
    };
    return { world, from, write, heal: () => void (refuses = false) };
  };
  const next = (world: World, minutes: number): void => advance(world, world.agenda.now + minutes * minute);

  test('takes the alternative pool while the receiver refuses the other, and the plan says so', () => {
    for (const [route, expected, diverted] of [['none', [0, 0], 0], ['alternative', [0, 1], 1]] as const) {
      const { world, from, write } = urgent(route);
      // The first is under way before it is marked; what the queue starts anew goes by the mark.
      write();
      next(world, 5);
      world.outbound.lanes[0]!.busy = world.outbound.lanes[0]!.most;
      write();
      world.outbound.lanes[0]!.busy = 0;
      const waiting = world.outbound.lanes[0]!.waiting.pop()!;
      world.agenda.after(0 as never, { kind: 'queue-run', envelope: waiting });
      next(world, 5);
      expect(from).toEqual(expected);
      expect(tellStory(world, '', 0).metrics['urgent.diverted'].value).toBe(diverted);
    }
  });

  test('leaves the platform by freemail, and is neither delivered nor lost', () => {
    const { world, write } = urgent('freemail');
    world.outbound.lanes[0]!.busy = world.outbound.lanes[0]!.most;
    const message = write();
    world.outbound.lanes[0]!.busy = 0;
    const lane = world.outbound.lanes[0]!;
    const lost = tellStory(world, '', 0).metrics['wanted.lost'].value;
    world.agenda.after(0 as never, { kind: 'queue-run', envelope: lane.waiting.pop()! });
    next(world, 5);
    expect([message.open, message.delivered, lane.depth]).toEqual([0, 0, 0]);
    expect(tellStory(world, '', 0).metrics['urgent.diverted'].value).toBe(1);
    expect(tellStory(world, '', 0).metrics['wanted.lost'].value).toBe(lost);
  });

  test('goes its own way again once the receiver has taken five messages', () => {
    const { world, heal } = urgent('alternative');
    heal();
    expect(world.desk.refusals.count).toBe(1);
    for (let count = 0; count < 5; count += 1) mail(world, [address(world)]);
    next(world, 5);
    expect(world.desk.refusals.count).toBe(0);
    expect(said(world, 'takes mail from 192.0.2.10 again')).toBe(true);
  });
});

describe('an answer of a register', () => {
  const answer = (codes: readonly string[], failure: 'none' | 'timeout' | 'refused' = 'none') =>
    reading({ codes, txt: '', ttlS: 60, failure });

  test('is a listing only within 127/8 and outside the error range', () => {
    expect(answer(['127.0.0.2'])).toBe('listed');
    expect(answer([])).toBe('not listed');
    for (const code of ['127.255.255.252', '127.255.255.254', '127.255.255.255', '203.0.113.7'])
      expect(answer([code]), code).toBe('unknown');
    expect(answer(['127.255.255.254', '127.0.0.4'])).toBe('listed');
  });

  test('that does not come says nothing', () => {
    expect(answer([], 'timeout')).toBe('unknown');
    expect(answer(['127.0.0.2'], 'refused')).toBe('unknown');
  });

  test('that fails leaves what the desk believes, and what the policy knows, as it was', () => {
    const world = platform({ poll: '15m' }, { registers: [{ name: 'watch', preset: 'barracuda-brbl' }] });
    let codes: readonly string[] = ['127.0.0.2'];
    let failure: 'none' | 'timeout' = 'none';
    world.transport = { ...world.transport, ask: () => ({ codes, txt: '', ttlS: 60, failure }) };
    advance(world, hour);
    expect(world.desk.believes[0]!.listed[0]).toBe(1);
    [codes, failure] = [[], 'timeout'];
    advance(world, 3 * hour);
    codes = ['127.255.255.254'];
    failure = 'none';
    advance(world, 5 * hour);
    expect(world.desk.believes[0]!.listed[0]).toBe(1);
    codes = [];
    advance(world, 6 * hour);
    expect(world.desk.believes[0]!.listed[0]).toBe(0);
  });

  test('from a register that lists the world brings no accusation and no request', () => {
    const world = platform({}, { registers: [{ name: 'watch', preset: 'barracuda-brbl' }] });
    world.registers[0]!.fault = 'list-world-127.0.0.2';
    advance(world, 9 * hour);
    for (let one = 0; one < 40; one += 1) world.ledger.addBounced(world.accounts[0]!.id, 9 * hour);
    advance(world, 14 * hour);
    expect(said(world, 'lists the whole world')).toBe(true);
    expect([world.tally.accusations.length, world.desk.requests]).toEqual([0, 0]);
  });
});
