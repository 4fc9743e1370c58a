// What the fixture's seed measured beside its metrics: days of the address, groups of tenants, and every word
// of the rules.

import type { SeedResult } from '../../sim/index.ts';

type Measured = Pick<SeedResult, 'days' | 'groups' | 'heard'>;

export interface MeasuredOptions {
  readonly number: number;
  readonly guilty: boolean;
  readonly innocents: number;
  readonly escaped: number;
  readonly submitted: number;
  readonly bounced: number;
  readonly stopped: number;
}

export const makeMeasured = (options: MeasuredOptions): Measured => {
  const { number, guilty, innocents, escaped, submitted, bounced, stopped } = options;
  const out = guilty ? escaped : 0;
  return {
    days: {
      from: 0,
      addresses: [
        {
          address: '192.0.2.10',
          pool: 'shared',
          tries: [4_200, 4_310 + out, 4_150, 90],
          accepted: [4_150, 4_270 + out, 4_100 - bounced, 88],
          looked: [4_000, 4_100 + out, 3_900, 80],
          spam: [6, 10 + Math.round(out * 0.9), 5, 0],
          complaints: [1, 1 + (number % 3), 2, 0],
          traps: [0, guilty ? 3 : 0, 1, 0],
        },
      ],
    },
    groups: [
      {
        group: 'offices',
        innocents,
        stopped,
        slowed: 1,
        turnedAway: bounced > 0 ? 37 : 0,
        guilty: guilty ? 1 : 0,
        guiltyStopped: guilty ? 1 : 0,
        careless: 0,
        carelessStopped: 0,
        submitted: 16_900,
        refused: 6,
        held: 0,
        deferred: 11,
        paced: 9,
        bounced,
        abusive: guilty ? submitted : 0,
        escaped: out,
      },
    ],
    heard: {
      abusive: guilty ? 2_900 : 0,
      innocent: 16_900,
      rules: guilty
        ? [
            voice('first-time-recipients first-time/1h', 2_400, 9, 1_500, 9),
            voice('recipient-window recipients/24h', 1_100, 17, 200, 17),
            voice('hard-bounce-ratio hard bounces/24h', 60, 1, 0, 0),
          ]
        : [],
      pairs: guilty
        ? [
            {
              one: 'first-time-recipients first-time/1h',
              two: 'recipient-window recipients/24h',
              abusive: 900,
            },
            {
              one: 'recipient-window recipients/24h',
              two: 'hard-bounce-ratio hard bounces/24h',
              abusive: 60,
            },
          ]
        : [],
    },
  };
};

const voice = (
  rule: string,
  abusive: number,
  innocent: number,
  abusiveAlone: number,
  innocentAlone: number,
): SeedResult['heard']['rules'][number] => ({ rule, abusive, innocent, abusiveAlone, innocentAlone });
