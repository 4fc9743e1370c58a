// A rule's reason in numbers for people.

import { expect, test } from 'vitest';
import { seenNumber, shutText } from '../../../../sim/world/desk/reason-text.ts';

const said = (seen: number, limit: number): string =>
  shutText({ module: 'any', rule: 'rule', seen, limit });

test('what a rule saw and allows never reads in powers of ten, and a share reads in per cent', () => {
  expect(said(22_410, 10)).toBe('rule 22,410 over 10');
  expect(said(22_410.37, 10)).toBe('rule 22,410 over 10');
  expect(said(1_234_567.8, 500)).toBe('rule 1,234,568 over 500');
  expect(said(5.0417, 5)).toBe('rule 5.04 over 5');
  expect(said(0.34722, 0.1)).toBe('rule 34.7 % over 10 %');
  expect(said(0.00412, 0.003)).toBe('rule 0.41 % over 0.3 %');
  expect(said(1, 0)).toBe('rule 1 over 0');
  expect(seenNumber(Number.POSITIVE_INFINITY, 10)).toBe('no number');
});
