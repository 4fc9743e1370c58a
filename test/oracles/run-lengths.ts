// What a sequential test does in the long run, reckoned from the real code without chance: the states that
// `observe` visits make a Markov chain, and linear algebra says how long it runs and how it ends.

import type { Outcome, SequentialTest } from '../../policy/tests/index.ts';

/** An observation and how likely it is. The chances of a list add up to 1. */
export interface Chance<Observation> {
  readonly x: Observation;
  readonly p: number;
}

/** Hits and misses, independent, with one share of hits. */
export const coin = (share: number): readonly Chance<boolean>[] =>
  [{ x: true, p: share }, { x: false, p: 1 - share }];

/** Counts of that mean, as far as any is likelier than 1e-30. */
export const poisson = (mean: number): readonly Chance<number>[] => {
  const chances: Chance<number>[] = [];
  for (let x = 0, p = Math.exp(-mean); x <= mean || p > 1e-30; x += 1, p *= mean / x) chances.push({ x, p });
  return chances;
};

/** How one test ends, from fresh: the chance of each outcome, and of each after exactly n observations. */
export interface Ends {
  readonly alarm: ReadonlyMap<number, number>;
  readonly clear: ReadonlyMap<number, number>;
}

const copy = <State>(state: State): State => JSON.parse(JSON.stringify(state)) as State;

/** Walks all paths at once, one observation a step, until all but 1e-15 of them have ended. */
export const endsOf = <State, Observation>(
  test: SequentialTest<State, Observation>, chances: readonly Chance<Observation>[],
): Ends => {
  const ends = { alarm: new Map<number, number>(), clear: new Map<number, number>() };
  let alive = new Map([[JSON.stringify(test.fresh()), 1]]);
  for (let n = 1, left = 1; left > 1e-15; n += 1) {
    if (n > 10_000) throw new Error(`after ${n} observations ${left} of all paths have not ended`);
    const next = new Map<string, number>();
    for (const [key, mass] of alive) {
      for (const { x, p } of chances) {
        const state = JSON.parse(key) as State;
        const outcome = test.observe(state, x);
        if (outcome === 'continue') {
          const reached = JSON.stringify(state);
          next.set(reached, (next.get(reached) ?? 0) + mass * p);
        } else {
          ends[outcome].set(n, (ends[outcome].get(n) ?? 0) + mass * p);
        }
      }
    }
    alive = next;
    left = [...alive.values()].reduce((sum, mass) => sum + mass, 0);
  }
  return ends;
};

export const total = (pmf: ReadonlyMap<number, number>): number =>
  [...pmf.values()].reduce((sum, mass) => sum + mass, 0);

export const moment = (pmf: ReadonlyMap<number, number>): number =>
  [...pmf].reduce((sum, [n, mass]) => sum + n * mass, 0);

/** Mean observations from fresh to an alarm, of a test that visits finitely many states. */
export const runLength = <State, Observation>(
  test: SequentialTest<State, Observation>, chances: readonly Chance<Observation>[],
): number => {
  const numbers = new Map([[JSON.stringify(test.fresh()), 0]]);
  const states = [test.fresh()];
  const rows: { readonly to: Map<number, number>; ends: number }[] = [];
  for (let at = 0; at < states.length; at += 1) {
    const row = { to: new Map<number, number>(), ends: 0 };
    for (const { x, p } of chances) {
      const state = copy(states[at]!);
      if (test.observe(state, x) !== 'continue') {
        row.ends += p;
        continue;
      }
      const key = JSON.stringify(state);
      if (!numbers.has(key)) numbers.set(key, states.push(state) - 1);
      const to = numbers.get(key)!;
      row.to.set(to, (row.to.get(to) ?? 0) + p);
    }
    rows.push(row);
    if (states.length > 1_000) throw new Error('this test visits too many states to solve');
  }
  return absorbed(rows);
};

/**
 * Mean steps to the end from state 0. Takes out one state after another, as Grassmann, Taksar and Heyman do
 * (Operations Research 1985): nothing is ever subtracted, so a mean of 10^8 is right to the last digits.
 */
const absorbed = (rows: readonly { readonly to: Map<number, number>; readonly ends: number }[]): number => {
  const n = rows.length;
  const p = rows.map(({ to }) => Array.from({ length: n }, (_, other) => to.get(other) ?? 0));
  const ends = rows.map((row) => row.ends);
  const steps = rows.map(() => 1);
  for (let out = n - 1; out > 0; out -= 1) {
    const leaves = ends[out]! + p[out]!.slice(0, out).reduce((sum, one) => sum + one, 0);
    for (let row = 0; row < out; row += 1) {
      const share = p[row]![out]! / leaves;
      if (share === 0) continue;
      for (let other = 0; other < out; other += 1) p[row]![other]! += share * p[out]![other]!;
      ends[row]! += share * ends[out]!;
      steps[row]! += share * steps[out]!;
    }
  }
  return steps[0]! / ends[0]!;
};

/** All outcomes of a run of observations, for tests that compare two. */
export const outcomes = <State, Observation>(
  test: SequentialTest<State, Observation>, observations: readonly Observation[],
): Outcome[] => {
  const state = test.fresh();
  return observations.map((x) => test.observe(state, x));
};
