// The language scenarios are written in. `scenario({...})` calls the script once and keeps what it wrote: a plan, plain
// data, no function of the script. Mistakes are found when the plan is read (read.ts), all at once, and not here.

import { metricUnits, type MetricName } from '../result.ts';
import type { Duration, Rate, Share } from './quantities.ts';
import type { PlanInput } from './schema.ts';

type Part<Key extends 'registers' | 'receivers' | 'tenants' | 'incidents' | 'gates'> = NonNullable<PlanInput[Key]>[number];
type Stream<Kind extends StreamInput['kind']> = Omit<Extract<StreamInput, { readonly kind: Kind }>, 'kind' | 'list'>;
type StreamInput = Part<'tenants'>['stream'];
type ListInput = NonNullable<Extract<StreamInput, { readonly kind: 'office' }>['list']>;
type IncidentInput = Part<'incidents'>;
type IncidentOf<Kind extends IncidentInput['kind']> = Omit<Extract<IncidentInput, { readonly kind: Kind }>, 'kind' | 'at' | 'who' | 'list'>;

/** What the builder hands out to refer to a part by. */
export interface PoolRef { readonly kind: 'pool'; readonly name: string }
export interface RegisterRef { readonly kind: 'register'; readonly name: string }
export interface ReceiverRef { readonly kind: 'receiver'; readonly name: string }
export interface GroupRef { readonly kind: 'group'; readonly name: string; readonly count: number }
/** One tenant of a group: a given one, or one drawn anew for each seed. */
export interface TenantRef { readonly kind: 'tenant'; readonly group: string; readonly member: number | 'any' }

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
export interface GroupDraft extends GroupOptions { readonly kind: 'group-draft'; readonly plural: string; readonly stream: StreamInput }

/** People at their desks: weekly and daily rhythm, an address book, replies. `perDay` is messages an account on a working day. */
export const office = (options: GroupOptions & Stream<'office'> & { readonly list?: ListOption }): GroupDraft =>
  groupDraft('offices', options, (rest) => ({ kind: 'office', ...rest }));

/** Campaigns to a list of `size` addresses, every so often, handed over at `pace`. */
export const newsletter = (options: GroupOptions & Stream<'newsletter'> & { readonly list?: ListOption }): GroupDraft =>
  groupDraft('newsletters', options, (rest) => ({ kind: 'newsletter', ...rest }));

/** Tenants that send nothing of their own; an incident gives one a voice. */
export const quiet = (options: GroupOptions): GroupDraft => groupDraft('quiet', options, () => ({ kind: 'quiet' }));

/** Something that befalls the world, still without an instant. */
export type IncidentDraft = IncidentInput extends infer Each ? Each extends IncidentInput ? Omit<Each, 'at'> : never : never;

/** A stolen account sends spam at `rate`; for `length`, or until the run ends. */
export const compromised = (
  who: TenantRef,
  options: Omit<IncidentOf<'compromised'>, 'length'> & { readonly length?: Duration; readonly list?: ListOption },
): IncidentDraft => {
  const { list, length, ...rest } = options;
  return { kind: 'compromised', who: whoOf(who), length: length ?? untilTheEnd, ...rest, ...listOf(list) };
};

/** A tenant mails a list it should not have, once; `provider` is the one receiver that all of it is at. */
export const careless = (
  who: TenantRef,
  options: Omit<IncidentOf<'careless'>, 'provider'> & { readonly provider?: ReceiverRef; readonly list?: ListOption },
): IncidentDraft => {
  const { list, provider, ...rest } = options;
  const at = provider === undefined ? {} : { provider: provider.name };
  return { kind: 'careless', who: whoOf(who), ...rest, ...at, ...listOf(list) };
};

/** A tenant signs up to spam: behaves for `warmup` at `warmupRate`, then blasts at `rate` for `length`. */
export const spammer = (who: TenantRef, options: IncidentOf<'spammer'> & { readonly list?: ListOption }): IncidentDraft => {
  const { list, ...rest } = options;
  return { kind: 'spammer', who: whoOf(who), ...rest, ...listOf(list) };
};

/** A register changes its rule, from that instant on. */
export const registerUpgrade = (
  register: RegisterRef, to: Extract<IncidentInput, { readonly kind: 'register-upgrade' }>['to'],
): IncidentDraft => ({ kind: 'register-upgrade', register: register.name, to });

