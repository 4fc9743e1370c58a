// The default policy at its two ends: what a stolen account gets through, and what people never notice.

import seedrandom from 'seedrandom';
import { describe, expect, test } from 'vitest';
import {
  days, defaultPolicy, hours, type Milliseconds, milliseconds, minutes, PolicyEngine, type Verdict,
} from '../../policy/index.ts';
import { outcome, submissionOf, submitted } from '../../laws/build.ts';

interface Sent { readonly time: Milliseconds; readonly verdict: Verdict }

/**
 * Sends messages at the given times to the recipients drawn; a share of them do not exist and bounce at once.
 */
const send = (
  times: readonly number[], recipientsOf: (index: number) => readonly number[], unknown: number,
  allowance = 0,
): Sent[] => {
  const engine = new PolicyEngine(defaultPolicy);
  const luck = seedrandom.alea('bounces');
  return times.map((at, index) => {
    const time = milliseconds(at);
    const list = allowance > 0 ? 7 : 0;
    const submission = submissionOf({ recipients: recipientsOf(index), allowance, list });
    const verdict = engine.decide(submission, time);
    engine.learn(submitted(submission, verdict), time);
    if (verdict.kind === 'pass' || verdict.kind === 'pace') {
      for (const _ of submission.recipients) {
        engine.learn(luck() < unknown ? outcome('bounced') : outcome('delivered'), time);
      }
    }
    return { time, verdict };
  });
};
const blast = Array.from({ length: 40_000 }, (_, index) => Math.floor(index * hours(1) / 4_000));
const admitted = (sent: readonly Sent[]): Sent[] =>
  sent.filter(({ verdict }) => verdict.kind === 'pass' || verdict.kind === 'pace');

describe('a stolen account that sends 4,000 messages an hour', () => {
  test('on a harvested list (35 % unknown) is suspended within minutes, for its bounces', () => {
    const sent = send(blast, (index) => [index], 0.35);
    const suspended = sent.find(({ verdict }) => verdict.kind === 'suspend')!;
    expect(suspended.time).toBeLessThan(minutes(5));
    expect(suspended.verdict).toMatchObject({ reason: { module: 'hard-bounce-ratio' } });
    expect(admitted(sent).length).toBeLessThan(120);
  });

  test('on a clean list gets some 200 out in ten hours, by three other rules', () => {
    const sent = send(blast, (index) => [index], 0);
    // Of the 40,000 strangers tried, 3.8 pass for known among the 200 met before; over 12 do less often than
    // 1 in 6,000 times (Poisson).
    expect(admitted(sent).length).toBeLessThanOrEqual(200 + 12);
    const rules = sent.flatMap(({ verdict }) => verdict.kind === 'defer' ? [verdict.reason.module] : []);
    expect(new Set(rules)).toEqual(new Set(['token-bucket', 'first-time-recipients', 'recipients-hour']));
  });
});

describe('people', () => {
  const luck = seedrandom.alea('people');
  const book = Array.from({ length: 150 }, (_, index) => index);
  const someone = (index: number): number =>
    luck() < 0.06 ? 1_000 + index : book[Math.floor(luck() ** 2 * 150)]!;

  test('in an office, 40 messages in 8 hours every day for 30 days, notice nothing', () => {
    const messages = Array.from({ length: 30 * 40 }, (_, index) => Math.floor(index / 40) * days(1));
    const times = messages.map((day) => Math.floor(day + luck() * hours(8))).sort((one, two) => one - two);
    const to = (index: number): number[] =>
      luck() < 0.3 ? [someone(index), someone(index)] : [someone(index)];
    const sent = send(times, to, 0.007);
    expect(sent.filter(({ verdict }) => verdict.kind !== 'pass')).toEqual([]);
  });

  test('who write 20 messages in a row, or to 60 people in an hour, notice nothing', () => {
    const row = send(Array.from({ length: 20 }, (_, index) => index * 1_000), (index) => [index], 0);
    const round = send([0, minutes(20), minutes(40)], (index) => book.slice(index * 20, index * 20 + 20), 0);
    expect([...row, ...round].filter(({ verdict }) => verdict.kind !== 'pass')).toEqual([]);
  });

  test('whose contract grants 2,000 an hour send 5,000 letters at that pace', () => {
    const campaign = Array.from({ length: 5_000 }, (_, index) => Math.ceil(index * hours(1) / 2_000));
    const sent = send(campaign, (index) => [index], 0.007, 2_000);
    expect(sent.filter(({ verdict }) => verdict.kind !== 'pass')).toEqual([]);
  });
});
