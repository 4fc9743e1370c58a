// What judging gates comes to. Words, never booleans: passed, failed or no data, and a gate without data does
// not pass. One place decides the exit code.

import type { RunResult } from '../../sim/index.ts';

export type DeclaredGate = NonNullable<RunResult['plan']['gates']>[number];

/** Somebody's word that a gate may be missed for a while. */
export interface Waiver {
  /** The last day on which it holds, as `2027-01-31`, in UTC. */
  readonly until: string;
  readonly because: string;
  /** A waiver that has ended excuses nothing. */
  readonly state: 'in force' | 'ended';
}

export interface GateVerdict {
  /** As in `time_to_block.p95`. */
  readonly name: string;
  readonly label: string;
  readonly outcome: 'passed' | 'failed' | 'no data';
  /** `warn` never changes the exit code: so declared, waived, or without data where that is no miss. */
  readonly severity: 'fail' | 'warn';
  /** What was found, and the rule, in words: `1 h 02 m`, `at most 4 h`. */
  readonly found: string;
  readonly rule: string;
  /** Why, where the figure alone does not say it, and whose word waives it; else empty. */
  readonly note: string;
  readonly waiver: Waiver | null;
  /** The seed that came off worst, to look at first; empty without data, or where all came off alike. */
  readonly worstSeed: string;
}

export interface GateReport {
  readonly verdicts: readonly GateVerdict[];
  /** Gates that hold a run against another, which one run alone cannot judge, as `time_to_block.p95`. */
  readonly notJudged: readonly string[];
  /** Of the gates with severity `fail`; `none` where there is no gate to judge at all. */
  readonly outcome: 'passed' | 'failed' | 'no data' | 'none';
  /** 0, 20 (a gate failed) or 21 (a gate had no data). Gates with severity `warn` never change it. */
  readonly exitCode: 0 | 20 | 21;
}

/**
 * A gate nobody can judge: a metric that does not exist or a limit that is not one. The user's mistake (exit
 * code 2).
 */
export class GateMistake extends Error {
  readonly mistakes: readonly string[];
  constructor(mistakes: readonly string[]) {
    super(mistakes.join('\n'));
    this.name = 'GateMistake';
    this.mistakes = mistakes;
  }
}

/** How gates end together, those that count alone: failed outweighs what could not be judged. */
export const endOf = (
  outcomes: readonly { readonly outcome: string; readonly counts: boolean }[],
): Pick<GateReport, 'outcome' | 'exitCode'> => {
  if (outcomes.length === 0) return { outcome: 'none', exitCode: 0 };
  const strict = outcomes.filter(({ counts }) => counts);
  if (strict.some(({ outcome }) => outcome === 'failed')) return { outcome: 'failed', exitCode: 20 };
  if (strict.some(({ outcome }) => outcome !== 'passed')) return { outcome: 'no data', exitCode: 21 };
  return { outcome: 'passed', exitCode: 0 };
};
