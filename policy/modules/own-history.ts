// What an account usually sends, by the hour or the day of its week, kept in few bytes. Roots of counts are
// remembered rather than counts: their deviations have about the same size whether one sends 10 or 10,000.

import type { Cells } from '../cells.ts';

/**
 * The cells of a history, from 0 on: the number of the span under way and one more (0: nothing yet), what was
 * sent in it, that of the first span, the usual deviation, and the usual root of each span of the week, four
 * to a cell. In front of the weeks there is a cell for the level of a chart and one for the end of an alarm.
 */
export const span = 0;
export const count = 1;
export const firstSpan = 2;
export const deviation = 3;
export const level = 4;
export const alarmEnd = 5;
export const weekFrom = 6;

/** Whether what was saved is such a history: no number before the weeks is below 0. */
export const isHistory = ({ at, words }: Readonly<Cells>): boolean =>
  words[at + firstSpan]! <= words[at + span]! &&
  words.subarray(at + span, at + weekFrom).every((number) => number >= 0);

/** Cells of a history over a week of so many spans. */
export const historyCells = (spans: number): number => weekFrom + Math.ceil(spans / 4);

/** Numbers that are no whole ones are kept in thousandths and a bit. */
const fine = 1 / 1_024;
/**
 * A usual root r is kept as the byte 16 * sqrt(r): fine where it is small; up to 254, which is 64,516
 * messages.
 */
const perByte = 16;
const longestByte = 255;

/**
 * The roots of counts that come by chance deviate by a half (the variance of a root is about 1/4, whatever
 * the mean), so twice the difference is in standard deviations.
 */
const toDeviations = 2;
/** Weight of the newest span in the usual deviation. */
const deviationWeight = 1 / 32;
/** Of normal deviates the mean absolute one is 0.8 standard deviations. */
const meanAbsolute = 0.8;
/** Weight of the newest week: that of a mean over all weeks at first, and never less than this. */
const leastWeight = 1 / 4;

const usualRoot = ({ at, words }: Readonly<Cells>, place: number): number => {
  const byte = words[at + weekFrom + (place >> 2)]! >>> (place & 3) * 8 & longestByte;
  return byte * byte / (perByte * perByte);
};

const setUsualRoot = ({ at, words }: Cells, place: number, root: number): void => {
  const byte = Math.min(Math.round(Math.sqrt(root) * perByte), longestByte);
  const cell = at + weekFrom + (place >> 2);
  const shift = (place & 3) * 8;
  words[cell] = words[cell]! & ~(longestByte << shift) | byte << shift;
};

/** How far a count is above what is usual in that span of the week, in the account's standard deviations. */
export const deviationOf = (state: Readonly<Cells>, place: number, amount: number): number => {
  return toDeviations * (Math.sqrt(amount) - usualRoot(state, place)) / spreadOf(state);
};

/**
 * Takes a span that is over into the history, and says what `deviationOf` said of it before. Once the account
 * is judged, only so much of a count far above the usual is learned as chance would bring: a burst does not
 * become usual, lasting growth does within weeks.
 */
export const learnSpan = (
  state: Cells, place: number, amount: number, weeks: number, isJudged: boolean,
): number => {
  const { at, words } = state;
  const usual = usualRoot(state, place);
  const root = Math.sqrt(amount);
  // A span that was empty so far, as on a holiday, is no mean of weeks yet.
  const weight = usual === 0 && !isJudged ? 1 : Math.max(1 / (weeks + 1), leastWeight);
  const spread = spreadOf(state);
  const kept = isJudged ? Math.min(root, usual + spread) : root;
  setUsualRoot(state, place, usual + weight * (kept - usual));
  const above = toDeviations * (root - usual);
  if (usual !== 0) {
    const off = Math.min(Math.abs(above), 4 * spread);
    const before = words[at + deviation]! * fine;
    words[at + deviation] = Math.round((before + deviationWeight * (off - before)) / fine);
  }
  return above / spread;
};

/** The count that is usual in that span of the week. */
export const usualCount = (state: Readonly<Cells>, place: number): number => {
  const root = usualRoot(state, place);
  return Math.round(root * root);
};

const spreadOf = ({ at, words }: Readonly<Cells>): number =>
  Math.max(1, words[at + deviation]! * fine / meanAbsolute);

export const levelOf = ({ at, words }: Readonly<Cells>): number => words[at + level]! * fine;

export const setLevel = ({ at, words }: Cells, value: number): void => {
  words[at + level] = Math.round(Math.min(Math.max(value, 0), 1_000_000) / fine);
};
