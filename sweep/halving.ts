// Successive halving (Karnin, Koren and Somekh 2013; as a search over settings, Jamieson and Talwalkar 2016):
// many settings on few seeds, then the best third of them on three times as many, until one is left. All are
// held against one another on the same seeds, so that luck does not choose.

/** A third goes on each time, on three times the seeds: what most of the literature takes. */
const factor = 3;
/** Seeds of the first round. One tells luck from nothing. */
const firstSeeds = 2;

export interface Round {
  readonly points: number;
  /** Seeds 1 to this; those of the round before are among them and are not made again. */
  readonly seeds: number;
}

/** The rounds for so many points. */
const roundsFor = (points: number): readonly Round[] => {
  const rounds: Round[] = [];
  for (let left = points, seeds = firstSeeds; left > 1; left = Math.ceil(left / factor), seeds *= factor)
    rounds.push({ points: left, seeds });
  return rounds;
};

/** Runs that the rounds take of one scenario. */
export const runsOf = (rounds: readonly Round[]): number =>
  rounds.reduce(
    (sum, { points, seeds }, index) => sum + points * (seeds - (rounds[index - 1]?.seeds ?? 0)), 0);

/** The rounds with the most points that so many runs of one scenario allow; none where two are too many. */
export const roundsWithin = (runs: number, mostPoints: number): readonly Round[] => {
  let best: readonly Round[] = [];
  for (let points = 2; points <= mostPoints; points += 1) {
    const rounds = roundsFor(points);
    if (runsOf(rounds) > runs) break;
    best = rounds;
  }
  return best;
};

export interface RoundResult extends Round {
  /** The settings that were tried, by their number, the best first. */
  readonly order: readonly { readonly point: number; readonly score: number }[];
}

/**
 * Plays the rounds; `scoresOf` says what settings come to on seeds 1 to `seeds`, less being better. Of equal
 * ones the first wins, so what is number 0 is left only for something better. Ends early, with the rounds
 * played, where `scoresOf` gives none.
 */
export const halve = async (
  rounds: readonly Round[],
  scoresOf: (points: readonly number[], seeds: number) => Promise<readonly number[] | undefined>,
  hear: (round: RoundResult) => void,
): Promise<readonly RoundResult[]> => {
  const played: RoundResult[] = [];
  let left = Array.from({ length: rounds[0]?.points ?? 0 }, (_, point) => point);
  for (const round of rounds) {
    const scores = await scoresOf(left, round.seeds);
    if (scores === undefined) return played;
    const order = left.map((point, index) => ({ point, score: scores[index]! }))
      .toSorted((one, two) => one.score - two.score || one.point - two.point);
    const result = { ...round, order };
    played.push(result);
    hear(result);
    left = order.slice(0, Math.ceil(round.points / factor)).map(({ point }) => point);
  }
  return played;
};
