// Each signal reaches the platform no earlier than signals.json says, and names nobody it cannot name.

import { describe, expect, test } from 'vitest';
import { milliseconds, type Module, policy, type Signal, type SignalKind } from '../../../../policy/index.ts';
import { signalPresets } from '../../../../sim/presets/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { mailSeen } from '../../../../sim/world/registers/feeds.ts';
import { afterMidnight, delayOf, drawDelay } from '../../../../sim/world/platform/delays.ts';
import { loginSeen } from '../../../../sim/world/platform/signals.ts';
import { trapReached } from '../../../../sim/world/registers/traps.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, day, hour, mail, minute, mute, worldOf } from '../stage.ts';

interface Heard {
  readonly at: number;
  readonly signal: Signal;
}

/** A platform whose policy writes down what it hears. */
const listening = (
  kinds: readonly SignalKind[], changes: Partial<PlanInput> = {}, seed = 'one',
): { readonly world: World; readonly heard: Heard[] } => {
  const heard: Heard[] = [];
  const ear: Module<object> = {
    name: 'ear', key: 'platform', hears: kinds, fresh: () => ({}),
    decide: () => ({ kind: 'pass' }),
    learn: (_, signal, at) => void heard.push({ at, signal }),
  };
  const tenants: PlanInput['tenants'] = [{ name: 'offices', count: 200, pool: 'shared', stream: mute }];
  return { world: worldOf({ tenants, ...changes }, { policy: policy('ear', [ear]), seed }), heard };
};

const delayS = (id: string) => signalPresets.find((preset) => preset.id === id)!.delayS;
const sorted = (numbers: readonly number[]): readonly number[] => numbers.toSorted((one, two) => one - two);
const quantile = (numbers: readonly number[], share: number): number =>
  sorted(numbers)[Math.floor(share * numbers.length)]!;
const namesNoTenant = (signal: Signal): boolean => !('tenant' in signal) && !('account' in signal);

/** Hands in a message of each tenant, through the policy. */
const submitAll = (world: World): void => {
  for (const actor of world.actors)
    world.agenda.after(0 as typeof world.agenda.now, { kind: 'submission', actor });
};

test('delays have the least, the median and the 95 % point of signals.json', () => {
  for (const id of ['auth-anomaly', 'content-verdict', 'tenant-ticket', 'abuse-desk-mail', 'dsn-async']) {
    const { min, p50, p95 } = delayS(id);
    const drawn: number[] = [];
    // Two uniform numbers a draw, from the golden ratio's multiples and a finer grid: spread, not random.
    for (let one = 0; one < 20_000; one += 1)
      drawn.push(drawDelay(delayOf(id), (one * 0.618_033_988_75) % 1, (one + 0.5) / 20_000));
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(min * 1_000 - 1);
    expect(Math.abs(quantile(drawn, 0.5) / (Math.max(min, p50) * 1_000) - 1)).toBeLessThan(0.05);
    expect(Math.abs(quantile(drawn, 0.95) / (p95 * 1_000) - 1)).toBeLessThan(0.05);
  }
});

describe('content scan', () => {
  test('tells only where it says spam, of its account, within its delay, as often as the plan says', () => {
    const signals = { contentCaught: '70%', contentWrong: '25%' } as const;
    const { world, heard } = listening(['scanned'], { signals });
    submitAll(world);
    advance(world, hour);
    const { min } = delayS('content-verdict');
    expect(heard.every(({ signal }) => signal.kind === 'scanned' && signal.spam)).toBe(true);
    // 25 % of 200 honest messages: 50, standard deviation 6.1.
    expect(Math.abs(heard.length - 50)).toBeLessThan(4 * 6.1);
    for (const { at, signal } of heard) {
      expect(at).toBeGreaterThanOrEqual(min * 1_000);
      expect(signal.kind === 'scanned' && world.accounts[signal.account]!.tenant.id).toBe(
        signal.kind === 'scanned' ? signal.tenant : -1,
      );
    }
  });

  test('looks at nothing that was refused before its content was sent', () => {
    const heard: Signal[] = [];
    const refuse: Module<object> = {
      name: 'refuse', key: 'platform', hears: ['scanned'], fresh: () => ({}),
      decide: () => ({ kind: 'reject', reason: { module: 'refuse', rule: 'all', seen: 1, limit: 0 } }),
      learn: (_, signal) => void heard.push(signal),
    };
    const world = worldOf(
      { tenants: [{ name: 'offices', count: 9, pool: 'shared', stream: mute }],
        signals: { contentWrong: '100%' } },
      { policy: policy('refuse', [refuse]) },
    );
    submitAll(world);
    advance(world, hour);
    expect(heard).toEqual([]);
  });
});

