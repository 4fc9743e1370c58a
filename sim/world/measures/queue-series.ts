// The outbound queues over time: how deep and how old each was, by the bins of the series. Looked at when an
// envelope comes or goes and a bin is over, so a queue at rest costs nothing.

import type { Series } from '../../result.ts';
import { oldestAge } from '../platform/lane.ts';
import type { World } from '../world.ts';
import type { SeriesCount } from './series.ts';

export class QueueSeries {
  /** When the present bin is over; never, where there is no series. */
  binEnd = Number.POSITIVE_INFINITY;
  readonly #start: number;
  readonly #bin: number;
  readonly #bins: number;
  #present = -1;
  /** By lane: most envelopes, and age of the oldest in minutes, in each bin. */
  readonly #depth: readonly Int32Array[];
  readonly #age: readonly Int32Array[];

  constructor(series: SeriesCount | null, lanes: number) {
    this.#start = series?.start ?? 0;
    this.#bin = series?.bin ?? 1;
    this.#bins = series?.bins ?? 0;
    this.#depth = Array.from({ length: lanes }, () => new Int32Array(this.#bins));
    this.#age = Array.from({ length: lanes }, () => new Int32Array(this.#bins));
    if (series !== null) this.binEnd = series.start;
  }

  /** Writes down all bins that are over by now. */
  turn(world: World): void {
    const { lanes } = world.outbound;
    while (world.agenda.now >= this.binEnd && this.#present < this.#bins) {
      for (const [index, lane] of lanes.entries()) {
        if (this.#present >= 0) {
          this.#depth[index]![this.#present] = lane.binPeak;
          const age = Math.max(lane.binAge, oldestAge(lane, this.binEnd));
          this.#age[index]![this.#present] = Math.round(age / 60_000);
        }
        lane.binPeak = lane.depth;
        lane.binAge = 0;
      }
      this.#present += 1;
      this.binEnd = this.#start + (this.#present + 1) * this.#bin;
    }
    if (this.#present >= this.#bins) this.binEnd = Number.POSITIVE_INFINITY;
  }

  /** The queues of most receivers hold nothing for long: those of the few that were deepest. */
  told(world: World): Series['queues'] {
    this.turn(world);
    return world.outbound.lanes
      .map((lane, index) => ({ lane, index }))
      .filter(({ lane }) => lane.peak > 0)
      .toSorted((one, two) => two.lane.peak - one.lane.peak)
      .slice(0, mostTold)
      .map(({ index }) => ({
        receiver: world.receivers[index]!.name,
        depth: [...this.#depth[index]!],
        oldest: [...this.#age[index]!],
      }));
  }
}

/** Receivers whose queue is told bin by bin; the peaks of all the others are in their rows. */
const mostTold = 4;
