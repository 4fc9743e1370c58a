// What a scenario says of itself, and that the scenarios together leave out nothing that a plan can say of
// what goes wrong: the schema is asked, so that whoever adds an incident, a tactic or a fault must tell its
// story.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Plan, planJsonSchema, readPlan } from '../../sim/index.ts';
import type { SchemaNode } from '../../sim/plan/json-schema.ts';
import { scripts } from '../run/small.ts';
import { about } from './occurs.ts';

const folder = new URL('../../scenarios/', import.meta.url);
const plans: ReadonlyMap<string, Plan> = new Map(
  [...scripts].map(([name, { plan }]) => [name, readPlan(plan, name)]),
);

describe.each([...plans])('%s', (name, plan) => {
  const text = readFileSync(new URL(`${name}.ts`, folder), 'utf8');

  test('has a title, asks one question, and tells the incident in a few lines first', () => {
    expect(plan.title).toMatch(/^[A-Z]/);
    expect(plan.title).not.toMatch(/\.$/);
    expect(plan.question).toMatch(/^[A-Z][^?]*\?$/);
    const comment = /^(\/\/ .+\n)+/.exec(text)?.[0].trim().split('\n') ?? [];
    expect(comment.length).toBeGreaterThanOrEqual(2);
    expect(comment.length).toBeLessThanOrEqual(4);
  });

  test('is about the incident that its name promises', () => {
    expect(Object.keys(about), 'test/scenarios/occurs.ts says what each scenario is about').toContain(name);
    const promised = about[name]!;
    if (promised.kind === 'pool')
      return expect(plan.pools.flatMap((pool) => pool[promised.special] ?? [])).not.toEqual([]);
    const found = plan.incidents.filter((incident) => {
      const wanted = Object.entries(promised);
      return wanted.every(([field, value]) => Object.is((incident as Record<string, unknown>)[field], value));
    });
    expect(found).not.toEqual([]);
  });

  test('stands in the table of scenarios/README.md with its question', () => {
    const table = readFileSync(new URL('README.md', folder), 'utf8');
    expect(table.split('\n').find((line) => line.includes(`](${name}.ts)`)) ?? '').toContain(plan.question);
  });
});

test('no scenario asks the question of another', () => {
  const questions = [...plans.values()].map(({ question }) => question);
  expect(new Set(questions).size).toBe(questions.length);
});

/** Each choice that a part of the schema leaves: the field's path, and what may stand there. */
const choices = (node: SchemaNode, path: string): readonly (readonly [string, unknown])[] => [
  ...(node.enum ?? []).map((value) => [path, value] as const),
  ...Object.entries(node.properties ?? {}).flatMap(([name, inner]) => choices(inner, `${path}.${name}`)),
];

const partOf = (name: 'incidents' | 'tenants'): SchemaNode => planJsonSchema().properties![name]!.items!;
const valueAt = (value: unknown, path: readonly string[]): unknown =>
  path.reduce((inner, step) => (inner as Record<string, unknown> | undefined)?.[step], value);

describe('together the scenarios have', () => {
  const incidents = [...plans.values()].flatMap((plan) => plan.incidents);
  const groups = [...plans.values()].flatMap((plan) => plan.tenants);
  const variants = partOf('incidents').oneOf!;
  const streams = partOf('tenants').properties!['stream']!.oneOf!;
  const kindOf = (variant: SchemaNode): string => String(variant.properties!['kind']!.const);

  test('the schema was read: incidents, their choices and streams are there', () => {
    expect(variants.length).toBeGreaterThanOrEqual(9);
    expect(streams.length).toBeGreaterThanOrEqual(6);
    expect(choices(variants.find((one) => kindOf(one) === 'register-fault')!, '').length).toBe(11);
  });

  test.each(variants.map(kindOf))('an incident of the kind %s', (kind) => {
    expect(incidents.filter((incident) => incident.kind === kind)).not.toEqual([]);
  });

  test.each(streams.map(kindOf))('tenants whose mail is of the kind %s', (kind) => {
    expect(groups.filter(({ stream }) => stream.kind === kind)).not.toEqual([]);
  });

  // What an attacker does once refused, and what is on a list, is asked across kinds of incidents.
  const own = variants.flatMap((variant) =>
    choices(variant, kindOf(variant)).filter(([path]) => !/\.(whenBlocked|list\.kind)$/.test(path)),
  );
  test.each(own)('%s: %s', (path, value) => {
    const [kind, ...rest] = path.split('.');
    const found = incidents.filter(
      (incident) => incident.kind === kind && valueAt(incident, rest) === value,
    );
    expect(found).not.toEqual([]);
  });

  const shared = new Map(
    variants
      .flatMap((variant) => choices(variant, ''))
      .filter(([path]) => /\.(whenBlocked|list\.kind)$/.test(path))
      .map(([path, value]) => [`${path} ${String(value)}`, [path.slice(1), value] as const]),
  );
  test.each([...shared.values()])('%s: %s, somewhere', (path, value) => {
    const steps = path.split('.');
    const found = [...incidents, ...groups.map(({ stream }) => stream)].filter(
      (one) => valueAt(one, steps) === value,
    );
    // An autoresponder answers to forged addresses without a list of its own.
    const answers = value === 'forged' ? incidents.filter(({ kind }) => kind === 'backscatter') : [];
    expect([...found, ...answers]).not.toEqual([]);
  });
});