describe('logins', () => {
  test('of thieves show in the plan’s share of break-ins, not before the least delay', () => {
    const { world, heard } = listening(['login'], { signals: { loginSeen: '60%' } });
    advance(world, hour);
    for (const account of world.accounts) loginSeen(world, account);
    advance(world, hour + 30 * minute);
    const ours = heard.filter(({ at }) => at >= hour);
    // 120 of 200, standard deviation 6.9; a journey or two of honest people comes on top.
    expect(Math.abs(ours.length - 120)).toBeLessThan(4 * 6.9);
    expect(quantile(ours.map(({ at }) => at - hour), 0.95)).toBeLessThan(3 * minute);
  });

  test('from new places are honest people’s too: about one account in 333 a day', () => {
    const { world, heard } = listening(['login'], {
      tenants: [{ name: 'offices', count: 2_000, pool: 'shared', stream: mute }],
    });
    advance(world, 10 * day);
    // 0.003 of 2,000 accounts on each of ten days: 60, standard deviation 7.7.
    expect(Math.abs(heard.length - 60)).toBeLessThan(4 * 7.7);
  });
});

describe('own traps', () => {
  test('are the plan’s share of all, tell the account, and take a minute at least', () => {
    const { world, heard } = listening(['trapped'], { signals: { ownTraps: '50%' } });
    const sent = new Set<number>();
    for (let count = 0; count < 200; count += 1) {
      const message = mail(world, [address(world, 'recycled')], world.actors[count]!);
      sent.add(message.submission.account);
    }
    advance(world, hour);
    // Standard deviation 7.1.
    expect(Math.abs(heard.length - 100)).toBeLessThan(4 * 7.1);
    for (const { at, signal } of heard) {
      expect(at).toBeGreaterThanOrEqual(minute);
      expect(signal.kind === 'trapped' && sent.has(signal.account)).toBe(true);
    }
  });

  test('on parked domains and behind forged senders are nobody’s', () => {
    const { world, heard } = listening(['trapped'], { signals: { ownTraps: '100%' } });
    const message = mail(world, [address(world)]);
    const envelope = world.outbound.lanes[0]!.oldest!;
    for (const kind of ['parked', 'backscatter'] as const) {
      trapReached(world, envelope, message.submission.recipients[0]!, kind);
    }
    advance(world, hour);
    expect(heard).toEqual([]);
  });
});

test('a late bounce is an unknown user of its account, and counts in the ledger', () => {
  const { world, heard } = listening(['bounced']);
  const { id: account, tenant } = world.accounts[3]!;
  world.agenda.after((5 * minute) as typeof world.agenda.now, {
    kind: 'late-bounce', tenant: tenant.id, account, pool: tenant.pool, receiver: world.receivers[0]!.id,
    sent: 0, taken: milliseconds(minute),
  });
  advance(world, hour);
  expect(heard).toHaveLength(1);
  expect(heard[0]).toMatchObject({
    at: 5 * minute, signal: { account, tenant: tenant.id, reply: { class: 'unknownUser' }, sent: minute },
  });
  expect(world.ledger.viewOf(account, world.agenda.now).bounced).toBe(1);
});

