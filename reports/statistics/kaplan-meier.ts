// The Kaplan-Meier (1958) product-limit curve: the share of runs in which a thing has not happened yet, as
// time goes on, when some runs ended before it did. Needed since a mean over the runs where it happened would
// hide the others.

/** One run's duration; `observed: false` means it lasted at least this long and was then seen no more. */
export interface Duration {
  readonly value: number;
  readonly observed: boolean;
}

/** A fall of the curve. Before the first step the curve stands at 1. */
export interface Step {
  readonly time: number;
  /** Runs still at risk just before, and how many of them ended at this time. */
  readonly atRisk: number;
  readonly ended: number;
  /** Share not ended after this time, 0 to 1. */
  readonly surviving: number;
}

/**
 * The steps in order of time. A run censored at the time of another's end was still at risk then (the usual
 * convention).
 */
export const kaplanMeier = (durations: readonly Duration[]): readonly Step[] => {
  const sorted = durations.toSorted((one, two) => one.value - two.value);
  const steps: Step[] = [];
  let surviving = 1;
  let index = 0;
  while (index < sorted.length) {
    const time = sorted[index]!.value;
    const atRisk = sorted.length - index;
    let ended = 0;
    for (; index < sorted.length && sorted[index]!.value === time; index += 1)
      if (sorted[index]!.observed) ended += 1;
    if (ended === 0) continue;
    surviving *= (atRisk - ended) / atRisk;
    steps.push({ time, atRisk, ended, surviving });
  }
  return steps;
};
