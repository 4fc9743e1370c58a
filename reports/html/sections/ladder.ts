// Round instants for a time axis and the table beside it, and whether the axis is better logarithmic.

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

const rungs: readonly number[] = [
  1_000,
  2_000,
  5_000,
  10_000,
  20_000,
  30_000,
  minute,
  2 * minute,
  5 * minute,
  10 * minute,
  20 * minute,
  30 * minute,
  hour,
  2 * hour,
  4 * hour,
  8 * hour,
  12 * hour,
  day,
  2 * day,
  4 * day,
  7 * day,
  14 * day,
  28 * day,
  60 * day,
  120 * day,
  365 * day,
];

/** At most so many round instants from the one time to the other, both included. */
export const ladder = (from: number, until: number, most: number): readonly number[] => {
  const within = rungs.filter((rung) => rung >= from && rung <= until);
  const step = Math.max(1, Math.ceil(within.length / most));
  return within.filter((_, index) => index % step === 0);
};

export interface Spread {
  readonly from: number;
  readonly until: number;
  readonly isLog: boolean;
}

/** A linear axis from 0 for times alike; a logarithmic one where the middle lies in the first tenth. */
export const spreadOf = (times: readonly number[]): Spread => {
  const sorted = times.filter((time) => time > 0).toSorted((one, two) => one - two);
  const until = Math.max(minute, sorted.at(-1) ?? minute);
  const middle = sorted[Math.floor(sorted.length / 2)] ?? until;
  if (middle > until / 10) return { from: 0, until, isLog: false };
  return { from: Math.max(1_000, (sorted[0] ?? 1_000) / 2), until, isLog: true };
};
