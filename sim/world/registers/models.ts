// Which rule model each preset of presets/registers.json has.

import type { RegisterPreset } from '../../presets/index.ts';
import type { RuleModel } from './model.ts';
import { backscatter } from './rules/backscatter.ts';
import { escalation } from './rules/escalation.ts';
import { heuristic } from './rules/heuristic.ts';
import { manual } from './rules/manual.ts';
import { coldAddress, declared, declaredAndAbusive } from './rules/policy.ts';
import { ratioScore, ratioScoreEverywhere } from './rules/ratio-score.ts';
import { reputationScore } from './rules/reputation-score.ts';
import { trapHit, trapHitByRange } from './rules/trap-hit.ts';
import { union } from './rules/union.ts';
import { weightedScore } from './rules/weighted-score.ts';

/** Throws a RangeError for a model that no preset has. */
export const modelOf = (preset: RegisterPreset): RuleModel => {
  switch (preset.model) {
    case 'trapHit':
      return preset.id === 'bbfh' ? trapHitByRange : trapHit;
    case 'weightedScore':
      return weightedScore;
    case 'ratioScore':
      return ['mailspike', 'hostkarma'].includes(preset.id) ? ratioScoreEverywhere : ratioScore;
    case 'escalation':
      return preset.id === 'uceprotect-3' ? escalation.network : escalation.allocation;
    case 'reputationScore':
      return reputationScore;
    case 'heuristic':
      return heuristic;
    case 'policy':
      return preset.id === 'abusix-noip' ? coldAddress : declared;
    case 'policy+abuse':
      return declaredAndAbusive;
    case 'backscatter':
      return backscatter;
    case 'manual':
      return manual;
    case 'union':
      return union;
    default:
      throw new RangeError(`no rule model is called "${preset.model}"`);
  }
};
