// What is on a recipient list, by how the list came to be. Shares are of the addresses on it; the rest are
// people. Hard numbers about lists are rare: each entry says where its numbers come from and which of them
// are assumed.

/**
 * What a list is made of: shares from 0 to 1 of addresses that do not exist, are full, or belong to a trap.
 */
export interface ListQuality {
  readonly unknown: number;
  readonly full: number;
  readonly pristine: number;
  readonly recycled: number;
  readonly typo: number;
}

export type ListKind = 'opt-in' | 'typed-in' | 'stale' | 'purchased' | 'harvested' | 'clean';

export interface ListPreset extends ListQuality {
  readonly what: string;
  readonly source: string;
  /** Names of the numbers above that are ours. */
  readonly assumed: readonly (keyof ListQuality)[];
}

const perMillion = 1e-6;

/**
 * Background trap rates of honest mail (0.5 pristine, 20 recycled, 200 typo hits a million) are those of
 * registers.json, trapTypes.legitHitRatePerMillion, and assumptions there.
 */
export const lists: Readonly<Record<ListKind, ListPreset>> = {
  'opt-in': {
    what: 'people who asked, or whom one writes to; what remains is typing errors and people who left',
    unknown: 0.006,
    full: 0.001,
    pristine: 0.5 * perMillion,
    recycled: 20 * perMillion,
    typo: 200 * perMillion,
    source:
      'calibration.json, "Legit list rates": hard bounces 0.09 % to 1.3 %, all bounces 0.7 % on average',
    assumed: ['full', 'pristine', 'recycled', 'typo'],
  },
  'typed-in': {
    what: 'addresses typed once into a form and never confirmed, as at a check-out',
    unknown: 0.015,
    full: 0.002,
    pristine: 0.5 * perMillion,
    recycled: 20 * perMillion,
    typo: 600 * perMillion,
    source:
      'registers.json, trapTypes: typo traps come from single opt-in forms and mistyped transactional ' +
      'addresses; three times the honest background is assumed',
    assumed: ['unknown', 'full', 'pristine', 'recycled', 'typo'],
  },
  stale: {
    what: 'a list that was good years ago, bounces never removed',
    unknown: 0.12,
    full: 0.02,
    pristine: 10 * perMillion,
    recycled: 0.006,
    typo: 0.0008,
    source:
      'assumed; a list above 10 % hard bounces is what bulk platforms pause for (signals.json, ses-bounce)',
    assumed: ['unknown', 'full', 'pristine', 'recycled', 'typo'],
  },
  purchased: {
    what: 'bought: scraped addresses mixed with old ones',
    unknown: 0.2,
    full: 0.02,
    pristine: 0.0015,
    recycled: 0.008,
    typo: 0.001,
    source: 'assumed, between stale and harvested',
    assumed: ['unknown', 'full', 'pristine', 'recycled', 'typo'],
  },
  harvested: {
    what: "a spammer's list: crawled, guessed and traded",
    unknown: 0.35,
    full: 0.02,
    pristine: 0.002,
    recycled: 0.005,
    typo: 0.001,
    source:
      'calibration.json, "Cutwail delivery": 53 % invalid, 30 % accepted (recalled); lower here, ' +
      'as lists are now verified',
    assumed: ['unknown', 'full', 'pristine', 'recycled', 'typo'],
  },
  clean: {
    what: "a deliberate spammer's verified list: nearly all addresses exist, but nobody asked",
    unknown: 0.01,
    full: 0.01,
    pristine: 0.0002,
    recycled: 0.002,
    typo: 0.0001,
    source: 'assumed',
    assumed: ['unknown', 'full', 'pristine', 'recycled', 'typo'],
  },
};
