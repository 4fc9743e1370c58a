// One seed of the fixture: a culprit, those it hurts, a listing in two seeds of three, and the timeline.

import {
  type CulpritStory,
  type Measure,
  type MetricName,
  metricUnits,
  type SeedResult,
} from '../../sim/index.ts';
import { carelessHit, makeHits } from './fixture-hits.ts';
import { makeMeasured } from './fixture-measured.ts';
import { makeReceivers, makeRules } from './fixture-rows.ts';
import { generator, makeSeries } from './fixture-series.ts';

const minute = 60_000;
const hour = 60 * minute;
const onset = 44 * hour;

export interface SeedOptions {
  /** 1 or more. */
  readonly number: number;
  /** Leaves the culprit unblocked to its end. */
  readonly never: boolean;
  readonly hitName: string;
  readonly guilty: boolean;
  readonly cause: CulpritStory['cause'];
  readonly blockedBy: string;
  readonly noHits: boolean;
}

export const makeSeed = (options: SeedOptions): SeedResult => {
  const { number, never, hitName, guilty, cause } = options;
  const luck = generator(number);
  const ended = onset + 12 * hour;
  const blockedAt = never ? 12 * hour : Math.round((8 + luck() * 20 + (number % 7 === 0 ? 40 : 0)) * minute);
  const detectedAt = Math.round((2 + luck() * 6) * minute);
  const escaped = never ? 31_000 + Math.floor(luck() * 2_000) : Math.round((blockedAt / minute) * 7.3);
  const submitted = 44_000 + Math.floor(luck() * 3_000);
  const listedAt = onset + Math.round((1 + luck() * 3) * hour);
  const isListed = guilty && (never || number % 3 !== 0);
  const delistedAt = number === 5 ? null : listedAt + Math.round((9 + luck() * 14) * hour);
  const culprit: CulpritStory = {
    accounts: 1,
    tenant: `offices-${17 + (number % 5)}`,
    cause,
    onset,
    ended,
    submitted,
    escaped,
    escapedUntilBlock: escaped,
    detected: seen(detectedAt),
    blocked: never ? { value: blockedAt, observed: false } : seen(blockedAt),
    detectedBy: 'first-time-recipients first-time/1h',
    blockedBy: never ? '' : options.blockedBy,
  };
  const innocents = guilty && cause !== 'careless' ? 151 : 152;
  const hits = [
    ...(options.noHits ? [] : makeHits(number, hitName)),
    ...(guilty && cause === 'careless' && !never ? [carelessHit(culprit.tenant)] : []),
  ];
  const hit = hits.filter((each) => each.rejected + each.held + each.suspendedMs > 0).length;
  const hours = isListed ? ((delistedAt ?? 96 * hour) - listedAt) / hour : 0;
  const wanted = 16_800 + Math.floor(luck() * 600);
  const bounced = isListed ? 140 + Math.floor(luck() * 90) : 0;
  const nothing: Measure = { value: null, observed: false };
  const metrics: Record<MetricName, Measure> = Object.fromEntries(
    Object.keys(metricUnits).map((name) => [name, seen(0)]),
  ) as Record<MetricName, Measure>;
  Object.assign(
    metrics,
    guilty
      ? {
          time_to_detect: seen(detectedAt),
          time_to_block: culprit.blocked,
          'abusive.submitted': seen(submitted),
          escaped: seen(escaped),
          'escaped.share': seen(escaped / submitted),
          'escaped.until_block': seen(escaped),
          'attribution.correct': seen(number % 9 === 0 ? 0 : 1),
          'attribution.wrongly_accused': seen(number % 9 === 0 ? 1 : 0),
        }
      : {
          time_to_detect: nothing,
          time_to_block: nothing,
          'escaped.share': nothing,
          'escaped.until_block': nothing,
          'attribution.correct': nothing,
        },
    {
      time_to_list: isListed ? seen(listedAt - onset) : { value: 52 * hour, observed: false },
      time_to_delist: isListed ? { value: hours * hour, observed: delistedAt !== null } : nothing,
      listed_hours: seen(hours),
      time_to_recover: isListed ? seen(40 * minute) : nothing,
      trap_hits: seen(isListed ? 3 : 1),
      'fp.tenants': seen(hit / innocents),
      'fp.tenants.paced': seen(1 / 151),
      'fp.messages.rejected': seen((number % 2 === 0 ? 6 : 0) / wanted),
      'fp.messages.deferred': seen(12 / wanted),
      'fp.messages.paced': seen(9 / wanted),
      'fp.delay.p50': seen(5.5),
      'fp.delay.p95': seen(61.75),
      'wanted.submitted': seen(wanted),
      'wanted.delivered': seen(wanted - bounced - 6),
      'wanted.lost': seen(bounced + 6),
      'collateral.bounced': seen(bounced),
      'collateral.deferred': seen(bounced * 2),
      'collateral.bounced.share': seen(bounced / wanted),
      'collateral.tenants': seen(isListed ? 37 / 151 : 0),
      'delist.requests': seen(isListed ? 1 : 0),
      'desk.hours': seen(isListed ? 1.3333333 : 0.66666),
      'queue.peak': seen(812 + number),
    },
  );
  return {
    seed: String(number),
    fingerprint: ((0x9e3779b9 * number) >>> 0).toString(16).padStart(16, '0'),
    events: 190_000 + number * 311,
    innocents,
    metrics,
    culprits: guilty ? [culprit] : [],
    hits,
    listings: isListed
      ? [
          {
            register: 'west',
            address: '192.0.2.10',
            listed: listedAt,
            delisted: delistedAt,
            cause: 'trap hits',
            ending: delistedAt === null ? '' : 'expired',
          },
        ]
      : [],
    receivers: makeReceivers(escaped, bounced),
    queues: [{ receiver: 'gmail', peak: 31, peakAt: onset, oldest: 4 * minute, left: 0 }],
    rules: guilty ? makeRules(never) : [],
    timeline: guilty
      ? [
          {
            at: onset,
            lane: 'tenant',
            what: `password of ${culprit.tenant} stolen; 4,000 messages an hour begin`,
            subject: culprit.tenant,
          },
          {
            at: onset + detectedAt,
            lane: 'policy',
            what: `deferred ${culprit.tenant}: first-time recipients 201 of 200`,
            subject: culprit.tenant,
          },
          ...(never
            ? []
            : [
                {
                  at: onset + blockedAt,
                  lane: 'policy' as const,
                  what: `suspended ${culprit.tenant}: hard bounces 31 of 62`,
                  subject: culprit.tenant,
                },
              ]),
          ...(isListed
            ? [
                {
                  at: listedAt,
                  lane: 'register' as const,
                  what: 'west lists 192.0.2.10: 3 trap hits',
                  subject: 'west',
                },
                {
                  at: listedAt + 12 * minute,
                  lane: 'receiver' as const,
                  what: 'cpanel-spamcop begins to refuse 192.0.2.10',
                  subject: 'cpanel-spamcop',
                },
                {
                  at: listedAt + 15 * minute,
                  lane: 'desk' as const,
                  what: 'poll finds 192.0.2.10 on west',
                  subject: 'west',
                },
                ...(delistedAt === null
                  ? []
                  : [
                      {
                        at: delistedAt,
                        lane: 'register' as const,
                        what: 'west takes 192.0.2.10 off: expired',
                        subject: 'west',
                      },
                    ]),
              ]
            : []),
          {
            at: ended,
            lane: 'tenant',
            what: `attack through ${culprit.tenant} ends`,
            subject: culprit.tenant,
          },
        ]
      : [],
    timelineLeftOut: number === 2 ? 14 : 0,
    series: guilty ? makeSeries(blockedAt, isListed ? listedAt : null, luck) : null,
    missingPools: [],
    ...makeMeasured({ number, guilty, innocents, escaped, submitted, bounced, stopped: hit }),
  };
};

const seen = (value: number): Measure => ({ value, observed: true });
