// Reads the traces a plan names, relative to the plan's own file, and checks them against it.

import { resolve } from 'node:path';
import { PlanMistakes } from '../sim/plan/problems.ts';
import type { Plan } from '../sim/plan/schema.ts';
import { checkTraces, parseTrace, playedRows, type Trace } from '../sim/trace.ts';
import { readText } from './files.ts';
import { type LoadedScenario, shownPath } from './load.ts';

/** By the `file` of the plan's streams. Throws a UserMistake or PlanMistakes. */
export const readTraces = ({ plan, where, folder }: LoadedScenario): ReadonlyMap<string, Trace> => {
  const traces = new Map<string, Trace>();
  for (const { file } of traceStreams(plan)) {
    if (traces.has(file)) continue;
    const path = shownPath(resolve(folder, file));
    traces.set(file, parseTrace(readText(path, `the trace that ${where} replays`), path));
  }
  const mistakes = checkTraces(plan, traces);
  if (mistakes.length > 0) throw new PlanMistakes(where, mistakes);
  return traces;
};

/** What a reader should know though it is no mistake: rows of a trace that lie outside the run. */
export const traceNotices = (plan: Plan, traces: ReadonlyMap<string, Trace>): readonly string[] =>
  traceStreams(plan).flatMap(({ file, speed }) => {
    const trace = traces.get(file)!;
    const { within } = playedRows(trace, Date.parse(plan.epoch), speed, plan.length);
    if (within === trace.rows) return [];
    return [
      `${file}: ${trace.rows - within} of ${trace.rows} rows lie before or after the run and are not played.`,
    ];
  });

const traceStreams = (plan: Plan) =>
  plan.tenants.flatMap(({ stream }) => (stream.kind === 'trace' ? [stream] : []));
