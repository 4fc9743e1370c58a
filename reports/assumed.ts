// The assumptions of a result as reports show them: lines that begin with the part of the world they are of,
// the most influential first.

/** So many are shown at once; what results move with less is folded away, by part. */
export const mostShown = 10;

export interface AssumedPart {
  readonly part: string;
  readonly lines: readonly string[];
}

/** Lines without their part, by part, in the order in which the parts first come. A line may have none. */
export const byPart = (assumptions: readonly string[]): readonly AssumedPart[] => {
  const parts = new Map<string, string[]>();
  for (const line of assumptions) {
    const { part, text } = partOf(line);
    parts.set(part, [...(parts.get(part) ?? []), text]);
  }
  return [...parts].map(([part, lines]) => ({ part, lines }));
};

const partOf = (line: string): { readonly part: string; readonly text: string } => {
  const end = line.indexOf(': ');
  return end < 0 ? { part: 'others', text: line } : { part: line.slice(0, end), text: line.slice(end + 2) };
};
