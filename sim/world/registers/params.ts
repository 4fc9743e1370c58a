// The parameters of a register preset that a rule can read, by name. Which of them a preset has depends on
// its model; presets/registers.json gives each its source.

import type { RegisterPreset } from '../../presets/index.ts';

/** From the threshold of an allocation's size to the count that lists it, by prefix length. */
export type ThresholdByPrefix = Readonly<Record<string, number>>;
export type ReceiverPolicy = 'conservative' | 'moderateDefault' | 'aggressive';

type ScoreRange = readonly [number, number];

export interface Params {
  readonly trapThreshold?: number;
  readonly windowS?: number;
  readonly policyVersion?: string;
  /** Whom the register does not list lightly. */
  readonly exempt?: string;
  /** Backscatter. */
  readonly threshold?: number;
  /** BBFH's first level; its third is the same with ten hits. */
  readonly level1?: { readonly trapThreshold: number; readonly windowS: number };
  /** Listings that grow with each repeat (rbls.de). */
  readonly expiryGrowth?: {
    readonly firstS: number;
    readonly addPerRepeatS: number;
    readonly forgetAfterS: number;
  };
  /** Weighted score (SpamCop). */
  readonly freshness?: {
    readonly newestWeight: number;
    readonly oldWeight: number;
    readonly linearUntilS: number;
    readonly ignoreAfterS: number;
  };
  readonly trap?: { readonly linearBelow: number; readonly linearFactor: number; readonly power: number };
  readonly minReportsToList?: number;
  readonly maxListingWithTwoReportsS?: number;
  readonly thresholdRatio?: number;
  readonly maxReportAgeS?: number;
  /** Ratio. */
  readonly minRatio?: number;
  readonly minSpam?: number;
  readonly minErrors?: number;
  readonly zeroHourWave?: boolean;
  readonly stages?: readonly string[];
  /** Escalation (UCEPROTECT 2 and 3). */
  readonly childRegister?: string;
  readonly thresholdByPrefix?: ThresholdByPrefix;
  readonly olderPolicy?: { readonly policyVersion: string; readonly thresholdByPrefix: ThresholdByPrefix };
  readonly minSpamscore?: number;
  readonly minImpacts?: number;
  /** Manual (SBL). */
  readonly pReviewPerDay?: number;
  readonly operatorObstinacy?: number;
  readonly notifiesOwnerAtListing?: boolean;
  /** Policy, and the subject of the DBL. */
  readonly property?: string;
  readonly subject?: 'domain';
  /** Reputation (Talos). */
  readonly range?: readonly [number, number];
  readonly volumeJumpPenalty?: readonly [number, number];
  readonly recoversInS?: number;
  readonly receiverPolicies?: Readonly<
    Record<ReceiverPolicy, { readonly block: ScoreRange; readonly throttle: ScoreRange }>
  >;
  /** Union. */
  readonly members?: readonly string[];
}

export const paramsOf = (preset: RegisterPreset): Params => preset.params as Params;
