// What the page's script is given of each seed: its series, its timeline and the spans to shade. Kept within
// a budget of bytes; seeds that do not fit stay in result.json and the page says so.

import type { RunResult, SeedResult, Series, TimelineEntry } from '../../sim/index.ts';
import { count, span } from '../format.ts';
import type { Summary } from '../summary.ts';

export interface SeedView {
  readonly seed: string;
  /** One line for the seed picker: `seed 7: stopped after 14 m, 96 got out`. */
  readonly label: string;
  readonly series: Series | null;
  readonly events: readonly TimelineEntry[];
  /** Events of this seed that the page does not hold. */
  readonly leftOut: number;
  readonly attacks: readonly { readonly tenant: string; readonly from: number; readonly to: number }[];
  /** `to` is null where the listing still stood at the end. */
  readonly listings: readonly {
    readonly register: string;
    readonly from: number;
    readonly to: number | null;
  }[];
}

export interface PageData {
  /** Unix time of time 0, milliseconds. */
  readonly epoch: number;
  readonly seeds: readonly SeedView[];
}

/**
 * Events of one seed that the page shows; a DOM table of more grows slow (200 rows: 11 ms, 5,000: 178 ms).
 */
const mostEvents = 200;
/** Budget of the data, in characters of JSON. With plotly.js at 1.93 MiB the file stays under 2.5 MB. */
const mostCharacters = 250_000;

export const pageData = (result: RunResult, summary: Summary): PageData => {
  const epoch = Date.parse(result.plan.epoch ?? '2027-01-04T00:00:00Z');
  const seeds: SeedView[] = [];
  let used = 0;
  for (const seed of inOrderOfInterest(result.seeds, summary)) {
    const view = seedView(seed);
    used += JSON.stringify(view).length;
    if (used > mostCharacters && seeds.length > 0) break;
    seeds.push(view);
  }
  return { epoch, seeds };
};

/**
 * The most typical seed first, since it is the one a reader sees; then the worst; then the rest as they come.
 */
const inOrderOfInterest = (seeds: readonly SeedResult[], summary: Summary): readonly SeedResult[] => {
  // Where there was no abuse, what happened to the address is the story.
  const name = summary.metrics['time_to_block'].seeds > 0 ? 'time_to_block' : 'listed_hours';
  const metric = summary.metrics[name];
  const median = metric.p50.kind === 'value' ? metric.p50.value : Number.POSITIVE_INFINITY;
  const far = (seed: SeedResult): number => {
    const { value, observed } = seed.metrics[name];
    const time = value === null || !observed ? Number.POSITIVE_INFINITY : value;
    return time === median ? 0 : Math.abs(time - median);
  };
  const typical = seeds.toSorted((one, two) => {
    const [a, b] = [far(one), far(two)];
    return a === b ? 0 : a - b;
  })[0]!;
  const worst = seeds.find((seed) => seed.seed === metric.worst?.seed);
  return [...new Set([typical, ...(worst === undefined ? [] : [worst]), ...seeds])];
};

const seedView = (seed: SeedResult): SeedView => ({
  seed: seed.seed,
  label: `seed ${seed.seed}: ${outcome(seed)}`,
  series: seed.series,
  events: seed.timeline.toSorted((one, two) => one.at - two.at).slice(0, mostEvents),
  leftOut: seed.timelineLeftOut + Math.max(0, seed.timeline.length - mostEvents),
  attacks: seed.culprits.map(({ tenant, onset, ended }) => ({ tenant, from: onset, to: ended })),
  listings: seed.listings.map(({ register, listed, delisted }) => ({ register, from: listed, to: delisted })),
});

const outcome = (seed: SeedResult): string => {
  const block = seed.metrics['time_to_block'];
  const hours = seed.metrics['listed_hours'].value ?? 0;
  const listing = hours > 0 ? `, listed ${span(hours * 3_600_000)}` : ', not listed';
  if (block.value === null) return `nobody at fault${listing}`;
  const stop = block.observed ? `stopped after ${span(block.value)}` : 'never stopped';
  return `${stop}, ${count(seed.metrics['escaped'].value ?? 0)} got out${listing}`;
};
