// A believable result made by hand: offices behind one address, one password stolen, twenty seeds of which
// some never block. Figures vary by seed with a small fixed generator, so that a test knows them and no
// chance is involved.

import { type CulpritStory, resultSchemaVersion, type RunResult } from '../../sim/index.ts';
import { makeSeed } from './fixture-seed.ts';

export interface FixtureOptions {
  readonly seeds?: number;
  /** Seeds, counted from the last, in which nobody ever blocks the culprit. */
  readonly neverBlocked?: number;
  readonly gates?: NonNullable<RunResult['plan']['gates']>;
  /** A name given to the worst-hit innocent, for tests of escaping. */
  readonly hitName?: string;
  readonly culprits?: boolean;
  readonly cause?: CulpritStory['cause'];
  /** Who stops the culprit of each seed. */
  readonly blockedBy?: (seed: number) => string;
  /** Whether the innocents are left alone. */
  readonly noHits?: boolean;
}

export const makeResult = (options: FixtureOptions = {}): RunResult => {
  const { seeds = 20, neverBlocked = 2, gates = [], hitName = 'offices-31', culprits = true } = options;
  return {
    schema: resultSchemaVersion,
    tool: 'sharedfate 0.1.0',
    made: '2026-11-21T20:00:00.000Z',
    scenario: 'scenarios/weak-password.ts',
    plan: {
      title: 'One weak password among 150 offices',
      question: 'How long does one stolen password hurt everyone behind the address?',
      epoch: '2027-01-04T00:00:00Z',
      length: '4d',
      warmup: '1d',
      seeds,
      pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
      registers: [{ name: 'west', preset: 'spamcop-scbl' }],
      receivers: [{ name: 'gmail', preset: 'gmail', share: '55%' }],
      tenants: [{ name: 'offices', count: 152, pool: 'shared', stream: { kind: 'office', perDay: 40 } }],
      incidents: culprits
        ? [
            {
              kind: 'compromised',
              at: '1d20h',
              who: { group: 'offices' },
              how: 'weak-password',
              rate: '4000/h',
              length: '12h',
            },
          ]
        : [],
      gates,
    } as RunResult['plan'],
    planHash: '9f8e7d6c5b4a39281706f5e4d3c2b1a09f8e7d6c5b4a39281706f5e4d3c2b1a0',
    policy: {
      name: 'default',
      source: '',
      digest: '',
      modules: [
        'token-bucket',
        'recipient-window',
        'first-time-recipients',
        'hard-bounce-ratio',
        'complaint-ratio',
        'register-watch',
      ],
      settings: [
        { name: 'burst', value: 60, unit: 'messages', default: 60 },
        { name: 'longestWait', value: 1_800_000, unit: 'span', default: 1_800_000 },
      ],
    },
    transport: 'memory',
    seedsAsked: seeds,
    seeds: Array.from({ length: seeds }, (_, index) =>
      makeSeed({
        number: index + 1,
        never: index >= seeds - neverBlocked,
        hitName,
        guilty: culprits,
        cause: options.cause ?? 'compromised',
        blockedBy: (options.blockedBy ?? (() => 'hard-bounce-ratio hard bounces/24h'))(index + 1),
        noHits: options.noHits ?? false,
      }),
    ),
    cast: [{ group: 'offices', kind: 'office', tenants: 152 }],
    assumptions: [
      'register west: trapThreshold',
      'receiver gmail: complaint share of unwanted mail',
      'list harvested: unknown share',
    ],
  };
};
