// Carries out the runs of a sweep that are still to be made: hands them to an engine, keeps each outcome in
// the journal as it comes, shows how far it is, and hears control-C.

import { join } from 'node:path';
import type { Engine } from '../../sweep/engine.ts';
import type { Outcome, RunSpec } from '../../sweep/run-spec.ts';
import type { Console } from '../console.ts';
import { onInterrupt } from '../interrupt.ts';
import { shownPath } from '../load.ts';
import { isSet, short, spanText, widthOf } from '../progress.ts';
import { journalFile, type SweepFolder } from './folder.ts';

export interface CarriedOut {
  readonly interrupted: boolean;
}

/**
 * Runs what has no outcome of kind `done` yet. Rejects where the journal cannot be written, after ending the
 * engine; what it holds then stays good.
 */
export const carryOut = async (
  engine: Engine, runs: readonly RunSpec[], folder: SweepFolder, console: Console,
): Promise<CarriedOut> => {
  const pace = new Pace(runs, folder.journal.outcomes);
  const left = runs.filter(({ key }) => folder.journal.outcomes.get(key)?.kind !== 'done');
  if (left.length === 0) {
    // It was opened, and leaves nothing behind: no thread, and no name in somebody's Redis.
    await engine.run([], () => undefined);
    return { interrupted: false };
  }
  const hide = showPace(pace, console, folder.log);
  const interrupt = onInterrupt(() => {
    engine.stop();
    console.note('\nStopping; finished runs are kept. Press control-C again to quit at once.');
  }, folder.close);
  let kept = 0;
  try {
    await engine.run(left, (run, outcome) => {
      try {
        if (!folder.journal.keep(run.key, outcome)) return;
      } catch (error) {
        const file = join(folder.path, journalFile);
        folder.log(`could not be written: ${String(error)}`);
        throw Object.assign(error as Error, { path: shownPath(file) });
      }
      kept += 1;
      pace.hear(run, outcome);
      if (outcome.kind !== 'done') folder.log(`${outcome.kind}: ${outcome.reason}`);
    });
    const interrupted = interrupt.wasPressed() && kept < left.length;
    folder.log(interrupted ? `interrupted: ${kept} of ${left.length} runs were made`
      : `${kept} runs were made`);
    return { interrupted };
  } catch (error) {
    folder.log(`stopped: ${kept} of ${left.length} runs were made`);
    throw error;
  } finally {
    hide();
    interrupt.release();
  }
};

/** How far a sweep is. Scenarios differ a lot in what a run costs, so time left is reckoned by scenario. */
export class Pace {
  readonly #began = performance.now();
  readonly #total: number;
  readonly #left = new Map<number, number>();
  readonly #spent = new Map<number, { runs: number; ms: number }>();
  #done = 0;
  #failed = 0;
  /** Made in this session, and their time on their own threads. */
  #made = 0;
  #madeMs = 0;

  constructor(runs: readonly RunSpec[], earlier: ReadonlyMap<string, Outcome>) {
    this.#total = runs.length;
    for (const run of runs) {
      const outcome = earlier.get(run.key);
      if (outcome?.kind === 'done') {
        this.#done += 1;
        this.#count(run, outcome.ms);
      } else {
        this.#left.set(run.scenario, (this.#left.get(run.scenario) ?? 0) + 1);
      }
    }
  }

  hear(run: RunSpec, outcome: Outcome): void {
    this.#left.set(run.scenario, this.#left.get(run.scenario)! - 1);
    this.#done += 1;
    this.#made += 1;
    if (outcome.kind !== 'done') {
      this.#failed += 1;
      return;
    }
    this.#count(run, outcome.ms);
    this.#madeMs += outcome.ms;
  }

  get share(): number {
    return this.#done / this.#total;
  }

  /** `run 120/2400   3.1 runs/s   about 12 m 3 s left   2 failed`. */
  line(): string {
    const seconds = (performance.now() - this.#began) / 1_000;
    const parts = [`run ${Math.min(this.#done + 1, this.#total)}/${this.#total}`];
    if (this.#made > 0) parts.push(`${rateText(this.#made / seconds)} runs/s`);
    const left = this.#secondsLeft(seconds);
    if (Number.isFinite(left)) parts.push(`about ${spanText(left)} left`);
    if (this.#failed > 0) parts.push(`${this.#failed} failed`);
    return parts.join('   ');
  }

  #count({ scenario }: RunSpec, ms: number): void {
    const spent = this.#spent.get(scenario) ?? { runs: 0, ms: 0 };
    this.#spent.set(scenario, { runs: spent.runs + 1, ms: spent.ms + ms });
  }

  #secondsLeft(seconds: number): number {
    const known = [...this.#spent.values()];
    const runs = known.reduce((sum, one) => sum + one.runs, 0);
    const usual = known.reduce((sum, one) => sum + one.ms, 0) / runs;
    let ms = 0;
    for (const [scenario, count] of this.#left) {
      const spent = this.#spent.get(scenario);
      ms += count * (spent === undefined ? usual : spent.ms / spent.runs);
    }
    // What a second here has got done of the time that runs take, over all threads and machines.
    return (ms * seconds) / this.#madeMs;
  }
}

const rateText = (rate: number): string => (rate < 10 ? rate.toFixed(1) : short(rate));

const perSecond = 8;
/** Where nobody watches, a line for each tenth of the way, at most one a minute. */
const seldom = 60_000;

/** Draws until the returned function is called, which wipes the line. */
export const showPace = (
  pace: Pick<Pace, 'line' | 'share'>, console: Pick<Console, 'errors' | 'environment' | 'note'>,
  log: (what: string) => void,
): (() => void) => {
  const { errors, environment } = console;
  const isWatched = errors.isTTY === true && !isSet(environment['CI']);
  let tenth = Math.floor(pace.share * 10);
  let last = performance.now();
  const draw = (): void => {
    if (isWatched) errors.write(`\r\u001b[2K${pace.line().slice(0, widthOf(errors, 80) - 1)}`);
    if (Math.floor(pace.share * 10) <= tenth) return;
    tenth = Math.floor(pace.share * 10);
    log(pace.line());
    if (isWatched || performance.now() - last < seldom) return;
    last = performance.now();
    console.note(pace.line());
  };
  const timer = setInterval(draw, 1_000 / perSecond);
  draw();
  return () => {
    clearInterval(timer);
    if (isWatched) errors.write('\r\u001b[2K');
  };
};
