// What the words of a script have in common: references to parts of the plan, and the types of parts that
// still lack their place.

import type { PlanInput } from './schema.ts';

export type Part<Key extends 'pools' | 'registers' | 'receivers' | 'tenants' | 'incidents' | 'gates'> =
  NonNullable<PlanInput[Key]>[number];
export type StreamInput = Part<'tenants'>['stream'];
export type ListInput = NonNullable<Extract<StreamInput, { readonly kind: 'office' }>['list']>;
export type IncidentInput = Part<'incidents'>;

/** What the builder hands out to refer to a part by. */
export interface PoolRef {
  readonly kind: 'pool';
  readonly name: string;
}
export interface RegisterRef {
  readonly kind: 'register';
  readonly name: string;
}
export interface ReceiverRef {
  readonly kind: 'receiver';
  readonly name: string;
}
export interface GroupRef {
  readonly kind: 'group';
  readonly name: string;
  readonly count: number;
}
/** One tenant of a group: a given one, or one drawn anew for each seed. */
export interface TenantRef {
  readonly kind: 'tenant';
  readonly group: string;
  readonly member: number | 'any';
}

/** A list of recipients by how it came to be, or with some of its shares changed. */
export type ListOption = ListInput['kind'] | ListInput;

export const listOf = (list: ListOption | undefined): { readonly list?: ListInput } =>
  list === undefined ? {} : { list: typeof list === 'string' ? { kind: list } : list };

/**
 * The name behind a reference; a plain text passes, so that a script in JavaScript gets the reader's error
 * and no crash.
 */
export const nameOf = (ref: { readonly name: string }): string => (typeof ref === 'string' ? ref : ref?.name);
