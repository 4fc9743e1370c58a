// "Did you mean": the known name nearest to one that is not known.

/**
 * The nearest of `known` by Levenshtein distance, or undefined where none is within a third of the name's
 * length.
 */
export const nearest = (name: string, known: readonly string[]): string | undefined => {
  let best: string | undefined;
  let least = Math.max(2, Math.ceil(name.length / 3)) + 1;
  for (const candidate of known) {
    const far = distance(name, candidate);
    if (far < least) [best, least] = [candidate, far];
  }
  return best;
};

/** Letters to put in, take out or change to make one word of the other (Levenshtein 1965). */
const distance = (one: string, two: string): number => {
  let row = Array.from({ length: two.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (let j = 0; j < two.length; j += 1) {
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (letter === two[j] ? 0 : 1)));
    }
    row = next;
  }
  return row[two.length]!;
};
