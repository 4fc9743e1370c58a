// Which days of a run are counted one by one.

import { expect, test } from 'vitest';
import { makeDayTally, mostDays } from '../../../../sim/world/measures/day-tally.ts';

const day = 86_400_000;

test('a run of no more days than are counted is counted from its first midnight', () => {
  expect(makeDayTally(1, 0, 7 * day, 3 * day)).toMatchObject({ from: 0, days: 7 });
  expect(makeDayTally(1, day / 4, 7 * day, 3 * day)).toMatchObject({ from: -day / 4, days: 8 });
});

test('of a longer one the days about its incidents are, a month of them before', () => {
  expect(makeDayTally(1, 0, 1_325 * day, 1_070.1 * day)).toMatchObject({ from: 1_040 * day, days: mostDays });
  expect(makeDayTally(1, 0, 1_325 * day, null)).toMatchObject({ from: 0, days: mostDays });
});

test('the days lie within the run, however early or late the incident', () => {
  expect(makeDayTally(1, 0, 200 * day, 10 * day).from).toBe(0);
  expect(makeDayTally(1, 0, 200 * day, 199 * day)).toMatchObject({ from: 110 * day, days: mostDays });
  const { from, days } = makeDayTally(1, day / 2, 200 * day, 199 * day);
  expect(from + days * day).toBe(200.5 * day);
});
