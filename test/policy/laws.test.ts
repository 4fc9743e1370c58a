// Every module keeps the laws, at limits low enough for sixty events to reach them.

import { describe, test } from 'vitest';
import {
  canarySlice, complaintRatio, contentShare, defer, distinctSources, evidence, firstTimeRecipients,
  hardBounceRatio, hold, holdsQueue, hours, listingCount, minutes, newTenant, nullSenderLimit, outcomeRatio,
  paceBy,
  providerShare, recipientWindow, registerWatch, type ReplyRule, replyRules, sourceVolume, suspend,
  telemetryColour, tokenBucket, uniqueRecipients, volume, volumeHistory,
} from '../../policy/index.ts';
import { anHourAndMore, assertModuleLaws } from '../../laws/module-laws.ts';
import { assertStricterLetsLessThrough } from '../../laws/stricter.ts';

const bucket = (rate: number, burst: number, waits: number) => () =>
  tokenBucket({ rate, burst, longestWait: minutes(waits) });
const recipients = (limit: number) => () => recipientWindow({ limit, window: hours(1) });
const strangers = (limit: number) => () => firstTimeRecipients({ limit, window: hours(1) });
const bounces = (minimum: number, ratio: number) => () =>
  hardBounceRatio({ minimum, ratio, window: hours(1) });
const complaints = (minimum: number, ratio: number) => () =>
  complaintRatio({ minimum, ratio, window: hours(1) });
const messages = (limit: number, key: 'account' | 'tenant' | 'pool' | 'tenant+receiver' = 'account') => () =>
  volume({ of: 'messages', limit, window: hours(1), key });
const byTheClock = (limit: number) => () => volume({
  of: 'bytes', limit, window: hours(1), byTheClock: true, action: suspend('account', minutes(30)),
});
const watch = () => registerWatch({ avoidFor: minutes(30), bulkWaits: minutes(10) });

describe('laws', () => {
  test('the token bucket keeps the laws', () => {
    assertModuleLaws(bucket(10, 3, 20), { recoversAfter: hours(8), bound: 60 });
  });
  test('the policing token bucket keeps the laws', () => {
    assertModuleLaws(bucket(10, 2, 0), { recoversAfter: hours(8), bound: 60 });
  });
  test('the recipient window keeps the laws', () => {
    assertModuleLaws(recipients(5), { recoversAfter: anHourAndMore, bound: 120, stricter: recipients(4) });
  });
  test('the first-time recipients keep the laws', () => {
    assertModuleLaws(strangers(4), { recoversAfter: anHourAndMore, bound: 400, stricter: strangers(3) });
  });
  test('the hard-bounce ratio keeps the laws', () => {
    const options = { recoversAfter: anHourAndMore, bound: 300 };
    assertModuleLaws(bounces(3, 0.3), { ...options, stricter: bounces(2, 0.3) });
    assertModuleLaws(bounces(2, 0.5), { ...options, stricter: bounces(2, 0.4) });
  });
  test('the complaint ratio keeps the laws', () => {
    const options = { recoversAfter: anHourAndMore, bound: 800 };
    assertModuleLaws(complaints(2, 0.3), { ...options, stricter: complaints(1, 0.3) });
    assertModuleLaws(complaints(1, 0.5), { ...options, stricter: complaints(1, 0.2) });
  });
  test('the register watch keeps the laws', () => {
    assertModuleLaws(watch, { recoversAfter: anHourAndMore, bound: 250 });
  });
});

describe('laws of the skeleton', () => {
  const limit = (most: number) => () => nullSenderLimit({ limit: most });
  test('the module to copy keeps the laws', () => {
    assertModuleLaws(limit(2), { recoversAfter: hours(2), bound: 40, stricter: limit(1) });
  });
});

describe('laws of the detectors', () => {
  const options = { recoversAfter: anHourAndMore, bound: 120 };

  test('volume keeps the laws, whosever it is', () => {
    assertModuleLaws(messages(4), { ...options, stricter: messages(3) });
    assertModuleLaws(messages(6, 'tenant'), { ...options, stricter: messages(5, 'tenant') });
    assertModuleLaws(messages(6, 'pool'), options);
    assertModuleLaws(messages(3, 'tenant+receiver'), options);
    assertModuleLaws(byTheClock(3_072), { recoversAfter: hours(2), bound: 120, stricter: byTheClock(2_048) });
  });
});

describe('laws of the detectors of recipients and sources', () => {
  const unique = (limit: number) => () => uniqueRecipients({ limit, window: hours(1) });
  const source = (limit: number) => () => sourceVolume({ of: 'recipients', limit, window: hours(1) });

  test('unique recipients keep the laws', () => {
    assertModuleLaws(unique(4), { recoversAfter: anHourAndMore, bound: 400, stricter: unique(3) });
  });
  test('unique and first-time recipients of a tenant keep the laws', () => {
    const limit = { key: 'tenant', limit: 5, window: hours(1) } as const;
    const options = { recoversAfter: anHourAndMore, bound: 400 };
    assertModuleLaws(() => uniqueRecipients(limit), options);
    assertModuleLaws(() => firstTimeRecipients(limit), options);
  });
  test('recipients at a receiver keep the laws', () => {
    const there = () => volume({ of: 'recipients', limit: 5, window: hours(1), key: 'receiver' });
    assertModuleLaws(there, { recoversAfter: anHourAndMore, bound: 120 });
  });
  test('volume of a source keeps the laws', () => {
    assertModuleLaws(source(6), { recoversAfter: anHourAndMore, bound: 1_200, stricter: source(5) });
  });
});

