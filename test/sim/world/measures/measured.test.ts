// What a run measures beside its metrics: days of an address, words of every rule, and groups of tenants.

import { describe, expect, test } from 'vitest';
import { type Module, policy, type Verdict, zero } from '../../../../policy/index.ts';
import { runSeed, type SeedResult } from '../../../../sim/index.ts';
import { request, smallScenarios } from '../../../run/small.ts';
import { daysOf } from '../../../../sim/world/measures/day-tally.ts';
import { pressButton } from '../../../../sim/world/receivers/complaints.ts';
import { address, advance, day, hour, mail, mute, worldOf } from '../stage.ts';

const says = (name: string, every: number, kind: 'defer' | 'shadow'): Module<{ seen: number }> => ({
  name,
  key: 'platform',
  fresh: () => ({ seen: 0 }),
  decide: ({ seen }): Verdict => {
    if (seen % every !== 0) return { kind: 'pass' };
    const reason = { module: name, rule: 'every', seen, limit: every };
    return kind === 'defer' ? { kind, reason } : { kind, would: 'reject', reason };
  },
  learn: (state, signal) => {
    if (signal.kind === 'submitted') state.seen += 1;
  },
});

const scenario = smallScenarios().find(({ name }) => name === 'compromised-account')!;
const seed = (modules: readonly Module<{ seen: number }>[]): SeedResult =>
  runSeed(request(scenario, '1', policy('test', modules)));

describe('what every rule says', () => {
  test('two rules that speak together are never alone, and a third that speaks apart always is', () => {
    const { heard } = seed([says('two', 2, 'shadow'), says('four', 4, 'shadow')]);
    const [two, four] = ['two every', 'four every'].map((rule) =>
      heard.rules.find((one) => one.rule === rule)!);
    expect(four!.innocent).toBeGreaterThan(100);
    expect(four!.innocentAlone).toBe(0);
    expect(two!.innocentAlone).toBe(two!.innocent - four!.innocent);
    expect(four!.abusiveAlone).toBe(0);
    expect(two!.abusiveAlone).toBe(two!.abusive - four!.abusive);
    expect(two!.innocent / heard.innocent).toBeCloseTo(1 / 2, 1);
    expect(heard.pairs).toEqual([{ one: 'two every', two: 'four every', abusive: four!.abusive }]);
  });

  test('a rule on trial is counted, and neither stops nor notices anybody', () => {
    const { heard, metrics, culprits, hits } = seed([says('two', 2, 'shadow')]);
    expect(heard.rules[0]!.abusive).toBeGreaterThan(0);
    expect(metrics['time_to_block'].observed).toBe(false);
    expect(culprits.map((one) => one.detectedBy).join('')).not.toContain('two');
    expect(hits.map((hit) => hit.rule).join('')).not.toContain('two');
  });

  test('being heard moves nothing: with and without a second rule on trial a run is the same', () => {
    expect(seed([says('two', 2, 'shadow')]).fingerprint).toBe(seed([]).fingerprint);
  });

  test('a message that comes again after a deferral is counted once', () => {
    const { heard } = seed([says('one', 1, 'defer')]);
    expect(heard.innocent).toBe(seed([]).heard.innocent);
    expect(heard.rules[0]!.innocent).toBe(heard.innocent);
    expect(heard.rules[0]!.abusive).toBe(heard.abusive);
  });
});

test('a day of an address holds what was sent, complained of and trapped on it, by the calendar', () => {
  const world = worldOf({
    epoch: '2027-01-04T20:00:00Z',
    receivers: [{ name: 'there', preset: 'yandex', share: '100%' }],
    tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
  });
  mail(world, [address(world)]);
  advance(world, 3 * hour);
  // Four hours after time 0 it is midnight.
  mail(world, [address(world, 'pristine')]);
  advance(world, 5 * hour);
  mail(world, [address(world, 'pristine')]);
  pressButton(world, {
    kind: 'button', account: world.accounts[0]!, receiver: 0 as never, address: 0, domain: 0, sent: 0,
    taken: zero,
  });
  advance(world, 6 * hour);
  const { from, addresses } = daysOf(world);
  expect(from).toBe(-20 * hour);
  expect(addresses).toHaveLength(1);
  const [row] = addresses;
  expect(row!.address).toBe('192.0.2.10');
  expect(row!.tries.slice(0, 3)).toEqual([2, 1, 0]);
  expect(row!.traps.slice(0, 3)).toEqual([1, 1, 0]);
  expect(row!.complaints.slice(0, 3)).toEqual([0, 1, 0]);
  expect(row!.tries).toHaveLength(90);
  advance(world, 120 * day);
  mail(world, [address(world)]);
  advance(world, 121 * day);
  expect(daysOf(world).addresses[0]!.tries).toEqual(row!.tries);
});

test('groups add up to what the metrics say of all tenants', () => {
  const result = runSeed(request(scenario));
  const of = (name: keyof SeedResult['groups'][number]): number =>
    result.groups.reduce((sum, group) => sum + Number(group[name]), 0);
  expect(of('submitted')).toBe(result.metrics['wanted.submitted'].value);
  expect(of('bounced')).toBe(result.metrics['collateral.bounced'].value);
  expect(of('abusive')).toBe(result.metrics['abusive.submitted'].value);
  expect(of('escaped')).toBe(result.metrics['escaped'].value);
  expect((of('stopped') + of('carelessStopped')) / result.innocents).toBe(result.metrics['fp.tenants'].value);
  expect(of('guilty')).toBe(1);
});
