// Counts by the half hour around the incidents, for the timeline chart. Fixed in size, whatever the run's
// length.

import type { Series } from '../../result.ts';
import type { World } from '../world.ts';

export type Line = keyof Series['lines'];

export interface SeriesCount {
  readonly start: number;
  readonly bin: number;
  readonly bins: number;
  readonly lines: Record<Line, Int32Array>;
}

const names: readonly Line[] = [
  'abuse submitted', 'abuse escaped', 'abuse stopped by policy',
  'wanted accepted', 'wanted deferred', 'wanted refused',
];
const mostBins = 400;
const halfHour = 1_800_000;

/** Bins of half an hour, or of as many as keep their number within bounds. */
export const makeSeries = (start: number, end: number): SeriesCount => {
  const bin = halfHour * Math.max(1, Math.ceil((end - start) / halfHour / mostBins));
  const bins = Math.max(1, Math.ceil((end - start) / bin));
  const lines = Object.fromEntries(names.map((name) => [name, new Int32Array(bins)]));
  return { start, bin, bins, lines: lines as SeriesCount['lines'] };
};

export const countInSeries = (world: World, line: Line, by: number): void => {
  const { series } = world.tally;
  if (series === null) return;
  const bin = Math.floor((world.agenda.now - series.start) / series.bin);
  if (bin >= 0 && bin < series.bins) series.lines[line][bin]! += by;
};

export const seriesOf = (world: World): Series | null => {
  const { series: count, queues } = world.tally;
  if (count === null) return null;
  const lines = Object.fromEntries(names.map((name) => [name, [...count.lines[name]]]));
  const told = lines as unknown as Series['lines'];
  return { start: count.start, bin: count.bin, lines: told, queues: queues.told(world) };
};
