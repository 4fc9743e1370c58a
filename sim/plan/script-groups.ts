// The words a script has for tenants: one a kind of mail they send. Each makes a group that still lacks its
// number; `w.tenants` gives it one.

import type { Rate, Share } from './quantities.ts';
import {
  type ListInput, type ListOption, listOf, nameOf, type Part, type PoolRef, type ReceiverRef,
  type StreamInput,
} from './script-parts.ts';

type Stream<Kind extends StreamInput['kind']> = Omit<
  Extract<StreamInput, { readonly kind: Kind }>,
  'kind' | 'list'
>;

/** What every group of tenants may say beside how it sends. */
export interface GroupOptions {
  readonly pool: PoolRef;
  /** Lower-case letters, digits and hyphens; after the kind of its mail if left out. */
  readonly name?: string;
  /** Accounts of each tenant; 1 if left out. */
  readonly accounts?: number;
  /** Messages an hour that the contract grants each account. */
  readonly allowance?: Rate;
  /** Share of its mail that cannot wait, such as password resets; by the kind of its mail if left out. */
  readonly urgent?: Share;
  /** Where its recipients are, 100 % in all; as all recipients are, if left out. */
  readonly mix?: readonly (readonly [ReceiverRef, Share])[];
}

/** Tenants of one kind, still without a number. */
export interface GroupDraft {
  readonly kind: 'group-draft';
  readonly plural: string;
  readonly group: Omit<Part<'tenants'>, 'name' | 'count'> & { readonly name?: string };
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

/**
 * Orders, receipts and password resets, `perDay` an account, mostly to people never written to before. The
 * addresses were typed into a form once.
 */
export const shop = (options: GroupOptions & Stream<'shop'> & { readonly list?: ListOption }): GroupDraft =>
  groupDraft('shops', options, (rest) => ({ kind: 'shop', ...rest }));

/** A script that a clock starts: every so often its few messages, to the same few addresses. */
export const cron = (options: GroupOptions & Stream<'script'> & { readonly list?: ListOption }): GroupDraft =>
  groupDraft('scripts', options, (rest) => ({ kind: 'script', ...rest }));

/** Tenants that send nothing of their own; an incident gives one a voice. */
export const quiet = (options: GroupOptions): GroupDraft =>
  groupDraft('quiet', options, () => ({ kind: 'quiet' }));

export const groupDraft = <Options extends GroupOptions & { readonly list?: ListOption }>(
  plural: string,
  options: Options,
  streamOf: (rest: Omit<Options, keyof GroupOptions | 'list'> & { readonly list?: ListInput }) => StreamInput,
): GroupDraft => {
  const { pool, name, accounts, allowance, urgent, mix, list, ...rest } = options;
  const group = {
    pool: nameOf(pool),
    stream: streamOf({ ...rest, ...listOf(list) }),
    ...(name === undefined ? {} : { name }),
    ...(accounts === undefined ? {} : { accounts }),
    ...(allowance === undefined ? {} : { allowance }),
    ...(urgent === undefined ? {} : { urgent }),
    ...(mix === undefined ? {} : { mix: mixOf(mix) }),
  };
  return { kind: 'group-draft', plural, group };
};

/** A script in JavaScript may hand over anything; what is no list of pairs is told by the reader. */
const mixOf = (mix: NonNullable<GroupOptions['mix']>): Record<string, Share> =>
  Array.isArray(mix) ?
    Object.fromEntries(mix.map(([receiver, share]) => [nameOf(receiver), share]))
  : (mix as never);
