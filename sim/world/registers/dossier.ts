// What a register holds against one of our addresses, and where that address stands with it.

export interface Dossier {
  /**
   * Times of trap hits within the rule's window, or in the last 30 days where that is longer, oldest first.
   */
  hits: number[];
  /**
   * Whom each of `hits` came from, as a number, where the register looks at ranges; empty where it does not.
   */
  readonly sources: number[];
  /** Times of people's reports, oldest first, kept as long as hits. */
  reports: number[];
  /** The last evidence that keeps a listing up, and when the present one was decided. */
  lastHit: number;
  listedAt: number;
  /** Evidence in a row without a quiet month in between, beyond the first. */
  repeats: number;
  /**
   * Evidence since it was last taken off; how much of it a culprit's mail made, and how much neighbours did.
   */
  hitsEver: number;
  culpritHits: number;
  neighbourHits: number;
  /** The people have decided it belongs on the register; publication follows. */
  decided: boolean;
  /** A decision is on its way. */
  pending: boolean;
  /** The zone names it. */
  published: boolean;
  publications: number;
  /** When the listing is looked at for its end; -1 while no look is due. */
  expiryDue: number;
  /** Somebody looks at it from time to time; and how often they have. */
  reviewed: boolean;
  reviews: number;
  /** When a score was last worked out. */
  lookedAt: number;
  /** How far a listing has spread for being ignored: 0 the address, 1 its range, 2 all of ours. */
  escalated: number;
  /** A request to be taken off is with them since then, with a cause shown or not. */
  asked: boolean;
  askedAt: number;
  withCause: boolean;
  /** The owner of the network has it, and leaves it lying. */
  lies: boolean;
  requests: number;
  /** Times it was taken off on request, oldest first; and relapses after that, which cost trust. */
  readonly granted: number[];
  relapses: number;
  /** When money was last paid to be off it; and until when it lists nobody's neighbour here for that. */
  paidAt: number;
  exemptUntil: number;
}

export const emptyDossier = (): Dossier => ({
  hits: [], sources: [], reports: [],
  lastHit: -1, listedAt: -1, repeats: 0, hitsEver: 0, culpritHits: 0, neighbourHits: 0,
  decided: false, pending: false, published: false, publications: 0, expiryDue: -1,
  reviewed: false, reviews: 0, lookedAt: Number.NEGATIVE_INFINITY, escalated: 0,
  asked: false, askedAt: -1, withCause: false, lies: false, requests: 0, granted: [], relapses: 0,
  paidAt: Number.NEGATIVE_INFINITY, exemptUntil: -1,
});

const month = 2_592_000_000;

/** Forgets hits and reports from before the window, or before the last 30 days where that is longer. */
export const forget = (dossier: Dossier, now: number, window: number): void => {
  const since = now - Math.max(month, window);
  if (dossier.hits.length > 0 && dossier.hits[0]! < since) {
    const old = countBefore(dossier.hits, since);
    dossier.hits.splice(0, old);
    dossier.sources.splice(0, old);
  }
  if (dossier.reports.length > 0 && dossier.reports[0]! < since)
    dossier.reports.splice(0, countBefore(dossier.reports, since));
};

/** How many of these times, in ascending order, lie at or after an instant. */
export const countSince = (times: readonly number[], since: number): number => {
  let fresh = 0;
  for (let index = times.length - 1; index >= 0 && times[index]! >= since; index -= 1) fresh += 1;
  return fresh;
};

const countBefore = (times: readonly number[], since: number): number => {
  let old = 0;
  while (old < times.length && times[old]! < since) old += 1;
  return old;
};
