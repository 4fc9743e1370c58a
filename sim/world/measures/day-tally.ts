// What the outside saw of each of our addresses, day by day, as a postmaster's page shows it: how much
// mail, how much of it was taken for spam, how many complaints and trap hits. A row of whole numbers per
// address and day; fixed in size, whatever the traffic.

import type { AddressDays } from '../../result-measured.ts';
import type { World } from '../world.ts';

/** Places in a row. Looking one up by its name in the midst of a message is slow. */
export const dayColumn = { tries: 0, accepted: 1, looked: 2, spam: 3, complaints: 4, traps: 5 } as const;
type DayColumn = (typeof dayColumn)[keyof typeof dayColumn];
const width = 6;

const dayMs = 86_400_000;
/** Days that are counted one by one, as many as Microsoft's page keeps (90; signals.json, snds-daily). */
export const mostDays = 90;
/** Addresses that are told of, those with the most mail. */
export const mostAddresses = 32;

export interface DayTally {
  /** The midnight (UTC) at which the first day counted begins; may lie before time 0. */
  readonly from: number;
  readonly days: number;
  readonly counts: Int32Array;
}

/** Of a run longer than that, so many of the days counted lie before its first incident, to compare with. */
const daysBefore = 30;

/**
 * `intoDay`: how far into its day (UTC) time 0 lies, in milliseconds. Of a run longer than the days that are
 * counted those about its incidents are, which begin at `start`; without any, the first.
 */
export const makeDayTally = (
  addresses: number, intoDay: number, length: number, start: number | null,
): DayTally => {
  const all = Math.max(1, Math.ceil((length + intoDay) / dayMs));
  const days = Math.min(mostDays, all);
  const wanted = start === null ? 0 : Math.floor((start + intoDay) / dayMs) - daysBefore;
  const first = Math.min(Math.max(0, wanted), all - days);
  return {
    from: first * dayMs - intoDay, days, counts: new Int32Array(width * addresses * days),
  };
};

/** Counts one for an address (by index) today. What lies outside of the days is not counted. */
export const countDay = (world: World, address: number, column: DayColumn): void => {
  const { agenda, tally: { days: tally } } = world;
  const day = Math.floor((agenda.now - tally.from) / dayMs);
  if (day >= 0 && day < tally.days) tally.counts[width * (address * tally.days + day) + column]! += 1;
};

/** The addresses that sent anything, in the order of the plan; the busiest where there are too many. */
export const daysOf = (world: World): { readonly from: number; readonly addresses: AddressDays[] } => {
  const { from, days, counts } = world.tally.days;
  const column = (address: number, name: keyof typeof dayColumn): number[] =>
    Array.from({ length: days }, (_, day) => counts[width * (address * days + day) + dayColumn[name]]!);
  const told = world.ips.map((ip, address): AddressDays => ({
    address: ip,
    pool: world.poolOf[address]!,
    tries: column(address, 'tries'),
    accepted: column(address, 'accepted'),
    looked: column(address, 'looked'),
    spam: column(address, 'spam'),
    complaints: column(address, 'complaints'),
    traps: column(address, 'traps'),
  })).filter(({ tries }) => total(tries) > 0);
  const sent = told.map(({ tries }) => total(tries)).toSorted((one, two) => two - one);
  const least = sent[mostAddresses - 1] ?? 0;
  const addresses = told.filter(({ tries }) => total(tries) >= least).slice(0, mostAddresses);
  return { from, addresses };
};

const total = (numbers: readonly number[]): number => numbers.reduce((sum, each) => sum + each, 0);
