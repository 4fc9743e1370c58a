// Two days of traffic around the fixture's incident, in quarters of an hour, and the generator behind it.

import type { Series } from '../../sim/result.ts';

const hour = 3_600_000;
const onset = 44 * hour;

export const makeSeries = (blockedAt: number, listedAt: number | null, luck: () => number): Series => {
  const start = onset - 6 * hour;
  const bin = hour / 4;
  const bins = Array.from({ length: 48 * 4 }, (_, index) => start + index * bin);
  const isOn = (at: number): boolean => at >= onset && at < onset + 12 * hour;
  const rate = (at: number): number => (isOn(at) ? 940 + Math.floor(luck() * 80) : 0);
  const submitted = bins.map(rate);
  const office = bins.map((at) =>
    Math.round(Math.max(4, 90 * Math.sin(((at / hour - 7) / 24) * 2 * Math.PI)) * (0.9 + luck() * 0.2)),
  );
  const wasRefused = (at: number): boolean =>
    listedAt !== null && at >= listedAt && at < listedAt + 12 * hour;
  const out = bins.map((at, index) => (at < onset + blockedAt ? Math.round(submitted[index]! * 0.11) : 0));
  return {
    queues: [],
    start,
    bin,
    lines: {
      'abuse submitted': submitted,
      'abuse escaped': out,
      'abuse stopped by policy': bins.map((at, index) =>
        at < onset + blockedAt ? Math.round(submitted[index]! * 0.7) : submitted[index]!,
      ),
      'wanted accepted': bins.map((at, index) =>
        wasRefused(at) ? Math.round(office[index]! * 0.6) : office[index]!,
      ),
      'wanted deferred': bins.map(() => Math.floor(luck() * 3)),
      'wanted refused': bins.map((at, index) => (wasRefused(at) ? Math.round(office[index]! * 0.4) : 0)),
    },
  };
};

/** Park and Miller's minimal generator: enough to make seeds differ, the same everywhere. */
export const generator = (seed: number): (() => number) => {
  let state = (seed * 7_919) % 2_147_483_647;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
};
