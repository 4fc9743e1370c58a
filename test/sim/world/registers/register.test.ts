// A register: evidence, decision, publication, expiry and the people who take addresses off.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { type Register, takeEvidence, zoneAnswer } from '../../../../sim/world/registers/register.ts';
import type { World } from '../../../../sim/world/world.ts';
import { advance, advanceUntil, day, hour, isPublished, minute, worldOf } from '../stage.ts';

type RegisterInput = NonNullable<PlanInput['registers']>[number];

/** A world with one register, by default one that publishes within minutes and expires after three weeks. */
const withRegister = (
  rule: RegisterInput['rule'] = {},
  preset: RegisterInput['preset'] = 'psbl',
  seed = 'one',
) => {
  const world = worldOf({ registers: [{ name: 'watch', preset, rule }] }, { seed });
  return { world, register: world.registers[0]! };
};

const hit = (world: World, register: Register): void => takeEvidence(world, register, 0, false);

/** Longest time from sufficient evidence to the zone. */
const slowest = ({ decides, preset }: Register): number => decides + preset.publish.maxS * 1_000;

describe('evidence', () => {
  test('one trap hit lists on a register with threshold 1 and not on one with threshold 3', () => {
    const strict = withRegister({ trapThreshold: 1 });
    const patient = withRegister({ trapThreshold: 3 });
    for (const { world, register } of [strict, patient]) {
      advance(world, hour);
      hit(world, register);
      advance(world, hour + slowest(register));
    }
    expect(isPublished(strict.register)).toBe(true);
    expect(isPublished(patient.register)).toBe(false);
  });

  test('the third hit within the window lists, and three spread wider do not', () => {
    const close = withRegister({ trapThreshold: 3, window: '6h' });
    const wide = withRegister({ trapThreshold: 3, window: '6h' });
    for (const [{ world, register }, gap] of [
      [close, 3 * hour],
      [wide, 3 * hour + 1],
    ] as const) {
      for (let count = 0; count < 3; count += 1) {
        advance(world, count * gap);
        hit(world, register);
      }
      advance(world, world.agenda.now + slowest(register));
    }
    expect(isPublished(close.register)).toBe(true);
    expect(isPublished(wide.register)).toBe(false);
  });

  test('an address is listed exactly where some window holds enough hits (oracle: count them all)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 20 }),
        (gaps, threshold, window) => {
          const { world, register } = withRegister({
            trapThreshold: threshold,
            window: `${window}m`,
            expiry: '90d',
          });
          const hits: number[] = [];
          for (const gap of gaps) {
            advance(world, world.agenda.now + gap * minute);
            hits.push(world.agenda.now);
            hit(world, register);
          }
          advance(world, world.agenda.now + slowest(register));
          const enough = hits.some(
            (last) => hits.filter((at) => at <= last && at >= last - window * minute).length >= threshold,
          );
          expect(isPublished(register)).toBe(enough);
        },
      ),
    );
  }, 20_000);

  test('a window longer than a month is kept in full', () => {
    const { world, register } = withRegister({ trapThreshold: 2, window: '60d', expiry: '90d' });
    hit(world, register);
    advance(world, 40 * day);
    hit(world, register);
    advance(world, 40 * day + slowest(register));
    expect(isPublished(register)).toBe(true);
  });

  test('a decision and its publication take no less and no more than the preset says', () => {
    for (const seed of ['a', 'b', 'c', 'd', 'e', 'f']) {
      const { world, register } = withRegister({ trapThreshold: 1 }, 'psbl', seed);
      advance(world, hour);
      hit(world, register);
      const at = advanceUntil(world, () => isPublished(register), hour + slowest(register));
      const { decides, preset } = register;
      expect(at - hour).toBeGreaterThanOrEqual(decides + preset.publish.minS * 1_000);
      expect(at - hour).toBeLessThanOrEqual(decides + preset.publish.maxS * 1_000);
    }
  });

  test('a listing says which hits were a culprit’s, and background alone is called that', () => {
    const { world, register } = withRegister({ trapThreshold: 2, window: '1d' });
    hit(world, register);
    hit(world, register);
    advance(world, hour);
    expect(world.tally.listings.map((one) => one.cause)).toEqual(['background trap hits alone']);
  });

  test('a listing is not put down to a culprit whose own listing is long over', () => {
    const { world, register } = withRegister({ trapThreshold: 1, window: '1h', expiry: '2d' });
    takeEvidence(world, register, 0, true);
    advance(world, 200 * day);
    hit(world, register);
    advance(world, 201 * day);
    const causes = world.tally.listings.map((one) => one.cause);
    expect(causes).toEqual(['1 of 1 trap hits by culprits', 'background trap hits alone']);
  });
});

