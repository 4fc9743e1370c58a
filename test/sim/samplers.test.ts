// The arithmetic that runs rest on, held to recorded bits, so that another Node that differs is found out.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Fingerprint } from '../../sim/fingerprint.ts';
import { exponentialFrom, paretoFrom, power } from '../../sim/samplers.ts';
import { Streams } from '../../sim/streams.ts';

/** A fold over the exact bits of a function's values at 100,000 points. */
const bitsOf = (value: (uniform: number) => number): string => {
  const streams = new Streams('bits');
  const id = streams.open('points');
  const double = new Float64Array(1);
  const [low, high] = [new Uint32Array(double.buffer, 0, 1), new Uint32Array(double.buffer, 4, 1)];
  const fingerprint = new Fingerprint();
  for (let point = 0; point < 100_000; point += 1) {
    double[0] = value(streams.next(id));
    fingerprint.fold(low[0]!, 0, high[0]!);
  }
  return fingerprint.toString();
};

describe('the functions that runs rest on give the recorded bits on this Node', () => {
  // Recorded on Node 20.20.2 and the same on 24.21.0. Where one of these fails, runs will not repeat what
  // other Node versions gave: the function in question must be written out in samplers.ts.
  const recorded: readonly (readonly [name: string, bits: string, value: (uniform: number) => number])[] = [
    ['Math.log', '3966f13f6a152cfd', (uniform) => Math.log(1 - uniform)],
    ['Math.exp', 'e0d13a29ab4612e0', (uniform) => Math.exp(60 * uniform - 30)],
    ['Math.sqrt', '3f539b9dd747239a', (uniform) => Math.sqrt(1e9 * uniform)],
    ['Math.cos over one turn', 'd6a955f913217977', (uniform) => Math.cos(2 * Math.PI * uniform)],
    ['power', '0e191194501e7b02', (uniform) => power(100 * uniform, 8 * uniform - 4)],
    ['exponentialFrom', '89686c1aa8b3bd63', exponentialFrom],
    ['paretoFrom', '828cee3b69842927', (uniform) => paretoFrom(uniform, 1.5)],
  ];
  for (const [name, bits, value] of recorded) test(name, () => expect(bitsOf(value)).toBe(bits));
});

describe('power', () => {
  test('agrees with ** to 1e-13 of the value', () => {
    const base = fc.double({ min: 1e-9, max: 1e9, noNaN: true });
    fc.assert(fc.property(base, fc.double({ min: -10, max: 10, noNaN: true }), (x, y) => {
      expect(Math.abs(power(x, y) / x ** y - 1)).toBeLessThan(1e-13);
    }));
  });

  test('of 0 is 0, 1 or infinite by the sign of the exponent; a negative base is refused', () => {
    expect([power(0, 2), power(0, 0), power(0, -1)]).toEqual([0, 1, Infinity]);
    expect(() => power(-1, 2)).toThrow(RangeError);
  });
});

test('a Pareto draw exceeds x with chance x to the minus shape', () => {
  const streams = new Streams('pareto');
  const id = streams.open('one');
  const many = 200_000;
  let above = 0;
  for (let draw = 0; draw < many; draw += 1) if (paretoFrom(streams.next(id), 1.5) > 4) above += 1;
  expect(Math.abs(above / many - 0.125)).toBeLessThan(4 * Math.sqrt((0.125 * 0.875) / many));
});
