// The published schema of a plan agrees with the reader about what is required, closed and typed.

import { expect, test } from 'vitest';
import { nodeAt, planJsonSchema, type SchemaNode } from '../../sim/plan/json-schema.ts';
import { resultJsonSchema } from '../../sim/result-schema.ts';
import { fullInput } from '../reports/plan-fixture.ts';
import { goodPlan } from './sample.ts';

test('times, rates and shares are texts with a pattern that takes what the reader takes', () => {
  const { properties } = planJsonSchema();
  const length = properties!['length'] as { readonly type: string; readonly pattern: string };
  expect(length.type).toBe('string');
  expect('1d20h').toMatch(new RegExp(length.pattern));
  expect('4 hours').not.toMatch(new RegExp(length.pattern));
});

test.each([
  ['the good plan', goodPlan()],
  ['a plan that says everything', fullInput()],
])('every field of %s is in the schema', (_what, plan) => {
  const root = planJsonSchema();
  const walk = (value: unknown, path: readonly (string | number)[]): void => {
    expect(nodeAt(root, path, plan), path.join('.')).toBeDefined();
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value))
      walk(inner, [...path, Array.isArray(value) ? Number(key) : key]);
  };
  walk(plan, []);
});

test('every kind of stream and incident, every fault and every preset is in the schema', () => {
  const { properties } = planJsonSchema();
  const kinds = (node: SchemaNode | undefined): readonly unknown[] =>
    (node?.oneOf ?? []).map((variant) => variant.properties?.['kind']?.const);
  const group = properties!['tenants']!.items!.properties!;
  expect(kinds(group['stream'])).toEqual(['office', 'newsletter', 'shop', 'script', 'trace', 'quiet']);
  const incidents = properties!['incidents']!.items!;
  expect(kinds(incidents)).toEqual([
    'compromised', 'infected', 'careless', 'spammer', 'backscatter', 'register-upgrade', 'receiver-upgrade',
    'register-fault', 'neighbour',
  ]);
  const fault = incidents.oneOf!.find((variant) => variant.properties!['kind']!.const === 'register-fault')!;
  expect(fault.properties!['fault']!.enum).toHaveLength(11);
  expect(properties!['registers']!.items!.properties!['preset']!.enum).toHaveLength(34);
  expect(properties!['receivers']!.items!.properties!['preset']!.enum).toHaveLength(27);
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
