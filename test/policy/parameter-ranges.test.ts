// Every number a module takes: the least and the most that its help says are taken, what lies beyond is
// refused by the name of the module and of the number.

import { describe, expect, test } from 'vitest';
import {
  addressRest, aimd, canarySlice, complaintRatio, contentShare, days, defer, distinctSources, evidence,
  firstTimeRecipients, hardBounceRatio, hours, listingCount, milliseconds, minutes, newTenant,
  nullSenderLimit, outcomeRatio, providerShare, rampUp, recipientWindow, registerWatch, replyRules, shaping,
  sourceVolume, strikes, telemetryColour, tokenBucket, uniqueRecipients, volume, volumeHistory, zero,
} from '../../policy/index.ts';

type Numbers = Readonly<Record<string, unknown>>;
/** A number's least and most; the third says by how much is too much, 1 if left out. */
type Range = readonly [least: number, most: number, step?: number];

const action = defer;
const window = hours(1);
const aMinuteToAMonth: Range = [minutes(1), days(31)];
const aCount: Range = [1, 1_000_000];
const rule = { match: 'x', action: { kind: 'suspend' }, during: hours(1) } as const;
const governed = { most: 60, least: 6, keep: 0.5, calmAfter: minutes(5) };
const chart = { kind: 'cusum', reference: 0.5, threshold: 2 } as const;

// Each maker is given numbers that no type has seen, as those of a file without types are.
const made = <Given>(make: (given: Given) => unknown) => (given: Numbers): unknown => make(given as Given);

type Row = readonly [string, (given: Numbers) => unknown, Numbers, Readonly<Record<string, Range>>];

const table: readonly Row[] = [
  ['null-sender-limit', made(nullSenderLimit), { limit: 5 }, { limit: aCount }],
  ['token-bucket', made(tokenBucket), { rate: 1, burst: 1, longestWait: zero }, {
    rate: [0.01, 1_000_000, 0.001], burst: [1, 1_000_000, 0.01], longestWait: [0, days(5)],
  }],
  ['recipient-window', made(recipientWindow), { limit: 1, window }, {
    limit: [1, 10_000_000], window: aMinuteToAMonth,
  }],
  ['volume-messages', made(volume), { of: 'messages', limit: 1, window }, {
    limit: [1, 1_000_000_000, 0.5], window: aMinuteToAMonth,
  }],
  ['volume-bytes', made(volume), { of: 'bytes', limit: 1, window }, { limit: [1, 1_000_000_000_000, 0.5] }],
  ['unique-recipients', made(uniqueRecipients), { limit: 1, window }, {
    limit: [1, 5_000], window: aMinuteToAMonth,
  }],
  ['first-time-recipients', made(firstTimeRecipients), { limit: 1, window }, {
    limit: [1, 10_000_000], window: aMinuteToAMonth,
  }],
  ['source-messages', made(sourceVolume), { of: 'messages', limit: 1, window }, {
    limit: [1, 1_000_000_000], window: aMinuteToAMonth,
  }],
  ['hard-bounce-ratio', made(hardBounceRatio), { ratio: 0.5, minimum: 1, window }, {
    ratio: [0.0001, 1, 0.00001], minimum: aCount, window: aMinuteToAMonth,
  }],
  ['bounces-ratio', made(outcomeRatio), { of: 'bounces', ratio: 0.5, window, action }, {
    ratio: [0.0001, 1, 0.00001], clearAt: [0.0001, 0.5, 0.00001], minimum: aCount, volume: aCount,
    window: aMinuteToAMonth,
  }],
  ['complaint-ratio', made(complaintRatio), { ratio: 0.5, minimum: 1, window }, {
    ratio: [0.00001, 1, 0.000001], minimum: aCount, volume: [1, 1_000_000_000], window: [hours(1), days(31)],
  }],
  ['evidence', made(evidence), { weights: { complaints: 1 }, limit: 1, window, action }, {
    limit: aCount, window: aMinuteToAMonth,
  }],
  ['strikes', made(strikes), { of: ['another'], count: 1, window }, {
    count: [1, 32], window: aMinuteToAMonth, apart: [0, days(1)],
  }],
  ['distinct-sources', made(distinctSources), { sources: 2, window, action }, {
    sources: [2, 24], minimum: aCount, window: aMinuteToAMonth,
  }],
  ['provider-share', made(providerShare), { share: 0.5, minimum: 1, window, action }, {
    share: [0.2, 1, 0.01], minimum: [1, 1_000_000_000], window: aMinuteToAMonth,
  }],
  ['new-tenant', made(newTenant), { of: 'messages', stages: [{ until: hours(1), limit: 1 }] }, {
    window: aMinuteToAMonth,
  }],
  ['canary-slice', made(canarySlice), {
    recipients: 10, settle: hours(1), bounces: 0.1, complaints: 0.1, silence: hours(1),
  }, {
    recipients: [10, 1_000_000], settle: [minutes(1), days(2)], bounces: [0.0001, 1, 0.00001],
    complaints: [0.00001, 1, 0.000001], silence: [hours(1), days(31)],
  }],
  ['volume-history', made(volumeHistory), {
    of: 'messages', each: 'hour', chart, weeks: 1, minimum: 1, action,
  }, {
    weeks: [1, 52], minimum: aCount,
  }],
  ['content-share', made(contentShare), {
    theta0: 0.2, theta1: 0.9, alpha: 0.01, beta: 0.01, hamBy: 'verdict', standsFor: hours(1), action,
  }, { standsFor: aMinuteToAMonth }],
  ['listing-count', made(listingCount), { limit: 1, action }, { limit: [1, 10_000] }],
  ['telemetry-colour', made(telemetryColour), { from: 'red', action }, { trustedFor: [hours(1), days(31)] }],
  ['register-watch', made(registerWatch), { avoidFor: hours(1), bulkWaits: hours(1) }, {
    avoidFor: [minutes(1), days(2)], bulkWaits: [minutes(1), days(1)],
  }],
  ['address-rest', made(addressRest), {}, { restFor: [minutes(1), days(7)] }],
  ['shaping', made(shaping), { rate: 1, during: hours(1) }, {
    rate: [0.01, 1_000_000, 0.001], connections: [1, 1_000], during: [minutes(1), days(5)],
    refusals: [1, 1_000], within: [minutes(1), days(1)],
  }],
  ['aimd', made(aimd), { ...governed, increase: 10, every: hours(1) }, {
    most: [10, 10_000, 1], least: [0.01, 60, 0.001], keep: [0.01, 0.99, 0.001],
    calmAfter: [1_000, days(1)], every: [minutes(1), days(5)], increase: [0.06, 60, 0.001],
  }],
  ['ramp-up', made(rampUp), { ...governed, hold: hours(1), ramp: hours(1) }, {
    most: [6, 1_000_000, 0.01], hold: [minutes(1), days(2)], ramp: [minutes(10), days(5)],
  }],
];

