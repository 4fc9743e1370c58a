// Competing risks: abuse ends because we blocked it, or a register listed the address first, or the sender
// went away. The Aalen-Johansen (1978) curves give, for each cause, the share of runs ended by it so far;
// one minus a Kaplan-Meier curve that calls the other causes "censored" would give too much.

import { type Risk, riskTable } from './survival.ts';

export interface Incidence {
  readonly cause: string;
  /** Ended by this cause at this instant. */
  readonly ended: number;
  /** Share of runs ended by this cause up to and at this instant, 0 to 1. */
  readonly share: number;
  /** By the delta method: Marubini and Valsecchi, Analysing Survival Data (1995), chapter 10. */
  readonly standardError: number;
}

/** An instant at which runs ended, by whatever cause. Before the first all shares are 0. */
export interface CompetingStep extends Risk {
  /** Share not ended by any cause; with the shares of `incidences` it makes 1. */
  readonly surviving: number;
  /** One for each cause that occurs, in the order of their names. */
  readonly incidences: readonly Incidence[];
}

/**
 * The curves of runs that lasted `durations` and ended by `causes`; a cause of null means censored, seen
 * no more. Where `entries` is given, each run was watched only after that time. No runs, or none that
 * ended, have no step. Throws a RangeError as `riskTable` does.
 */
export const aalenJohansen = (
  durations: readonly number[],
  causes: readonly (string | null)[],
  entries?: readonly number[],
): readonly CompetingStep[] => {
  const observed = causes.map((cause) => cause !== null);
  const risks = riskTable({ durations, observed, ...(entries !== undefined && { entries }) });
  const survivals = [1];
  for (const { atRisk, ended } of risks)
    survivals.push(survivals.at(-1)! * ((atRisk - ended) / atRisk));
  const names = [...new Set(causes.filter((cause) => cause !== null))].toSorted();
  const curves = names.map((cause) => {
    const counts = new Map<number, number>();
    durations.forEach((time, index) => {
      if (causes[index] === cause) counts.set(time, (counts.get(time) ?? 0) + 1);
    });
    return incidencesOf(
      cause,
      risks,
      survivals,
      risks.map(({ time }) => counts.get(time) ?? 0),
    );
  });
  return risks.map((risk, index) => ({
    ...risk,
    surviving: survivals[index + 1]!,
    incidences: curves.map((curve) => curve[index]!),
  }));
};

const incidencesOf = (
  cause: string,
  risks: readonly Risk[],
  survivals: readonly number[],
  counts: readonly number[],
): readonly Incidence[] => {
  // The variance at t is a sum over earlier steps with the rise since each, (share - earlier)^2 and so on;
  // multiplied out, six running sums give it at every step.
  let share = 0;
  let [a0, a1, a2, b0, b1, c0] = [0, 0, 0, 0, 0, 0];
  return risks.map(({ atRisk, ended: all }, index) => {
    const ended = counts[index]!;
    const before = survivals[index]!;
    share += (before * ended) / atRisk;
    // Once nobody is left no share rises again, so what this step would weigh is 0.
    const left = all === atRisk ? 0 : all / (atRisk * (atRisk - all));
    a0 += left;
    a1 += left * share;
    a2 += left * share * share;
    const moved = (before * ended) / (atRisk * atRisk);
    b0 += moved;
    b1 += moved * share;
    c0 += (before * before * ended * (atRisk - ended)) / (atRisk * atRisk * atRisk);
    const variance = share * share * a0 - 2 * share * a1 + a2 + c0 - 2 * (share * b0 - b1);
    return { cause, ended, share, standardError: Math.sqrt(Math.max(0, variance)) };
  });
};
