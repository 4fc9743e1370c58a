// A register's rule as a plan can change it: which fields its model heeds, which versions its operator
// published, and what the rule is before anything changes.

import { type RegisterPreset, registerPreset } from '../presets/index.ts';
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
  'policy+abuse': evidence,
  weightedScore: ['score', 'minRatio', 'window', 'expiry', 'coverage'],
  ratioScore: ['minRatio', 'minSpam', 'window', 'expiry', 'coverage'],
  reputationScore: ['score', 'window', 'expiry', 'coverage'],
  escalation: ['trapThreshold', 'score', 'window', 'expiry', 'coverage'],
  manual: ['window', 'expiry', 'coverage'],
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

/** The rule a register has when the run begins, as far as the preset puts it in these fields. */
export const firstRule = ({ preset: id, coverage, rule }: Register): RuleChange => {
  const preset = registerPreset(id);
  const { trapThreshold, threshold, windowS, minRatio, minSpam } = preset.params as Readonly<
    Record<string, number | undefined>
  >;
  const { seconds } = preset.expiry;
  return {
    trapThreshold: trapThreshold ?? threshold,
    window: windowS === undefined ? undefined : ((windowS * 1_000) as RuleChange['window']),
    expiry: seconds === null ? undefined : ((seconds * 1_000) as RuleChange['expiry']),
    minRatio,
    minSpam,
    version: versionsOf(preset)[0],
    ...rule,
    coverage,
  };
};