/** The builder a script is given; each call adds one part to the plan. */
export interface World {
  /** Outgoing IPv4 addresses that share one reputation; from 192.0.2.0/24, 198.51.100.0/24 or 203.0.113.0/24. */
  pool(name: string, addresses: readonly string[]): PoolRef;
  /** A spam register by its preset. `coverage` is the share of all traps that report to it. */
  register(preset: string, options?: { readonly name?: string } & Omit<Part<'registers'>, 'name' | 'preset'>): RegisterRef;
  /** A receiver by its preset, and the share of all recipients that are there. All shares sum to 100 %. */
  receiver(preset: string, options: {
    readonly share: Share;
    readonly name?: string;
    /** The registers it asks; those of its preset that the plan has, if left out. */
    readonly consults?: readonly RegisterRef[];
  }): ReceiverRef;
  tenants(count: number, draft: GroupDraft): GroupRef;
  /** One tenant for each sender of a real log: a CSV of unix_time,sender,recipients, its path relative to the script. */
  trace(file: string, options: GroupOptions & {
    readonly senders: number;
    readonly speed?: number;
    readonly list?: ListOption;
  }): GroupRef;
  /** One tenant of the group, drawn anew for each seed. */
  pick(group: GroupRef): TenantRef;
  /** The tenant with this number; 0 is the first. */
  member(group: GroupRef, number: number): TenantRef;
  at(time: Duration, incident: IncidentDraft): void;
  /** Our queue towards receivers; Postfix's defaults where nothing is said. */
  outbound(options: NonNullable<PlanInput['outbound']>): void;
  /** The abuse desk: two people in office hours where nothing is said. */
  desk(options: NonNullable<PlanInput['desk']>): void;
}

export interface ScenarioScript {
  readonly title: string;
  /** The one question the scenario answers, as a sentence. */
  readonly question: string;
  readonly length: Duration;
  /** Time at the start that no metric counts. */
  readonly warmup?: Duration;
  readonly seeds?: number;
  /** The date of time 0, such as `2027-01-04T00:00:00Z`: decides weekdays and aligns traces. */
  readonly epoch?: string;
  readonly gates?: readonly Part<'gates'>[];
  build(w: World): void;
}

/** What a scenario file exports by default: the plan its script wrote. */
export interface Scenario {
  readonly kind: 'scenario';
  readonly plan: PlanInput;
}

/** Runs a script once and keeps the plan. Throws a TypeError where `build` is asynchronous: it would come too late. */
export const scenario = (script: ScenarioScript): Scenario => {
  const { title, question, length, warmup, seeds, epoch, gates, build } = script;
  const plan = emptyPlan();
  const built: unknown = build(worldOf(plan));
  if (built instanceof Promise) throw new TypeError('scenario: build is asynchronous; it writes its plan in one go. Drop the async.');
  const incidents = plan.incidents.map((incident) =>
    (incident.kind === 'compromised' && incident.length === untilTheEnd ? { ...incident, length } : incident));
  const whole = { title, question, epoch, length, warmup, seeds, ...plan, incidents, gates: gates === undefined ? [] : [...gates] };
  // Through JSON, so that what a script holds on to, or an undefined it passed, cannot reach the plan.
  return { kind: 'scenario', plan: JSON.parse(JSON.stringify(whole)) as PlanInput };
};

/** Stands for a length not said, until the run's own is known. */
const untilTheEnd = '0ms';

type Growing = { readonly [Key in 'pools' | 'registers' | 'receivers' | 'tenants' | 'incidents']: NonNullable<PlanInput[Key]> }
  & Pick<PlanInput, 'outbound' | 'desk'>;

const emptyPlan = (): Growing => ({ pools: [], registers: [], receivers: [], tenants: [], incidents: [] });

