// Different people in a window and volume by source address, as modules count them.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AccountId, alert, hours, milliseconds, minutes, type Module, pass, policy, PolicyEngine, type Snapshot,
  sourceVolume, type Submission, suspend, type TenantId, uniqueRecipients,
} from '../../policy/index.ts';
import { addTo, countOf, heldOf, noSources } from '../../policy/modules/source-table.ts';
import { submissionOf, submitted } from '../../laws/build.ts';

const engineOf = (module: Module<object>): PolicyEngine => new PolicyEngine(policy('test', [module]));

describe('unique recipients', () => {
  const module = uniqueRecipients({ limit: 3, window: hours(1) });
  const says = (known: readonly number[], recipients: readonly number[], allowance = 0): string => {
    const engine = engineOf(module);
    engine.learn(submitted(submissionOf({ recipients: known }), pass), minutes(1));
    return engine.decide(submissionOf({ recipients, allowance }), minutes(2)).kind;
  };

  test('a hundred messages to one person are one recipient', () => {
    expect(says(Array<number>(100).fill(7), [7, 7, 8, 9])).toBe('pass');
    expect(says(Array<number>(100).fill(7), [7, 8, 9, 10])).toBe('defer');
  });

  test('an address given twice is one recipient, new or not', () => {
    expect(says([1], [8, 8, 9])).toBe('pass');
  });

  test('who is at the limit may go on writing to the same people', () => {
    expect(says([1, 2, 3, 4, 5], [5, 4])).toBe('pass');
    expect(says([1, 2, 3], [3, 2, 1])).toBe('pass');
    expect(says([1, 2, 3], [4])).toBe('defer');
  });

  test('a contract raises the limit', () => {
    expect(says([1, 2, 3], [4, 5, 6, 7, 8], 8)).toBe('pass');
    expect(says([1, 2, 3], [4, 5, 6, 7, 8, 9, 10, 11], 8)).toBe('defer');
  });

  test('are forgotten an hour after, and at once by a release where a person has to give it', () => {
    const suspending = uniqueRecipients({ limit: 3, window: hours(1), action: suspend('account', hours(5)) });
    for (const [one, free] of [[module, 'defer'], [suspending, 'pass']] as const) {
      const engine = engineOf(one);
      const says = (time: number): string =>
        engine.decide(submissionOf({ recipients: [4] }), minutes(time)).kind;
      for (const minute of [1, 40]) {
        engine.learn(submitted(submissionOf({ recipients: [1, 2, 3] }), pass), minutes(minute));
      }
      expect(says(99)).not.toBe('pass');
      expect(says(108)).toBe('pass');
      engine.learn({ kind: 'released', tenant: 0 as TenantId, account: 0 as AccountId }, minutes(50));
      expect(says(51)).toBe(free);
    }
  });

  test('with an alert all goes, and the limit is named each time', () => {
    const engine = engineOf(uniqueRecipients({ limit: 2, window: hours(1), action: alert }));
    const submission = submissionOf({ recipients: [1, 2, 3] });
    expect(engine.decide(submission, minutes(1))).toEqual({
      kind: 'alert', reason: { module: 'unique-recipients', rule: 'unique recipients/1h', seen: 3, limit: 2 },
    });
  });
});

