// Microsoft 365's outbound limits in the two forms they had: until 2022 mail over a limit left by the
// high-risk delivery pool; since then it is blocked, and only spam goes to that pool.

import { divertTo, suspend } from '../actions.ts';
import { type Module, policy } from '../module.ts';
import { contentShare } from '../modules/content-share.ts';
import { volume } from '../modules/volume.ts';
import { days, hours, later, type Milliseconds } from '../units.ts';
import type { Preset } from './preset.ts';
import { settledOnceShut } from './settled.ts';

const settings = {
  externalPerHour: {
    default: 500, min: 1, max: 10_000, unit: 'recipients', whole: true,
    help: 'recipients an account may write to within an hour (Microsoft\'s recommended policy)',
  },
  perDay: {
    default: 1_000, min: 1, max: 10_000, unit: 'recipients', whole: true,
    help: 'recipients an account may write to within a day (Microsoft\'s recommended policy)',
  },
} as const;

/** Suspensions end when the next day begins by the clock, as they do there (UTC). */
const untilTheNextDay = <State extends object>(module: Module<State>): Module<State> => ({
  ...module,
  decide(state, submission, now) {
    const said = module.decide(state, submission, now);
    if (said.kind !== 'suspend') return said;
    return { ...said, until: later(now, (days(1) - now % days(1)) as Milliseconds) };
  },
});

/** Who sends spam leaves by the pool of bad reputation from then on, for a day at a time. */
const spamToHighRisk = contentShare({
  // Of the filter nothing is published; SPOT's numbers stand in.
  name: 'spam', theta0: 0.2, theta1: 0.9, alpha: 0.01, beta: 0.01, hamBy: 'submission',
  action: divertTo('high-risk'), standsFor: days(1),
});

const leavesOut = 'limits on recipients within the organisation, on the tenant as a whole (TERRL), and of '
  + 'trials; it judges content message by message, here an account\'s mail as a whole';

export const microsoft365: Preset = {
  product: 'Microsoft 365, outbound spam protection since December 2022',
  source: 'its documents: recommended policy 500 external recipients an hour, 1,000 a day; over a limit '
    + 'blocked until the next day (UTC); spam by the high-risk delivery pool',
  read: '2026-11-20',
  leavesOut,
  policy: policy('microsoft-365', settings, (p) => [
    settledOnceShut(untilTheNextDay(volume({
      name: 'recipients-hour', of: 'recipients', limit: p.externalPerHour, window: hours(1),
      action: suspend('account'), ignoresContract: true,
    }))),
    settledOnceShut(untilTheNextDay(volume({
      name: 'recipients-day', of: 'recipients', limit: p.perDay, window: hours(24),
      action: suspend('account'), ignoresContract: true,
    }))),
    spamToHighRisk,
  ]),
};

export const microsoft365In2021: Preset = {
  product: 'Microsoft 365, outbound spam protection before December 2022',
  source: 'its documents of about 2021 (excerpts): spam, and mail over the limits, by the high-risk pool',
  read: '2026-11-20',
  leavesOut,
  policy: policy('microsoft-365-2021', settings, (p) => [
    volume({
      name: 'recipients-hour', of: 'recipients', limit: p.externalPerHour, window: hours(1),
      action: divertTo('high-risk'), ignoresContract: true,
    }),
    volume({
      name: 'recipients-day', of: 'recipients', limit: p.perDay, window: hours(24),
      action: divertTo('high-risk'), ignoresContract: true,
    }),
    spamToHighRisk,
  ]),
};