const worldOf = (plan: Growing): World => ({
  pool(name, addresses) {
    plan.pools.push({ name, addresses: [...addresses] });
    return { kind: 'pool', name };
  },
  register(preset, { name = preset, ...options } = {}) {
    plan.registers.push({ name, preset, ...options });
    return { kind: 'register', name };
  },
  receiver(preset, { name = preset, share, consults }) {
    plan.receivers.push({ name, preset, share, ...(consults === undefined ? {} : { consults: consults.map(nameOf) }) });
    return { kind: 'receiver', name };
  },
  tenants: (count, draft) => addGroup(plan, count, draft),
  trace: (file, { senders, speed, ...options }) => addGroup(plan, senders, groupDraft('senders', options, (rest) => (
    { kind: 'trace', file, ...(speed === undefined ? {} : { speed }), ...rest }))),
  pick: ({ name }) => ({ kind: 'tenant', group: name, member: 'any' }),
  member: ({ name }, number) => ({ kind: 'tenant', group: name, member: number }),
  at(time, incident) {
    plan.incidents.push({ ...incident, at: time } as IncidentInput);
  },
  outbound(options) {
    plan.outbound = { ...plan.outbound, ...options };
  },
  desk(options) {
    plan.desk = { ...plan.desk, ...options };
  },
});

const addGroup = (plan: Growing, count: number, { kind: _, plural, pool, name, stream, ...rest }: GroupDraft): GroupRef => {
  const taken = plan.tenants.map((group) => group.name);
  const named = name ?? freeName(plural, taken);
  plan.tenants.push({ name: named, count, pool: nameOf(pool), ...rest, stream });
  return { kind: 'group', name: named, count };
};

/** `offices`, then `offices-2`, `offices-3`. */
const freeName = (plural: string, taken: readonly string[]): string => {
  let name = plural;
  for (let number = 2; taken.includes(name); number += 1) name = `${plural}-${number}`;
  return name;
};

const groupDraft = <Options extends GroupOptions & { readonly list?: ListOption }>(
  plural: string, options: Options, streamOf: (rest: Omit<Options, keyof GroupOptions | 'list'> & { readonly list?: ListInput }) => StreamInput,
): GroupDraft => {
  const { pool, name, accounts, allowance, list, ...rest } = options;
  return {
    kind: 'group-draft', plural, pool, stream: streamOf({ ...rest, ...listOf(list) }),
    ...(name === undefined ? {} : { name }),
    ...(accounts === undefined ? {} : { accounts }),
    ...(allowance === undefined ? {} : { allowance }),
  };
};

const listOf = (list: ListOption | undefined): { readonly list?: ListInput } =>
  list === undefined ? {} : { list: typeof list === 'string' ? { kind: list } : list };

const whoOf = ({ group, member }: TenantRef) => ({ group, member });

/** The name behind a reference; a plain text passes, so that a script in JavaScript gets the reader's error and no crash. */
const nameOf = (ref: { readonly name: string }): string => (typeof ref === 'string' ? ref : ref?.name);

type LimitOf<Name extends MetricName> = {
  readonly ms: Duration;
  readonly hours: Duration;
  readonly minutes: Duration;
  readonly share: Share;
  readonly count: number;
}[(typeof metricUnits)[Name]];

/** A metric seen one way over the seeds, to be held against a limit. */
export interface Measured<Limit> {
  atMost(limit: Limit, severity?: 'fail' | 'warn'): Part<'gates'>;
  atLeast(limit: Limit, severity?: 'fail' | 'warn'): Part<'gates'>;
}

/** `mean`, median, 95th percentile or worst seed; of a share, `rate` is its mean. */
export type Metric<Name extends MetricName> = Readonly<Record<'mean' | 'p50' | 'p95' | 'worst', Measured<LimitOf<Name>>>>
  & ((typeof metricUnits)[Name] extends 'share' ? { readonly rate: Measured<LimitOf<Name>> } : unknown);

/** What a gate judges: `metric('time_to_block').p95.atMost('4h')`. A misspelt name does not compile, and fails when read. */
export const metric = <Name extends MetricName>(name: Name): Metric<Name> => {
  const measured = (statistic: Part<'gates'>['statistic']): Measured<LimitOf<Name>> => ({
    atMost: (limit, severity = 'fail') => ({ metric: name, statistic, rule: 'atMost', limit: String(limit), severity }),
    atLeast: (limit, severity = 'fail') => ({ metric: name, statistic, rule: 'atLeast', limit: String(limit), severity }),
  });
  const mean = measured('mean');
  const ways = { mean, rate: mean, p50: measured('p50'), p95: measured('p95'), worst: measured('worst') };
  return ways as object as Metric<Name>;
};
