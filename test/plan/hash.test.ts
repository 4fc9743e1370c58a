// The hash of a plan: the same for what runs alike, another for anything else.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canonicalJson, fnv1a128, planHash } from '../../sim/plan/hash.ts';
import { readPlan } from '../../sim/plan/read.ts';
import type { PlanInput } from '../../sim/plan/schema.ts';
import { goodPlan } from './sample.ts';

const hashOf = (plan: PlanInput): string => planHash(readPlan(plan, 'x.ts'));

test('FNV-1a at 128 bits gives the published values', () => {
  expect(fnv1a128('')).toBe('6c62272e07bb014262b821756295c58d');
  expect(fnv1a128('a')).toBe('d228cb696f1a8caf78912b704e4a8964');
  expect(fnv1a128('foobar')).toBe('343e1662793c64bf6f0d3597ba446f18');
});

test('the order of fields does not matter, nor how a time is spelt', () => {
  const plan = goodPlan();
  const turned = Object.fromEntries(Object.entries(plan).reverse()) as PlanInput;
  expect(hashOf(turned)).toBe(hashOf(plan));
  expect(hashOf({ ...plan, length: '72h', seeds: 2 })).toBe(hashOf(plan));
  expect(hashOf({ ...plan, desk: { staff: 2 } })).toBe(hashOf(plan));
});

test('any change changes it', () => {
  const plan = goodPlan();
  const changed: readonly PlanInput[] = [
    { ...plan, seeds: 3 },
    { ...plan, length: '72h1ms' },
    { ...plan, title: 'Two Offices' },
    { ...plan, gates: [] },
    { ...plan, receivers: [...plan.receivers].reverse() },
    { ...plan, desk: { staff: 1 } },
    { ...plan, incidents: [] },
  ];
  const hashes = [plan, ...changed].map(hashOf);
  expect(new Set(hashes).size).toBe(hashes.length);
});

test('canonical JSON does not tell in which order fields were written', () => {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== 'object' || value === null) return value;
    const fields = Object.entries(value).map(([key, field]) => [key, turned(field)] as const);
    return Object.fromEntries(fields.reverse());
  };
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: 3 })).toBe('{"a":3,"b":[{"c":2,"d":1}]}');
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(canonicalJson(turned(value))).toBe(canonicalJson(value));
    }),
  );
});

test('canonical JSON reads back as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = canonicalJson(value);
      expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      expect(canonicalJson(JSON.parse(text))).toBe(text);
    }),
  );
});
