// What a comparison of two sides comes to: plain JSON (no Infinity, no undefined), everything a renderer
// needs and nothing it has to reckon. A `baseline` is what was, a `candidate` what is proposed; every change
// is candidate minus baseline, in the metric's own unit (metricUnits of sim/result.ts).

import type { Better } from '../metrics.ts';
import type { Finding } from '../finding.ts';
import type { Unit } from '../format.ts';
import type { Waiver } from '../gates/verdict.ts';

export type { Waiver } from '../gates/verdict.ts';

/** The version of the shape; a reader refuses another. */
export const comparisonSchemaVersion = 'sharedfate/comparison@1';

export interface Comparison {
  readonly schema: typeof comparisonSchemaVersion;
  /** Name and version of what compared. */
  readonly tool: string;
  /** When, in UTC, as an ISO date. */
  readonly made: string;
  readonly baseline: Side;
  readonly candidate: Side;
  /**
   * What differs between the sides, to be shown first. Empty where nothing does: then any difference in the
   * figures is a fault of ours.
   */
  readonly settings: readonly SettingChange[];
  /**
   * `seeds`: each seed of one side is held against the same seed of the other, on the same luck. `none`: the
   * seeds differ on purpose, and pairs are made in the order of the seeds, which removes no noise.
   */
  readonly pairing: 'seeds' | 'none';
  /** In the order they were asked for; at least one. */
  readonly scenarios: readonly ScenarioComparison[];
  readonly gates: ComparisonGates;
  /** The command that makes this comparison again. */
  readonly repeat: string;
  /** The command that takes the candidate for the baseline from now on, where somebody meant the change. */
  readonly accept: string;
}

/** One side: whose figures these are. */
export interface Side {
  /**
   * `policy`: run here and now; `revision`: run by the code of a commit; `run`: read from a run's folder;
   * `baseline`: read from a committed file.
   */
  readonly kind: 'policy' | 'revision' | 'run' | 'baseline';
  /** As a heading shows it: `throttle-v2`, `default at main`. Never empty; the two sides' may be alike. */
  readonly name: string;
  /** As it was typed: `default`, `policies/throttle-v2.ts`, `main`, `runs/20270104T080000Z-enron`. */
  readonly asked: string;
  readonly policy: SidePolicy;
  /** Name and version of the tool that made the figures. */
  readonly tool: string;
  /** Where the figures are those of a commit's own code; else null. */
  readonly revision: Revision | null;
}

export interface SidePolicy {
  readonly name: string;
  /** Its file; empty for what comes with the tool. */
  readonly source: string;
  /** Digest of that file's text; empty for what comes with the tool. */
  readonly digest: string;
  readonly modules: readonly string[];
  /** Every parameter by its full name (`recipient-window.limit`), as text; empty where a side tells none. */
  readonly parameters: Readonly<Record<string, string>>;
}

export interface Revision {
  /** As it was asked for: `main`, `HEAD~1`; `working tree` for the files as they lie there. */
  readonly ref: string;
  /** The commit, 40 hexadecimal digits. */
  readonly commit: string;
  /** Files of the working tree that differ from the commit; 0 for a commit itself. */
  readonly changedFiles: number;
}

/** A setting that the sides do not share; null where a side has no such setting. */
export interface SettingChange {
  readonly name: string;
  readonly baseline: string | null;
  readonly candidate: string | null;
}

/** One scenario under both sides. */
export interface ScenarioComparison {
  /** The file, as a person would type it. */
  readonly scenario: string;
  readonly title: string;
  readonly question: string;
  /** Hash of what is simulated; both sides have this one. Gates and numbers of seeds are no part of it. */
  readonly worldHash: string;
  /** The run folders the figures lie in, where they were written or read; else empty. */
  readonly baselineFolder: string;
  readonly candidateFolder: string;
  /** The pairs, by the candidate's seed, in order; values of the rows are in this order. */
  readonly seeds: readonly string[];
  /** Seeds that only one side has, which no pair can be made of. */
  readonly baselineOnly: readonly string[];
  readonly candidateOnly: readonly string[];
  /** Pairs whose two runs had the same fingerprint: the change made no difference at all in them. */
  readonly alikeSeeds: number;
  /** Every metric of either side by its usual statistic, then each further statistic that a gate asks for. */
  readonly rows: readonly ComparisonRow[];
  /** The pair in which the candidate came off worst against the baseline; null where none came off worse. */
  readonly worst: WorstSeed | null;
  /** What was simulated that is an assumption, as in RunResult; of the candidate where it tells them. */
  readonly assumptions: readonly string[];
}

export interface WorstSeed {
  readonly seed: string;
  /** The metric by which it is worst: that of the gate that was missed first, else the row worsened most. */
  readonly metric: string;
  /** Of that seed alone, in the unit of the metric; restricted where the row is. */
  readonly change: number;
  /** The command that runs that seed of the candidate again. */
  readonly command: string;
}

