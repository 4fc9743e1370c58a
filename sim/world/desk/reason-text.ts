// A rule's reason as the run's timeline and journal say it: what it saw and its limit, in numbers for people.
// A limit between 0 and 1 is that of a share, and reads in per cent.

import type { Reason } from '../../../policy/index.ts';

/** The quantity, and what it went over: `recipients/24h 22,410 over 500`. */
export const shutText = ({ rule, seen, limit }: Reason): string =>
  `${rule} ${seenNumber(seen, limit)} over ${seenNumber(limit, limit)}`;

/** What a rule with this limit saw: `22,410`, `5.04`, `34.7 %`. Never in powers of ten. */
export const seenNumber = (seen: number, limit: number): string =>
  limit > 0 && limit < 1 ? `${plain(100 * seen)} %` : plain(seen);

/** From 100 on whole, below to hundredths; thousands apart, whatever the machine's language is. */
const plain = (value: number): string => {
  if (!Number.isFinite(value)) return 'no number';
  const places = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return String(Number(value.toFixed(places))).replace(/\B(?=(\d{3})+$)/g, ',');
};
