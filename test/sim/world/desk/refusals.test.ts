// A receiver that refuses an address: when the desk looks, what tenants write, how urgent mail goes then.

import { describe, expect, test } from 'vitest';
import type { Reply } from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { replyPresets } from '../../../../sim/presets/index.ts';
import { hear } from '../../../../sim/world/desk/mail.ts';
import { noteRefusal, noteTaken } from '../../../../sim/world/desk/refusals.ts';
import { conclude } from '../../../../sim/world/platform/conclusion.ts';
import type { Envelope } from '../../../../sim/world/platform/outbound.ts';
import { goesAnotherWay } from '../../../../sim/world/platform/urgent.ts';
import { tellStory } from '../../../../sim/world/measures/story.ts';
import { isReply } from '../../../../sim/world/receivers/replies.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, day, hour, mail, minute, mute, worldOf } from '../stage.ts';

type Desk = NonNullable<PlanInput['desk']>;

const platform = (desk: Desk = {}, changes: Partial<PlanInput> = {}, seed = 'one'): World =>
  worldOf(
    { tenants: [{ name: 'offices', count: 40, pool: 'shared', stream: mute }],
      desk: { rightly: '100%', ...desk }, ...changes },
    { seed },
  );

const said = (world: World, words: string): boolean =>
  world.tally.timeline.some(({ what }) => what.includes(words));

/**
 * From now on the receiver answers every copy with this, for the address' sake; undefined for the world's own
 * answer.
 */
const answering = (world: World) => {
  const { deliver } = world.transport;
  const door: { reply: Reply | undefined } = { reply: undefined };
  world.transport = {
    ...world.transport,
    deliver: (envelope) => {
      const { reply } = door;
      if (reply === undefined) return deliver(envelope);
      // A receiver knows by what it refused that it did so for the address' sake.
      world.receivers[envelope.receiver]!.blame = replyPresets.find((one) => isReply(reply, one))!;
      return envelope.recipients.map(() => reply);
    },
  };
  return door;
};
const listed: Reply = { code: 554, enhanced: '5.7.1', text: 'listed', class: 'dnsblBlock' };
const slower: Reply = { code: 421, enhanced: '4.7.0', text: 'slower', class: 'reputationDefer' };

describe('a receiver that refuses an address', () => {
  const send = (world: World, messages: number): void => {
    for (let count = 0; count < messages; count += 1)
      mail(world, [address(world)], world.actors[count % 40]!);
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

  test.each(['first', 'last'])('is not lost to a copy that bounces %s where one left by freemail', (when) => {
    const world = platform({ urgentRoute: 'freemail' }, {
      receivers: [
        { name: 'plain', preset: 'yandex', share: '50%' }, { name: 'other', preset: 'yandex', share: '50%' },
      ],
    });
    const message = mail(world, [address(world, 'person', 0), address(world, 'person', 1)]);
    Object.assign(message.submission, { urgent: true });
    const { refusals } = world.desk;
    refusals.count = 1;
    refusals.known[0] = 1;
    const envelopes = world.outbound.lanes.map(({ oldest }) => oldest!);
    const door = answering(world);
    door.reply = listed;
    const ways = [
      () => expect(goesAnotherWay(world, envelopes[0]!)).toBe(true),
      () => conclude(world, envelopes[1]!, world.transport.deliver(envelopes[1]!) as readonly Reply[]),
    ];
    for (const way of when === 'last' ? ways : ways.toReversed()) way();
    expect([message.open, message.turnedAway]).toEqual([0, true]);
    expect(tellStory(world, '', 0).metrics['wanted.lost'].value).toBe(0);
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

  test('waits for five messages in a row: one that is refused begins the count anew', () => {
    const { world } = urgent('alternative');
    const { loud, known, taken } = world.desk.refusals;
    Object.assign(loud, { 0: 12 });
    Object.assign(known, { 0: 1 });
    Object.assign(taken, { 0: 0 });
    const envelope = { receiver: 0, address: 0 } as unknown as Envelope;
    for (let count = 0; count < 4; count += 1) noteTaken(world, envelope);
    noteRefusal(world, envelope, listed);
    for (let count = 0; count < 4; count += 1) noteTaken(world, envelope);
    expect(known[0]).toBe(1);
    noteTaken(world, envelope);
    expect(known[0]).toBe(0);
  });
});
