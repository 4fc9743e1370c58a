// Whose doing a listing was, in a few words for the story: a culprit's, a neighbour's, honest mail's, or that
// of no trap at all.

import type { Dossier } from './dossier.ts';

/** `why` is what the register itself gave as its reason. */
export const causeOf = ({ hitsEver, culpritHits, neighbourHits }: Dossier, why: string): string => {
  if (hitsEver === 0) return why;
  const whose = [
    culpritHits > 0 && `${culpritHits} of ${hitsEver} trap hits by culprits`,
    neighbourHits > 0 && `${neighbourHits} of ${hitsEver} trap hits by neighbours`,
  ].filter((part) => part !== false);
  return whose.length > 0 ? whose.join(', ') : 'background trap hits alone';
};
