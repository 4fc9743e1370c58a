// The words a script has for tenants and incidents. Each makes a part of the plan that still lacks its place:
// a group without a number, an incident without an instant; script.ts puts them there.

import type { Duration, Rate } from './quantities.ts';
import type { PlanInput } from './schema.ts';

export type Part<Key extends 'registers' | 'receivers' | 'tenants' | 'incidents' | 'gates'> = NonNullable<
  PlanInput[Key]
>[number];
type Stream<Kind extends StreamInput['kind']> = Omit<
  Extract<StreamInput, { readonly kind: Kind }>,
  'kind' | 'list'
>;
type StreamInput = Part<'tenants'>['stream'];
type ListInput = NonNullable<Extract<StreamInput, { readonly kind: 'office' }>['list']>;
export type IncidentInput = Part<'incidents'>;
type IncidentOf<Kind extends IncidentInput['kind']> = Omit<
  Extract<IncidentInput, { readonly kind: Kind }>,
  'kind' | 'at' | 'who' | 'list'
>;

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

/** What every group of tenants may say beside how it sends. */
export interface GroupOptions {
  readonly pool: PoolRef;
  /** Lower-case letters, digits and hyphens; after the kind of its mail if left out. */
  readonly name?: string;
  /** Accounts of each tenant; 1 if left out. */
  readonly accounts?: number;
  /** Messages an hour that the contract grants each account. */
  readonly allowance?: Rate;
}

/** Tenants of one kind, still without a number. */

export interface GroupDraft extends GroupOptions {
  readonly kind: 'group-draft';
  readonly plural: string;
  readonly stream: StreamInput;
}

/**
 * People at their desks: weekly and daily rhythm, an address book, replies. `perDay` is messages an account
 * on a working day.
 */
export const office = (
  options: GroupOptions & Stream<'office'> & { readonly list?: ListOption },
): GroupDraft => groupDraft('offices', options, (rest) => ({ kind: 'office', ...rest }));

/** Campaigns to a list of `size` addresses, every so often, handed over at `pace`. */
export const newsletter = (
  options: GroupOptions & Stream<'newsletter'> & { readonly list?: ListOption },
): GroupDraft => groupDraft('newsletters', options, (rest) => ({ kind: 'newsletter', ...rest }));

/** Tenants that send nothing of their own; an incident gives one a voice. */
export const quiet = (options: GroupOptions): GroupDraft =>
  groupDraft('quiet', options, () => ({ kind: 'quiet' }));

/** Something that befalls the world, still without an instant. */
export type IncidentDraft =
  IncidentInput extends infer Each ?
    Each extends IncidentInput ?
      Omit<Each, 'at'>
    : never
  : never;

/** A stolen account sends spam at `rate`; for `length`, or until the run ends. */
export const compromised = (
  who: TenantRef,
  options: Omit<IncidentOf<'compromised'>, 'length'> & {
    readonly length?: Duration;
    readonly list?: ListOption;
  },
): IncidentDraft => {
  const { list, length, ...rest } = options;
  return { kind: 'compromised', who: whoOf(who), length: length ?? untilTheEnd, ...rest, ...listOf(list) };
};

/** A tenant mails a list it should not have, once; `provider` is the one receiver that all of it is at. */
export const careless = (
  who: TenantRef,
  options: Omit<IncidentOf<'careless'>, 'provider'> & {
    readonly provider?: ReceiverRef;
    readonly list?: ListOption;
  },
): IncidentDraft => {
  const { list, provider, ...rest } = options;
  const at = provider === undefined ? {} : { provider: provider.name };
  return { kind: 'careless', who: whoOf(who), ...rest, ...at, ...listOf(list) };
};

/** A tenant signs up to spam: behaves for `warmup` at `warmupRate`, then blasts at `rate` for `length`. */
export const spammer = (
  who: TenantRef,
  options: IncidentOf<'spammer'> & { readonly list?: ListOption },
): IncidentDraft => {
  const { list, ...rest } = options;
  return { kind: 'spammer', who: whoOf(who), ...rest, ...listOf(list) };
};

/** A register changes its rule, from that instant on. */
export const registerUpgrade = (
  register: RegisterRef,
  to: Extract<IncidentInput, { readonly kind: 'register-upgrade' }>['to'],
): IncidentDraft => ({ kind: 'register-upgrade', register: register.name, to });

/** Stands for a length not said, until the run's own is known. */
export const untilTheEnd = '0ms';

export const groupDraft = <Options extends GroupOptions & { readonly list?: ListOption }>(
  plural: string,
  options: Options,
  streamOf: (rest: Omit<Options, keyof GroupOptions | 'list'> & { readonly list?: ListInput }) => StreamInput,
): GroupDraft => {
  const { pool, name, accounts, allowance, list, ...rest } = options;
  return {
    kind: 'group-draft',
    plural,
    pool,
    stream: streamOf({ ...rest, ...listOf(list) }),
    ...(name === undefined ? {} : { name }),
    ...(accounts === undefined ? {} : { accounts }),
    ...(allowance === undefined ? {} : { allowance }),
  };
};

const listOf = (list: ListOption | undefined): { readonly list?: ListInput } =>
  list === undefined ? {} : { list: typeof list === 'string' ? { kind: list } : list };

const whoOf = ({ group, member }: TenantRef) => ({ group, member });
