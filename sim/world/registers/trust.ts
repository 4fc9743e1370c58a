// The trust of a register's people in us. A relapse after they took an address off on request costs it; a
// request that shows what the cause was wins it back.

import type { Dossier } from './dossier.ts';

/**
 * A hit so long after an address was taken off on request is a relapse of the same trouble; an assumption.
 */
const relapseMs = 30 * 86_400_000;

/**
 * Assumptions, as no operator publishes how his patience runs out: each relapse doubles his answer time and
 * lengthens the next listing by half, to four times at most; after three he refuses who shows no cause.
 */
const mostTimes = 4;
const patience = 3;

/** It has been listed again: a relapse, where it was taken off on request not long ago. */
export const noteRelapse = (dossier: Dossier, now: number): void => {
  const last = dossier.granted.at(-1);
  if (last !== undefined && now - last <= relapseMs) dossier.relapses += 1;
};

export const regainTrust = (dossier: Dossier): void => {
  dossier.relapses = Math.max(0, dossier.relapses - 1);
};

export const slowerByRelapse = ({ relapses }: Dossier): number =>
  Math.min(mostTimes, 1 << Math.min(relapses, 8));
export const longerByRelapse = ({ relapses }: Dossier): number => Math.min(mostTimes, 1 + relapses / 2);
export const isOutOfPatience = ({ relapses }: Dossier): boolean => relapses >= patience;
