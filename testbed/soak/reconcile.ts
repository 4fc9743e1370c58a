// The books of those who asked, held against the books of those who were asked. What was answered is counted
// exactly once; what was asked and never answered, at most once; and nothing else at all.

import type { Figures } from './figures.ts';

/** How a question ended for the one who asked. */
export type Fate = 'answered' | 'unknown' | 'refused';

/**
 * `counted` names each question as often as it was counted. A refused one is counted not at all. Adds what it
 * finds to the figures.
 */
export const reconcile = (
  what: string, asked: ReadonlyMap<number, Fate>, counted: Iterable<number>, figures: Figures,
): void => {
  const times = new Map<number, number>();
  for (const id of counted) times.set(id, (times.get(id) ?? 0) + 1);
  for (const [id, often] of times) {
    const fate = asked.get(id);
    if (fate === undefined || fate === 'refused') {
      figures.fail(`${what} ${id} is counted, and was ${fate === undefined ? 'never asked' : 'refused'}`);
    }
    if (often < 2) continue;
    figures.twice += often - 1;
    figures.example(`${what} ${id} is counted ${often} times`);
  }
  for (const [id, fate] of asked) {
    if (fate === 'unknown') figures.unknown += 1;
    if (fate !== 'answered' || times.has(id)) continue;
    figures.lost += 1;
    figures.example(`${what} ${id} was answered and is not counted`);
  }
};
