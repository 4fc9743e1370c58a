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
  /** At domains that nobody uses but that take mail; they report to nobody. */
  readonly parked: number;
  /** Forged senders that report every answer to forged mail. */
  readonly backscatter: number;
}

export type ListKind = 'opt-in' | 'typed-in' | 'stale' | 'purchased' | 'harvested' | 'clean' | 'forged';

export interface ListPreset extends ListQuality {
  readonly what: string;
  /** Share of its people who leave their address within a week. */
  readonly leaving: number;
  readonly source: string;
  /** Names of the numbers above that are ours. */
  readonly assumed: readonly (keyof ListQuality | 'leaving')[];
}

const perMillion = 1e-6;

/**
 * Background trap rates of honest mail (0.5 pristine, 4 recycled, 200 typo hits and 300 to parked domains in
 * a million) are those of registers.json, trapTypes.legitHitRatePerMillion, and assumptions there. Recycled
 * traps bounce for half a year or longer before they take mail (same place), so a list that is cleaned of
 * what bounces has next to none. How few is set by what is measured of registers: with four, SORBS names an
 * address of 250 honest offices about as often as it named the senders of wanted mail in 2007, 8 % to 11 %
 * (calibration.json, "SORBS effectiveness / FP 2007"; docs/MODEL.md, 6).
 *
 * `leaving` is our assumption for all: 0.6 % of people a week. A weekly list that is cleaned each time then
 * bounces 0.6 %, as `opt-in` does, and loses 27 % a year, of the order that list keepers report.
 */
export const lists: Readonly<Record<ListKind, ListPreset>> = {
  'opt-in': {
    what: 'people who asked, or whom one writes to; what remains is typing errors and people who left',
    unknown: 0.006,
    full: 0.001,
    pristine: 0.5 * perMillion,
    recycled: 4 * perMillion,
    typo: 200 * perMillion,
    parked: 300 * perMillion,
    backscatter: 0,
    leaving: 0.006,
    source:
      'calibration.json, "Legit list rates": hard bounces 0.09 % to 1.3 %, all bounces 0.7 % on average',
    assumed: ['full', 'pristine', 'recycled', 'typo', 'parked', 'leaving'],
  },
  'typed-in': {
    what: 'addresses typed once into a form and never confirmed, as at a check-out',
    unknown: 0.015,
    full: 0.002,
    pristine: 0.5 * perMillion,
    recycled: 4 * perMillion,
    typo: 600 * perMillion,
    parked: 300 * perMillion,
    backscatter: 0,
    leaving: 0.006,
    source:
      'registers.json, trapTypes: typo traps come from single opt-in forms and mistyped transactional ' +
      'addresses; three times the honest background is assumed',
    assumed: ['unknown', 'full', 'pristine', 'recycled', 'typo', 'parked', 'leaving'],
  },
  stale: {
    what: 'a list that was good years ago, bounces never removed',
    unknown: 0.12,
    full: 0.02,
    pristine: 10 * perMillion,
    recycled: 0.006,
    typo: 0.0008,
    parked: 0.002,
    backscatter: 0,
    leaving: 0.006,
    source:
      'assumed; a list above 10 % hard bounces is what bulk platforms pause for (signals.json, ses-bounce)',
    assumed: ['unknown', 'full', 'pristine', 'recycled', 'typo', 'parked', 'leaving'],
  },
  purchased: {
    what: 'bought: scraped addresses mixed with old ones',
    unknown: 0.2,
    full: 0.02,
    pristine: 0.0015,
    recycled: 0.008,
    typo: 0.001,
    parked: 0.003,
    backscatter: 0,
    leaving: 0.006,
    source: 'assumed, between stale and harvested',
    assumed: ['unknown', 'full', 'pristine', 'recycled', 'typo', 'parked', 'leaving'],
  },
  harvested: {
    what: "a spammer's list: crawled, guessed and traded",
    unknown: 0.35,
    full: 0.02,
    pristine: 0.002,
    recycled: 0.005,
    typo: 0.001,
    parked: 0.003,
    backscatter: 0,
    leaving: 0.006,
    source:
      'calibration.json, "Cutwail delivery": 53 % invalid, 30 % accepted (recalled); lower here, ' +
      'as lists are now verified',
    assumed: ['unknown', 'full', 'pristine', 'recycled', 'typo', 'parked', 'leaving'],
  },
  clean: {
    what: "a deliberate spammer's verified list: nearly all addresses exist, but nobody asked",
    unknown: 0.01,
    full: 0.01,
    pristine: 0.0002,
    recycled: 0.002,
    typo: 0.0001,
    parked: 0.0003,
    backscatter: 0,
    leaving: 0.006,
    source: 'assumed',
    assumed: ['unknown', 'full', 'pristine', 'recycled', 'typo', 'parked', 'leaving'],
  },
  forged: {
    what: 'senders of forged mail, taken from spam lists; whoever answers such mail writes to them',
    unknown: 0.35,
    full: 0.02,
    pristine: 0,
    recycled: 0,
    typo: 0.001,
    parked: 0.003,
    backscatter: 0.02,
    leaving: 0.006,
    source:
      'as harvested, whose addresses spam is forged with; traps among them that take only answers are ' +
      'backscatter traps (registers.json, trapTypes); their share is assumed',
    assumed: ['unknown', 'full', 'typo', 'parked', 'backscatter', 'leaving'],
  },
};
