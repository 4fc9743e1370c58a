// The scenarios of this repository at a size that a test can run: fewer tenants, lower rates, shorter lists,
// less time. Everything else, such as receivers, registers and who is at fault, is as the script wrote it.

import { readFileSync } from 'node:fs';
import { defaultPolicy, milliseconds, type Policy } from '../../policy/index.ts';
import type { Scenario } from '../../sim/index.ts';
import { readPlan } from '../../sim/plan/read.ts';
import type { IncidentPlan, Plan, StreamPlan } from '../../sim/plan/schema.ts';
import { parseTrace } from '../../sim/trace.ts';
import type { RunRequest } from '../../sim/run.ts';
import type { Traces } from '../../sim/world/senders/make-senders.ts';
import compromisedAccount from '../../scenarios/compromised-account.ts';
import deliberateSpammer from '../../scenarios/deliberate-spammer.ts';
import enron from '../../scenarios/enron.ts';
import mailingList from '../../scenarios/mailing-list-one-provider.ts';
import registerUpgrade from '../../scenarios/register-upgrade.ts';

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
      return { ...incident, size: atMost(incident.size, 300), pace: atMost(incident.pace, 600) };
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

/** A plan with few tenants that ends a day after its last incident has begun to show. */
export const shrink = (plan: Plan, tenants = 4): Plan => {
  const incidents = plan.incidents.map(smallIncident);
  const shows = (incident: IncidentPlan): number =>
    incident.at + (incident.kind === 'spammer' ? incident.warmup : 0);
  const last = Math.max(...incidents.map(shows));
  return {
    ...plan,
    length: milliseconds(Math.min(plan.length, last + day)),
    incidents,
    tenants: plan.tenants.map((group) => ({
      ...group,
      accounts: Math.min(group.accounts, 2),
      stream: smallStream(group.stream),
      // A trace has as many senders as it has.
      count: group.stream.kind === 'trace' ? group.count : Math.min(group.count, tenants),
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

const small = (
  name: string,
  { plan }: Scenario,
  traces: Traces = new Map(),
  cut = (whole: Plan) => whole,
): SmallScenario => ({ name, plan: shrink(cut(readPlan(plan, name))), traces });

export const smallScenarios = (): readonly SmallScenario[] => {
  const file = 'traces/enron.csv';
  const trace = parseTrace(readFileSync(new URL(file, folder), 'utf8'), file);
  return [
    small('compromised-account', compromisedAccount),
    small('mailing-list-one-provider', mailingList),
    small('deliberate-spammer', deliberateSpammer),
    small('register-upgrade', registerUpgrade),
    small('enron', enron, new Map([[file, trace]]), fromOctober),
  ];
};