export type Statistic = 'mean' | 'p50' | 'p95' | 'worst';

/**
 * What a row came to. `same`: the whole interval lies inside the margin. `better`, `worse`: it excludes 0,
 * and chance is ruled out also over all rows. `differs`: the same of a metric of which neither way is better.
 * `inconclusive`: none of these can be said with so few seeds. `no data`: no pair has a value on both sides.
 * `only baseline`, `only candidate`: the other side has no such metric or no value in any seed.
 */
export type RowOutcome =
  | 'better'
  | 'same'
  | 'worse'
  | 'differs'
  | 'inconclusive'
  | 'no data'
  | 'only baseline'
  | 'only candidate';

/** One metric seen one way over the seeds, under both sides. */
export interface ComparisonRow {
  readonly metric: string;
  readonly label: string;
  readonly unit: Unit;
  readonly better: Better;
  readonly statistic: Statistic;
  /**
   * Milliseconds to which times are restricted, where a run of either side was not seen to its end: the mean
   * is then the mean time up to here, "never" counting as this. Null where all were seen to their end.
   */
  readonly horizon: number | null;
  /** The statistic of each side over the pairs, restricted to the horizon where there is one. */
  readonly baseline: SideFigure;
  readonly candidate: SideFigure;
  /** Pairs in which both sides have a value; all that follows is of these. */
  readonly pairs: number;
  /** Of these, pairs whose two values differ at all. */
  readonly differing: number;
  /** Candidate minus baseline; null without data. */
  readonly change: number | null;
  /**
   * The 95 % interval of the change: bootstrap over pairs. Null of fewer than two pairs, as are both chances.
   */
  readonly interval: readonly [low: number, high: number] | null;
  /** Two-sided chance of such a change if it did not matter which side is which. */
  readonly p: number | null;
  /** The same, adjusted for the number of rows (Benjamini and Hochberg). */
  readonly adjusted: number | null;
  /** Changes of at most this size, either way, do not matter; in the unit of the metric, 0 or more. */
  readonly margin: number;
  readonly outcome: RowOutcome;
  /** About how many seeds would settle it; null where it is settled, or where no number of seeds would do. */
  readonly settledBy: number | null;
  readonly values: PairValues;
}

export interface SideFigure {
  /** The statistic, restricted to the horizon. */
  readonly value: number | null;
  /** The statistic without a horizon: it may be `never`. What a terminal shows of a quantile. */
  readonly finding: Finding;
  /** Pairs in which this side has a value, and of these how many were not seen to their end. */
  readonly withData: number;
  readonly censored: number;
}

/** Both sides of each pair, in the order of the scenario's seeds; null where the metric does not apply. */
export interface PairValues {
  readonly baseline: readonly (number | null)[];
  readonly candidate: readonly (number | null)[];
  /** Places in these lists of values that were not seen to their end. */
  readonly baselineCensored: readonly number[];
  readonly candidateCensored: readonly number[];
}

export interface ComparisonGates {
  readonly verdicts: readonly ComparedGate[];
  /** Of the gates that count (severity `fail`, no waiver in force); `none` where none is declared. */
  readonly outcome: 'passed' | 'failed' | 'no data' | 'none';
  /** 0; 20 where a gate failed; 21 where one had no data or was inconclusive and none failed. */
  readonly exitCode: 0 | 20 | 21;
}

/** A gate's verdict in a comparison: of the candidate alone, or of the candidate against the baseline. */
export interface ComparedGate {
  /** The scenario it is judged on, as in ScenarioComparison. */
  readonly scenario: string;
  /** As in `time_to_block.p95`. */
  readonly name: string;
  readonly metric: string;
  readonly statistic: Statistic;
  readonly label: string;
  /** `limit`: an absolute limit, judged on the candidate; `change`: judged against the baseline. */
  readonly kind: 'limit' | 'change';
  readonly outcome: 'passed' | 'failed' | 'inconclusive' | 'no data';
  readonly severity: 'fail' | 'warn';
  /** Whether it counts for the outcome and the exit code: severity `fail`, and neither waived nor excused. */
  readonly counts: boolean;
  /** What was found and the rule, in words: `5 h 24 m`, `at most 4 h`; `+2 h 16 m`, `at most 15 m later`. */
  readonly found: string;
  readonly rule: string;
  /** Why, where the figures alone do not say it; else empty. */
  readonly note: string;
  readonly waiver: Waiver | null;
  /**
   * Of a `change`: the one-sided chance of such a change if the true one just kept the margin, alone and
   * adjusted over the gates (Holm); null of a `limit`, and without data.
   */
  readonly p: number | null;
  readonly adjusted: number | null;
  /** About how many seeds would settle it, where it is inconclusive; else null. */
  readonly settledBy: number | null;
  /** The seed to look at first; empty where none stands out. */
  readonly worstSeed: string;
}