describe('volume of a source', () => {
  test('adds up what several accounts send from one place, and leaves others alone', () => {
    const engine = engineOf(sourceVolume({ of: 'messages', limit: 4, window: hours(1) }));
    const from = (account: number, source: number): Submission =>
      submissionOf({ account, tenant: account, source });
    for (const account of [1, 2, 1, 2]) engine.learn(submitted(from(account, 77), pass), minutes(1));
    expect(engine.decide(from(3, 77), minutes(2))).toMatchObject({
      kind: 'defer',
      reason: { module: 'source-messages', rule: 'messages/1h from a source', seen: 5, limit: 4 },
    });
    expect(engine.decide(from(1, 78), minutes(2))).toBe(pass);
    expect(engine.decide(from(3, 77), minutes(80))).toBe(pass);
  });

  test('is kept where the window was changed, and forgotten a window and a quarter later', () => {
    for (const [before, after] of [[1, 24], [24, 1]] as const) {
      const of = (window: number): Module<object> =>
        sourceVolume({ of: 'messages', limit: 2, window: hours(window) });
      const first = engineOf(of(before));
      const engine = engineOf(of(after));
      for (let turn = 0; turn < 2; turn++) {
        first.learn(submitted(submissionOf({ source: 77 }), pass), milliseconds(hours(700) + turn));
      }
      engine.restore(JSON.parse(JSON.stringify(first.snapshot())) as Snapshot);
      const says = (hour: number): string => engine.decide(submissionOf({ source: 77 }), hours(hour)).kind;
      engine.learn(submitted(submissionOf({ source: 78 }), pass), hours(700.5));
      expect(says(700 + after)).toBe('defer');
      expect(says(700.5 + 1.5 * after)).toBe('pass');
    }
  });

  test('is held to a changed window from its next message on, though nothing else is let in', () => {
    for (const [before, after] of [[1, 24], [24, 1], [31 * 24, 1]] as const) {
      const of = (window: number): Module<object> =>
        sourceVolume({ of: 'messages', limit: 2, window: hours(window) });
      const submission = submissionOf({ source: 77 });
      const first = engineOf(of(before));
      const engine = engineOf(of(after));
      for (let turn = 0; turn < 2; turn++) first.learn(submitted(submission, pass), hours(700));
      engine.restore(JSON.parse(JSON.stringify(first.snapshot())) as Snapshot);
      let waited = 0;
      for (let verdict = engine.decide(submission, hours(700)); verdict !== pass;) {
        engine.learn(submitted(submission, verdict), hours(700 + waited));
        waited += 0.25;
        verdict = engine.decide(submission, hours(700 + waited));
      }
      expect(waited).toBeGreaterThanOrEqual(after);
      expect(waited).toBeLessThanOrEqual(1.25 * after);
      // Who is asked for the first time only then has not been forgotten either.
      const late = engineOf(of(after));
      late.restore(first.snapshot());
      expect(late.decide(submission, hours(699.75 + after)).kind).toBe('defer');
    }
  });

  test('is counted once where the window was changed, however many slices it came in', () => {
    for (const after of [hours(24), minutes(30)]) {
      const table = noSources();
      for (const minute of [0, 15, 30, 44]) {
        addTo(table, hours(1), 77, 1, milliseconds(hours(700) + minutes(minute)), 1e9);
      }
      addTo(table, after, 77, 1, milliseconds(hours(700) + minutes(45)), 1e9);
      expect(countOf(table, after, 77, milliseconds(hours(700) + minutes(45)))).toBe(5);
    }
  });

  test('has room for newcomers again once a longer window than before is over, however full it was', () => {
    const table = noSources();
    for (let source = 1; source <= 60_000; source++) addTo(table, hours(1), source, 1, hours(700), 1);
    expect(countOf(table, hours(1), 60_000, hours(700))).toBe(0);
    addTo(table, hours(24), 60_000, 1, hours(701), 1);
    addTo(table, hours(24), 60_000, 1, hours(750), 1);
    expect(countOf(table, hours(24), 60_000, hours(750))).toBe(1);
  });

  test('a message without an address of origin is nobody\'s', () => {
    const engine = engineOf(sourceVolume({ of: 'messages', limit: 1, window: hours(1) }));
    for (let turn = 0; turn < 5; turn++) engine.learn(submitted(submissionOf(), pass), minutes(1));
    expect(engine.decide(submissionOf(), minutes(2))).toBe(pass);
    const few = engineOf(sourceVolume({ of: 'recipients', limit: 1, window: hours(1) }));
    expect(few.decide(submissionOf({ recipients: [1, 2] }), minutes(2))).toBe(pass);
  });

  test('is what the window holds, or up to a quarter of a window more (oracle: a log)', () => {
    const gaps = fc.constantFrom(0, 0, 1, 14, 15, 16, 45, 59, 60, 74, 75, 76, 500);
    const steps = fc.array(fc.tuple(gaps, fc.integer({ min: 1, max: 40 }), fc.nat({ max: 3 })));
    fc.assert(fc.property(steps, gaps, (events, wait) => {
      const table = noSources();
      const log: [number, number, number][] = [];
      let now = 0;
      for (const [gap, source, amount] of events) {
        now += gap;
        addTo(table, minutes(60), source, amount, minutes(now), 1e9);
        log.push([now, source, amount]);
      }
      now += wait;
      for (let source = 1; source <= 40; source++) {
        const within = (span: number): number =>
          log.reduce((sum, [time, one, on]) => one === source && time > now - span ? sum + on : sum, 0);
        const seen = countOf(table, minutes(60), source, minutes(now));
        expect(seen).toBeGreaterThanOrEqual(within(60));
        expect(seen).toBeLessThanOrEqual(within(75));
      }
    }), { numRuns: 500 });
  });

  test('is kept by quarters of the window; a clock that steps back counts in the newest, sees all', () => {
    const gaps = fc.constantFrom(0, 0, 1, 14, 15, 16, 30, 45, 60, 75, 90, 500, -1, -20, -100);
    const step = fc.tuple(gaps, fc.integer({ min: 1, max: 3 }), fc.nat({ max: 3 }));
    const steps = fc.array(step, { maxLength: 40 });
    fc.assert(fc.property(steps, (events) => {
      const table = noSources();
      const sliceAt = (time: number): number => Math.floor(time / 15);
      const newest = new Map<number, number>();
      const log: { source: number; slice: number; amount: number }[] = [];
      let now = 10_000;
      for (const [gap, source, amount] of events) {
        now += gap;
        addTo(table, minutes(60), source, amount, minutes(now), 1e9);
        const slice = Math.max(newest.get(source) ?? 0, sliceAt(now));
        newest.set(source, slice);
        log.push({ source, slice, amount });
        const probes = [[now, source], [now + 20, source], [now - 50, source], [now, 2]] as const;
        for (const [time, one] of probes) {
          const last = newest.get(one) ?? 0;
          const oldest = Math.max(last, sliceAt(time)) - 4;
          const of = log.filter((each) => each.source === one);
          const sumOf = (from: number): number =>
            of.filter((each) => each.slice >= from).reduce((sum, each) => sum + each.amount, 0);
          const due = sumOf(oldest);
          expect(countOf(table, minutes(60), one, minutes(time))).toBe(due);
          expect(heldOf(table, one)).toBeGreaterThanOrEqual(due);
          expect(heldOf(table, one)).toBeLessThanOrEqual(sumOf(0));
        }
      }
    }));
  });

  test('a flood of new places neither grows without bound nor frees who is loud', () => {
    const table = noSources();
    for (let turn = 0; turn < 50; turn++) addTo(table, hours(1), 5, 1, minutes(1), 20);
    for (let source = 1_000; source < 120_000; source++) addTo(table, hours(1), source, 1, minutes(2), 20);
    expect(countOf(table, hours(1), 5, minutes(3))).toBe(50);
    expect(table.rows.length).toBeLessThanOrEqual(65_536 * 7);
    expect(table.used).toBeLessThanOrEqual(49_152);
    for (let source = 200_000; source < 210_000; source++) addTo(table, hours(1), source, 1, minutes(20), 20);
    expect(countOf(table, hours(1), 5, minutes(20))).toBe(50);
    expect(countOf(table, hours(1), 209_999, minutes(20))).toBe(1);
    for (let source = 300_000; source < 350_000; source++) addTo(table, hours(1), source, 1, minutes(200),
      20);
    expect(countOf(table, hours(1), 349_999, minutes(200)) + countOf(table, hours(1), 5, minutes(200)))
      .toBe(0);
    addTo(table, hours(1), 6, 1, minutes(400), 20);
    expect(table.used).toBe(1);
  });
});
