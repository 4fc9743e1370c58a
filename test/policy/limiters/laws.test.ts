// The laws that every limiter keeps, whatever it counts.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hours, milliseconds, type Milliseconds, minutes, never, zero } from '../../../policy/units.ts';
import { asks, families, part, start, takeAll, whole } from './takes.ts';

for (const [name, family] of Object.entries(families)) {
  const limiter = family(5);
  describe(name, () => {
    test('allows who waits until it says, and not a millisecond sooner', () => {
      fc.assert(fc.property(asks(fc.oneof(whole, part)), (list) => {
        for (const { now, amount, taking, state } of takeAll(limiter, list)) {
          if (taking.allowed) {
            expect(taking.retryAt).toBe(zero);
          } else if (amount > 5) {
            expect(taking.retryAt).toBe(never);
          } else {
            expect(taking.retryAt).toBeGreaterThan(now);
            const sooner = milliseconds(taking.retryAt - 1);
            expect(limiter.take(structuredClone(state), amount, sooner)).toEqual(taking);
            expect(limiter.take(structuredClone(state), amount, taking.retryAt).allowed).toBe(true);
          }
        }
      }));
    });

    test('keeps its word through refusals in between', () => {
      fc.assert(fc.property(asks(fc.oneof(whole, part)), (list) => {
        const state = limiter.fresh(start);
        let now: number = start;
        for (const { step: gap, amount } of list) {
          now += gap;
          const { allowed, retryAt } = limiter.take(state, amount, milliseconds(now));
          if (allowed || retryAt === never) continue;
          for (const share of [0.2, 0.5, 0.9]) {
            const sooner = milliseconds(Math.floor(now + share * (retryAt - 1 - now)));
            expect(limiter.take(state, amount, sooner)).toEqual({ allowed: false, retryAt });
          }
          expect(limiter.take(state, amount, retryAt).allowed).toBe(true);
          now = retryAt;
        }
      }));
    });

    test('is not changed by a refusal', () => {
      fc.assert(fc.property(asks(whole), (list) => {
        let before: unknown = limiter.fresh(start);
        for (const { taking, state } of takeAll(limiter, list)) {
          if (!taking.allowed) expect(state).toStrictEqual(before);
          before = state;
        }
      }));
    });

    test('says the same after its state was saved and loaded at any point', () => {
      fc.assert(fc.property(asks(fc.oneof(whole, part)), (list) => {
        let state: unknown = limiter.fresh(start);
        let now: number = start;
        const answers = list.map(({ step: gap, amount }) => {
          now += gap;
          state = JSON.parse(JSON.stringify(state));
          return limiter.take(state, amount, milliseconds(now));
        });
        expect(answers).toEqual(takeAll(limiter, list).map(({ taking }) => taking));
      }));
    });

    test('always allows its whole limit to a key that was idle long enough', () => {
      fc.assert(fc.property(asks(fc.oneof(whole, part)), (list) => {
        const last = takeAll(limiter, list).at(-1);
        if (last === undefined) return;
        expect(limiter.take(last.state, 5, milliseconds(last.now + minutes(1))).allowed).toBe(true);
      }));
    });

    test('frees nobody while the clock stands still or is set back', () => {
      const steps = fc.array(fc.nat({ max: hours(5) }), { maxLength: 40 });
      fc.assert(fc.property(asks(whole), steps, (list, back) => {
        const last = takeAll(limiter, [...list, { step: 0, amount: 1 }]).at(-1)!;
        if (!last.taking.allowed) return;
        const still = structuredClone(last.state);
        const free = (of: unknown, now: Milliseconds): number => {
          let got = 0;
          while (got < 10 && limiter.take(of, 1, now).allowed) got += 1;
          return got;
        };
        const atMost = free(still, last.now);
        expect(atMost).toBeLessThanOrEqual(5);
        let got = 0;
        for (const gap of back) {
          if (limiter.take(last.state, 1, milliseconds(Math.max(0, last.now - gap))).allowed) got += 1;
        }
        got += free(last.state, last.now);
        expect(got).toBeLessThanOrEqual(atMost);
      }));
    });

    test('allows an amount of 0 always, and takes nothing for it', () => {
      const state = limiter.fresh(start);
      limiter.take(state, 5, start);
      const before = structuredClone(state);
      expect(limiter.take(state, 0, start).allowed).toBe(true);
      expect(limiter.take(state, 0, zero).allowed).toBe(true);
      expect(state).toStrictEqual(before);
    });

    test('refuses what is no amount, naming it', () => {
      for (const amount of [-1, NaN, Infinity, '3' as unknown as number]) {
        const state = limiter.fresh(start);
        expect(() => limiter.take(state, amount, start)).toThrow(RangeError);
        expect(() => limiter.take(state, amount, start)).toThrow(`${amount} was asked for`);
        expect(state).toStrictEqual(limiter.fresh(start));
      }
    });

    test('never says to come back at a time past the last', () => {
      const late = milliseconds(never - 10);
      const state = limiter.fresh(late);
      expect(limiter.take(state, 5, late).allowed).toBe(true);
      expect(limiter.take(state, 5, late)).toEqual({ allowed: false, retryAt: never });
    });
  });

  test(`${name}: a stricter limit never lets more through, of messages one by one`, () => {
    fc.assert(fc.property(asks(fc.constant(1)), fc.integer({ min: 1, max: 5 }), (list, strict) => {
      const passed = (limit: number): number =>
        takeAll(family(limit), list).filter(({ taking }) => taking.allowed).length;
      expect(passed(strict)).toBeLessThanOrEqual(passed(5));
    }));
  });
}