describe('expiry', () => {
  /** Expiry is decided to the millisecond; the zone follows at its next publication. */
  const delistedAfter = (world: World, register: Register, lastHit: number, expiry: number): void => {
    advance(world, lastHit + expiry - 1);
    expect(register.dossiers[0]!.decided).toBe(true);
    advance(world, lastHit + expiry);
    expect(register.dossiers[0]!.decided).toBe(false);
    advance(world, lastHit + expiry + register.preset.publish.maxS * 1_000);
    expect(isPublished(register)).toBe(false);
  };

  test('an address comes off exactly its time after the last hit', () => {
    const { world, register } = withRegister({ trapThreshold: 1, expiry: '7d' });
    advance(world, hour);
    hit(world, register);
    delistedAfter(world, register, hour, 7 * day);
    expect(world.tally.listings.map((one) => one.ending)).toEqual(['expired']);
  });

  test('a hit in between puts that off by its own time', () => {
    const { world, register } = withRegister({ trapThreshold: 1, expiry: '7d' });
    hit(world, register);
    advance(world, 5 * day);
    hit(world, register);
    delistedAfter(world, register, 5 * day, 7 * day);
  });

  test('a register without an expiry keeps the address', () => {
    const { world, register } = withRegister({ trapThreshold: 1, window: '1d' });
    Object.assign(register.rule, { expiry: null });
    hit(world, register);
    advance(world, 390 * day);
    expect(isPublished(register)).toBe(true);
  });

  test('after it came off, the next hit lists it again, and that listing has a full time of its own', () => {
    const { world, register } = withRegister({ trapThreshold: 1, window: '1h', expiry: '7d' });
    hit(world, register);
    advance(world, 8 * day);
    expect(isPublished(register)).toBe(false);
    hit(world, register);
    advance(world, 8 * day + hour + slowest(register));
    expect(isPublished(register)).toBe(true);
    delistedAfter(world, register, 8 * day, 7 * day);
    expect(world.tally.listings).toHaveLength(2);
  });
});

test('the zone answers with a code of its preset while the address stands on it', () => {
  const { world, register } = withRegister({ trapThreshold: 1, expiry: '7d' });
  const { preset } = register;
  const { negativeS } = preset.ttl;
  const clean = { codes: [], txt: '', ttlS: negativeS, failure: 'none' };
  expect(zoneAnswer(world, register, 0)).toEqual(clean);
  hit(world, register);
  advance(world, hour + slowest(register));
  const answer = zoneAnswer(world, register, 0);
  expect(answer.codes).toEqual([preset.codes[0]!.code]);
  expect(answer.ttlS).toBe(preset.ttl.positiveS);
  advance(world, 8 * day);
  expect(zoneAnswer(world, register, 0).codes).toEqual([]);
});

test('what happens to one address says nothing of another', () => {
  const world = worldOf({
    pools: [{ name: 'shared', addresses: ['192.0.2.10', '192.0.2.11'] }],
    registers: [{ name: 'watch', preset: 'psbl', rule: { trapThreshold: 1 } }],
  });
  const register = world.registers[0]!;
  takeEvidence(world, register, 1, false);
  advance(world, 2 * hour);
  expect([isPublished(register, 0), isPublished(register, 1)]).toEqual([false, true]);
});
