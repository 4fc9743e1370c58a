// The known name nearest to one that is not known: what an error offers as "Did you mean ...?".

/**
 * The candidate that takes the fewest single-letter edits (a swap of neighbours counts as one), letter case
 * and separators aside; undefined where even the nearest is too far to be what was meant: more than two
 * edits, or more than a third of the name. Failing that, a candidate that contains the name or is contained
 * in it.
 */
export const nearest = (name: string, candidates: readonly string[]): string | undefined => {
  const wanted = folded(name);
  if (wanted === '') return undefined;
  let best: string | undefined;
  let fewest = Math.max(2, Math.floor(wanted.length / 3)) + 1;
  for (const candidate of candidates) {
    const edits = distance(wanted, folded(candidate));
    // A name of three letters is no nearer to another than to any: half of it must stand.
    if (edits < fewest && edits * 2 <= wanted.length) [best, fewest] = [candidate, edits];
  }
  if (best !== undefined) return best;
  if (wanted.length < 3) return undefined;
  return candidates.find((candidate) => folded(candidate).includes(wanted))
    ?? candidates.find((candidate) => folded(candidate).length >= 3 && wanted.includes(folded(candidate)));
};

const folded = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');

/** Optimal string alignment: insertions, deletions, substitutions and swaps of neighbours, each 1. */
const distance = (from: string, to: string): number => {
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1];
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) edits = Math.min(edits, beforeLast[j - 2]! + 1);
      row.push(edits);
    }
    [beforeLast, last] = [last, row];
  }
  return last[to.length]!;
};
