// The rows of the tables beside the timeline: events, and the chart's figures. Shared by the page as it is
// written and by its script, so that both say the same; returns text, never markup.

import { count, instant, printable, span } from '../format.ts';
import type { SeedView } from './seed-view.ts';

/** When, how long after the first onset, in which lane, what. */
export const eventRows = (view: SeedView, epoch: number): readonly (readonly string[])[] => {
  const onset =
    view.attacks.length === 0 ? undefined : Math.min(...view.attacks.map((attack) => attack.from));
  return view.events.map((event) => [
    instant(event.at, epoch),
    onset === undefined ? '' : `${event.at < onset ? '−' : '+'}${span(Math.abs(event.at - onset))}`,
    event.lane,
    printable(event.what),
  ]);
};

export const eventNote = (view: SeedView): string =>
  view.leftOut === 0 ? '' : `${count(view.leftOut)} more of this seed are in the journal.`;

const mostRows = 48;
const names = [
  'abuse submitted',
  'abuse stopped by policy',
  'abuse escaped',
  'wanted accepted',
  'wanted deferred',
  'wanted refused',
] as const;

export const figureHead = ['From', ...names] as const;

/**
 * The lines of the chart, bins joined until at most 48 rows are left; rows in which nothing happened are left
 * out.
 */
export const figureRows = (view: SeedView, epoch: number): readonly (readonly string[])[] => {
  const { series } = view;
  if (series === null) return [];
  const bins = series.lines['abuse submitted'].length;
  const joined = Math.max(1, Math.ceil(bins / mostRows));
  const rows: string[][] = [];
  for (let first = 0; first < bins; first += joined) {
    const sums = names.map((name) =>
      series.lines[name].slice(first, first + joined).reduce((sum, each) => sum + each, 0),
    );
    if (sums.some((sum) => sum > 0))
      rows.push([instant(series.start + first * series.bin, epoch), ...sums.map(count)]);
  }
  return rows;
};

/** The chart in a sentence, for those who do not see it. */
export const chartSentence = (view: SeedView, epoch: number): string => {
  const kinds = ['tenant', 'policy', 'register', 'receiver', 'desk'] as const;
  const counts = kinds
    .map((lane) => [lane, view.events.filter((event) => event.lane === lane).length] as const)
    .filter(([, number]) => number > 0)
    .map(([lane, number]) => `${number} of ${lane}`);
  const when = view.attacks.map(
    (attack) => `abuse from ${instant(attack.from, epoch)} to ${instant(attack.to, epoch)}`,
  );
  const parts = [...when, `events: ${counts.join(', ') || 'none'}`].join('; ');
  return `Timeline of ${view.label}. ${parts}. The tables below hold the same figures.`;
};
