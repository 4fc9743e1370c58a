// From a sweep's file to the points of its policies: which there are, how they are written, and what is
// said of what cannot be.

import { expect, test } from 'vitest';
import { acceptEverything, defaultPolicy } from '../../policy/index.ts';
import type { Mistake } from '../../sim/index.ts';
import { PlanMistakes } from '../../sim/plan/problems.ts';
import { pointsOf } from '../../sweep/points.ts';
import { readSweep } from '../../sweep/read.ts';
import { sweep, type SweepInput } from '../../sweep/index.ts';

const read = (input: Partial<SweepInput>) =>
  readSweep(sweep({ scenarios: ['a.ts'], seeds: 2, ...input }).input, 'mine.ts');
const pointsFor = (input: Partial<SweepInput>, policy = defaultPolicy, place = 0) => {
  const mistakes: Mistake[] = [];
  const points = pointsOf(policy, read(input).policies[place]!, mistakes);
  return { points, mistakes: mistakes.map(({ path, saw, advice }) => [path, saw, advice].join(' ').trim()) };
};

test('a grid has every combination, each as --set takes it', () => {
  const { points } = pointsFor({ grid: { burst: [5, 20], longestWait: ['10m', '2h'] } });
  expect(points.map((point) => point.join(' '))).toEqual([
    'burst=5 longestWait=10m', 'burst=5 longestWait=2h', 'burst=20 longestWait=10m',
      'burst=20 longestWait=2h',
  ]);
});

test('a share is written in percent, though a hundredth of it is no exact number', () => {
  expect(pointsFor({ grid: { bounceRatio: [0.0994, 0.167, 0.0209] } }).points)
    .toEqual([['bounceRatio=9.94%'], ['bounceRatio=16.7%'], ['bounceRatio=2.09%']]);
});

test('a value that is written twice in other words is one point', () => {
  expect(pointsFor({ grid: { longestWait: ['60m', '1h'], bounceRatio: [0.05, '5%'] } }).points)
    .toEqual([['longestWait=1h', 'bounceRatio=5%']]);
});

test('points of Sobol stay in their ranges, and are whole where fractions make no sense', () => {
  const { points } = pointsFor({
    sobol: { points: 64, over: {
      recipientsPerHour: { from: 10, to: 1_000, scale: 'log' }, longestWait: ['1m', '2h'],
        bounceRatio: ['1%', '9%'],
    } },
  });
  expect(points.length).toBe(64);
  const below100 = points.filter((point) => {
    const set = defaultPolicy.withSettings!(Object.fromEntries(point.map((one) => one.split('='))));
    const value = (name: string): number => set.settings!.find((one) => one.name === name)!.value;
    expect(value('recipientsPerHour')).toBeGreaterThanOrEqual(10);
    expect(value('recipientsPerHour')).toBeLessThanOrEqual(1_000);
    expect(Number.isInteger(value('recipientsPerHour'))).toBe(true);
    expect(value('longestWait')).toBeGreaterThanOrEqual(60_000);
    expect(value('longestWait')).toBeLessThanOrEqual(7_200_000);
    expect(value('bounceRatio')).toBeLessThanOrEqual(0.09);
    return value('recipientsPerHour') < 100;
  });
  // On a scale of factors, 10 to 100 is half of the way to 1,000.
  expect(below100.length).toBe(32);
});

test('a policy with a grid of its own leaves the common one alone', () => {
  const input = { policies: ['default',
    { policy: 'default', set: { burst: 7 }, grid: { bounceMinimum: [3] } }],
    grid: { burst: [5] } };
  expect(pointsFor(input).points).toEqual([['burst=5']]);
  expect(pointsFor(input, defaultPolicy, 1).points).toEqual([['burst=7', 'bounceMinimum=3']]);
});

test('an unknown parameter is named with its place and the nearest that there is', () => {
  expect(pointsFor({ grid: { brust: [5, 6] } }).mistakes)
    .toEqual(['grid.brust is no setting of policy default Did you mean "burst"?']);
  expect(pointsFor({ grid: { burst: [5] } }, acceptEverything).mistakes[0])
    .toContain('grid.burst is no setting of policy accept-everything');
});

test('a value out of range, and a range that runs down, are told with their place', () => {
  expect(pointsFor({ grid: { burst: [5, 0] } }).mistakes).toEqual(['grid.burst[1] is 0']);
  expect(pointsFor({ sobol: { points: 4, over: { burst: [50, 10] } } }).mistakes)
    .toEqual(['sobol.over.burst runs from 50 to 10']);
  expect(pointsFor({ sobol: { points: 4,
    over: { longestWait: { from: '0s', to: '5m', scale: 'log' } } } }).mistakes)
    .toEqual(['sobol.over.longestWait.from is 0s']);
});

test('all that is wrong with a file is told at once', () => {
  const wrong = { polices: [], scenarios: [], grid: {}, seeds: 0 } as unknown as SweepInput;
  const told = (): string => {
    try {
      return String(readSweep(wrong, 'mine.ts'));
    } catch (error) {
      return error instanceof PlanMistakes ? error.message : String(error);
    }
  };
  expect(told().split('\n').map((line) => line.split(/[;.] /)[0])).toEqual([
    'mine.ts: polices is not known', 'mine.ts: grid is empty', 'mine.ts: scenarios is an empty list',
    'mine.ts: seeds is 0',
  ]);
  expect(told()).toContain('Did you mean "policies"?');
});
