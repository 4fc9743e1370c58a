// One line that says how far a run is: redrawn in place on a terminal, and not drawn at all where nobody
// watches (a pipe, or CI set).

import type { Crew } from './crew.ts';

export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

/** Columns; `usual` where that is not known, which a terminal without a size (`docker run -t`) calls 0. */
export const widthOf = ({ columns = 0 }: Pick<Screen, 'columns'>, usual: number): number =>
  columns > 0 ? columns : usual;

/** Redraws a second; more would only flicker. */
const perSecond = 8;

/** Draws until the returned function is called, which wipes the line. */
export const showProgress = (
  crew: Crew,
  total: number,
  length: number,
  screen: Screen,
  environment: NodeJS.ProcessEnv,
): (() => void) => {
  if (screen.isTTY !== true || isSet(environment['CI'])) return () => undefined;
  const began = performance.now();
  const draw = (): void => {
    const seconds = (performance.now() - began) / 1_000;
    const line = progressLine(stateOf(crew, length), total, seconds).slice(0, widthOf(screen, 80) - 1);
    screen.write(`\r\u001b[2K${line}`);
  };
  const timer = setInterval(draw, 1_000 / perSecond);
  draw();
  return () => {
    clearInterval(timer);
    screen.write('\r\u001b[2K');
  };
};

export interface ProgressState {
  readonly seeds: number;
  /** Seeds done, parts of seeds included. */
  readonly done: number;
  readonly events: number;
}

/** `seed 3/20   1.2 M events/s   about 40 s left`. */
export const progressLine = (
  { seeds, done, events }: ProgressState,
  total: number,
  seconds: number,
): string => {
  const rate = seconds > 0 ? events / seconds : 0;
  const left = done > 0 ? (seconds * (total - done)) / done : Number.NaN;
  const parts = [`seed ${Math.min(seeds + 1, total)}/${total}`, `${short(rate)} events/s`];
  // The first moments say little about the rest.
  if (Number.isFinite(left) && seconds > 1) parts.push(`about ${spanText(left)} left`);
  return parts.join('   ');
};

const stateOf = (crew: Crew, length: number): ProgressState => {
  const { seeds, events } = crew.finished();
  let done = seeds;
  let underway = events;
  for (let worker = 0; worker < crew.workers; worker += 1) {
    done += Math.min(1, crew.board.now(worker) / length);
    underway += crew.board.events(worker);
  }
  return { seeds, done, events: underway };
};

export const short = (number: number): string => {
  if (number >= 1e6) return `${(number / 1e6).toFixed(1)} M`;
  if (number >= 1e3) return `${(number / 1e3).toFixed(0)} k`;
  return number.toFixed(0);
};

export const spanText = (seconds: number): string => {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} m ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.round((seconds % 3_600) / 60)} m`;
};

/**
 * CI and NO_COLOR count when set to anything but nothing (no-color.org; CI=false is how one switches it off).
 */
export const isSet = (value: string | undefined): boolean =>
  value !== undefined && value !== '' && value !== 'false' && value !== '0';
