// What passes, what fails, and what cannot be judged; the exit code follows from it.

import { expect, test } from 'vitest';
import type { RunResult } from '../../sim/result.ts';
import { gateLine, GateMistake, judgeGates, summarise } from '../../reports/index.ts';
import { type FixtureOptions, makeResult } from './fixture.ts';

type DeclaredGate = NonNullable<RunResult['plan']['gates']>[number];
const gate = (
  metric: string,
  statistic: DeclaredGate['statistic'],
  limit: string,
  more: Partial<DeclaredGate> = {},
): DeclaredGate => ({ metric, statistic, rule: 'atMost', limit, ...more });
const judge = (gates: DeclaredGate[], options: FixtureOptions = {}) => {
  const result = makeResult({ ...options, gates });
  return judgeGates(result, summarise(result));
};

test('a gate whose statistic keeps its limit passes, and the exit code is 0', () => {
  const report = judge([
    gate('time_to_block', 'p50', '30m'),
    gate('fp.tenants', 'mean', '2%'),
    gate('escaped', 'p50', '500'),
  ]);
  expect(report.verdicts.map((each) => each.outcome)).toEqual(['passed', 'passed', 'passed']);
  expect(report.exitCode).toBe(0);
});

test('a p95 that is never reached fails, and is shown as never', () => {
  const report = judge([gate('time_to_block', 'p95', '4h')]);
  expect(report.verdicts[0]).toMatchObject({ outcome: 'failed', found: 'never', rule: 'at most 4 h' });
  expect(report.exitCode).toBe(20);
});

test('a gate without data does not pass, and has its own exit code', () => {
  const report = judge([gate('time_to_block', 'p50', '4h')], { culprits: false });
  expect(report.verdicts[0]!.outcome).toBe('no data');
  expect(report.exitCode).toBe(21);
});

test('a failed gate outweighs one without data', () => {
  expect(
    judge([gate('time_to_block', 'p50', '4h'), gate('queue.peak', 'p50', '1')], { culprits: false }).exitCode,
  ).toBe(20);
});

test('a gate that only warns is judged and never changes the exit code', () => {
  const report = judge([gate('time_to_block', 'p95', '4h', { severity: 'warn' })]);
  expect(report.verdicts[0]!.outcome).toBe('failed');
  expect([report.outcome, report.exitCode]).toEqual(['passed', 0]);
});

test('a gate that only warns is in the line above the page when it is missed', () => {
  const late = gate('time_to_block', 'p95', '4h', { severity: 'warn' });
  expect(gateLine(judge([gate('escaped', 'p50', '500'), late]))).toBe('PASSED: 1 gate, 1 warning');
  expect(gateLine(judge([gate('escaped', 'p50', '500')]))).toBe('PASSED: 1 gate');
});

test('a mean over censored seeds can fail a limit from below, and cannot pass one', () => {
  expect(judge([gate('time_to_block', 'mean', '4h')]).verdicts[0]!.outcome).toBe('no data');
  expect(judge([gate('time_to_block', 'mean', '10m')]).verdicts[0]!.outcome).toBe('failed');
  expect(judge([gate('time_to_block', 'mean', '10m', { rule: 'atLeast' })]).verdicts[0]!.outcome).toBe(
    'passed',
  );
});

test('hours are limited by a time, like every other span', () => {
  expect(judge([gate('listed_hours', 'p50', '20h')]).verdicts[0]).toMatchObject({
    outcome: 'passed',
    rule: 'at most 20 h',
  });
  expect(judge([gate('listed_hours', 'p50', '10h')]).verdicts[0]!.outcome).toBe('failed');
});

test('a figure over its limit by less than is shown says that it is over', () => {
  const { value } = summarise(makeResult({})).metrics.listed_hours.p50 as { value: number };
  const seconds = Math.floor(value * 3_600);
  const [over, under] = [seconds - 1, seconds + 2].map((limit, index) =>
    judge([gate('listed_hours', 'p50', `${limit}s`, index === 0 ? {} : { rule: 'atLeast' })]).verdicts[0]!);
  const shown = over!.rule.replace('at most ', '');
  expect([over!.outcome, over!.found]).toEqual(['failed', `over ${shown}`]);
  expect([under!.outcome, under!.found]).toEqual(['failed', `under ${shown}`]);
});

