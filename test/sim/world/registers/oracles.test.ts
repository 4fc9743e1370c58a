// The register oracles of area B that chance has a part in, by Monte Carlo on the real code.

import { describe, expect, test } from 'vitest';
import { exponentialFrom } from '../../../../sim/samplers.ts';
import { believe } from '../../../../sim/world/receivers/consult.ts';
import { zoneAnswer } from '../../../../sim/world/registers/zone.ts';
import { trapReached } from '../../../../sim/world/registers/traps.ts';
import { address, advance, hour, mail, minute, mute, oracle, worldOf } from '../stage.ts';
import { withRegister } from './one-register.ts';

/** Uniform draws of a test of its own: the same on each run, and not the world's luck. */
const drawsOf = (seed: number) => {
  let state = seed >>> 0;
  return (): number => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b_3c6d) + 0x9e37_79b9) >>> 0;
    const mixed = Math.imul(state ^ (state >>> 12), 0x297a_2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 4_294_967_296;
  };
};

describe('trap hits of Poisson mail (oracle trap-thinning)', () => {
  const { inputs, expected } = oracle<
    { lam_per_h: number; p: number },
    Record<string, { mean_h: number; p_listed_24h?: number; p_24h?: number }>
  >('trap-thinning');
  // 30,000 runs: the mean time to the first hit is known to 0.58 % (one sigma), to the second to 0.41 %, and
  // the shares within 24 h to 0.17 % and 0.27 %. The bounds are at 3.5 sigma; a model 5 % off would miss the
  // means' by 5 sigma and more.
  const runs = 30_000;

  test.each([
    [1, expected['lam=100/h p=1e-3']!, 0.02],
    [2, expected['k=2 hits']!, 0.0145],
  ])('list on a register that needs %i in the mean time and share of cases', (needed, want, bound) => {
    // One message in fifty goes to a trap, and so many of the traps report here that p comes out.
    const { world, register } = withRegister({ trapThreshold: needed, window: '365d' });
    register.rule = { ...register.rule, coverage: inputs.p * 50 };
    const draw = drawsOf(7 + needed);
    const message = {
      actor: { culprit: null }, submission: { nullSender: false }, nature: 'wanted', luck: 1, number: 1,
    };
    const envelope = { message, address: 0 } as unknown as Parameters<typeof trapReached>[1];
    const space = world.addresses.open('mixed', { kind: 'clean' });
    const dossier = register.dossiers[0]!;
    let sum = 0;
    let within = 0;
    let key = 0;
    for (let run = 0; run < runs; run += 1) {
      let hours = 0;
      dossier.hits.length = 0;
      dossier.pending = dossier.decided = false;
      while (!dossier.pending) {
        hours += exponentialFrom(draw()) / (inputs.lam_per_h / 50);
        key += 1;
        trapReached(world, envelope, world.addresses.key(space, key), 'pristine');
      }
      sum += hours;
      if (hours <= 24) within += 1;
    }
    expect(Math.abs(sum / runs / want.mean_h - 1)).toBeLessThan(bound);
    const share = want.p_listed_24h ?? want.p_24h!;
    expect(Math.abs(within / runs - share)).toBeLessThan(3.5 * Math.sqrt((share * (1 - share)) / runs));
  });
});

describe('a receiver’s cache of a register (oracle dns-cache-ttl)', () => {
  const { inputs, expected } = oracle<
    { cases: [number, number][] },
    Record<string, { hit: number; mean_delay: number }>
  >('dns-cache-ttl');
  const keys = Object.keys(expected);

  const cases = inputs.cases.map(([rate, ttl], index) => [rate, ttl, expected[keys[index]!]!] as const);

  test.each(cases)(
    'asked %f times a minute with a TTL of %i min answers its share, and is late by its mean',
    (perMinute, ttl, want) => {
      const { world, register } = withRegister();
      const asked = world.receivers[0]!.consults[0]!;
      const preset = { ...register.preset, ttl: { positiveS: ttl * 60, negativeS: ttl * 60 } };
      Object.assign(register, { preset });
      const draw = drawsOf(ttl * 100 + perMinute * 10);
      const runs = 6_000;
      let now = 0;
      let questions = 0;
      let hits = 0;
      let late = 0;
      for (let run = 0; run < runs; run += 1) {
        register.dossiers[0]!.published = false;
        asked.until.fill(-1);
        // The listing falls anywhere in a cycle of cache and question, once a few have passed.
        const listed = now + (3 + draw() * 20) * (ttl + 1 / perMinute) * minute;
        for (;;) {
          now += (exponentialFrom(draw()) * minute) / perMinute;
          advance(world, Math.round(now));
          if (now >= listed) register.dossiers[0]!.published = true;
          if (asked.until[0]! > world.agenda.now) hits += 1;
          else believe(world, world.receivers[0]!, asked, 0, zoneAnswer(world, register, 0));
          questions += 1;
          if (asked.listed[0] !== 0) break;
        }
        late += (now - listed) / minute;
      }
      // 6,000 listings, whose delays spread by 0.6 (or, asked seldom, 0.7) of their mean: 0.9 % is one sigma.
      expect(Math.abs(late / runs / want.mean_delay - 1)).toBeLessThan(0.03);
      expect(Math.abs(hits / questions - want.hit)).toBeLessThan(0.02);
    },
    20_000,
  );
});

test('a message that reaches a trap is one hit, however many copies of it go to people', () => {
  const world = worldOf({
    registers: [{ name: 'watch', preset: 'psbl', coverage: '100%' }],
    tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
  });
  mail(world, [address(world, 'pristine'), address(world), address(world)]);
  advance(world, hour);
  expect(world.registers[0]!.dossiers[0]!.hitsEver).toBe(1);
});

