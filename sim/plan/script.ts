// The language scenarios are written in. `scenario({...})` calls the script once and keeps what it wrote: a
// plan, plain data, no function of the script. Mistakes are found when the plan is read (read.ts), all at
// once, and not here.
import type { Duration, Share } from './quantities.ts';
import type { PlanInput } from './schema.ts';
import {
  groupDraft,
  type GroupDraft,
  type GroupOptions,
  type GroupRef,
  type IncidentDraft,
  type IncidentInput,
  type ListOption,
  type Part,
  type PoolRef,
  type ReceiverRef,
  type RegisterRef,
  type TenantRef,
  untilTheEnd,
} from './script-parts.ts';

export { metric } from './metric.ts';
export {
  careless,
  compromised,
  newsletter,
  office,
  quiet,
  registerUpgrade,
  spammer,
} from './script-parts.ts';

/** The builder a script is given; each call adds one part to the plan. */
export interface World {
  /**
   * Outgoing IPv4 addresses that share one reputation; from 192.0.2.0/24, 198.51.100.0/24 or 203.0.113.0/24.
   */
  pool(name: string, addresses: readonly string[]): PoolRef;
  /** A spam register by its preset. `coverage` is the share of all traps that report to it. */
  register(
    preset: string,
    options?: { readonly name?: string } & Omit<Part<'registers'>, 'name' | 'preset'>,
  ): RegisterRef;
  /** A receiver by its preset, and the share of all recipients that are there. All shares sum to 100 %. */
  receiver(
    preset: string,
    options: {
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

/**
 * Runs a script once and keeps the plan. Throws a TypeError where `build` is asynchronous: it would come too
 * late.
 */
export const scenario = (script: ScenarioScript): Scenario => {
  const { title, question, length, warmup, seeds, epoch, gates, build } = script;
  const plan = emptyPlan();
  const built: unknown = build(worldOf(plan));
  if (built instanceof Promise)
    throw new TypeError('scenario: build is asynchronous; it writes its plan in one go. Drop the async.');
  const incidents = plan.incidents.map((incident) =>
    incident.kind === 'compromised' && incident.length === untilTheEnd ? { ...incident, length } : incident,
  );
  const whole = {
    title,
    question,
    epoch,
    length,
    warmup,
    seeds,
    ...plan,
    incidents,
    gates: gates === undefined ? [] : [...gates],
  };
  // Through JSON, so that what a script holds on to, or an undefined it passed, cannot reach the plan.
  return { kind: 'scenario', plan: JSON.parse(JSON.stringify(whole)) as PlanInput };
};

type Growing = {
  readonly [Key in 'pools' | 'registers' | 'receivers' | 'tenants' | 'incidents']: NonNullable<
    PlanInput[Key]
  >;
} & Pick<PlanInput, 'outbound' | 'desk'>;

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
    plan.receivers.push({
      name,
      preset,
      share,
      ...(consults === undefined ? {} : { consults: consults.map(nameOf) }),
    });
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
    plan.incidents.push({ ...incident, at: time } as IncidentInput);
  },
  outbound(options) {
    plan.outbound = { ...plan.outbound, ...options };
  },
  desk(options) {
    plan.desk = { ...plan.desk, ...options };
  },
});

const addGroup = (
  plan: Growing,
  count: number,
  { kind: _, plural, pool, name, stream, ...rest }: GroupDraft,
): GroupRef => {
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

/**
 * The name behind a reference; a plain text passes, so that a script in JavaScript gets the reader's error
 * and no crash.
 */
const nameOf = (ref: { readonly name: string }): string => (typeof ref === 'string' ? ref : ref?.name);
