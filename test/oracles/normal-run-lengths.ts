// Run lengths under normal observations, reckoned from the real code without chance. The mean run length is
// a smooth function of the level a test stands at, so it is sought as a polynomial that fulfils, at as many
// levels as it has coefficients: L(level) = 1 + mean of L(level after one observation), alarms counting 0.

import type { SequentialTest } from '../../policy/tests/index.ts';

/** A test whose whole state is one level, and the levels it may stand at without alarming. */
export interface Leveled<State> {
  readonly test: SequentialTest<State>;
  readonly levelOf: (state: State) => number;
  readonly stateAt: (level: number) => State;
  readonly lowest: number;
  readonly highest: number;
}

/** Coefficients sought; 60 give nine digits where memory is longest (an EWMA of weight 0.03). */
const order = 60;
/** Observations farther than this from all means asked for are less likely than 1e-18. */
const reach = 9;

/** Mean observations from fresh to an alarm, for each mean of normal observations of deviation 1. */
export const normalRunLengths = <State>(chart: Leveled<State>, means: readonly number[]): number[] => {
  const span = (chart.highest - chart.lowest) / 2;
  const nodes = Array.from({ length: order }, (_, i) =>
    chart.lowest + span * (1 - Math.cos((Math.PI * i) / (order - 1))));
  const from = Math.min(...means) - reach;
  const till = Math.max(...means) + reach;
  const moves = nodes.map((node) => movesFrom(chart, nodes, node, from, till));
  const start = weightsAt(nodes, chart.levelOf(chart.test.fresh()));
  return means.map((mean) => {
    const equations = moves.map((list, row) => {
      const equation = Array.from({ length: order + 1 }, (_, i) => (i === row || i === order ? 1 : 0));
      for (const { x, width, weights } of list) {
        const p = width * Math.exp(-((x - mean) ** 2) / 2) / Math.sqrt(2 * Math.PI);
        if (p < 1e-25) continue;
        for (let column = 0; column < order; column += 1) equation[column]! -= p * weights[column]!;
      }
      return equation;
    });
    const lengths = solved(equations);
    return start.reduce((sum, weight, i) => sum + weight * lengths[i]!, 0);
  });
};

interface Move {
  readonly x: number;
  readonly width: number;
  readonly weights: readonly number[];
}

/**
 * The real code's moves from one level that do not alarm, at the points of a Gauss-Legendre rule in each
 * stretch of observations between two of its corners (where it begins to alarm, or is stopped by its
 * floor).
 */
const movesFrom = <State>(
  chart: Leveled<State>, nodes: readonly number[], level: number, from: number, till: number,
): Move[] => {
  const after = (x: number): number => {
    const state = chart.stateAt(level);
    return chart.test.observe(state, x) === 'continue' ? chart.levelOf(state) : NaN;
  };
  const kind = (x: number): string => {
    const reached = after(x);
    return Number.isNaN(reached) ? 'alarm' : reached === chart.lowest ? 'floor' : 'between';
  };
  const edges = [from];
  for (let x = from; x < till; x += 0.25) {
    const next = Math.min(till, x + 0.25);
    if (kind(x) !== kind(next)) edges.push(corner(kind, x, next));
    edges.push(next);
  }
  return edges.slice(1).flatMap((right, i) => {
    const half = (right - edges[i]!) / 2;
    const middle = edges[i]! + half;
    if (half === 0 || kind(middle) === 'alarm') return [];
    return gauss.flatMap(({ at, weight }) => [-at, at].map((place) => {
      const x = middle + half * place;
      return { x, width: half * weight, weights: weightsAt(nodes, after(x)) };
    }));
  });
};

const corner = (kind: (x: number) => string, left: number, right: number): number => {
  const before = kind(left);
  let [low, high] = [left, right];
  for (let turn = 0; turn < 60; turn += 1) {
    const middle = (low + high) / 2;
    if (kind(middle) === before) low = middle;
    else high = middle;
  }
  return high;
};

/** The rule of eight points, right for polynomials up to degree 15 (Abramowitz and Stegun, table 25.4). */
const gauss = [
  { at: 0.183434642495649805, weight: 0.362683783378361983 },
  { at: 0.525532409916328986, weight: 0.313706645877887287 },
  { at: 0.796666477413626740, weight: 0.222381034453374471 },
  { at: 0.960289856497536232, weight: 0.101228536290376259 },
] as const;

/**
 * What each node's value counts for the polynomial through them at `level` (barycentric, Chebyshev points).
 */
const weightsAt = (nodes: readonly number[], level: number): number[] => {
  const exact = nodes.indexOf(level);
  if (exact >= 0) return nodes.map((_, i) => (i === exact ? 1 : 0));
  const terms = nodes.map((node, i) =>
    ((i % 2 === 0 ? 1 : -1) * (i === 0 || i === nodes.length - 1 ? 0.5 : 1)) / (level - node));
  const sum = terms.reduce((one, other) => one + other, 0);
  return terms.map((term) => term / sum);
};

/** Gauss's elimination with pivoting; each row ends in its right-hand side. */
const solved = (rows: number[][]): number[] => {
  const n = rows.length;
  for (let at = 0; at < n; at += 1) {
    let best = at;
    for (let row = at + 1; row < n; row += 1) {
      if (Math.abs(rows[row]![at]!) > Math.abs(rows[best]![at]!)) best = row;
    }
    [rows[at], rows[best]] = [rows[best]!, rows[at]!];
    for (let row = at + 1; row < n; row += 1) {
      const factor = rows[row]![at]! / rows[at]![at]!;
      for (let column = at; column <= n; column += 1) rows[row]![column]! -= factor * rows[at]![column]!;
    }
  }
  const x = Array.from({ length: n }, () => 0);
  for (let at = n - 1; at >= 0; at -= 1) {
    let sum = rows[at]![n]!;
    for (let column = at + 1; column < n; column += 1) sum -= rows[at]![column]! * x[column]!;
    x[at] = sum / rows[at]![at]!;
  }
  return x;
};
