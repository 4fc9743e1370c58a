// What looking early costs, by what must hold; the published figures are in test/oracles.

import { expect, test } from 'vitest';
import { peekingError } from '../../../reports/statistics/peeking.ts';

test('one look errs as often as the level says, each further look more often, and looks are whole', () => {
  expect(peekingError(1)).toBeCloseTo(0.05, 9);
  expect(peekingError(1, 0.9)).toBeCloseTo(0.1, 9);
  const errors = [1, 2, 3, 4].map((looks) => peekingError(looks));
  expect(errors).toEqual(errors.toSorted((one, two) => one - two));
  expect(() => peekingError(0)).toThrow(/looks is 0/);
  expect(() => peekingError(1.5)).toThrow(/whole/);
  expect(() => peekingError(2, 1)).toThrow(/level is 1/);
});
