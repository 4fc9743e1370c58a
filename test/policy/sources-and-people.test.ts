// Different people in a window and volume by source address, against slow and obvious twins.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  alert, hours, milliseconds, minutes, type Module, pass, policy, PolicyEngine, type Snapshot, sourceVolume,
  type Submission, uniqueRecipients,
} from '../../policy/index.ts';
import { freshCells } from '../../policy/cells.ts';
import {
  cutOf, isRecent, meet, mostRecent, moveOn, recentCells, recentCount,
} from '../../policy/modules/recent-addresses.ts';
import { addTo, countOf, heldOf, noSources } from '../../policy/modules/source-table.ts';
import { addresses, submissionOf, submitted } from '../../laws/build.ts';

const engineOf = (module: Module<object>): PolicyEngine => new PolicyEngine(policy('test', [module]));

describe('the addresses of a window', () => {
  const by = cutOf(minutes(8), 8);
  const layout = { cells: recentCells, hasLeaf: true };
  const gaps = fc.constantFrom(0, 0, 0, 1, 30, 59, 60, 61, 120, 480, 539, 541, 3_900, 100_000);

  test('are counted once each, from when they were last met (oracle: a map of slices)', () => {
    const steps = fc.array(fc.tuple(gaps, fc.nat({ max: 60 })), { maxLength: 400 });
    fc.assert(fc.property(steps, gaps, (events, wait) => {
      const state = freshCells(layout);
      const slices = new Map<number, number>();
      let now = 0;
      for (const [gap, address] of events) {
        now += gap;
        moveOn(state, by, milliseconds(now * 1_000));
        meet(state, by, addresses(address)[0]!);
        slices.set(address, Math.floor(now / 60));
      }
      now += wait;
      const at = milliseconds(now * 1_000);
      const live = (slice: number | undefined): boolean => Math.floor(now / 60) - (slice ?? -99) <= 8;
      expect(recentCount(state, by, at)).toBe([...slices.values()].filter(live).length);
      for (let address = 0; address <= 60; address += 7) {
        expect(isRecent(state, by, addresses(address)[0]!, at)).toBe(live(slices.get(address)));
      }
    }), { numRuns: 300 });
  });

  test('are forgotten for good: a number of slices that comes round brings none back', () => {
    const state = freshCells(layout);
    for (let minute = 0; minute <= 64; minute++) {
      moveOn(state, by, minutes(minute));
      meet(state, by, addresses(minute === 0 ? 1_000 : minute)[0]!);
    }
    expect(isRecent(state, by, addresses(1_000)[0]!, minutes(64))).toBe(false);
    expect(isRecent(state, by, addresses(57)[0]!, minutes(64))).toBe(true);
  });

  test('have a bound, and make room for new ones in the next window', () => {
    const state = freshCells(layout);
    const meetAll = (from: number, count: number, now: number): void => {
      moveOn(state, by, minutes(now));
      for (let address = from; address < from + count; address++) {
        meet(state, by, addresses(address)[0]!);
      }
    };
    meetAll(0, mostRecent + 500, 1);
    expect(recentCount(state, by, minutes(1))).toBe(mostRecent);
    meetAll(10_000, 3_000, 12);
    expect(recentCount(state, by, minutes(12))).toBe(3_000);
  });

  test('taken over by a module with another window leave it, too', () => {
    const [hour, day] = [cutOf(hours(1), 8), cutOf(hours(24), 8)];
    for (const [before, after] of [[hour, day], [day, hour]] as const) {
      for (const people of [3, 100]) {
        const state = freshCells(layout);
        moveOn(state, before, hours(700));
        for (let address = 0; address < people; address++) meet(state, before, addresses(address)[0]!);
        expect(recentCount(state, before, hours(700))).toBe(people);
        expect(recentCount(state, after, hours(731))).toBe(0);
        moveOn(state, after, hours(710));
        for (let address = 0; address < 20; address++) meet(state, after, addresses(address)[0]!);
        expect(recentCount(state, after, hours(737))).toBe(0);
      }
    }
  });
});

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

  test('a message without an address of origin is nobody\'s', () => {
    const engine = engineOf(sourceVolume({ of: 'messages', limit: 1, window: hours(1) }));
    for (let turn = 0; turn < 5; turn++) engine.learn(submitted(submissionOf(), pass), minutes(1));
    expect(engine.decide(submissionOf(), minutes(2))).toBe(pass);
    const few = engineOf(sourceVolume({ of: 'recipients', limit: 1, window: hours(1) }));
    expect(few.decide(submissionOf({ recipients: [1, 2] }), minutes(2))).toBe(pass);
  });

  test('is what the window holds, or up to a quarter of a window more (oracle: a log)', () => {
    const gaps = fc.constantFrom(0, 0, 1, 14, 15, 16, 45, 60, 75, 76, 500);
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
    }));
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
