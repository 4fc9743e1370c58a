// Tenants that the fixture hits: one refused in every second seed, one suspended in every fourth, and a
// careless sender where the culprit is one.

import type { TenantHit } from '../../sim/index.ts';

const hour = 3_600_000;

export const makeHits = (number: number, hitName: string): TenantHit[] => [
  {
    tenant: hitName,
    careless: false,
    submitted: 164,
    rejected: number % 2 === 0 ? 6 : 0,
    held: 0,
    deferred: 11 + (number % 4),
    paced: 0,
    suspendedMs: 0,
    rule: 'recipient-window recipients/24h',
  },
  ...(number % 4 === 0
    ? [
        {
          tenant: 'offices-88',
          careless: false,
          submitted: 97,
          rejected: 31,
          held: 0,
          deferred: 0,
          paced: 0,
          suspendedMs: 14 * hour,
          rule: 'hard-bounce-ratio hard bounces/24h',
        },
      ]
    : []),
  {
    tenant: 'offices-104',
    careless: false,
    submitted: 210,
    rejected: 0,
    held: 0,
    deferred: 0,
    paced: 9,
    suspendedMs: 0,
    rule: 'first-time-recipients first-time/1h',
  },
];

/** The culprit itself, refused for its stale list. */
export const carelessHit = (tenant: string): TenantHit => ({
  tenant,
  careless: true,
  submitted: 25_000,
  rejected: 14_000,
  held: 0,
  deferred: 0,
  paced: 4_000,
  suspendedMs: 9 * hour,
  rule: 'desk evidence',
});