describe('telemetry', () => {
  const told = (copies: number, spam: number, preset = 'outlook-consumer') => {
    const receivers = [{ name: 'there', preset: preset as 'gmail', share: '100%' as const }];
    const { world, heard } = listening(['telemetry'], { receivers });
    advance(world, 10 * hour);
    for (let copy = 0; copy < copies; copy += 1) mailSeen(world, world.receivers[0]!, 0, copy < spam);
    advance(world, 10 * day);
    return heard;
  };

  test('says green below 10 % spam, red above 90 %, yellow between', () => {
    const colours = [9, 10, 90, 91].map((spam) => told(100, spam).map(({ signal }) => signal));
    expect(colours.map(([signal]) => signal?.kind === 'telemetry' && signal.colour)).toEqual([
      'green', 'yellow', 'yellow', 'red',
    ]);
  });

  test('says nothing of an address with fewer than 100 messages that day', () => {
    expect(told(99, 99)).toEqual([]);
    expect(told(100, 100)).toHaveLength(1);
  });

  test('names address and receiver only, once a day, eight hours after midnight at the earliest', () => {
    const [first, ...rest] = told(500, 500);
    expect(rest).toEqual([]);
    expect(namesNoTenant(first!.signal)).toBe(true);
    expect(first!.signal).toMatchObject({ address: '192.0.2.10', receiver: 0, colour: 'red' });
    expect(first!.at - day).toBeGreaterThanOrEqual(delayS('snds-daily').min * 1_000);
    expect(told(500, 0, 'gmail')[0]!.at - day).toBeGreaterThanOrEqual(delayS('gpt-daily').min * 1_000);
  });

  test('counted from the mail it is about is about as old as signals.json says, half the time', () => {
    for (const id of ['snds-daily', 'gpt-daily']) {
      const ages: number[] = [];
      for (let one = 0; one < 20_000; one += 1) {
        const [first, second] = [(one * 0.618_033_988_75) % 1, (one * 0.414_213_562) % 1];
        ages.push(((one + 0.5) / 20_000) * day + drawDelay(afterMidnight(id), first, second));
      }
      expect(Math.abs(quantile(ages, 0.5) / (delayS(id).p50 * 1_000) - 1)).toBeLessThan(0.15);
    }
  });

  test('comes from no receiver that has no such service', () => {
    expect(told(500, 500, 'yandex')).toEqual([]);
  });
});

test('replies are known when the exchange is over, not when it begins', () => {
  const { world, heard } = listening(['delivered', 'bounced']);
  mail(world, [address(world)]);
  mail(world, [address(world, 'unknown')]);
  advance(world, 199);
  expect(heard).toEqual([]);
  advance(world, minute);
  expect(heard.map(({ signal }) => signal.kind).toSorted()).toEqual(['bounced', 'delivered']);
  expect(Math.min(...heard.map(({ at }) => at))).toBeGreaterThanOrEqual(delayS('smtp-reply').min * 1_000);
});

test('a complaint names its account, and comes a minute after the mail at the earliest', () => {
  const { world, heard } = listening(['complained'], {
    receivers: [{ name: 'there', preset: 'outlook-consumer', share: '100%' }],
  });
  for (let count = 0; count < 12_000; count += 1) {
    mail(world, [address(world)], world.actors[count % 200]!);
  }
  advance(world, 30 * day);
  expect(heard.length).toBeGreaterThan(0);
  for (const { at, signal } of heard) {
    expect(at).toBeGreaterThanOrEqual(delayS('arf-complaint').min * 1_000);
    // All was handed in at time 0, and was sent when it was delivered.
    const { sent } = signal as { sent: number };
    expect([sent > 0, sent < at]).toEqual([true, true]);
    expect(signal.kind === 'complained' && world.accounts[signal.account]!.tenant.id).toBe(
      signal.kind === 'complained' ? signal.tenant : -1,
    );
  }
});
