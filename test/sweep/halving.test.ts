// Successive halving: how a budget becomes rounds, and who is left at the end.

import { expect, test } from 'vitest';
import { halve, roundsWithin, type RoundResult, runsOf } from '../../sweep/halving.ts';

test('rounds never take more runs than they may, and nearly as many', () => {
  for (const runs of [60, 375, 2_000]) {
    const rounds = roundsWithin(runs, 4_096);
    expect(runsOf(rounds)).toBeLessThanOrEqual(runs);
    expect(runsOf(rounds)).toBeGreaterThan(runs * 0.7);
  }
  expect(roundsWithin(3, 4_096)).toEqual([]);
});

test('a third goes on, on three times the seeds, and seeds made before are not made again', () => {
  const rounds = roundsWithin(54 + 1, 9);
  expect(rounds).toEqual([{ points: 9, seeds: 2 }, { points: 3, seeds: 6 }]);
  expect(runsOf(rounds)).toBe(9 * 2 + 3 * 4);
});

test('the best is found where seeds tell the truth', async () => {
  const heard: RoundResult[] = [];
  const played = await halve(roundsWithin(200, 27),
    async (points) => points.map((point) => Math.abs(point - 11)),
    (round) => heard.push(round));
  expect(played.at(-1)!.order[0]).toEqual({ point: 11, score: 0 });
  expect(heard).toEqual(played);
});

test('of equal ones the policy as it comes is left, and what failed never is', async () => {
  const scores = async (points: readonly number[]) => points.map((point) => (point === 3 ? Infinity : 1));
  const played = await halve(roundsWithin(100, 9), scores, () => undefined);
  expect(played.at(-1)!.order[0]!.point).toBe(0);
  expect(played[0]!.order.at(-1)!.point).toBe(3);
});

test('where runs stop coming, what was played is told', async () => {
  const played = await halve(roundsWithin(100, 9), async (points) => (points.length < 9 ? undefined : points),
    () => undefined);
  expect(played.length).toBe(1);
});
