// Whether a seed that was run again came to its recorded end; and where not, the first event at which things
// went another way.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describeDivergence, type Divergence, firstDivergence, formatEntry } from '../sim/journal.ts';
import { journalEntry } from '../sim/journal-entry.ts';
import { planHash } from '../sim/plan/hash.ts';
import type { SeedResult } from '../sim/result.ts';
import { Run, type RunRequest } from '../sim/run.ts';
import { eventsFile, readEvents } from './events-file.ts';
import { SeedsDiffer } from './faults.ts';
import { type EarlierRun, requestFor } from './rerun.ts';

/** Throws SeedsDiffer where the fingerprints differ, with the first divergence where it can be found. */
export const assertSameEnd = async (
  earlier: EarlierRun, recorded: SeedResult, now: Pick<SeedResult, 'fingerprint' | 'events'>, tool: string,
): Promise<void> => {
  if (recorded.fingerprint === now.fingerprint) return;
  const { result, where } = earlier;
  const ends =
    `seed ${recorded.seed} of ${where} came to fingerprint ${recorded.fingerprint} after ` +
    `${recorded.events} events, and now to ${now.fingerprint} after ${now.events}.`;
  const how = await divergenceOf(earlier, recorded.seed);
  const isSamePlan = planHash(earlier.plan) === result.planHash;
  throw new SeedsDiffer(`${ends}\n${how ?? reasonFor(result.tool, tool, isSamePlan)}`);
};

const divergenceOf = async (earlier: EarlierRun, seed: string): Promise<string | null> => {
  const request = requestFor(earlier, seed);
  // Where two runs in a row differ, it is the policy or the simulator that does not repeat itself.
  const twice = firstDivergence(journalOf(request), journalOf(request));
  if (twice !== null) return describeDivergence(twice, 'once', 'again');
  const path = join(earlier.where, eventsFile);
  if (!existsSync(path)) return null;
  const events = await readEvents(path);
  if (events === null || events.seed !== seed) return null;
  const parted = await firstOf(events.lines, journalOf(request));
  return parted === null ? null : describeDivergence(parted, 'recorded', 'now');
};

const reasonFor = (made: string, tool: string, isSamePlan: boolean): string => {
  const again = 'Run twice now, it ends the same way each time';
  if (made !== tool) return `${again}: the run was made by ${made}, this is ${tool}.`;
  if (!isSamePlan) return `${again}: this version reads the plan otherwise than the one that made the run.`;
  return (
    `${again}: the simulator, the policy or what it imports has changed since, or result.json was edited. ` +
    `A journal beside it (sharedfate replay --events) would show the first event that differs.`
  );
};

/** The journal of a run, line by line, as the run goes on. */
export function* journalOf(request: RunRequest): Generator<string, void, undefined> {
  let line = '';
  const run = new Run({
    ...request,
    observe: (world, event) => {
      line = formatEntry(journalEntry(world, event));
    },
  });
  run.begin();
  while (run.goesOn()) {
    void run.next();
    yield line;
  }
}

/** As firstDivergence, of a journal that is read from a file. */
const firstOf = async (
  left: AsyncIterable<string>, right: Iterator<string, void, undefined>,
): Promise<Divergence | null> => {
  const before: string[] = [];
  let index = 0;
  for await (const line of left) {
    const other = right.next();
    const now = other.done === true ? null : other.value;
    if (now !== line) return { index, left: line, right: now, before };
    index += 1;
    before.push(line);
    if (before.length > 5) before.shift();
  }
  const other = right.next();
  return other.done === true ? null : { index, left: null, right: other.value, before };
};
