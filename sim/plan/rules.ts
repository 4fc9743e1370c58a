// A register's rule as a plan can change it: which fields its model heeds, which versions its operator
// published, and what the rule is before anything changes.

import { type RegisterPreset, registerPreset } from '../presets/index.ts';
import { ruleOf } from '../world/registers/rule.ts';
import type { IncidentPlan, Plan } from './schema.ts';

export type RuleChange = Extract<IncidentPlan, { readonly kind: 'register-upgrade' }>['to'];
export type RuleField = keyof RuleChange;
type Register = Plan['registers'][number];

const evidence = ['trapThreshold', 'window', 'expiry', 'coverage'] as const;

/** Fields of a rule that make a difference to a register of this model; others are refused, not ignored. */
const heeded: Readonly<Record<string, readonly RuleField[]>> = {
  trapHit: evidence,
  heuristic: evidence,
  backscatter: evidence,
  manual: evidence,
  'policy+abuse': ['window', 'coverage'],
  weightedScore: ['score', 'minRatio', 'window', 'expiry', 'coverage'],
  ratioScore: ['minRatio', 'minSpam', 'window', 'expiry', 'coverage'],
  reputationScore: ['score', 'window', 'expiry', 'coverage'],
  escalation: ['trapThreshold', 'score', 'window', 'expiry', 'coverage'],
  policy: ['window', 'expiry'],
  union: [],
};

export const heededBy = (preset: RegisterPreset): readonly RuleField[] => [
  ...(heeded[preset.model] ?? evidence),
  ...(versionsOf(preset).length > 0 ? ['version' as const] : []),
];

/** The policies that the register's operator has published, today's first; empty where only one is known. */
export const versionsOf = ({ params }: RegisterPreset): readonly string[] => {
  const { policyVersion, olderPolicy } = params as {
    readonly policyVersion?: string;
    readonly olderPolicy?: { readonly policyVersion: string };
  };
  if (policyVersion === undefined || olderPolicy === undefined) return [];
  return [policyVersion, olderPolicy.policyVersion];
};

/** The rule a register has when the run begins, its preset's and the plan's, in the fields of a plan. */
export const firstRule = (register: Register): RuleChange => {
  const { threshold, expiry, ...rule } = ruleOf(register, registerPreset(register.preset));
  return { ...rule, trapThreshold: threshold, expiry: expiry ?? undefined };
};
