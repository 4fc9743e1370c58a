// A register's rule as numbers: what its preset says, what the plan says otherwise, and which of its
// published versions is in force. An upgrade replaces parts of it. How the numbers are read is the model's
// (rules/).

import { type Milliseconds, seconds } from '../../../policy/index.ts';
import type { IncidentPlan, Plan } from '../../plan/schema.ts';
import type { RegisterPreset } from '../../presets/index.ts';
import { type Params, paramsOf } from './params.ts';

export interface Rule {
  /**
   * Trap hits (impacts, reports by analysts) within `window` that list; 0 where a table of the preset rules.
   */
  threshold: number;
  /**
   * Hits within `window` that it lets pass of a mail server it knows; 0 where it knows none, or the plan says
   * how many hits list.
   */
  allowed: number;
  window: Milliseconds;
  /** From the last evidence to the end of a listing; null where it has no fixed length. */
  expiry: Milliseconds | null;
  /** Share of all traps of the kinds it takes that report to it. */
  coverage: number;
  /** Ratio registers: share of spam from which they list, and the spam below which they never do. */
  minRatio: number;
  minSpam: number;
  /** Score registers: the score from which they list; what it is a score of is the model's. */
  score: number;
  /** One of the preset's published versions. */
  version: string;
}

export type RuleChanges = Extract<IncidentPlan, { kind: 'register-upgrade' }>['to'];

const day = 86_400;
const hour = 3_600;

/**
 * An assumption where a preset with no threshold looks at single pieces of evidence: DroneBL and the DBL act
 * on what their volunteers and machines confirmed more than once in a day.
 */
const heuristicThreshold = 3;
/** An assumption: an analyst of the SBL opens a record for no less than ten trap hits in a week. */
const manualThreshold = 10;
/**
 * An assumption: registers that exempt known mail servers (PSBL those on DNSWL, Abusix a welcome list) let
 * one stray hit of theirs pass, not a second within the window; whom their lists hold is not known here.
 */
const allowedToKnown = 1;
/** An assumption: the DBL's age is not published; three days, as once published for its sister, the CSS. */
const domainExpiryS = 3 * day;

export const ruleOf = (plan: Plan['registers'][number], preset: RegisterPreset): Rule => {
  const params = paramsOf(preset);
  const { rule } = plan;
  const expiryS = preset.expiry.seconds ?? (params.subject === 'domain' ? domainExpiryS : null);
  return {
    threshold: rule.trapThreshold ?? params.trapThreshold ?? thresholdOf(preset.model, params),
    allowed: params.exempt !== undefined && rule.trapThreshold === undefined ? allowedToKnown : 0,
    window: rule.window ?? seconds(params.windowS ?? windowOf(preset.model, params)),
    expiry: rule.expiry ?? (expiryS === null ? null : seconds(expiryS)),
    coverage: plan.coverage,
    minRatio: rule.minRatio ?? params.minRatio ?? 0,
    minSpam: rule.minSpam ?? params.minSpam ?? 0,
    score: rule.score ?? (isScoreByMail(params) ? rule.minRatio : undefined) ?? scoreOf(params),
    version: rule.version ?? params.policyVersion ?? '',
  };
};

const thresholdOf = (model: string, params: Params): number => {
  if (model === 'heuristic') return heuristicThreshold;
  if (model === 'manual') return manualThreshold;
  if (model === 'escalation') return 0;
  return params.level1?.trapThreshold ?? params.threshold ?? 1;
};

const windowOf = (model: string, params: Params): number => {
  if (model === 'manual') return 7 * day;
  if (model === 'policy') return 30 * day;
  if (model === 'weightedScore') return params.freshness!.ignoreAfterS;
  return params.level1?.windowS ?? 24 * hour;
};

/** SpamCop's score is held against mail: to it, a ratio and a score are one thing. */
const isScoreByMail = (params: Params): boolean => params.thresholdRatio !== undefined;

const scoreOf = (params: Params): number =>
  params.thresholdRatio ?? params.minSpamscore ?? params.receiverPolicies?.moderateDefault.block[1] ?? 0;

/** A rule with parts of it changed, as an upgrade says. */
export const changedRule = (rule: Rule, preset: RegisterPreset, to: RuleChanges): Rule => {
  const changed = { ...rule };
  if (to.trapThreshold !== undefined) {
    changed.threshold = to.trapThreshold;
    changed.allowed = 0;
  }
  if (to.minRatio !== undefined && isScoreByMail(paramsOf(preset))) changed.score = to.minRatio;
  for (const part of ['window', 'expiry', 'coverage', 'minRatio', 'minSpam', 'score', 'version'] as const) {
    if (to[part] !== undefined) Object.assign(changed, { [part]: to[part] });
  }
  return changed;
};
