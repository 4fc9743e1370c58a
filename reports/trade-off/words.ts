// What the page and the terminal say of a point in words, the same in both.

import { count, plural, printable, share, span } from '../format.ts';
import type { TradeOff, WeighedPoint, WeighedScenario } from './weigh.ts';

/** `default burst=40`, or `default as it comes`. */
export const nameOf = ({ policy, settings, isDefault }: WeighedPoint): string =>
  settings !== '' ? `${policy} ${settings}` : isDefault ? `${policy} as it comes` : policy;

/** `1.3 % (0.5 % to 2.1 %)`. */
export const wrongText = ({ wrong, wrongInterval }: WeighedPoint): string =>
  wrong === null ? '–' : withInterval(share(wrong), wrongInterval, share);

/** `4.2 %`: tenants paced or put off, whether they are hit as well or not. */
export const slowedText = ({ slowed }: WeighedPoint): string => slowed === null ? '–' : share(slowed);

/** `1 h 52 m (1 h 10 m to 2 h 30 m)`; of all scenarios, the share of the time that abuse went on. */
export const blockText = ({ block, blockInterval }: WeighedPoint, { blockUnit }: WeighedScenario): string => {
  if (block === null) return '–';
  return blockUnit === 'ms' ? withInterval(span(block), blockInterval, span) : `${share(block)} of the time`;
};

const withInterval = (
  text: string, interval: readonly [number, number] | null, say: (value: number) => string,
): string => {
  if (interval === null || interval[0] === interval[1]) return text;
  return `${text} (${say(interval[0])} to ${say(interval[1])})`;
};

export interface FrontierRow {
  readonly first: WeighedPoint;
  /** Others with the very same figures: what varies between them did nothing here. */
  readonly alike: number;
  readonly isOn: boolean;
}

/**
 * The frontier from the fewest false positives on, points with the same figures as one row; then the
 * defaults.
 */
export const frontierRows = ({ points }: WeighedScenario): readonly FrontierRow[] => {
  const byFigures = new Map<string, WeighedPoint[]>();
  const on = points.filter(({ isFrontier }) => isFrontier).toSorted((one, two) => one.wrong! - two.wrong!);
  for (const point of on) {
    const name = `${point.wrong} ${point.block} ${point.slowed}`;
    byFigures.set(name, [...(byFigures.get(name) ?? []), point]);
  }
  const rows = [...byFigures.values()].map((alike): FrontierRow =>
    ({ first: alike.find(({ isDefault }) => isDefault) ?? alike[0]!, alike: alike.length - 1, isOn: true }));
  const off = points.filter((point) => point.isDefault && point.isJudged && !point.isFrontier);
  return [...rows, ...off.map((first): FrontierRow => ({ first, alike: 0, isOn: false }))];
};

/** The finding in two or three sentences. */
export const verdictOf = ({ overall, scenarios }: TradeOff): string => {
  const view = overall ?? scenarios.find(({ points }) => points.some(({ isJudged }) => isJudged))
    ?? scenarios[0]!;
  const rows = frontierRows(view).filter(({ isOn }) => isOn);
  if (rows.length === 0) return 'No point has both figures on all of its runs: no frontier to show.';
  const [best, last] = [rows[0]!.first, rows.at(-1)!.first];
  // What was not judged is no part of what the frontier was drawn among.
  const judged = view.points.filter(({ isJudged }) => isJudged).length;
  const of = `${count(rows.length)} of ${plural(judged, 'point')}`;
  const where = overall === null ? `in ${printable(view.title)}` : `over ${view.title.toLowerCase()}`;
  const ends = rows.length === 1
    ? `one is best in both: ${printable(nameOf(best))} (${share(best.wrong!)} of innocent tenants hit, ` +
      `${timeText(best, view)}).`
    : `from ${share(best.wrong!)} of innocent tenants hit and ${timeText(best, view)} to ` +
      `${share(last.wrong!)} and ${timeText(last, view)}.`;
  const usual = view.points.filter((point) => point.isDefault && point.isJudged).map((point) =>
    point.isFrontier ? `${printable(point.policy)} as it comes is on it.`
    : `${printable(point.policy)} as it comes is not: ${share(point.wrong!)}, ${timeText(point, view)}.`);
  const head = rows.length === 1 ? `Of ${plural(judged, 'point')} ${where} `
    : `The frontier ${where} holds ${of}, `;
  const left = view.points.length - judged;
  const rest = left === 0 ? [] : [notJudgedText(left)];
  return [head + ends, ...usual, ...rest].join(' ');
};

export const notJudgedText = (points: number): string =>
  `${plural(points, 'point')} with failed or missing runs ${points === 1 ? 'is' : 'are'} not judged.`;

const timeText = ({ block }: WeighedPoint, { blockUnit }: WeighedScenario): string =>
  blockUnit === 'ms' ? `${span(block!)} until blocked` : `abuse going on ${share(block!)} of the time`;
