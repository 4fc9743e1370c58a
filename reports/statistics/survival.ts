// What all survival statistics here read: how long each run lasted, whether its end was seen, and from
// when on it was watched. A run is a seed. The risk table, made once from them, is what their formulas are
// written in.

export interface Survival {
  /** Since the run's own zero, such as the onset: finite, 0 or more. */
  readonly durations: readonly number[];
  /** False: it lasted at least this long and was then seen no more (right-censored). */
  readonly observed: readonly boolean[];
  /**
   * Watched only after this time, before the duration's end (left-truncated); all from the start if
   * absent.
   */
  readonly entries?: readonly number[];
}

/** An instant at which at least one run ended. */
export interface Risk {
  readonly time: number;
  /** Runs being watched just before: entered earlier, not ended or censored earlier. */
  readonly atRisk: number;
  readonly ended: number;
}

/**
 * The instants at which runs ended, in order. A run censored at the time of another's end was still at risk
 * then; one that enters at that time was not yet (the usual conventions). Throws a RangeError for lists of
 * different lengths, and for a duration or entry out of range.
 */
export const riskTable = (survival: Survival): readonly Risk[] => {
  checkSurvival(survival);
  const { durations, observed, entries } = survival;
  const left = durations.toSorted(rising);
  const entered = entries?.toSorted(rising);
  const ends = durations.filter((_, index) => observed[index]).toSorted(rising);
  const table: Risk[] = [];
  let gone = 0;
  let come = 0;
  for (let index = 0; index < ends.length; ) {
    const time = ends[index]!;
    let ended = 0;
    for (; index < ends.length && ends[index] === time; index += 1) ended += 1;
    while (gone < left.length && left[gone]! < time) gone += 1;
    while (entered !== undefined && come < entered.length && entered[come]! < time) come += 1;
    table.push({ time, atRisk: (entered === undefined ? left.length : come) - gone, ended });
  }
  return table;
};

const rising = (one: number, two: number): number => one - two;

const checkSurvival = ({ durations, observed, entries }: Survival): void => {
  const lengths = [durations.length, observed.length, entries?.length ?? durations.length];
  if (new Set(lengths).size > 1)
    throw new RangeError(`survival: lists of ${lengths.join(', ')} values; each run has one in every list.`);
  durations.forEach((duration, index) => {
    if (!(duration >= 0 && duration < Infinity))
      throw new RangeError(`survival: durations[${index}] is ${duration}; it is finite, 0 or more.`);
    const entry = entries?.[index];
    if (entry !== undefined && !(entry < duration))
      throw new RangeError(
        `survival: entries[${index}] is ${entry}, but a run is watched from before its end at ${duration}.`,
      );
  });
};
