// The published schema of a plan agrees with the reader about what is required, closed and typed.

import { expect, test } from 'vitest';
import { nodeAt, planJsonSchema } from '../../sim/plan/json-schema.ts';
import { resultJsonSchema } from '../../sim/result-schema.ts';
import { goodPlan } from './sample.ts';

test('times, rates and shares are texts with a pattern that takes what the reader takes', () => {
  const { properties } = planJsonSchema();
  const length = properties!['length'] as { readonly type: string; readonly pattern: string };
  expect(length.type).toBe('string');
  expect('1d20h').toMatch(new RegExp(length.pattern));
  expect('4 hours').not.toMatch(new RegExp(length.pattern));
});

test('every field of the good plan is in the schema', () => {
  const root = planJsonSchema();
  const plan = goodPlan();
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    expect(nodeAt(root, path, plan), path.join('.')).toBeDefined();
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value))
      walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  walk(plan, []);
});

test('both schemas are plain JSON and say which draft they are of', () => {
  for (const schema of [planJsonSchema(), resultJsonSchema()]) {
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      additionalProperties: false,
    });
  }
});
