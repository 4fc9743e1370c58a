// What the page's script is given of each seed: its series, its timeline, the spans to shade, the days of
// each address. Kept within a budget of bytes; seeds that do not fit stay in result.json and the page says
// so.

import type { SeedResult, Series, TimelineEntry } from '../../sim/index.ts';
import { count, span } from '../format.ts';
import type { Summary } from '../summary.ts';
import type { ScenarioView, SideView } from './view.ts';

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
    readonly address: string;
    readonly from: number;
    readonly to: number | null;
  }[];
  readonly days: SeedResult['days'];
}

/** The seeds of one scenario that can be looked at, each under every side. */
export interface StoryData {
  /** Unix time of time 0, milliseconds. */
  readonly epoch: number;
  readonly seeds: readonly { readonly seed: string; readonly sides: readonly (SeedView | null)[] }[];
}

/**
 * Events of one seed that the page shows; a DOM table of more grows slow (200 rows: 11 ms, 5,000: 178 ms).
 */
const mostEvents = 200;
/**
 * Budget of all stories together, in characters of JSON, of which gzip and base64 leave a tenth. With
 * plotly.js at 1.93 MB the file stays under 2.5 MB.
 */
export const mostCharacters = 700_000;

/** `budget`: characters of JSON that this scenario may take. */
export const storyOf = (view: ScenarioView, budget: number): StoryData => {
  const first = view.sides[0];
  if (first === undefined) return { epoch: 0, seeds: [] };
  const epoch = Date.parse(first.result.plan.epoch ?? '2027-01-04T00:00:00Z');
  const seeds: StoryData['seeds'][number][] = [];
  let used = 0;
  for (const { seed } of inOrderOfInterest(first.result.seeds, first.summary)) {
    const sides = view.sides.map((side) => viewOf(side, seed));
    used += JSON.stringify(sides).length;
    if (used > budget && seeds.length > 0) break;
    seeds.push({ seed, sides });
  }
  return { epoch, seeds };
};

const viewOf = ({ result }: SideView, seed: string): SeedView | null => {
  const found = result.seeds.find((one) => one.seed === seed);
  return found === undefined ? null : seedView(found);
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
  series: seed.series === null ? null : { ...seed.series, queues: [] },
  events: seed.timeline.toSorted((one, two) => one.at - two.at).slice(0, mostEvents),
  leftOut: seed.timelineLeftOut + Math.max(0, seed.timeline.length - mostEvents),
  attacks: seed.culprits.map(({ tenant, onset, ended }) => ({ tenant, from: onset, to: ended })),
  listings: seed.listings.map(({ register, address, listed, delisted }) => ({
    register,
    address,
    from: listed,
    to: delisted,
  })),
  days: seed.days,
});

const outcome = (seed: SeedResult): string => {
  const block = seed.metrics['time_to_block'];
  const hours = seed.metrics['listed_hours'].value ?? 0;
  const listing = hours > 0 ? `, listed ${span(hours * 3_600_000)}` : ', not listed';
  if (block.value === null) return `nobody at fault${listing}`;
  const stop = block.observed ? `stopped after ${span(block.value)}` : 'never stopped';
  return `${stop}, ${count(seed.metrics['escaped'].value ?? 0)} got out${listing}`;
};