test('mistakes are gathered, each with its place and the nearest name', () => {
  const wrong = () =>
    judge([gate('time_to_blok', 'p95', '4h'), gate('escaped', 'p50', '4h'), gate('fp.tenants', 'p50', '3')]);
  expect(wrong).toThrow(GateMistake);
  expect(wrong).toThrow(/gates\[0\]: no metric is called "time_to_blok". Did you mean "time_to_block"\?/);
  expect(wrong).toThrow(/gates\[1\]: limit of escaped is "4h", which is not a count; expected a number/);
  expect(wrong).toThrow(/gates\[2\]: limit of fp.tenants is "3", which is not a share/);
});

test('a plan without gates has no verdict and fails nothing', () => {
  expect(judge([])).toEqual({ verdicts: [], notJudged: [], outcome: 'none', exitCode: 0 });
});

test('a waiver lets a gate be missed through its last day, and says so', () => {
  const waiver = { until: '2026-11-21', because: 'the register moves' };
  const report = judge([gate('time_to_block', 'p95', '4h', { waiver })]);
  expect(report.verdicts[0]).toMatchObject({ outcome: 'failed', severity: 'warn' });
  expect(report.verdicts[0]!.note).toContain('waived until 2026-11-21: the register moves');
  expect([report.outcome, report.exitCode]).toEqual(['passed', 0]);
});

test('a waiver that has ended excuses nothing, and its reason is still told', () => {
  const waiver = { until: '2026-11-20', because: 'the register moves' };
  const report = judge([gate('time_to_block', 'p95', '4h', { waiver })]);
  expect(report.verdicts[0]).toMatchObject({ outcome: 'failed', severity: 'fail' });
  expect(report.verdicts[0]!.note).toContain('its waiver ended with 2026-11-20 (it was: the register moves)');
  expect(report.exitCode).toBe(20);
});

test('a waiver that has ended does not fail a gate that passes, and asks to be dropped', () => {
  const waiver = { until: '2026-11-20', because: 'the register moves' };
  const report = judge([gate('time_to_block', 'p50', '4h', { waiver })]);
  expect(report.verdicts[0]!.note).toContain('not needed: drop it');
  expect(report.exitCode).toBe(0);
});

test('waivers are judged as of the day that is handed in', () => {
  const waiver = { until: '2026-11-21', because: 'the register moves' };
  const result = makeResult({ gates: [gate('time_to_block', 'p95', '4h', { waiver })] });
  const on = (day: string) => judgeGates(result, summarise(result), day).exitCode;
  expect([on('2026-11-21T23:59:59.999Z'), on('2026-11-22T00:00:00.000Z')]).toEqual([0, 20]);
});

test('a gate that may lack data is told of and does not fail for that, but does for its limit', () => {
  const lax = gate('time_to_block', 'p50', '1m', { mayLackData: true });
  const without = judge([lax], { culprits: false });
  expect(without.verdicts[0]).toMatchObject({ outcome: 'no data', severity: 'warn' });
  expect([without.exitCode, judge([lax]).exitCode]).toEqual([0, 20]);
});

test('a gate against another run is left to a comparison, and named', () => {
  const report = judge([gate('time_to_block', 'p95', '15m', { rule: 'notWorseBy' })]);
  expect(report).toEqual({
    verdicts: [], notJudged: ['time_to_block.p95'], outcome: 'none', exitCode: 0,
  });
});

test('what has no worse way cannot be held against another run', () => {
  expect(() => judge([gate('abusive.submitted', 'mean', '5', { rule: 'notWorseBy' })])).toThrow(
    /neither more nor less is worse; use atMost/,
  );
});
