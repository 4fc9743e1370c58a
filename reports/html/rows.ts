// The rows of the tables that follow the seed picker: events, the chart's figures, and the days of each
// address. Shared by the page as it is written and by its script, so that both say the same; texts, never
// markup.

import { count, instant, printable, share, span } from '../format.ts';
import type { SeedView } from './seed-view.ts';

/** A text, or a text with a name for its look. */
export type Cell = string | { readonly text: string; readonly look: string };

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

const dayMs = 86_400_000;
const mostDays = 200;
/** An address with less mail on a day gets no colour; the colours' limits (signals.json, snds-daily). */
const leastCopies = 100;
const greenBelow = 0.1;
const redAbove = 0.9;

export const dayHead = [
  'Day (UTC)',
  'Address',
  '#Copies',
  '#Accepted',
  '#Taken for spam',
  'Colour',
  '#Complaints',
  '#Traps',
  'Listed on',
];

/** One row per day and address; days on which it sent nothing and was not listed are left out. */
export const dayRows = (view: SeedView, epoch: number): readonly (readonly Cell[])[] =>
  view.days.addresses
    .flatMap((one) =>
      one.tries.flatMap((tries, day): Cell[][] => {
        const from = view.days.from + day * dayMs;
        const on = view.listings.filter(
          (listing) =>
            listing.address === one.address && listing.from < from + dayMs && (listing.to ?? Infinity) > from,
        );
        if (tries === 0 && on.length === 0) return [];
        const [accepted, looked, spam, complaints, traps] = [
          one.accepted[day]!,
          one.looked[day]!,
          one.spam[day]!,
          one.complaints[day]!,
          one.traps[day]!,
        ];
        return [
          [
            instant(from, epoch).replace(/ 00:00:00$/, ''),
            one.address,
            count(tries),
            count(accepted),
            looked === 0 ? '–' : share(spam / looked),
            colourOf(looked, spam),
            complaints === 0
              ? '0'
              : `${count(complaints)} (${accepted === 0 ? 'late' : share(complaints / accepted)})`,
            count(traps),
            on.length === 0
              ? ''
              : {
                  text: [...new Set(on.map(({ register }) => printable(register)))].join(', '),
                  look: 'listed',
                },
          ],
        ];
      }),
    )
    .slice(0, mostDays);

const colourOf = (looked: number, spam: number): Cell => {
  if (looked < leastCopies) return { text: 'too little', look: 'sign none' };
  const word = spam / looked < greenBelow ? 'green' : spam / looked > redAbove ? 'red' : 'yellow';
  return { text: word, look: `sign ${word}` };
};

export const dayNote = (side: string, view: SeedView): string =>
  view.days.addresses.length === 0
    ? `${side}${view.label}: no mail was sent, or days were not measured.`
    : `${side}${view.label}`;
