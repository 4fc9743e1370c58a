// Reads a plan from whatever it is written in, or says all that is wrong with it: the shape of each field
// first, then what fields say of one another (checks.ts). A field that cannot be read does not hide the
// mistakes of the others.

import type * as z from 'zod';
import { checkPlan } from './checks.ts';
import type { Draft } from './draft.ts';
import { allowedBy, nodeAt, planJsonSchema, type SchemaNode } from './json-schema.ts';
import { nearest } from './nearest.ts';
import { type Mistake, offer, pathText, PlanMistakes, shownValue } from './problems.ts';
import { type Plan, planSchema } from './schema.ts';

/**
 * The plan that an input describes, with times in milliseconds, rates in events an hour, shares as fractions
 * and every default filled in. `where` names the input in errors, such as `scenarios/x.ts`. Throws
 * PlanMistakes with all of them.
 */
export const readPlan = (input: unknown, where: string): Plan => {
  const reading = planSchema.safeParse(input, { reportInput: true });
  if (reading.success) {
    const mistakes = checkPlan({ ...reading.data, input: reading.data });
    if (mistakes.length > 0) throw new PlanMistakes(where, mistakes);
    return reading.data;
  }
  const root = planJsonSchema();
  const wrong = reading.error.issues.flatMap((issue) => mistakesOf(issue, input, root));
  const told = new Set(wrong.map((mistake) => mistake.path));
  const contrary =
    isRecord(input) ? checkPlan(draftOf(input)).filter((mistake) => !told.has(mistake.path)) : [];
  throw new PlanMistakes(where, [...withoutTwins(wrong), ...contrary]);
};

/** Each part of an input that can be read on its own, so that the parts can be held against one another. */
const draftOf = (input: Readonly<Record<string, unknown>>): Draft => {
  const { shape } = planSchema;
  const read = <Value>(schema: z.ZodType<Value>, value: unknown): Value | undefined =>
    schema.safeParse(value).data;
  const each = <Value>(schema: z.ZodType<Value>, list: unknown): (Value | undefined)[] =>
    Array.isArray(list) ? list.map((item) => read(schema, item)) : [];
  return {
    input,
    length: read(shape.length, input['length']),
    warmup: read(shape.warmup, input['warmup']),
    pools: each(shape.pools.element, input['pools']),
    registers: each(shape.registers.unwrap().element, input['registers']),
    receivers: each(shape.receivers.element, input['receivers']),
    tenants: each(shape.tenants.element, input['tenants']),
    incidents: each(shape.incidents.unwrap().element, input['incidents']),
    outbound: read(shape.outbound, input['outbound']),
    desk: read(shape.desk, input['desk']),
    signals: read(shape.signals, input['signals']),
    gates: each(shape.gates.unwrap().element, input['gates']),
  };
};

type Issue = z.core.$ZodIssue;

const notAField = 'is not a field here';
/** Descriptions that say no more than what is allowed does. */
const plainUnits = ['a span of time', 'a rate', 'a share'];

const mistakesOf = (issue: Issue, input: unknown, root: SchemaNode): readonly Mistake[] => {
  const at = (path: readonly PropertyKey[]): string => `${pathText(path)}${groupOf(path, input)}`;
  const node = nodeAt(root, issue.path, input);
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(node?.properties ?? {});
    return issue.keys.map((key) => ({
      path: at([...issue.path, key]),
      saw: notAField,
      allowed: '',
      advice: offer(nearest(key, known), known, 'field'),
    }));
  }
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const kinds = (nodeAt(root, issue.path.slice(0, -1), input)?.oneOf ?? []).map((variant) =>
      String(variant.properties?.['kind']?.const),
    );
    const kind = valueAt(input, issue.path);
    return [{ path: at(issue.path), ...kindMistake(kind, kinds) }];
  }
  if (issue.code === 'invalid_key') {
    const allowed = `it is ${issue.issues[0]?.message ?? 'another name'}`;
    return [{ path: at(issue.path), saw: 'has that name', allowed, advice: '' }];
  }
  const value = valueAt(input, issue.path);
  const path = issue.path.length === 0 ? 'the plan' : at(issue.path);
  const saw = `is ${shownValue(value)}`;
  if (issue.code === 'invalid_value') {
    const known = issue.values.map(String);
    const allowed =
      known.length > 8 ? `it is one of ${known.length} known names` : `it is one of ${known.join(', ')}`;
    const near = typeof value === 'string' ? nearest(value, known) : undefined;
    return [
      {
        path,
        saw,
        allowed,
        advice: near === undefined && known.length <= 8 ? '' : offer(near, known, 'name'),
      },
    ];
  }
  if (issue.code === 'custom' && isMisreading(issue.params)) {
    const seen = `is ${shownValue(value)}, which ${issue.params.wrong}`;
    return [{ path, saw: seen, allowed: `it is ${issue.params.allowed}`, advice: '' }];
  }
  const own = /^(Invalid|Too|Unrecognized)/.test(issue.message) ? allowedBy(node) : issue.message;
  const description = node?.description ?? plainUnits[0]!;
  const about = value === undefined && !plainUnits.includes(description) ? `: ${description}` : '';
  return [{ path, saw, allowed: own === '' ? '' : `it is ${own}${about}`, advice: '' }];
};

const kindMistake = (kind: unknown, kinds: readonly string[]): Omit<Mistake, 'path'> => ({
  saw: `is ${shownValue(kind)}`,
  allowed: `it is one of ${kinds.join(', ')}`,
  advice:
    typeof kind === 'string' && nearest(kind, kinds) !== undefined ?
      offer(nearest(kind, kinds), kinds, 'kind')
    : '',
});

/** A missing field whose name was only misspelt is one mistake, not two. */
const withoutTwins = (mistakes: readonly Mistake[]): readonly Mistake[] => {
  const meant = new Set(
    mistakes.flatMap(({ path, saw, advice }) => {
      const near = /^Did you mean "(.+)"\?$/.exec(advice)?.[1];
      return near === undefined || saw !== notAField ? [] : [path.replace(/[^. ]+(?= |$)/, near)];
    }),
  );
  return mistakes.filter(({ path, saw }) => !(saw === 'is missing' && meant.has(path)));
};

/** The name of the tenants' group a path lies in, as ` (group "offices")`. */
const groupOf = (path: readonly PropertyKey[], input: unknown): string => {
  if (path[0] !== 'tenants' || path.length < 3) return '';
  const name = valueAt(input, [...path.slice(0, 2), 'name']);
  return typeof name === 'string' && path[2] !== 'name' ? ` (group ${shownValue(name)})` : '';
};

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown =>
  path.reduce<unknown>((value, step) => (isRecord(value) ? value[String(step)] : undefined), input);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

const isMisreading = (params: unknown): params is { readonly wrong: string; readonly allowed: string } =>
  isRecord(params) && typeof params['wrong'] === 'string' && typeof params['allowed'] === 'string';
