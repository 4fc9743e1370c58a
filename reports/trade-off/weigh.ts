// The trade-off of a sweep, scenario by scenario: what each point costs innocent tenants (fp.tenants, mean
// of a seed) against how long abuse goes on under it (time_to_block, restricted to a time up to which every
// point was watched, so that a run that was never blocked counts with all of it). On the frontier is
// whatever no other point beats in both.

import { durationsOf } from '../metric-summary.ts';
import { kaplanMeier } from '../statistics/kaplan-meier.ts';
import { bootstrapBca } from '../statistics/bootstrap-bca.ts';
import type { Duration } from '../statistics/censored-quantile.ts';
import type { Interval } from '../statistics/interval.ts';
import { restrictedMean } from '../statistics/restricted-mean.ts';
import type { SweptPoint, SweptResults } from './swept.ts';

export interface WeighedPoint extends Omit<SweptPoint, 'seeds'> {
  /** Seeds its figures are of: of a judged point, those that all are judged on. */
  readonly runs: number;
  /** Mean of fp.tenants; null where no seed has one. */
  readonly wrong: number | null;
  /** Mean of fp.tenants.paced, which the chart does not count; null where no seed has one. */
  readonly slowed: number | null;
  /** Restricted mean of time_to_block, in milliseconds; null where there is no culprit. */
  readonly block: number | null;
  /** Seeds in which abuse was never blocked. */
  readonly never: number;
  readonly lost: number;
  readonly escaped: number;
  /** Both figures known, nothing failed, and run on all of `fairSeeds`: only such are held together. */
  readonly isJudged: boolean;
  readonly isFrontier: boolean;
  /** 95 % intervals, for the frontier and the defaults; null elsewhere, and where seeds are too few. */
  readonly wrongInterval: Interval | null;
  readonly blockInterval: Interval | null;
}

export interface WeighedScenario {
  /** Empty for the mean over all scenarios. */
  readonly scenario: string;
  readonly title: string;
  /** Up to when time_to_block is counted, in milliseconds; null where every judged run was blocked. */
  readonly horizon: number | null;
  /** `ms`; for the mean over scenarios `share`, of each one's horizon. */
  readonly blockUnit: 'ms' | 'share';
  readonly points: readonly WeighedPoint[];
}

export interface TradeOff {
  readonly title: string;
  readonly tool: string;
  readonly sweep: string;
  readonly seeds: number;
  /** The mean over scenarios with a culprit; null where there are fewer than two. */
  readonly overall: WeighedScenario | null;
  readonly scenarios: readonly WeighedScenario[];
}

export const weighed = ({ title, tool, sweep, seeds, scenarios, commandOver }: SweptResults): TradeOff => {
  const own = scenarios.map((one) => weighScenario(one));
  return { title, tool, sweep, seeds, overall: overallOf(own, commandOver), scenarios: own };
};

type Swept = SweptResults['scenarios'][number];

const weighScenario = ({ scenario, title, points: all }: Swept): WeighedScenario => {
  const fair = fairSeeds(all);
  const isFair = (point: SweptPoint): boolean => isWhole(point) && hasAll(point, fair);
  const points = all.map((point) => isFair(point) ?
    { ...point, seeds: point.seeds.filter(({ seed }) => fair.has(seed)) } : point);
  const horizon = horizonOf(points.filter(isFair));
  const rough = points.map((point): WeighedPoint => {
    const { seeds, ...rest } = point;
    const times = timesOf(point);
    const wrong = meanOf(numbersOf(point, 'fp.tenants'));
    const block = times.length === 0 ? null : blockOf(times, horizon).mean;
    return {
      ...rest, runs: seeds.length, wrong, slowed: meanOf(numbersOf(point, 'fp.tenants.paced')), block,
      never: times.filter(({ observed }) => !observed).length,
      lost: meanOf(numbersOf(point, 'wanted.lost')) ?? 0,
      escaped: meanOf(numbersOf(point, 'escaped')) ?? 0,
      isJudged: isFair(point) && wrong !== null && block !== null,
      isFrontier: false, wrongInterval: null, blockInterval: null,
    };
  });
  const marked = markFrontier(rough).map((point, index) =>
    point.isFrontier || point.isDefault ? withIntervals(point, points[index]!, scenario, horizon) : point);
  return { scenario, title, horizon, blockUnit: 'ms', points: marked };
};

/**
 * The seeds that points are judged on: of the seeds that one without failures has, those on which most runs
 * can be held together, points that have them all times seeds; of as many, more points. In a sweep that is
 * not finished some have fewer seeds than others, or others, and would differ by their luck.
 */
const fairSeeds = (points: readonly SweptPoint[]): ReadonlySet<string> => {
  const whole = points.filter(isWhole);
  const choices = new Map(whole.map((point) => [JSON.stringify(seedsOf(point)), new Set(seedsOf(point))]));
  let best: ReadonlySet<string> = new Set();
  let [most, sharers] = [0, 0];
  for (const seeds of choices.values()) {
    const having = whole.filter((point) => hasAll(point, seeds)).length;
    const runs = having * seeds.size;
    if (runs < most || (runs === most && having <= sharers)) continue;
    [best, most, sharers] = [seeds, runs, having];
  }
  return best;
};

const isWhole = ({ failed, seeds }: SweptPoint): boolean => failed === 0 && seeds.length > 0;

const seedsOf = ({ seeds }: SweptPoint): readonly string[] => seeds.map(({ seed }) => seed).toSorted();

