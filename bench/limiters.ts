// The limiters' cost of a take, against a plain loop over the same arithmetic: one key (all in the
// processor's caches), and 100,000 keys at random (hardly any of them). Half of all takes are refused.

import {
  fixedWindow, gcra, leakyBucket, type Limiter, slidingWindow, tokenBucket,
} from '../policy/limiters/index.ts';
import { hours, type Milliseconds, milliseconds, seconds, zero } from '../policy/units.ts';
import { cpuNs, median, type Row, type Section } from './row.ts';

const takes = 1_000_000;
const rounds = 7;
const keyCounts = [1, 100_000] as const;
/** One take a second and key; each limit lets half of them through. */
const limit = 5;
const limiters: Readonly<Record<string, Limiter<unknown>>> = {
  tokenBucket: tokenBucket({ rate: 1_800, burst: limit }) as Limiter<unknown>,
  leakyBucket: leakyBucket({ rate: 1_800, capacity: limit }) as Limiter<unknown>,
  gcra: gcra({ interval: milliseconds(2_000), tolerance: milliseconds(8_000) }) as Limiter<unknown>,
  fixedWindow: fixedWindow({ limit, window: seconds(10) }) as Limiter<unknown>,
  slidingWindow: slidingWindow({ limit, window: seconds(10) }) as Limiter<unknown>,
};

export const run: Section = async (print) => {
  const rows: Row[] = [];
  for (const keys of keyCounts) {
    print(`limiters: ${keys} keys`);
    const order = shuffled(keys);
    const states = Float64Array.from({ length: 2 * keys }, (_, i) => (i % 2 === 0 ? limit : 0));
    let start = 0;
    const plain = timed(() => {
      start = plainLoop(states, order, start);
    });
    rows.push({ name: `${keys} keys: plain loop`, value: plain, unit: 'ns/take' });
    for (const [name, limiter] of Object.entries(limiters)) {
      const all = Array.from({ length: keys }, () => limiter.fresh(zero));
      let time = 0;
      const ns = timed(() => {
        time = takeLoop(limiter, all, order, time);
      });
      rows.push({ name: `${keys} keys: ${name}`, value: ns, unit: 'ns/take' });
      rows.push({ name: `${keys} keys: ${name} over plain loop`, value: ns / plain, unit: '' });
    }
  }
  return Promise.resolve(rows);
};

/** The median of some rounds, after one that warms up. */
const timed = (work: () => void): number => {
  work();
  return median(Array.from({ length: rounds }, () => cpuNs(work) / takes));
};

const takeLoop = (
  limiter: Limiter<unknown>, states: readonly unknown[], order: Int32Array, start: number,
): number => {
  const gap = 1_000 / order.length;
  let allowed = 0;
  for (let i = 0; i < takes; i += 1) {
    const now = Math.round(start + i * gap) as Milliseconds;
    if (limiter.take(states[order[i % order.length]!], 1, now).allowed) allowed += 1;
  }
  return checked(allowed, start + takes * gap);
};

/** The token bucket's arithmetic, and no more: no check, no answer, two numbers a key side by side. */
const plainLoop = (states: Float64Array, order: Int32Array, start: number): number => {
  const gap = 1_000 / order.length;
  const perMs = 1_800 / hours(1);
  let allowed = 0;
  for (let i = 0; i < takes; i += 1) {
    const now = Math.round(start + i * gap);
    const at = 2 * order[i % order.length]!;
    const tokens = Math.min(limit, states[at]! + (now - states[at + 1]!) * perMs);
    if (tokens < 1) continue;
    states[at] = tokens - 1;
    states[at + 1] = now;
    allowed += 1;
  }
  return checked(allowed, start + takes * gap);
};

/** The time it ended. Throws where the limit let none or all through: the bench would measure nothing. */
const checked = (allowed: number, end: number): number => {
  if (allowed > 0 && allowed < takes) return end;
  throw new Error(`bench: ${allowed} of ${takes} takes were allowed`);
};

/** The numbers below `count` in an order without pattern, the same in every run (Fisher and Yates). */
const shuffled = (count: number): Int32Array => {
  const order = Int32Array.from({ length: count }, (_, i) => i);
  let luck = 1;
  for (let i = count - 1; i > 0; i -= 1) {
    luck = (Math.imul(luck, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((luck / 4_294_967_296) * (i + 1));
    [order[i], order[other]] = [order[other]!, order[i]!];
  }
  return order;
};
