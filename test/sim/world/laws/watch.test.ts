// Each law catches the breach it is for. A world is meddled with in the middle of a run, as a mistake of ours
// would; unmeddled, the same run passes all of them.

import { expect, test } from 'vitest';
import {
  acceptEverything, type AddressKey, type Attempt, go, type Milliseconds, type Module, pass, policy,
  type ReceiverId, type Signal, type Submission,
} from '../../../../policy/index.ts';
import { readPlan } from '../../../../sim/plan/read.ts';
import { PolicyFault, runSeed } from '../../../../sim/run.ts';
import type { WorldEvent } from '../../../../sim/world/events.ts';
import { BrokenLaw } from '../../../../sim/world/laws/broken-law.ts';
import { laws } from '../../../../sim/world/laws/watch.ts';
import type { World } from '../../../../sim/world/world.ts';

const plan = readPlan({
  title: 'A listing', question: 'Do the laws hold?', length: '3d',
  pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
  registers: [{ name: 'psbl', preset: 'psbl', coverage: '100%' }],
  receivers: [
    { name: 'outlook', preset: 'outlook-consumer', share: '50%' },
    { name: 'small', preset: 'small-postfix', share: '50%', consults: ['psbl'] },
  ],
  tenants: [{ name: 'offices', count: 5, pool: 'shared', stream: { kind: 'office', perDay: 60 } }],
  incidents: [{
    kind: 'compromised', at: '1d', who: { group: 'offices', member: 1 }, how: 'weak-password', rate: '200/h',
    length: '10h',
  }],
}, 'laws');

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

const reason = { module: 'meddler', rule: 'all', seen: 1, limit: 0 };
const meddlers: readonly (readonly [what: string, verbs: Partial<Module<object>>])[] = [
  ['a message', { decide: (_, submission) => {
    (submission as { bytes: number }).bytes = 0;
    return pass;
  } }],
  ['its recipients', { decide: (_, { recipients }: Submission) => {
    (recipients as AddressKey[]).length = 0;
    return pass;
  } }],
  ['a signal', { learn: (_, signal: Signal) => {
    if (signal.kind === 'delivered') (signal as { copies: number }).copies = 0;
  } }],
  ['an attempt', { dispatch: (_, attempt: Attempt) => {
    (attempt as { copies: number }).copies = 0;
    return go;
  } }],
  ['the part of a message', { key: 'receiver', decide: (_, { receivers }: Submission) => {
    (receivers as ReceiverId[])[0] = 0 as ReceiverId;
    return pass;
  } }],
  ['a verdict', { decide: () => ({ kind: 'alert', reason: { ...reason } }), learn: (_, signal: Signal) => {
    if (signal.kind === 'submitted' && signal.verdict.kind === 'alert') {
      (signal.verdict.reason as { seen: number }).seen = 0;
    }
  } }],
  ['a slot', { dispatch: (_, { slots }: Attempt, now) => {
    const until = (now + 1_000) as Milliseconds;
    if (slots.length === 0) return { kind: 'wait', until, slot: { module: 'meddler', number: 1 }, reason };
    (slots[0] as { number: number }).number = 2;
    return go;
  } }],
  ['what was said of an attempt', {
    dispatch: (_, __, now) => ({ kind: 'wait', until: now, reason }),
    learn: (_, signal: Signal) => {
      if (signal.kind === 'attempted') (signal.said as { kind: string }).kind = 'go';
    },
  }],
];

test.each(meddlers)('a policy that changes %s it is shown is named', (_, verbs) => {
  const meddler: Module<object> = {
    name: 'meddler', key: 'account', fresh: () => ({}), decide: () => pass, learn: () => undefined, ...verbs,
  };
  const start = (): unknown => runSeed({
    plan, seed: 'law', policy: policy('test', [meddler]), traces: new Map(), check: true,
  });
  expect(start).toThrow(PolicyFault);
  expect(start).toThrow(/meddler.*read only/);
});

test('a policy that writes to what it said itself is not refused', () => {
  const said = { kind: 'pace' as const, until: 0 as Milliseconds, reason: { ...reason, module: 'own' } };
  const own: Module<object> = {
    name: 'own', key: 'account', fresh: () => ({}), learn: () => undefined,
    decide(_, submission, now) {
      said.until = (now + 1_000) as Milliseconds;
      said.reason.seen = submission.id;
      return said;
    },
  };
  const start = (): unknown => runSeed({
    plan, seed: 'law', policy: policy('test', [own]), traces: new Map(), check: true,
  });
  expect(start).not.toThrow();
});
