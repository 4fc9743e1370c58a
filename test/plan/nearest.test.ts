// The nearest known name: what "Did you mean" offers, and when it keeps silent.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nearest } from '../../sim/plan/nearest.ts';
import { registerIds } from '../../sim/presets/index.ts';

test.each([
  ['psb', 'psbl'],
  ['spamhaus_css', 'spamhaus-css'],
  ['SpamCop-SCBL', 'spamcop-scbl'],
  ['barracuda', 'barracuda-brbl'],
  ['uceprotect1', 'uceprotect-1'],
  ['nixpsam', 'nixspam'],
])('%s is taken for %s', (name, meant) => {
  expect(nearest(name, registerIds)).toBe(meant);
});

test.each(['', 'x', 'qqqq', 'something else entirely'])('%j is taken for nothing', (name) => {
  expect(nearest(name, registerIds)).toBeUndefined();
});

test('a known name is nearest to itself, and one edit from it leads back to it or to one as near', () => {
  fc.assert(
    fc.property(fc.constantFrom(...registerIds), fc.nat(), (id, place) => {
      expect(nearest(id, registerIds)).toBe(id);
      const cut = place % id.length;
      expect(nearest(id.slice(0, cut) + id.slice(cut + 1), registerIds)).toBeDefined();
    }),
  );
});
