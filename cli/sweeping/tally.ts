// What the runs of a search came to, by setting and seed, in the objective's measure.

import type { Outcome } from '../../sweep/run-spec.ts';
import type { SweepJob } from './job.ts';
import type { Objective } from './objective.ts';

/** What runs came to, by point and seed. */
export class Tally {
  readonly #values = new Map<string, number | null>();
  readonly #job: SweepJob;
  readonly #objective: Objective;
  readonly #outcomes: ReadonlyMap<string, Outcome>;
  readonly #keys = new Map<string, readonly string[]>();

  constructor(job: SweepJob, objective: Objective, outcomes: ReadonlyMap<string, Outcome>) {
    this.#job = job;
    this.#objective = objective;
    this.#outcomes = outcomes;
    for (const { row } of job.runs) {
      const name = `${row.point - 1} ${row.seed}`;
      this.#keys.set(name, [...(this.#keys.get(name) ?? []), row.key]);
    }
  }

  /** Of one seed, the mean over scenarios it applies to; null where to none, Infinity where a run failed. */
  #at(point: number, seed: string): number | null {
    const name = `${point} ${seed}`;
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    const values = this.#keys.get(name)!.flatMap((key) => {
      const outcome = this.#outcomes.get(key);
      return outcome?.kind === 'done' ? (this.#objective.value(outcome) ?? []) : Infinity;
    });
    const value = meanOf(values);
    this.#values.set(name, value);
    return value;
  }

  bySeed(point: number, seeds: readonly string[]): readonly (number | null)[] {
    return seeds.map((seed) => this.#at(point, seed));
  }

  /** Infinity where a run failed, and where the objective applies to none: nothing is no small number. */
  score(point: number, seeds: readonly string[]): number {
    return meanOf(this.bySeed(point, seeds).filter((value) => value !== null)) ?? Infinity;
  }

  /** Whether runs were made and the objective says nothing of any of them. */
  isIdle(points: readonly number[], seeds: readonly string[]): boolean {
    return points.every((point) => this.bySeed(point, seeds).every((value) => value === null));
  }

  name(point: number): string {
    return this.#job.points[point]!.settings.join(' ') || 'as it comes';
  }
}

const meanOf = (values: readonly number[]): number | null =>
  values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