const hasAll = (point: SweptPoint, seeds: ReadonlySet<string>): boolean => {
  const own = new Set(seedsOf(point));
  return [...seeds].every((seed) => own.has(seed));
};

/** Marks what no other judged point beats: none is better in one figure and no worse in the other. */
export const markFrontier = (points: readonly WeighedPoint[]): readonly WeighedPoint[] => {
  const order = points
    .filter(({ isJudged }) => isJudged)
    .toSorted((one, two) => one.wrong! - two.wrong! || one.block! - two.block!);
  const frontier = new Set<number>();
  let best = Infinity;
  let bestWrong = -1;
  for (const { point, wrong, block } of order) {
    if (block! > best || (block! === best && wrong! > bestWrong)) continue;
    frontier.add(point);
    best = block!;
    bestWrong = wrong!;
  }
  return points.map((point) => (frontier.has(point.point) ? { ...point, isFrontier: true } : point));
};

const timesOf = ({ seeds }: SweptPoint): readonly Duration[] =>
  durationsOf('time_to_block', seeds.flatMap(({ metrics }) => {
    const { value, observed } = metrics['time_to_block'];
    return value === null ? [] : [{ value, observed }];
  }));

const numbersOf = ({ seeds }: SweptPoint,
  name: 'fp.tenants' | 'fp.tenants.paced' | 'wanted.lost' | 'escaped'): readonly number[] =>
  seeds.flatMap(({ metrics }) => metrics[name].value ?? []);

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Of the points some of whose runs went on when last seen, the longest that each was watched, and of these
 * the shortest: up to there all curves are known. Null where every run was seen to its end. One that has
 * failed or hardly begun must not cut the others' time short: it is not held against them.
 */
const horizonOf = (points: readonly SweptPoint[]): number | null => {
  const all = points.map(timesOf).filter((times) => times.length > 0);
  if (all.every((times) => times.every(({ observed }) => observed))) return null;
  const longest = (times: readonly Duration[]): number => Math.max(...times.map(({ value }) => value));
  const open = all.filter((times) =>
    times.some(({ value, observed }) => !observed && value === longest(times)));
  return open.length === 0 ? Math.max(...all.map(longest)) : Math.min(...open.map(longest));
};

const blockOf = (times: readonly Duration[], horizon: number | null) => {
  const curve = kaplanMeier(times.map(({ value }) => value), times.map(({ observed }) => observed));
  // A point that is not judged may not have been watched as long as those that are.
  const isOpen = (curve.steps.at(-1)?.surviving ?? 1) > 0;
  const until = horizon === null ? curve.until : isOpen ? Math.min(horizon, curve.until) : horizon;
  return until > 0 ? restrictedMean(curve, until) : { mean: 0, standardError: 0 };
};

/** Fewer seeds tell nothing of their spread. */
const fewest = 3;
const resamples = 2_000;
/** Of the normal distribution, for 95 %. */
const z = 1.959963984540054;

const withIntervals = (
  weighedPoint: WeighedPoint, point: SweptPoint, scenario: string, horizon: number | null,
): WeighedPoint => {
  const values = numbersOf(point, 'fp.tenants');
  const times = timesOf(point);
  const seed = `${scenario} ${point.policy} ${point.settings}`;
  const wrongInterval = values.length < fewest ? null
    : bootstrapBca(values, (sample) => meanOf(sample)!, { seed, resamples }).interval;
  if (times.length < fewest) return { ...weighedPoint, wrongInterval };
  const { mean, standardError } = blockOf(times, horizon);
  const high = horizon ?? Infinity;
  const blockInterval = [Math.max(0, mean - z * standardError),
    Math.min(high, mean + z * standardError)] as const;
  return { ...weighedPoint, wrongInterval, blockInterval };
};

/** Each scenario counts alike: the mean of fp.tenants, and of the share of the horizon that abuse went on. */
const overallOf = (
  scenarios: readonly WeighedScenario[], commandOver: SweptResults['commandOver'],
): WeighedScenario | null => {
  const counted = scenarios.filter(({ points }) => points.some(({ block }) => block !== null));
  if (counted.length < 2) return null;
  const spans = counted.map(({ horizon, points }) =>
    horizon ?? Math.max(1, ...points.map(({ block }) => block ?? 0)));
  const names = counted.map(({ scenario }) => scenario);
  const points = counted[0]!.points.map((first, place): WeighedPoint => {
    const own = counted.map((scenario) => scenario.points[place]!);
    const isJudged = own.every((point) => point.isJudged);
    const mean = (of: (point: WeighedPoint, index: number) => number): number => meanOf(own.map(of))!;
    return {
      ...first,
      command: commandOver(first.point, names),
      runs: own.reduce((sum, point) => sum + point.runs, 0),
      failed: own.reduce((sum, point) => sum + point.failed, 0),
      missing: own.reduce((sum, point) => sum + point.missing, 0),
      wrong: isJudged ? mean((point) => point.wrong!) : null,
      slowed: isJudged && own.every(({ slowed }) => slowed !== null) ? mean((point) => point.slowed!) : null,
      block: isJudged ? mean((point, index) => point.block! / spans[index]!) : null,
      never: own.reduce((sum, point) => sum + point.never, 0),
      lost: mean((point) => point.lost),
      escaped: mean((point) => point.escaped),
      isJudged, isFrontier: false, wrongInterval: null, blockInterval: null,
    };
  });
  const title = `${counted.length === 2 ? 'Both' : `All ${counted.length}`} scenarios with a culprit`;
  return { scenario: '', title, horizon: null, blockUnit: 'share', points: markFrontier(points) };
};