describe.each(table)('%s', (name, make, given, ranges) => {
  const title = 'takes its %s from the least to the most, and no other';
  test.each(Object.entries(ranges))(title, (number, range) => {
    const [least, most, step = 1] = range;
    for (const value of [least, most]) expect(() => make({ ...given, [number]: value })).not.toThrow();
    for (const value of [least - step, most + step, NaN, Infinity, '5']) {
      const wrong = (): unknown => make({ ...given, [number]: value });
      // `increase` is held against `most` before anything else.
      if (number === 'most') expect(wrong, String(value)).toThrow();
      else expect(wrong, String(value)).toThrow(new RegExp(`^${name}: ${number} is `));
    }
  });
});

describe('lists of numbers', () => {
  const stages = (...them: readonly (readonly [until: number, limit: number])[]) => () => newTenant({
    of: 'messages', stages: them.map(([until, limit]) => ({ until: milliseconds(until), limit })),
  });

  test('stages of new tenants are 1 to 12, each longer and no stricter than the one before', () => {
    expect(stages()).toThrow('new-tenant: stages.length is 0');
    expect(stages([hours(1), 1])).not.toThrow();
    expect(stages([hours(1) - 1, 1])).toThrow('stages[0].until is');
    expect(stages([days(365), 10_000_000])).not.toThrow();
    expect(stages([days(365) + 1, 1])).toThrow('stages[0].until is');
    expect(stages([hours(1), 10_000_001])).toThrow('stages[0].limit is');
    expect(stages([hours(1), 0])).toThrow('stages[0].limit is 0');
    expect(stages([hours(1), 5], [hours(1) + 1, 5])).not.toThrow();
    expect(stages([hours(1), 5], [hours(1), 6])).toThrow('stages[1].until is');
    expect(stages([hours(1), 5], [hours(2), 4])).toThrow('stages[1].limit is 4');
    const many = (count: number) =>
      stages(...Array.from({ length: count }, (_, at) => [days(1 + at), 1] as const));
    expect(many(12)).not.toThrow();
    expect(many(13)).toThrow('stages.length is 13');
  });

  test('weights of registers are 0 to 1,000, those of evidence 1 to 1,000', () => {
    const registers = (weight: number) => () => listingCount({ limit: 1, weights: { west: weight }, action });
    const pieces = (weight: number) => () =>
      evidence({ weights: { complaints: weight }, limit: 1, window, action });
    for (const weight of [0, 1_000]) expect(registers(weight)).not.toThrow();
    for (const weight of [1, 1_000]) expect(pieces(weight)).not.toThrow();
    for (const weight of [-1, 1_001, 0.5]) {
      expect(registers(weight)).toThrow('weights["west"]');
      expect(pieces(weight)).toThrow('weights["complaints"]');
    }
    expect(pieces(0)).toThrow('weights["complaints"] is 0');
  });

  test('rules of replies are 1 to 256', () => {
    const rules = (count: number) => () => replyRules({ rules: Array.from({ length: count }, () => rule) });
    expect(rules(256)).not.toThrow();
    expect(rules(257)).toThrow('reply-rules: rules.length is 257');
  });
});
