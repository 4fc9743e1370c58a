// When people outside answer letters: those behind registers, and the owner of the network our addresses are
// rented from.

import type { World } from '../world.ts';

const hourMs = 3_600_000;
const dayMs = 86_400_000;

/** Office hours of people who answer by hand: Monday to Friday, 9 to 17 UTC; an assumption. */
const office = { opens: 9 * hourMs, closes: 17 * hourMs };

/** That instant, or the next opening where nobody is there. */
export const officeTime = (world: World, at: number): number => {
  let day = Math.floor((at + world.sinceMonday) / dayMs);
  const ofDay = at + world.sinceMonday - day * dayMs;
  if (day % 7 < 5 && ofDay >= office.opens && ofDay < office.closes) return at;
  if (ofDay >= office.closes) day += 1;
  while (day % 7 >= 5) day += 1;
  const opening = day * dayMs + office.opens - world.sinceMonday;
  return Math.max(at, opening);
};
