// Gates in a comparison: what passes, what fails, what cannot be told, and who may excuse it.

import { expect, test } from 'vitest';
import { GateMistake } from '../../../reports/gates.ts';
import { comparisonOf, gate, plus, type SidesOptions } from './sides.ts';

const minute = 60_000;
const judged = (options: SidesOptions) => {
  const { gates } = comparisonOf(options);
  return { ...gates, first: gates.verdicts[0]! };
};
/** Every block comes so many minutes later; never-blocked seeds there are none. */
const later = (minutes: number | ((seed: number) => number)): SidesOptions => ({
  neverBlocked: 0,
  changes: [{ metric: 'time_to_block', to: plus((seed) =>
    minute * (typeof minutes === 'number' ? minutes : minutes(seed))) }],
});

test.each(['mean', 'p50', 'p95'] as const)('a policy made worse on purpose fails the gate of its %s',
  (statistic) => {
  const { first, exitCode } = judged({ ...later(40), gates: [gate('time_to_block', statistic, '15m')] });
  expect(first).toMatchObject({ outcome: 'failed', kind: 'change', rule: 'at most 15 m longer',
    found: '+40 m' });
  expect(exitCode).toBe(20);
});

test('a policy made better passes, and so does one within the margin', () => {
  expect(judged({ ...later(-5), gates: [gate('time_to_block', 'mean', '15m')] }).outcome).toBe('passed');
  expect(judged({ ...later(10), gates: [gate('time_to_block', 'mean', '15m')] }).outcome).toBe('passed');
});

test('where the interval straddles the margin the gate is inconclusive, which is no pass', () => {
  const { first, exitCode, outcome } = judged({
    ...later((seed) => (seed % 2 === 0 ? 35 : 0)), gates: [gate('time_to_block', 'mean', '15m')],
  });
  expect(first.outcome).toBe('inconclusive');
  expect(first.settledBy).toBeGreaterThan(20);
  expect(first.note).toBe(`about ${first.settledBy} seeds would settle it`);
  expect([outcome, exitCode]).toEqual(['no data', 21]);
});

test('less of what should be more is worse: delivered mail', () => {
  const lost = judged({
    changes: [{ metric: 'wanted.delivered', to: plus(-300) }],
    gates: [gate('wanted.delivered', 'mean', '50')],
  });
  expect(lost.first).toMatchObject({ outcome: 'failed', rule: 'at most 50 fewer' });
  const gained = judged({
    changes: [{ metric: 'wanted.delivered', to: plus(300) }], gates: [gate('wanted.delivered', 'mean', '50')],
  });
  expect(gained.outcome).toBe('passed');
});

test('a gate without data on both sides fails the comparison with its own exit code, unless it may lack data',
  () => {
  const none = { culprits: false } as const;
  const strict = judged({ ...none, gates: [gate('time_to_block', 'mean', '15m')] });
  expect(strict.first).toMatchObject({ outcome: 'no data', counts: true });
  expect(strict.exitCode).toBe(21);
  const lax = judged({ ...none, gates: [gate('time_to_block', 'mean', '15m', { mayLackData: true })] });
  expect(lax.first).toMatchObject({ outcome: 'no data', counts: false });
  expect(lax.exitCode).toBe(0);
});

test('a limit is judged on the candidate alone, beside the gates against the baseline', () => {
  const gates = [gate('time_to_block', 'p50', '30m', { rule: 'atMost' })];
  expect(judged({ neverBlocked: 0, gates }).first).toMatchObject({ kind: 'limit', outcome: 'passed' });
  expect(judged({ ...later(40), gates }).first).toMatchObject({ outcome: 'failed', rule: 'at most 30 m' });
});

test('a waiver excuses a miss up to its day and not after, and is told both times', () => {
  const waiver = { until: '2026-12-01', because: 'the rule is being rewritten' };
  const options = { ...later(40), gates: [gate('time_to_block', 'mean', '15m', { waiver })] };
  const before = judged({ ...options, today: '2026-12-01T12:00:00Z' });
  expect(before.first).toMatchObject({ outcome: 'failed', counts: false, waiver: { state: 'in force' } });
  expect(before.exitCode).toBe(0);
  const after = judged({ ...options, today: '2026-12-02T00:00:00Z' });
  expect(after.first).toMatchObject({ counts: true, waiver: { state: 'ended' } });
  expect(after.first.note).toContain('the rule is being rewritten');
  expect(after.exitCode).toBe(20);
});

test('a gate that only warns never decides', () => {
  const report = judged({ ...later(40),
    gates: [gate('time_to_block', 'mean', '15m', { severity: 'warn' })] });
  expect(report.first).toMatchObject({ outcome: 'failed', counts: false });
  expect([report.outcome, report.exitCode]).toEqual(['passed', 0]);
});

test('six seeds cannot fail a gate beside many others: Holm asks more of each', () => {
  const one = gate('time_to_block', 'mean', '15m');
  const few = { ...later(40), seeds: 6 };
  expect(judged({ ...few, gates: [one] }).first.outcome).toBe('failed');
  const others = (['escaped', 'fp.tenants', 'desk.hours', 'queue.peak'] as const).map((metric) =>
    gate(metric, 'mean', metric === 'fp.tenants' ? '0%' : metric === 'desk.hours' ? '0m' : '0'));
  const { first } = judged({ ...few, gates: [one, ...others] });
  expect(first.outcome).toBe('inconclusive');
  expect(first.adjusted).toBeGreaterThan(first.p!);
});

test('mistakes of all gates are named at once, each with its scenario', () => {
  const wrong = () => comparisonOf({ gates: [
    gate('time_to_blok', 'p95', '15m'), gate('wanted.submitted', 'mean', '3'), gate('escaped', 'worst', '3'),
  ] });
  expect(wrong).toThrow(GateMistake);
  expect(wrong).toThrow(/weak-password.ts: gate time_to_blok.p95: no metric .* Did you mean "time_to_block"/);
  expect(wrong).toThrow(/wanted.submitted.mean: .* neither more nor less is worse/);
  expect(wrong).toThrow(/escaped.worst: the worst of some seeds says nothing/);
});
