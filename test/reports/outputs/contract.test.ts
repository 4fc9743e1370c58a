// The published shapes of our files, and the versions they go by: whoever reads `sharedfate/result@N` may
// count on it. A changed shape without a new version fails here.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { comparisonJsonSchema, comparisonSchema } from '../../../cli/comparing/comparison-schema.ts';
import { comparisonSchemaVersion } from '../../../reports/comparison/comparison.ts';
import { canonicalJson, fnv1a128 } from '../../../sim/plan/hash.ts';
import { resultJsonSchema, resultSchema } from '../../../sim/result-schema.ts';
import { resultSchemaVersion } from '../../../sim/index.ts';
import { makeComparison } from '../comparison-fixture.ts';
import { makeResult } from '../fixture.ts';

const file = join(import.meta.dirname, 'contracts.json');

/** What a reader depends on: not the words that describe it, nor the plan, which has its own schema. */
const shapeOf = (schema: Readonly<Record<string, unknown>>): string => {
  const bare = JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === 'description' || key === 'title' ? undefined : value) as { properties: { plan?: unknown } };
  delete bare.properties.plan;
  return fnv1a128(canonicalJson(bare));
};

test.each([
  ['result.json', resultSchemaVersion, resultJsonSchema()],
  ['comparison.json', comparisonSchemaVersion, comparisonJsonSchema()],
])('the shape of %s is the one its version was published with', (what, version, schema) => {
  const contracts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  const shape = shapeOf(schema);
  if (process.env['CONTRACT'] === 'write' && contracts[version] === undefined) {
    contracts[version] = shape;
    writeFileSync(file, `${JSON.stringify(contracts, null, 2)}\n`);
  }
  const advice =
    `The shape of ${what} changed. Raise its version, then CONTRACT=write npx vitest run ` +
    'test/reports/outputs/contract.test.ts adds the line; a published line is never changed.';
  expect(contracts[version], advice).toBe(shape);
});

test('no two versions are of one shape, and each is numbered one after the other', () => {
  const contracts = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  for (const kind of ['result', 'comparison']) {
    const versions = Object.entries(contracts).filter(([name]) => name.startsWith(`sharedfate/${kind}@`));
    const numbers = versions.map(([name]) => Number(name.split('@')[1]));
    expect(numbers).toEqual(numbers.map((_, index) => numbers[0]! + index));
    expect(new Set(versions.map(([, shape]) => shape)).size).toBe(versions.length);
  }
});

test('what is written is of the published shape', () => {
  expect(resultSchema.safeParse(makeResult({ seeds: 2 })).success).toBe(true);
  const comparison = makeComparison();
  // The fixture's rows carry the facts of their metrics besides.
  const scenarios = comparison.scenarios.map((scenario) => ({
    ...scenario,
    rows: scenario.rows.map((row) => {
      const bare: Partial<typeof row & { name: string }> = { ...row };
      delete bare.name;
      return bare;
    }),
  }));
  expect(comparisonSchema.safeParse({ ...comparison, scenarios }).error?.issues ?? []).toEqual([]);
});
