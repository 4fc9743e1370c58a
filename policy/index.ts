// The policy's promise: the contract, its words and units, the engine that runs it, and the real modules.

export { PolicyEngine, type Snapshot } from './engine.ts';
export type { Suspension } from './suspensions.ts';
export { type Calm, type Cells, freshCells, type Layout } from './cells.ts';
export { ModuleFault } from './module-fault.ts';
export { type Key, type Module, type Policy, policy } from './module.ts';
export {
  type Parameter, type Parameters, type Setting, SettingMistake, type Values,
} from './settings.ts';
export type { Reply, ReplyClass, Signal, SignalKind } from './signal.ts';
export { type Attempt, noSlots, type Slot, type Submission } from './submission.ts';
export {
  days, hours, later, type Milliseconds, milliseconds, minutes, never, seconds, valueText, zero,
} from './units.ts';
export {
  type Dispatch, go, pass, type Reason, type Remark, severity, type Trial, type Verdict, type VerdictKind,
} from './verdict.ts';
export {
  type Action, alert, defer, divertTo, hold, paceBy, reject, shadow, suspend, verdictOf,
} from './actions.ts';
export type {
  AccountId, AddressKey, IpAddress, PoolName, ReceiverId, ReceiverName, RegisterName, TenantId,
} from './words.ts';
export { isAdmitted } from './modules/admitted.ts';
export { countInRange, inRange, perSpan, spanInRange, spanText } from './modules/parameters.ts';
export { nullSenderLimit, type NullSenderLimitParameters, type NullSenderLimitState } from './skeleton.ts';
export { acceptEverything } from './accept-everything.ts';
export { defaultPolicy } from './default-policy.ts';
export { type Preset, presets } from './presets/index.ts';
export { canarySlice, type CanarySliceParameters } from './modules/canary-slice.ts';
export { complaintRatio, type ComplaintRatioParameters } from './modules/complaint-ratio.ts';
export { contentShare, type ContentShareParameters } from './modules/content-share.ts';
export { distinctSources, type DistinctSourcesParameters } from './modules/distinct-sources.ts';
export { evidence, type EvidenceKind, type EvidenceParameters } from './modules/evidence.ts';
export { firstTimeRecipients, type FirstTimeRecipientsParameters } from './modules/first-time-recipients.ts';
export { hardBounceRatio, type HardBounceRatioParameters } from './modules/hard-bounce-ratio.ts';
export { listingCount, type ListingCountParameters } from './modules/listing-count.ts';
export { newTenant, type NewTenantParameters, type NewTenantStage } from './modules/new-tenant.ts';
export { outcomeRatio, type OutcomeRatioParameters } from './modules/outcome-ratio.ts';
export { providerShare, type ProviderShareParameters } from './modules/provider-share.ts';
export { recipientWindow, type RecipientWindowParameters } from './modules/recipient-window.ts';
export { registerWatch, type RegisterWatchParameters } from './modules/register-watch.ts';
export { type ReplyRule, replyRules, type ReplyRulesParameters } from './modules/reply-rules.ts';
export { sourceVolume, type SourceVolumeParameters } from './modules/source-volume.ts';
export { telemetryColour, type TelemetryColourParameters } from './modules/telemetry-colour.ts';
export { strikes, type StrikesParameters } from './modules/strikes.ts';
export { tokenBucket, type TokenBucketParameters } from './modules/token-bucket.ts';
export {
  addressRest, type AddressRestParameters, type AddressRestState, aimd, type AimdParameters, type Governed,
  type GovernorState, rampUp, type RampUpParameters, type ShapedBy, shaping, type ShapingKey,
  type ShapingParameters, type ShapingState,
} from './modules/shaping/index.ts';
export {
  forBulk, forNewTenants, holdsQueue, hysteresis, onTrial, whileRaised,
} from './modules/combined/index.ts';
export { uniqueRecipients, type UniqueRecipientsParameters } from './modules/unique-recipients.ts';
export { volumeHistory, type VolumeHistoryParameters } from './modules/volume-history.ts';
export { volume, type VolumeParameters, type VolumeUnit } from './modules/volume.ts';
export {
  bernoulliCusum, type BernoulliCusumParameters, type BernoulliCusumState, bernoulliSprt,
  type BernoulliSprtParameters, type BernoulliSprtState, cusum, type CusumParameters, type CusumState, ewma,
  type EwmaParameters, type EwmaState, type Outcome, poissonSprt, type PoissonSprtParameters,
  type PoissonSprtState, type Risks, type SequentialTest, type Sides,
} from './tests/index.ts';
export {
  type BucketParameters, type BucketState, fixedWindow, type FixedWindowState, gcra, type GcraParameters,
  type GcraState, leakyBucket, type LeakyBucketParameters, type LeakyBucketState, type Limiter, slidingWindow,
  type SlidingWindowParameters, type SlidingWindowState, type Taking, tokenBucket as tokenBucketLimiter,
  type WindowParameters,
} from './limiters/index.ts';
