// What a page shows: one or several sides (policies, as a rule) of one or several scenarios. A run alone is a
// page of one side; a comparison adds a second, and what the two differ in.

import type { RunResult } from '../../sim/index.ts';
import type { Comparison, ScenarioComparison } from '../comparison/comparison.ts';
import { printable } from '../format.ts';
import { type Summary, summarise } from '../summary.ts';

/** Which line, colour and mark stand for a side in every chart. */
export type Role = 'baseline' | 'candidate';

export interface SideView {
  readonly role: Role;
  /** As headings and legends show it; printable. */
  readonly name: string;
  readonly result: RunResult;
  readonly summary: Summary;
}

export interface ScenarioView {
  /** Its place on the page, from 0; part of the ids of its charts. */
  readonly index: number;
  readonly title: string;
  /** One, or two with the baseline first. */
  readonly sides: readonly SideView[];
  /** Rows that a long table of this scenario may have; what lies beyond is in the files beside the page. */
  readonly mostRows: number;
  /** Of many scenarios: figures that a chart shows as well are left to result.json. */
  readonly isCrowded: boolean;
  /** What the two differ in; null of a run alone. */
  readonly compared: ScenarioComparison | null;
}

export interface PageView {
  readonly scenarios: readonly ScenarioView[];
  readonly comparison: Comparison | null;
}

/** Rows of all long tables of one kind together: with 200 seeds a page stays under 2.5 MB. */
const allRows = 100;
const fewestRows = 8;

const rowsFor = (tables: number): number => Math.max(fewestRows, Math.floor(allRows / tables));

/** A page of one run. Throws a RangeError where it holds no seed. */
export const viewOfRun = (result: RunResult): PageView => ({
  comparison: null,
  scenarios: [
    {
      index: 0,
      title: printable(result.plan.title),
      compared: null,
      mostRows: rowsFor(1),
      isCrowded: false,
      sides: [{ role: 'baseline', name: printable(result.policy.name), result, summary: summarise(result) }],
    },
  ],
});

/** Both runs of each scenario compared, in the order of the comparison. */
export interface ComparedRuns {
  readonly baseline: RunResult | null;
  readonly candidate: RunResult | null;
}

/**
 * A page of a comparison. A side of which only figures are left, such as a committed baseline, has no run:
 * its charts are those that need none. Throws a RangeError where there are not as many pairs as scenarios.
 */
export const viewOfComparison = (comparison: Comparison, runs: readonly ComparedRuns[]): PageView => {
  if (runs.length !== comparison.scenarios.length)
    throw new RangeError(
      `renderComparison: ${runs.length} pairs of runs for ${comparison.scenarios.length} scenarios; ` +
        `give one each.`,
    );
  const names = sideNames(comparison);
  return {
    comparison,
    scenarios: comparison.scenarios.map((compared, index): ScenarioView => ({
      index,
      title: printable(compared.title),
      compared,
      mostRows: rowsFor(2 * comparison.scenarios.length),
      isCrowded: comparison.scenarios.length > 2,
      sides: (['baseline', 'candidate'] as const).flatMap((role): SideView[] => {
        const result = runs[index]![role];
        if (result === null || result.seeds.length === 0) return [];
        return [{ role, name: names[role], result, summary: summarise(result) }];
      }),
    })),
  };
};

/** What the sides are called; where their names are alike, by their parts in the comparison. */
export const sideNames = ({ baseline, candidate }: Comparison): Readonly<Record<Role, string>> =>
  baseline.name === candidate.name
    ? {
        baseline: `baseline (${printable(baseline.name)})`,
        candidate: `candidate (${printable(candidate.name)})`,
      }
    : { baseline: printable(baseline.name), candidate: printable(candidate.name) };
