// The plan's shape as JSON Schema (draft 2020-12): for editors, generators and other languages, and for our
// own errors, which look up here what a field allows.

import * as z from 'zod';
import { planSchema } from './schema.ts';

/** What we read of a JSON Schema node. */
export interface SchemaNode {
  readonly type?: string;
  readonly description?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  /** Of each value of a record by name; false where a record is closed. */
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minLength?: number;
  readonly minItems?: number;
}

/** The JSON Schema of a plan as it is written, before defaults are filled in and texts are read. */
export const planJsonSchema = (): SchemaNode & { readonly $schema: string } => ({
  ...(z.toJSONSchema(planSchema, { io: 'input' }) as SchemaNode & { readonly $schema: string }),
  ...{ title: 'sharedfate plan', description: 'All that one scenario simulates; see docs/ for each field.' },
});

/** The node that governs a path of an input; among variants, the one of the input's own `kind`. */
export const nodeAt = (
  root: SchemaNode,
  path: readonly PropertyKey[],
  input: unknown,
): SchemaNode | undefined => {
  let node: SchemaNode | undefined = variantFor(root, input);
  let value = input;
  for (const step of path) {
    value =
      typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[step] : undefined;
    const inner: SchemaNode | undefined =
      typeof step === 'number' ? node?.items : (node?.properties?.[String(step)] ?? valuesOf(node));
    if (inner === undefined) return undefined;
    node = variantFor(inner, value);
  }
  return node;
};

const valuesOf = (node: SchemaNode | undefined): SchemaNode | undefined =>
  typeof node?.additionalProperties === 'object' ? node.additionalProperties : undefined;

const variantFor = (node: SchemaNode, value: unknown): SchemaNode => {
  if (node.oneOf === undefined || typeof value !== 'object' || value === null) return node;
  const kind = (value as { readonly kind?: unknown }).kind;
  return node.oneOf.find((variant) => variant.properties?.['kind']?.const === kind) ?? node;
};

/** What a node allows, as the rest of a clause that starts with `it is`; empty where it says nothing. */
export const allowedBy = (node: SchemaNode | undefined): string => {
  if (node === undefined) return '';
  const variants = node.anyOf ?? [];
  if (variants.length > 0) return variants.map(allowedBy).join(', or ');
  if (node.const !== undefined) return JSON.stringify(node.const);
  if (node.enum !== undefined)
    return node.enum.length > 8 ? `one of ${node.enum.length} known names` : `one of ${node.enum.join(', ')}`;
  switch (node.type) {
    case 'integer':
      return `a whole number${range(node)}`;
    case 'number':
      return `a number${range(node)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return (node.minItems ?? 0) > 0 ? 'a list of at least one' : 'a list';
    case 'object':
      return 'a record of fields';
    case 'string':
      return (node.minLength ?? 0) > 0 ? 'a text, not empty' : 'a text';
    default:
      return node.oneOf === undefined ? '' : 'a record of fields';
  }
};

const range = ({ minimum, maximum, exclusiveMinimum }: SchemaNode): string => {
  // zod writes the bounds of safe integers where a field has none of its own.
  const most = maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? '' : ` ${numberText(maximum)}`;
  if (exclusiveMinimum !== undefined)
    return most === '' ? ` above ${exclusiveMinimum}` : ` above ${exclusiveMinimum}, at most${most}`;
  if (minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER)
    return most === '' ? '' : ` of at most${most}`;
  return most === '' ? `, ${minimum} or more` : ` from ${minimum} to${most}`;
};

const numberText = (value: number): string => String(value).replace(/\B(?=(\d{3})+(?!\d))/g, ' ');
