// The scenarios of this repository at a size that a test can run: fewer tenants, lower rates, shorter lists,
// less time. Everything else, such as receivers, registers and who is at fault, is as the script wrote it.

import { readdirSync, readFileSync } from 'node:fs';
import { defaultPolicy, milliseconds, type Policy } from '../../policy/index.ts';
import type { Scenario } from '../../sim/index.ts';
import { readPlan } from '../../sim/plan/read.ts';
import type { IncidentPlan, Plan, StreamPlan } from '../../sim/plan/schema.ts';
import { parseTrace } from '../../sim/trace.ts';
import type { RunRequest } from '../../sim/run.ts';
import type { Traces } from '../../sim/world/senders/make-senders.ts';

const hour = 3_600_000;
const day = 24 * hour;

export interface SmallScenario {
  readonly name: string;
  readonly plan: Plan;
  readonly traces: Traces;
}

/** A run of a scenario: seed 1 under the default policy, save what is said. */
export const request = (scenario: SmallScenario, seed = '1', policy: Policy = defaultPolicy): RunRequest => ({
  plan: scenario.plan,
  traces: scenario.traces,
  seed,
  policy,
});

const smallStream = (stream: StreamPlan): StreamPlan =>
  stream.kind === 'newsletter' ? { ...stream, size: Math.min(stream.size, 80) } : stream;

const atMost = <Value extends number>(value: Value, most: number): Value => Math.min(value, most) as Value;

const smallIncident = (incident: IncidentPlan): IncidentPlan => {
  switch (incident.kind) {
    case 'compromised':
      return { ...incident, rate: atMost(incident.rate, 200), length: atMost(incident.length, 4 * hour) };
    case 'careless':
      return {
        ...incident,
        size: atMost(incident.size, 300),
        pace: atMost(incident.pace, 600),
        rounds: atMost(incident.rounds, 3),
        every: atMost(incident.every, 4 * hour),
      };
    case 'spammer':
      return {
        ...incident,
        warmup: atMost(incident.warmup, day),
        rate: atMost(incident.rate, 200),
        length: atMost(incident.length, 3 * hour),
      };
    case 'infected':
      return { ...incident, rate: atMost(incident.rate, 200), length: atMost(incident.length, 4 * hour) };
    case 'backscatter':
      return { ...incident, rate: atMost(incident.rate, 100), length: atMost(incident.length, 4 * hour) };
    case 'register-upgrade':
    case 'receiver-upgrade':
    case 'register-fault':
    case 'neighbour':
      return incident;
    default:
      return incident satisfies never;
  }
};

/** Tenants of this group that one incident needs, and accounts of each. */
const needed = (incidents: readonly IncidentPlan[], group: string, tactic: 'tenants' | 'accounts'): number =>
  Math.max(
    1,
    ...incidents.map((incident) =>
      incident.kind === 'spammer' && incident.who.group === group && incident.tactic === tactic ?
        incident.spread
      : 1,
    ),
  );

/** A plan with few tenants that ends a day after its last incident has begun to show. */
export const shrink = (plan: Plan, tenants = 4): Plan => {
  const incidents = plan.incidents.map(smallIncident);
  const shows = (incident: IncidentPlan): number =>
    incident.at + (incident.kind === 'spammer' ? incident.warmup : 0);
  const last = Math.max(0, ...incidents.map(shows));
  return {
    ...plan,
    length: milliseconds(Math.min(plan.length, last + day)),
    incidents,
    tenants: plan.tenants.map((group) => ({
      ...group,
      accounts: Math.min(group.accounts, Math.max(2, needed(incidents, group.name, 'accounts'))),
      stream: smallStream(group.stream),
      // A trace has as many senders as it has.
      count:
        group.stream.kind === 'trace' ? group.count
        : Math.min(group.count, Math.max(tenants, needed(incidents, group.name, 'tenants'))),
    })),
  };
};

const folder = new URL('../../scenarios/', import.meta.url);

/** Enron from the weekend before its night on, and not from 1998. */
const fromOctober = (plan: Plan): Plan => {
  const skipped = 1_068 * day;
  return {
    ...plan,
    epoch: new Date(Date.parse(plan.epoch) + skipped).toISOString(),
    length: milliseconds(plan.length - skipped),
    incidents: plan.incidents.map((incident) => ({ ...incident, at: milliseconds(incident.at - skipped) })),
  };
};

/** Every script of the folder, by the name of its file; a new one needs no listing. */
export const scripts: ReadonlyMap<string, Scenario> = new Map(
  await Promise.all(
    readdirSync(folder)
      .filter((file) => file.endsWith('.ts'))
      .sort()
      .map(async (file) => {
        const script = (await import(new URL(file, folder).href)) as { readonly default: Scenario };
        return [file.replace(/\.ts$/, ''), script.default] as const;
      }),
  ),
);

/** The logs that a plan replays, from beside its script. */
export const tracesOf = ({ tenants }: Plan): Traces =>
  new Map(
    tenants.flatMap(({ stream }) => {
      if (stream.kind !== 'trace') return [];
      const { file } = stream;
      return [[file, parseTrace(readFileSync(new URL(file, folder), 'utf8'), file)]];
    }),
  );

/** All scenarios, the one of a single stolen password first: the tests that take any one take that. */
export const smallScenarios = (): readonly SmallScenario[] => {
  const names = [...new Set(['compromised-account', ...scripts.keys()])];
  return names.map((name) => {
    const whole = readPlan(scripts.get(name)!.plan, name);
    return { name, plan: shrink(name === 'enron' ? fromOctober(whole) : whole), traces: tracesOf(whole) };
  });
};
