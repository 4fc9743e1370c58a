// A small plan that is right, for tests to spoil one thing at a time, and what the reader says of it then.

import { PlanMistakes } from '../../sim/plan/problems.ts';
import { readPlan } from '../../sim/plan/read.ts';
import type { PlanInput } from '../../sim/plan/schema.ts';

export const goodPlan = (): PlanInput => ({
  title: 'Two offices',
  question: 'Is the plan read?',
  length: '3d',
  warmup: '1d',
  seeds: 2,
  pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
  registers: [{ name: 'psbl', preset: 'psbl' }],
  receivers: [
    { name: 'gmail', preset: 'gmail', share: '60%' },
    { name: 'small-postfix', preset: 'small-postfix', share: '40%', consults: ['psbl'] },
  ],
  tenants: [
    { name: 'offices', count: 2, pool: 'shared', stream: { kind: 'office', perDay: 20 } },
    {
      name: 'letters',
      count: 1,
      pool: 'shared',
      stream: { kind: 'newsletter', size: 100, first: '1d', pace: '60/h' },
    },
  ],
  incidents: [
    {
      kind: 'compromised',
      at: '1d20h',
      who: { group: 'offices', member: 1 },
      how: 'weak-password',
      rate: '40/h',
      length: '2h',
    },
  ],
  gates: [{ metric: 'time_to_block', statistic: 'p95', rule: 'atMost', limit: '4h' }],
});

/** The lines of the error; empty where the plan is right. */
export const told = (input: unknown): readonly string[] => {
  try {
    readPlan(input, 'x.ts');
    return [];
  } catch (error) {
    if (error instanceof PlanMistakes) return error.message.split('\n');
    throw error;
  }
};

/** What is told of the good plan with one part changed. */
export const spoilt = (
  change: Record<string, unknown> | ((plan: PlanInput) => unknown),
): readonly string[] => {
  const plan = goodPlan();
  if (typeof change !== 'function') return told({ ...plan, ...change });
  return told(change(plan) ?? plan);
};
