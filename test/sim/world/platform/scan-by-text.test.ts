// A content scan knows a text or misses it: what says the same mostly fares the same, whoever's account it
// leaves by, until an attacker writes something else; and over many texts the plan's shares come out.

import { expect, test } from 'vitest';
import { type Module, pass, policy } from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { PlanMistakes } from '../../../../sim/plan/problems.ts';
import { readPlan } from '../../../../sim/plan/read.ts';
import { runSeed } from '../../../../sim/run.ts';

type Signals = NonNullable<PlanInput['signals']>;
type Incidents = NonNullable<PlanInput['incidents']>;

const thief = (length: string, more: object = {}): Incidents => [{
  kind: 'compromised', at: '0s', who: { group: 'offices', member: 1 }, how: 'outdated-script', rate: '60/h',
  length, ...more,
} as Incidents[number]];

const planOf = (signals: Signals, length: string, incidents: Incidents): PlanInput => ({
  title: 'scan', question: 'What does our own scan say?', length,
  pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
  receivers: [{ name: 'plain', preset: 'small-postfix', share: '100%' }],
  tenants: [{
    name: 'offices', count: 3, accounts: 3, pool: 'shared', stream: { kind: 'office', perDay: 1 },
  }],
  incidents, signals: { contentWrong: '0%', ...signals }, desk: { staff: 0 },
} as PlanInput);

const dayMs = 86_400_000;

/** Share of the culprit's mail that the scan called spam, by day and account. */
const caught = (signals: Signals, length: string, incidents: Incidents, seed: string): readonly number[] => {
  const tally = new Map<string, [sent: number, spam: number]>();
  const of = (account: number, at: number): [number, number] => {
    const key = `${Math.floor(at / dayMs)} ${account}`;
    const known = tally.get(key) ?? [0, 0];
    tally.set(key, known);
    return known;
  };
  const ear: Module<object> = {
    name: 'ear', key: 'platform', hears: ['submitted', 'scanned'], fresh: () => ({}), decide: () => pass,
    learn(_, signal, at) {
      if (signal.kind === 'submitted') of(signal.account, at)[0] += 1;
      if (signal.kind === 'scanned') of(signal.account, signal.sent!)[1] += 1;
    },
  };
  const plan = readPlan(planOf(signals, length, incidents), 'scan');
  runSeed({ plan, policy: policy('ear', [ear]), seed, traces: new Map() });
  return [...tally.values()].filter(([sent]) => sent > 100).map(([sent, spam]) => spam / sent);
};

const seeds = Array.from({ length: 40 }, (_, number) => String(number + 1));
const mean = (numbers: readonly number[]): number =>
  numbers.reduce((sum, one) => sum + one, 0) / numbers.length;

test('nearly all of one text is caught, or nearly none, and over many texts the plan’s share', () => {
  const shares = seeds.flatMap((seed) => caught({ contentCaught: '70%' }, '6h', thief('6h'), seed));
  expect(shares.length).toBeGreaterThan(35);
  // Nine in ten as the text, the tenth at 70 % by itself: 97 % or 7 %.
  for (const share of shares)
    expect(Math.min(Math.abs(share - 0.97), Math.abs(share - 0.07))).toBeLessThan(0.07);
  // Forty texts: standard deviation 0.072 of their share.
  expect(Math.abs(mean(shares) - 0.7)).toBeLessThan(4 * 0.066);
  expect(Math.max(...shares)).toBeGreaterThan(0.9);
  expect(Math.min(...shares)).toBeLessThan(0.15);
});

test('with no share by text each message is judged by itself, and with all of it none is', () => {
  for (const seed of seeds.slice(0, 10)) {
    const [alone] = caught({ contentByText: '0%' }, '6h', thief('6h'), seed);
    expect(Math.abs(alone! - 0.7)).toBeLessThan(0.12);
    const [alike] = caught({ contentByText: '100%' }, '6h', thief('6h'), seed);
    expect([0, 1]).toContain(alike);
  }
});

test('an attacker writes something else after the plan’s time, whose luck is its own', () => {
  const one = thief('4d', { rate: '30/h' });
  const byDay = seeds.slice(0, 10).map((seed) => caught({ contentByText: '100%' }, '4d', one, seed));
  expect(byDay.every((days) => days.length >= 3)).toBe(true);
  // The office's own mail blurs it a little.
  for (const share of byDay.flat()) expect(Math.min(share, 1 - share)).toBeLessThan(0.01);
  expect(byDay.some((days) => new Set(days.map(Math.round)).size === 2)).toBe(true);
  const kept = seeds.slice(0, 10)
    .map((seed) => caught({ contentByText: '100%', newText: '30d' }, '4d', one, seed));
  for (const days of kept) expect(new Set(days.map(Math.round)).size).toBe(1);
});

test('one text fares alike from whichever account it leaves', () => {
  const pc: Incidents = [{
    kind: 'infected', at: '0s', who: { group: 'offices', member: 1 }, accounts: 3, rate: '300/h',
    length: '9h',
  } as Incidents[number]];
  let all = 0;
  for (const seed of seeds.slice(0, 10)) {
    const shares = caught({ contentByText: '100%' }, '9h', pc, seed);
    expect(shares.length).toBeGreaterThan(1);
    for (const share of shares) expect(Math.abs(share - Math.round(shares[0]!))).toBeLessThan(0.02);
    all += Math.round(shares[0]!);
  }
  expect(all).toBeGreaterThan(0);
  expect(all).toBeLessThan(10);
});

test('each round of a list is one text: what is wrongly called spam comes by rounds', () => {
  const rounds: Incidents = [{
    kind: 'careless', at: '0s', who: { group: 'offices', member: 1 }, size: 300, pace: '600/h', rounds: 6,
    every: '1d', list: { kind: 'opt-in' },
  } as Incidents[number]];
  const signals = { contentByText: '100%', contentWrong: '50%' } as const;
  const shares = seeds.slice(0, 6).flatMap((seed) => caught(signals, '6d', rounds, seed));
  expect(shares.length).toBeGreaterThan(30);
  // Office mail of the same day, each message by itself, blurs it a little.
  for (const share of shares) expect(Math.min(share, 1 - share)).toBeLessThan(0.03);
  expect(Math.abs(mean(shares) - 0.5)).toBeLessThan(4 * 0.085);
});

test('office mail is judged message by message', () => {
  const shares = seeds.slice(0, 5).map((seed) => {
    let [sent, spam] = [0, 0];
    const ear: Module<object> = {
      name: 'ear', key: 'platform', hears: ['submitted', 'scanned'], fresh: () => ({}), decide: () => pass,
      learn: (_, { kind }) => void (kind === 'submitted' ? sent += 1 : spam += 1),
    };
    const input = planOf({ contentWrong: '50%', contentByText: '100%' }, '5d', []);
    const tenants = input.tenants!.map((group) => ({
      ...group, stream: { kind: 'office' as const, perDay: 20 },
    }));
    const plan = readPlan({ ...input, tenants }, 'scan');
    runSeed({ plan, policy: policy('ear', [ear]), seed, traces: new Map() });
    return spam / sent;
  });
  for (const share of shares) expect(Math.abs(share - 0.5)).toBeLessThan(0.1);
});

test('a text that lasts no time is a mistake of the plan', () => {
  expect(() => readPlan(planOf({ newText: '0s' }, '6h', thief('1h')), 'scan')).toThrow(PlanMistakes);
  expect(() => readPlan(planOf({ newText: '0s' }, '6h', thief('1h')), 'scan')).toThrow('signals.newText');
});
