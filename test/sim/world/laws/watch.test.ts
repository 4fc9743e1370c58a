// Each law catches the breach it is for. A world is meddled with in the middle of a run, as a mistake of ours
// would; unmeddled, the same run passes all of them.

import { expect, test } from 'vitest';
import { acceptEverything, type Milliseconds, type ReceiverId } from '../../../../policy/index.ts';
import { runSeed } from '../../../../sim/run.ts';
import type { WorldEvent } from '../../../../sim/world/events.ts';
import { BrokenLaw } from '../../../../sim/world/laws/broken-law.ts';
import { laws } from '../../../../sim/world/laws/watch.ts';
import type { World } from '../../../../sim/world/world.ts';
import { plan } from './listing-plan.ts';

const honest: typeof plan = { ...plan, incidents: [] };

/** Meddles once, before the first event that it says yes to. */
type Meddle = (world: World, event: WorldEvent) => boolean;

const run = (meddle: Meddle, of = plan) => {
  let done = false;
  return runSeed({
    plan: of, seed: 'law', policy: acceptEverything, traces: new Map(), check: true,
    observe: (world, event) => {
      if (!done) done = meddle(world, event);
    },
  });
};

const nth = (
  kind: WorldEvent['kind'], number: number, act: (world: World, event: WorldEvent) => void,
): Meddle => {
  let seen = 0;
  return (world, event) => {
    if (event.kind !== kind || (seen += 1) < number) return false;
    act(world, event);
    return true;
  };
};

const account = (world: World) => world.accounts[0]!;
const complaintOf = (world: World, receiver: number) => ({
  kind: 'complained' as const, tenant: account(world).tenant.id, account: account(world).id,
  receiver: receiver as ReceiverId,
});

const breaches: readonly (readonly [law: string, saw: string, meddle: Meddle, plan?: typeof plan])[] = [
  ['time never goes back', 'it went from', nth('submission', 50, (world) => {
    const { agenda } = world;
    const late = agenda.now;
    Object.defineProperty(agenda, 'now', { get: () => late - 1_000_000 });
  })],
  ['every submission is in exactly one place', 'submissions are', nth('exchange', 9, (world) => {
    world.tally.census.live -= 1;
  })],
  ['no more connections are open than allowed', 'to outlook are', nth('exchange', 9, (world) => {
    world.outbound.lanes[0]!.busy += 100;
  })],
  ['the desk works no more hours', 'people worked', nth('poll', 9, (world) => {
    world.desk.workedMs += 1e12;
  })],
  ['all trap hits are background', 'of 1 count', nth('poll', 9, (world) => {
    world.tally.trapHits = 1;
    world.tally.backgroundTrapHits = 0;
  }), honest],
  ['a copy ends once', '2 copies were tried where 1 were left', nth('queue-run', 1, (_, event) => {
    if (event.kind !== 'queue-run') return;
    const [key] = event.envelope.recipients;
    event.envelope.recipients = [key!, key!];
  })],
  ['the policy learns of each exchange', 'were learned as bounced', nth('exchange', 9, (world) => {
    world.engine.learn({
      kind: 'bounced', tenant: account(world).tenant.id, account: account(world).id, pool: 'shared',
      address: '', receiver: 0 as ReceiverId, copies: 1,
      reply: { code: 550, enhanced: '', text: '', class: 'policy' },
    }, world.agenda.now);
  })],
  ['a complaint comes back after the mail', 'had delivered nothing', nth('submission', 1, (world) => {
    world.engine.learn(complaintOf(world, 0), world.agenda.now);
  })],
  ['a poll finds a listing only where', 'psbl never named', nth('submission', 5, (world) => {
    const listed = { kind: 'listed', pool: 'shared', address: '192.0.2.10', register: 'psbl' } as const;
    world.engine.learn(listed, world.agenda.now);
  })],
  ['a receiver refuses for a listing no longer', 'for one long gone', nth('submission', 5, (world) => {
    const asked = world.receivers[1]!.consults[0]!;
    asked.until[0] = Number.POSITIVE_INFINITY;
    asked.listed[0] = 1;
  })],
  ['no attempt begins for an account that is shut', 'has been shut since', nth('submission', 50, (world) => {
    for (const one of world.accounts) {
      world.engine.suspend(one.id, { module: 'desk', rule: 'evidence', seen: 1, limit: 0 });
    }
    world.engine.suspension = (() => undefined) as typeof world.engine.suspension;
    world.engine.decide = () => ({ kind: 'pass' });
  })],
];

test('an ordinary run keeps all laws, through a listing and its end', () => {
  const result = run(() => true);
  expect(result.listings.length).toBeGreaterThan(0);
});

const rows = breaches.map(([law, saw, meddle, of = plan]) => ({ law, saw, meddle, of }));

test.each(rows)('"$law" is held: a run that breaks it stops', ({ law, saw, meddle, of }) => {
  let thrown: unknown;
  try {
    run(meddle, of);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(BrokenLaw);
  const { message } = thrown as BrokenLaw;
  expect(message).toContain(law);
  expect(message).toContain(saw);
  expect(message).toMatch(/at (\d+d )?\d\d:\d\d:\d\d\.\d{3} /);
  expect(message).toMatch(/(after event \d+ \([a-z-]+, \d+\)|at the end) of "A listing"/);
  expect(message).toContain('Repeat with --seed law --check');
});

test('each law has its breach here', () => {
  for (const { says } of laws) expect(breaches.some(([law]) => says.includes(law)), says).toBe(true);
});

test('a listing that ran out keeps nobody from the mail once the caches have', () => {
  const result = run(() => true, { ...plan, length: (40 * 86_400_000) as Milliseconds });
  expect(result.listings[0]?.delisted).not.toBeNull();
});

test('a block of its own that a receiver words like a listing is none, and may last', () => {
  const [outlook, small] = plan.receivers;
  const comcast = { ...small!, name: 'comcast', preset: 'comcast' } as const;
  const result = run(
    nth('submission', 5, (world) => {
      const { manner, reputations } = world.receivers[1]!;
      reputations[0]!.blockedUntil = Number.POSITIVE_INFINITY;
      reputations[0]!.blockedBy = manner.block[0]!;
    }),
    { ...honest, receivers: [outlook!, comcast] },
  );
  expect(result.receivers.some((row) => row.receiver === 'comcast' && row.class === 'dnsblBlock')).toBe(true);
});
