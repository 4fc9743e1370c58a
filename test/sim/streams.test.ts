// Named streams: published outputs, evenness, and that nobody moves anybody else's luck.

import { describe, expect, test } from 'vitest';
import { sfc32, Streams } from '../../sim/streams.ts';
import { momentsOf, tally, unevenness } from './even.ts';

const steps = 2 ** 32;

const draws = (streams: Streams, ...name: (string | number)[]): number[] => {
  const id = streams.open(...name);
  return Array.from({ length: 20 }, () => streams.next(id));
};

describe('the generator', () => {
  test('gives the published outputs of sfc32', () => {
    // From the reference implementation (PractRand): seed words 0, 2, 1, counter 1, 16 steps thrown away. The
    // outputs are those that the Rust project's rand_sfc crate records for it.
    const state = new Int32Array([0, 2, 1, 1]);
    for (let step = 0; step < 16; step += 1) sfc32(state, 0);
    expect(Array.from({ length: 16 }, () => sfc32(state, 0))).toEqual([
      0xa87dbc7e, 0x1787178c, 0x4c7b7234, 0xc65dade2, 0x2c692349, 0xf52c2153, 0xdf098072, 0x9d49b03c,
      0x9562381a, 0xc9b41738, 0x64b75e54, 0x36ce9b32, 0xf106947e, 0x0afc726b, 0x549bbc87, 0xd19a7b3e,
    ]);
  });

  test('gives each number as often, in its high bits and in its low ones', () => {
    const streams = new Streams('evenness');
    const id = streams.open('one');
    expect(unevenness(tally(1_000, 500_000, () => Math.floor(streams.next(id) * 1_000)))).toBeLessThan(4);
    expect(unevenness(tally(1_024, 500_000, () => (streams.next(id) * steps) % 1_024))).toBeLessThan(4);
  });

  test('gives each pair of neighbours as often: no number tells the next', () => {
    const streams = new Streams('pairs');
    const id = streams.open('one');
    const pair = (): number => streams.integer(id, 64) * 64 + streams.integer(id, 64);
    expect(unevenness(tally(64 * 64, 400_000, pair))).toBeLessThan(4);
  });
});