describe('laws of the detectors of what comes back', () => {
  const options = { recoversAfter: hours(3), bound: 200 };

  test('evidence keeps the laws, against an account or a tenant', () => {
    const score = (limit: number, key: 'account' | 'tenant') => () => evidence({
      key, limit, window: hours(1), action: hold,
      weights: { 'unknown users': 1, complaints: 2, 'own traps': 3, 'spam verdicts': 1, 'new places': 1 },
    });
    assertModuleLaws(score(4, 'account'), { ...options, stricter: score(3, 'account') });
    assertModuleLaws(score(5, 'tenant'), options);
  });
  test('ratios of outcomes keep the laws, with hysteresis too', () => {
    const ratio = (limit: number, clearAt: number) => () => outcomeRatio({
      of: 'unknown users', ratio: limit, clearAt, minimum: 2, volume: 4, window: hours(1), action: defer,
    });
    assertModuleLaws(ratio(0.5, 0.5), { ...options, stricter: ratio(0.4, 0.4) });
    assertModuleLaws(ratio(0.5, 0.2), { ...options, stricter: ratio(0.4, 0.2) });
  });
  test('ratios at sweeps keep the laws, and so do those that hold a queue', () => {
    const failures = { of: 'failures', ratio: 0.3, minimum: 2, window: hours(1) } as const;
    const swept = () => outcomeRatio({ ...failures, sweeps: true, action: suspend('account', minutes(20)) });
    const holds = () => holdsQueue(outcomeRatio({ ...failures, key: 'tenant', action: hold }));
    assertModuleLaws(swept, { ...options, judgesWindowsWhenOver: true });
    assertModuleLaws(holds, options);
  });
});

describe('laws of the detectors of places, content and our own addresses', () => {
  const options = { recoversAfter: hours(3), bound: 200 };

  test('distinct sources keep the laws', () => {
    const places = (sources: number) => () => distinctSources({ sources, window: hours(1), action: hold });
    assertModuleLaws(places(3), { ...options, stricter: places(3) });
  });
  test('the share of spam verdicts keeps the laws, by verdicts and by submissions', () => {
    for (const hamBy of ['verdict', 'submission'] as const) {
      assertModuleLaws(() => contentShare({
        theta0: 0.2, theta1: 0.6, alpha: 0.1, beta: 0.1, hamBy, action: defer, standsFor: hours(2),
      }), options);
    }
  });
  test('counts of listings and colours of addresses keep the laws', () => {
    const count = () => listingCount({ limit: 1, whom: 'bulk', action: paceBy(minutes(5)) });
    const action = paceBy(minutes(5));
    const colour = () => telemetryColour({ from: 'yellow', trustedFor: hours(2), action });
    assertModuleLaws(colour, options);
    assertModuleLaws(count, options);
  });
});

describe('laws of the detectors of new tenants, campaigns and aims', () => {
  test('limits of new tenants keep the laws', () => {
    const options = { recoversAfter: anHourAndMore, bound: 200 };
    const young = (limit: number) => () =>
      newTenant({ of: 'recipients', stages: [{ until: hours(9), limit }], window: hours(1) });
    assertModuleLaws(young(5), { ...options, stricter: young(4) });
  });
  test('canary slices keep the laws', () => {
    const slice = () => canarySlice({
      recipients: 10, settle: minutes(5), bounces: 0.2, complaints: 0.2, silence: hours(3), action: hold,
    });
    assertModuleLaws(slice, { recoversAfter: hours(4), bound: 200, judgesWindowsWhenOver: true });
  });
  test('shares of providers keep the laws', () => {
    const aims = (share: number) => () => providerShare({ share, minimum: 5, window: hours(1),
      action: hold });
    const options = { recoversAfter: hours(3), bound: 300, isDiluted: true };
    assertModuleLaws(aims(0.6), { ...options, stricter: aims(0.5) });
  });
});

test('volume against own history keeps the laws', () => {
  const chart = { kind: 'cusum', reference: 0.5, threshold: 2 } as const;
  const history = () => volumeHistory({
    of: 'recipients', each: 'hour', chart, weeks: 1, minimum: 3, action: hold,
  });
  assertModuleLaws(history, { recoversAfter: hours(3), bound: 700 });
});

describe('laws of rules of replies', () => {
  const rules: ReplyRule[] = [
    { match: 'too fast', action: { kind: 'slow', rate: 10 }, during: hours(1) },
    { match: 'away', after: { replies: 2, within: hours(1) }, action: { kind: 'suspend' }, during: hours(2) },
  ];
  test('rules of replies keep the laws', () => {
    const options = { recoversAfter: hours(3), bound: 250 };
    assertModuleLaws(() => replyRules({ rules, key: 'tenant+receiver' }), options);
    assertModuleLaws(() => replyRules({ rules, pool: 'shared' }), options);
  });
});

describe('a stricter limit never lets more through', () => {
  test('of a token bucket: a lower rate, a smaller burst, a shorter wait', () => {
    assertStricterLetsLessThrough(bucket(20, 3, 10), bucket(10, 3, 10));
    assertStricterLetsLessThrough(bucket(10, 4, 10), bucket(10, 2, 10));
    assertStricterLetsLessThrough(bucket(10, 3, 20), bucket(10, 3, 0));
  });
  test('of a recipient window, and of first-time recipients', () => {
    assertStricterLetsLessThrough(recipients(6), recipients(3));
    assertStricterLetsLessThrough(strangers(6), strangers(3));
  });
  test('of messages, of different recipients, and of a source', () => {
    assertStricterLetsLessThrough(messages(6), messages(3));
    const unique = (limit: number) => () => uniqueRecipients({ limit, window: hours(1) });
    assertStricterLetsLessThrough(unique(6), unique(3));
  });
});
