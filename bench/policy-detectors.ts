// The detectors that are measured beside those of the default policy, with limits such as products have and
// that the load does not reach.

import {
  alert, canarySlice, contentShare, days, distinctSources, evidence, hours, listingCount, minutes,
  type Module,
  newTenant, never, outcomeRatio, providerShare, replyRules, sourceVolume, suspend, telemetryColour,
  uniqueRecipients, volume, volumeHistory,
} from '../policy/index.ts';

const action = alert;

export const detectors: readonly Module<object>[] = [
  volume({ of: 'messages', limit: 100, window: hours(1) }),
  volume({ of: 'bytes', limit: 1e9, window: hours(24) }),
  volume({ name: 'volume-by-the-clock', of: 'recipients', limit: 500, window: hours(24), byTheClock: true }),
  uniqueRecipients({ limit: 200, window: hours(1) }),
  sourceVolume({ of: 'messages', limit: 200, window: hours(1) }),
  evidence({ weights: { 'unknown users': 1, 'own traps': 5 }, limit: 100, window: hours(1), action }),
  outcomeRatio({ of: 'bounces', ratio: 0.1, clearAt: 0.05, volume: 200, window: days(7), action }),
  outcomeRatio({
    of: 'failures', ratio: 0.1, minimum: 2_000, window: hours(1), sweeps: true, action: suspend('account',
      hours(4)),
  }),
  distinctSources({ sources: 3, minimum: 5, window: hours(1), action }),
  contentShare({
    theta0: 0.2, theta1: 0.9, alpha: 0.01, beta: 0.01, hamBy: 'submission', action, standsFor: never,
  }),
  listingCount({ limit: 2, action }),
  telemetryColour({ from: 'red', action }),
  replyRules({
    rules: [{ match: 'TSS04', after: { replies: 2, within: hours(1) }, action: { kind: 'suspend' },
      during: hours(2) }],
  }),
  newTenant({ of: 'recipients', stages: [{ until: days(365), limit: 500 }] }),
  canarySlice({
    recipients: 500, settle: minutes(60), bounces: 0.02, complaints: 0.005, silence: hours(12), action,
  }),
  providerShare({ share: 0.99, minimum: 100, window: hours(24), action }),
  volumeHistory({
    of: 'messages', each: 'hour', chart: { kind: 'ewma', lambda: 0.8, width: 6 }, weeks: 2, minimum: 20,
      action,
  }),
];
