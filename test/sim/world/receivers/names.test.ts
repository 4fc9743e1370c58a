// What becomes of mail after it was taken goes by names: another group of tenants, before or after, leaves
// trap hits, reports, complaints and late bounces of everybody else's mail as they were.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { begin } from '../../../../sim/world/incidents/incidents.ts';
import type { Envelope } from '../../../../sim/world/platform/outbound.ts';
import { arrive } from '../../../../sim/world/receivers/arrival.ts';
import { isFoundOutLater } from '../../../../sim/world/receivers/phases.ts';
import { compose, isDue, scheduleNext } from '../../../../sim/world/senders/arrivals.ts';
import type { Actor } from '../../../../sim/world/senders/cast.ts';
import type { World } from '../../../../sim/world/world.ts';
import { group } from '../senders/writing.ts';
import { day, worldOf } from '../stage.ts';

const strangers: PlanInput['tenants'] = [
  group({ kind: 'office', perDay: 30 }, { name: 'strangers', count: 3, accounts: 2 }),
  group({ kind: 'shop', perDay: 30 }, { name: 'others', count: 2 }),
  group({ kind: 'quiet' }, { name: 'nobody', count: 8 }),
];
const isStranger = ({ account }: Actor): boolean =>
  strangers.some(({ name }) => name === account.tenant.group);

/** As much of an envelope as what becomes of it asks for. */
const envelopeOf = (
  actor: Actor, number: number, submission: Envelope['message']['submission'],
): Envelope => {
  const { account, tenant, truth, id } = actor;
  const message = { submission, actor, number, nature: truth, luck: id, domain: tenant, counted: true };
  return { message, tenant, account: account.id, pool: actor.pool, address: 0 } as unknown as Envelope;
};

/** Every copy of those we know is taken, at once. Tells what came of it, in the order of its time. */
const consequences = (tenants: PlanInput['tenants']): readonly string[] => {
  const world = worldOf({
    tenants,
    registers: [
      { name: 'psbl', preset: 'psbl', coverage: '50%' },
      { name: 'spamcop', preset: 'spamcop-scbl', coverage: '30%' },
    ],
    receivers: [
      { name: 'yahoo', preset: 'yahoo', share: '50%' },
      { name: 'comcast', preset: 'comcast', share: '30%' },
      { name: 'plain', preset: 'yandex', share: '20%' },
    ],
    signals: { ownTraps: '20%' },
    incidents: [{
      kind: 'careless', at: '1h', who: { group: 'offices', member: 1 }, size: 60_000, pace: '10000/h',
      list: { kind: 'purchased' },
    }],
  });
  const came: string[] = [];
  const take = (actor: Actor): void => {
    const number = actor.count;
    const submission = compose(world, actor);
    if (isStranger(actor)) return;
    const envelope = envelopeOf(actor, number, submission);
    submission.recipients.forEach((key, copy) => {
      const receiver = world.receivers[submission.receivers[copy]!]!;
      const kind = world.addresses.kindOf(key);
      if (kind === 'unknown' && !isFoundOutLater(world, receiver, key)) return;
      const before = world.registers.map(({ dossiers }) => dossiers[0]!.hitsEver);
      arrive(world, envelope, receiver, key);
      world.registers.forEach(({ name, dossiers }, index) => {
        if (dossiers[0]!.hitsEver > before[index]!) came.push(`${world.agenda.now} ${name} trapped ${kind}`);
      });
    });
  };
  const end = 2 * day;
  while (world.agenda.nextAt <= end) {
    const event = world.agenda.take();
    const { now } = world.agenda;
    if (event.kind === 'incident') begin(world, event.index);
    else if (event.kind === 'submission' && isDue(world, event.actor, event)) {
      take(event.actor);
      scheduleNext(world, event.actor, event);
    } else if (event.kind === 'button') came.push(`${now} button ${nameOf(world, event.receiver)}`);
    else if (event.kind === 'late-bounce') came.push(`${now} late ${nameOf(world, event.receiver)}`);
    else if (event.kind === 'evidence') came.push(`${now} ${event.register.name} ${event.evidence.kind}`);
    else if (event.kind === 'desk-mail' || event.kind === 'signal') {
      came.push(`${now} ${event.kind === 'signal' ? `our own ${event.signal.kind}` : event.mail.kind}`);
    }
  }
  return came;
};

const nameOf = (world: World, receiver: number): string => world.receivers[receiver]!.name;

test('a group of tenants more, before or after, changes nothing of what others’ mail comes to', () => {
  const known = [
    group({ kind: 'office', perDay: 40 }, { name: 'offices', count: 3 }),
    group({ kind: 'shop', perDay: 60 }, { name: 'shops', count: 2 }),
  ];
  const expected = consequences(known);
  // Enough of each for a change to show: 0.4 % press the button, 1 in 10,000 reports, 1 in 25,000 writes.
  const kinds = [
    'button', 'spamcop report', 'abuse-report', 'late', 'psbl trapped', 'spamcop trapped', 'our own trapped',
  ];
  for (const what of kinds)
    expect(expected.filter((line) => line.includes(what)).length, what).toBeGreaterThan(0);
  fc.assert(
    fc.property(fc.subarray(strangers, { minLength: 1 }), fc.subarray(strangers), (before, more) => {
      const after = more.filter((one) => !before.includes(one));
      expect(consequences([...before, ...known, ...after])).toEqual(expected);
    }),
    { numRuns: 6 },
  );
});
