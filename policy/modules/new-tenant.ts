// Limits that grow with a tenant's age: who signed up today has no record to trust, and spammers who sign up
// spend their first days, or their only ones, at the limit.

import { type Action, defer, verdictOf } from '../actions.ts';
import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import { days, hours, type Milliseconds, minutes } from '../units.ts';
import { pass } from '../verdict.ts';
import { isAdmitted } from './admitted.ts';
import { countInRange, oneOf, perSpan, spanInRange, spanText } from './parameters.ts';
import { forgetAll, isEndedByRelease } from './release.ts';
import { add, counted, held, isSlidingCount, slicing } from './sliding-count.ts';

export interface NewTenantStage {
  /** The stage ends when the tenant signed up this long ago; 1 hour to 365 days. */
  readonly until: Milliseconds;
  /** What all accounts of the tenant together may send in any window of the stage; 1 to 10,000,000. */
  readonly limit: number;
}

export interface NewTenantParameters {
  /** Its name in reasons; `new-tenant` if left out. */
  readonly name?: string;
  readonly of: 'messages' | 'recipients';
  /** 1 to 12 stages, each longer and no stricter than the one before. */
  readonly stages: readonly NewTenantStage[];
  /** 1 minute to 31 days; 24 hours if left out. */
  readonly window?: Milliseconds;
  /** What becomes of a message that would go over the limit; refused for now (`defer`) if left out. */
  readonly action?: Action;
}

/** Slices of the window: who is at the limit is free again between 1 and 9/8 windows later. */
const slices = 8;

/**
 * Judges tenants who signed up since the host's clock began; older ones never meet it. What was sent in an
 * earlier stage counts on in its window. A contract's allowance raises nothing: it is what a new customer has
 * yet to earn. Released by age and by time; where the action is `suspend` or `hold`, by a person too, whose
 * release forgets the count. Throws a RangeError for a parameter out of range.
 */
export const newTenant = (parameters: NewTenantParameters): Module<Cells> => {
  const name = parameters.name ?? 'new-tenant';
  const of = oneOf(name, 'of', parameters.of, ['messages', 'recipients']);
  const stages = checked(name, parameters.stages);
  const window = spanInRange(name, 'window', parameters.window ?? hours(24), minutes(1), days(31));
  const action = parameters.action ?? defer;
  const by = slicing(window, slices);
  const layout = { cells: by.cells };
  const last = stages.at(-1)!.until;
  const rules = stages.map(({ until }) => `${perSpan(of, window)} until ${spanText(until)} old`);
  const countsRecipients = of === 'recipients';
  const forgets = isEndedByRelease(action);
  return {
    name,
    key: 'tenant',
    hears: forgets ? ['submitted', 'released'] : ['submitted'],
    layout,
    fresh: () => freshCells(layout),
    accepts: (state) => isSlidingCount(state, by),
    decide(state, { recipients, signedUp }, now) {
      if (signedUp < 0 || now - signedUp >= last) return pass;
      const more = countsRecipients ? recipients.length : 1;
      const stage = stageAt(stages, now - signedUp);
      const limit = stages[stage]!.limit;
      if (held(state, by) + more <= limit) return pass;
      const seen = counted(state, by, now) + more;
      if (seen <= limit) return pass;
      return verdictOf(action, { module: name, rule: rules[stage]!, seen, limit }, now);
    },
    learn(state, signal, now) {
      if (signal.kind === 'released') forgetAll(state, layout);
      if (signal.kind !== 'submitted' || !isAdmitted(signal.verdict)) return;
      const { recipients, signedUp } = signal.submission;
      if (signedUp < 0 || now - signedUp >= last) return;
      add(state, by, countsRecipients ? recipients.length : 1, now);
    },
  };
};

/** The first stage that a tenant of that age is not too old for. */
const stageAt = (stages: readonly NewTenantStage[], age: number): number => {
  let stage = 0;
  while (age >= stages[stage]!.until) stage += 1;
  return stage;
};

const checked = (name: string, stages: readonly NewTenantStage[]): readonly NewTenantStage[] => {
  countInRange(name, 'stages.length', stages.length, 1, 12);
  stages.forEach(({ limit, until }, at) => {
    const before = stages[at - 1];
    const soonest = before === undefined ? hours(1) : before.until + 1;
    spanInRange(name, `stages[${at}].until`, until, soonest as Milliseconds, days(365));
    countInRange(name, `stages[${at}].limit`, limit, before?.limit ?? 1, 10_000_000);
  });
  return stages;
};