describe('named streams', () => {
  test('keep their luck whatever other streams are opened, drawn from or left out', () => {
    const alone = draws(new Streams('seed'), 'tenant', 17, 'gap');
    const crowd = new Streams('seed');
    for (let tenant = 0; tenant < 500; tenant += 1) {
      if (tenant === 17) continue;
      const id = crowd.open('tenant', tenant, 'gap');
      for (let count = 0; count < tenant % 5; count += 1) crowd.next(id);
    }
    expect(draws(crowd, 'tenant', 17, 'gap')).toEqual(alone);
  });

  test('keep their luck while others are drawn from in between', () => {
    const streams = new Streams('seed');
    const one = streams.open('one');
    const two = streams.open('two');
    const seen = Array.from({ length: 20 }, () => {
      streams.next(two);
      return streams.next(one);
    });
    expect(seen).toEqual(draws(new Streams('seed'), 'one'));
  });

  test('keep their luck while the bank grows to thousands', () => {
    const [alone, crowded] = [new Streams('grow'), new Streams('grow')];
    const one = alone.open('first');
    const same = crowded.open('first');
    for (let number = 0; number < 3_000; number += 1) {
      crowded.open('other', number);
      if (number % 100 === 0) expect(crowded.next(same)).toBe(alone.next(one));
    }
  });

  test('differ with every part of the name, its kind, its place, and with the seed', () => {
    const names = [['a', 'b'], ['ab'], ['a,b'], ['b', 'a'], ['a', 7], ['a', '7'], ['a'], ['a', '']];
    const first = names.map((name) => draws(new Streams('seed'), ...name)[0]!);
    expect(new Set([...first, draws(new Streams('seeds'), 'a', 'b')[0]]).size).toBe(names.length + 1);
  });

  test('begin unrelated to their neighbours of the next number, over 100,000 streams', () => {
    const streams = new Streams('start');
    const startOf = (tenant: number): number => streams.next(streams.open('tenant', tenant, 'gap'));
    const starts = Array.from({ length: 100_000 }, (_, tenant) => startOf(tenant));
    const cell = (at: number): number => Math.floor(starts[at]! * 32);
    const pair = (at: number): number => cell(2 * at) * 32 + cell(2 * at + 1);
    expect(unevenness(tally(1_000, 100_000, (at) => Math.floor(starts[at]! * 1_000)))).toBeLessThan(4);
    expect(unevenness(tally(32 * 32, 50_000, pair))).toBeLessThan(4);
    expect(streams.size).toBe(100_000);
  });

  test('are refused where the name is open already, also after thousands of others', () => {
    const streams = new Streams('seed');
    streams.next(streams.open('tenant', 1));
    for (let tenant = 2; tenant < 3_000; tenant += 1) streams.open('tenant', tenant);
    expect(() => streams.open('tenant', 1)).toThrow(/\["tenant",1\] is opened twice/);
    expect(() => streams.open('tenant', 2_999)).toThrow(/twice/);
    expect(() => streams.open()).toThrow(/no name/);
  });

  test('need a seed: none and the empty one are errors', () => {
    expect(() => new Streams('')).toThrow(/seed is empty/);
    expect(() => new Streams(undefined as unknown as string)).toThrow(/seed is undefined/);
  });

  test('are the same for ever: a stream as first recorded; a change here changes every run on record', () => {
    const seen = draws(new Streams('7'), 'tenant', 17, 'gap').slice(0, 4).map((value) => value * steps);
    expect(seen).toEqual([1_524_230_847, 2_647_706_372, 1_338_450_444, 2_979_432_322]);
  });
});

describe('draws of a distribution', () => {
  const many = 400_000;
  const streams = new Streams('moments');

  // Each bound is four standard errors of its statistic at this number of draws.
  test('exponential: mean 1, variance 1, and 5 % above -ln 0.05', () => {
    const id = streams.open('exponential');
    const { mean, variance } = momentsOf(many, () => streams.exponential(id));
    const [above] = tally(2, many, () => (streams.exponential(id) > 2.995_732_273_553_991 ? 0 : 1));
    expect(Math.abs(mean - 1)).toBeLessThan(4 * Math.sqrt(1 / many));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(8 / many));
    expect(Math.abs(above! / many - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / many));
  });

  test('normal: mean 0, variance 1, and 2.5 % above 1.96', () => {
    const id = streams.open('normal');
    const { mean, variance } = momentsOf(many, () => streams.normal(id));
    const [above] = tally(2, many, () => (streams.normal(id) > 1.959_963_984_540_054 ? 0 : 1));
    expect(Math.abs(mean)).toBeLessThan(4 * Math.sqrt(1 / many));
    expect(Math.abs(variance - 1)).toBeLessThan(4 * Math.sqrt(2 / many));
    expect(Math.abs(above! / many - 0.025)).toBeLessThan(4 * Math.sqrt((0.025 * 0.975) / many));
  });

  test('whole numbers: each of 0 to n - 1 as often, none beyond; n below 1 or above 2^32 is refused', () => {
    const id = streams.open('integer');
    expect(unevenness(tally(7, many, () => streams.integer(id, 7)))).toBeLessThan(4);
    expect(streams.integer(id, 1)).toBe(0);
    expect(() => streams.integer(id, 0)).toThrow(RangeError);
    expect(() => streams.integer(id, 2 ** 33)).toThrow(RangeError);
  });

  test('a stream can be handed on as a plain function', () => {
    const [own, handed] = [new Streams('handed'), new Streams('handed')];
    const id = own.open('one');
    const source = handed.source(handed.open('one'));
    expect(Array.from({ length: 9 }, source)).toEqual(Array.from({ length: 9 }, () => own.next(id)));
  });
});
