// The builder a script is given, `w`: each call adds one part to the plan, and hands out what to refer to it
// by.

import type { Duration, Share } from './quantities.ts';
import type { PlanInput } from './schema.ts';
import { groupDraft, type GroupDraft, type GroupOptions } from './script-groups.ts';
import type { IncidentDraft } from './script-incidents.ts';
import {
  type GroupRef, type ListOption, nameOf, type Part, type PoolRef, type ReceiverRef, type RegisterRef,
  type TenantRef,
} from './script-parts.ts';

/** The builder a script is given; each call adds one part to the plan. */
export interface World {
  /**
   * Outgoing IPv4 addresses that share one reputation; from 192.0.2.0/24, 198.51.100.0/24 or 203.0.113.0/24.
   * Those of them that are `cold` have sent nothing for 30 days, and take on mail by the schedule `warmup`.
   * Policy registers list those in a `dynamic` range, or `nameless`: without a reverse name.
   */
  pool(
    name: string,
    addresses: readonly string[],
    options?: {
      readonly cold?: readonly string[];
      readonly dynamic?: readonly string[];
      readonly nameless?: readonly string[];
      readonly warmup?: string;
    },
  ): PoolRef;
  /**
   * A spam register by its preset. `coverage` is the share of all traps that report to it; `rule` changes
   * what its preset says, `rule.version` to another policy that its operator published.
   */
  register(
    preset: string,
    options?: { readonly name?: string } & Omit<Part<'registers'>, 'name' | 'preset'>,
  ): RegisterRef;
  /**
   * A receiver by its preset, and the share of all recipients that are there; all shares sum to 100 %. What
   * is left out is as its preset has it.
   */
  receiver(
    preset: string,
    options: Omit<Part<'receivers'>, 'name' | 'preset' | 'share' | 'consults'> & {
      readonly share: Share;
      readonly name?: string;
      /** The registers it asks; those of its preset that the plan has, if left out. */
      readonly consults?: readonly RegisterRef[];
    },
  ): ReceiverRef;
  tenants(count: number, draft: GroupDraft): GroupRef;
  /**
   * One tenant for each sender of a real log: a CSV of unix_time,sender,recipients, its path relative to the
   * script.
   */
  trace(
    file: string,
    options: GroupOptions & {
      readonly senders: number;
      readonly speed?: number;
      readonly list?: ListOption;
    },
  ): GroupRef;
  /** One tenant of the group, drawn anew for each seed. */
  pick(group: GroupRef): TenantRef;
  /** The tenant with this number; 0 is the first. */
  member(group: GroupRef, number: number): TenantRef;
  at(time: Duration, incident: IncidentDraft): void;
  /** Our queue towards receivers; Postfix's defaults where nothing is said. */
  outbound(options: NonNullable<PlanInput['outbound']>): void;
  /** The abuse desk: two people in office hours where nothing is said. */
  desk(options: NonNullable<PlanInput['desk']>): void;
  /** How much our own content scan, login watch and traps see. */
  signals(options: NonNullable<PlanInput['signals']>): void;
}

/** Lists of a script may be read-only; the plan is a copy of what it wrote. */
type PoolOptions = Omit<Part<'pools'>, 'name' | 'addresses'>;

/** A plan while its script writes it; an incident's length may still be missing. */
type Growing = {
  readonly [Key in 'pools' | 'registers' | 'receivers' | 'tenants']: NonNullable<PlanInput[Key]>;
} & { readonly incidents: (IncidentDraft & { readonly at: Duration })[] } & Pick<
    PlanInput,
    'outbound' | 'desk' | 'signals'
  >;

export const emptyPlan = (): Growing => ({
  pools: [], registers: [], receivers: [], tenants: [], incidents: [],
});

export const worldOf = (plan: Growing): World => ({
  pool(name, addresses, options = {}) {
    plan.pools.push({ name, addresses: [...addresses], ...(options as PoolOptions) });
    return { kind: 'pool', name };
  },
  register(preset, { name = preset, ...options } = {}) {
    plan.registers.push({ name, preset, ...options });
    return { kind: 'register', name };
  },
  receiver(preset, { name = preset, share, consults, ...options }) {
    const asked = consults === undefined ? {} : { consults: consults.map(nameOf) };
    plan.receivers.push({ name, preset, share, ...asked, ...options });
    return { kind: 'receiver', name };
  },
  tenants: (count, draft) => addGroup(plan, count, draft),
  trace: (file, { senders, speed, ...options }) =>
    addGroup(
      plan,
      senders,
      groupDraft('senders', options, (rest) => ({
        kind: 'trace',
        file,
        ...(speed === undefined ? {} : { speed }),
        ...rest,
      })),
    ),
  pick: ({ name }) => ({ kind: 'tenant', group: name, member: 'any' }),
  member: ({ name }, number) => ({ kind: 'tenant', group: name, member: number }),
  at(time, incident) {
    plan.incidents.push({ ...incident, at: time });
  },
  outbound(options) {
    plan.outbound = { ...plan.outbound, ...options };
  },
  desk(options) {
    plan.desk = { ...plan.desk, ...options };
  },
  signals(options) {
    plan.signals = { ...plan.signals, ...options };
  },
});

const addGroup = (plan: Growing, count: number, { plural, group }: GroupDraft): GroupRef => {
  const { name, pool, ...rest } = group;
  const taken = plan.tenants.map((other) => other.name);
  const named = name ?? freeName(plural, taken);
  plan.tenants.push({ name: named, count, pool, ...rest });
  return { kind: 'group', name: named, count };
};

/** `offices`, then `offices-2`, `offices-3`. */
const freeName = (plural: string, taken: readonly string[]): string => {
  let name = plural;
  for (let number = 2; taken.includes(name); number += 1) name = `${plural}-${number}`;
  return name;
};
