// Which numbers of a register's preset the world reads, by its model; what a plan says otherwise counts for
// nothing here. A test reads every preset through a run and holds this list against it.

import type { Plan } from '../plan/schema.ts';
import type { RegisterPreset } from '../presets/index.ts';
import { canBeAsked, isSelfService } from './cast.ts';

type Rule = Plan['registers'][number]['rule'];
type RuleField = keyof Rule;

/** Parameters that each model reads, and the field of a rule that stands in for one where a plan has it. */
const paramsRead: Readonly<Record<string, Readonly<Record<string, RuleField | null>>>> = {
  trapHit: { trapThreshold: 'trapThreshold', level1: 'trapThreshold', windowS: 'window', expiryGrowth: null },
  heuristic: { trapThreshold: 'trapThreshold', windowS: 'window' },
  backscatter: { threshold: 'trapThreshold', trapThreshold: 'trapThreshold', windowS: 'window' },
  manual: { trapThreshold: 'trapThreshold', windowS: 'window', pReviewPerDay: null },
  weightedScore: {
    thresholdRatio: 'score', windowS: 'window', freshness: null, trap: null, minReportsToList: null,
    maxListingWithTwoReportsS: null, maxReportAgeS: null,
  },
  ratioScore: { minSpam: 'minSpam', minRatio: 'minRatio', minErrors: null, windowS: 'window' },
  reputationScore: {
    windowS: 'window', recoversInS: null, range: null, volumeJumpPenalty: null, receiverPolicies: null,
  },
  escalation: {
    windowS: 'window', thresholdByPrefix: 'trapThreshold', olderPolicy: null, minImpacts: 'trapThreshold',
    minSpamscore: 'score',
  },
  'policy+abuse': { windowS: 'window' },
  policy: { windowS: 'window' },
  union: {},
};

/** Listings of these end with what they are for, not after a time. */
const endless: readonly string[] = ['union', 'policy+abuse'];

/** Paths of the numbers read, such as `params.windowS`. */
export const registerFieldsRead = (preset: RegisterPreset, rule: Rule, plan: Plan): readonly string[] => {
  if (preset.model === 'union') return ['ttl', 'codes'];
  const params = Object.entries(paramsRead[preset.model] ?? {})
    .filter(([name, field]) => name in preset.params && (field === null || rule[field] === undefined))
    .map(([name]) => `params.${name}`);
  const expires = preset.expiry.seconds !== null && rule.expiry === undefined && preset.id !== 'spamhaus-pbl'
    && !endless.includes(preset.model);
  // The desk looks for a cause as far back as a listing may have taken; of domains it sees none.
  const isLookedInto = plan.desk.staff > 0 && preset.timeToListS.p90 !== null
    && preset.params['subject'] !== 'domain';
  const refuses = preset.params['operatorObstinacy'] !== undefined && !isSelfService(preset);
  return [
    ...params,
    ...(expires ? ['expiry.seconds'] : []),
    'timeToListS.p10', ...(isLookedInto ? ['timeToListS.p90'] : []), 'publish', 'ttl', 'codes',
    ...(canBeAsked(preset) ? ['delist.minS', 'delist.typicalS', 'delist.maxS'] : []),
    ...(canBeAsked(preset) && refuses ? ['params.operatorObstinacy'] : []),
  ];
};
