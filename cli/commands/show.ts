// `sharedfate show`: the plan of a scenario for people, before anything is run.

import { harmlessJson } from '../../reports/outputs/plain-json.ts';
import { planFacts } from '../../sim/plan-facts.ts';
import { playedRows } from '../../sim/trace.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { type LoadedScenario, loadScenario } from '../load.ts';
import { readTraces } from '../traces.ts';

/** Shows the plan, or prints it as JSON that `run` takes. Throws what `run` would throw of the same file. */
export const show = async (path: string, json: boolean, console: Console): Promise<number> => {
  const scenario = await loadScenario(path);
  const traced = messagesOfTraces(scenario);
  if (json) {
    console.print(`${harmlessJson(JSON.stringify(scenario.input, null, 2))}\n`);
    return exitCodes.passed;
  }
  const { renderPlan } = await import('../../reports/index.ts');
  const { colours, columns } = console;
  console.print(renderPlan(scenario.plan, planFacts(scenario.plan), { colours, columns, traced }));
  return exitCodes.passed;
};

/** Messages of each trace that lie within the run, by its file. */
const messagesOfTraces = (scenario: LoadedScenario): ReadonlyMap<string, number> => {
  const { epoch, length, tenants } = scenario.plan;
  const traces = readTraces(scenario);
  return new Map(
    tenants.flatMap(({ stream }) =>
      stream.kind === 'trace' ?
        [[stream.file, playedRows(traces.get(stream.file)!, Date.parse(epoch), stream.speed, length).within]]
      : [],
    ),
  );
};
