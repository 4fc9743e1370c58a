// A file of gates, for `--gates`: a list that holds for every scenario, or a record of lists by the
// scenario's name, `every` among them. They are added to the gates that the scenarios declare themselves.

import { existsSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { PlanInput } from '../../sim/plan/schema.ts';
import { gateSchema } from '../../sim/plan/schema-gates.ts';
import { checkGate } from '../../sim/plan/gates.ts';
import { type Mistake, offer, PlanMistakes, shownValue } from '../../sim/plan/problems.ts';
import { nearest } from '../../sim/plan/nearest.ts';
import { UserMistake } from '../faults.ts';
import { readText } from '../files.ts';
import { importDefault, type LoadedScenario, shownPath } from '../load.ts';
import { scenarioName } from './figures.ts';

type GateInput = NonNullable<PlanInput['gates']>[number];

/** The gates for one scenario, by its file. */
export type GatesFile = (scenario: string) => readonly GateInput[];

export const noGates: GatesFile = () => [];

/**
 * Reads it. `scenarios` are the files compared; a name that is neither one of these nor a scenario beside
 * them is a mistake. Throws a UserMistake, PlanMistakes with every mistake in it, or ScriptThrew.
 */
export const readGatesFile = async (path: string, scenarios: readonly string[]): Promise<GatesFile> => {
  const where = shownPath(path);
  const content = await contentOf(path, where);
  const lists = Array.isArray(content) ? { every: content as unknown[] } : recordOf(content, where);
  const known = scenarios.map(scenarioName);
  const gates: Record<string, readonly GateInput[]> = {};
  const mistakes: Mistake[] = [];
  for (const [name, list] of Object.entries(lists)) {
    if (name !== 'every' && !known.includes(name) && !isBeside(name, scenarios)) {
      mistakes.push({
        path: name,
        saw: 'is the name of no scenario',
        allowed: "it is 'every', or a scenario's file without its ending",
        advice: offer(nearest(name, [...known, 'every']), known, 'scenario'),
      });
    }
    gates[name] = listOf(list, Array.isArray(content) ? 'gates' : name, mistakes);
  }
  if (mistakes.length > 0) throw new PlanMistakes(where, mistakes);
  return (scenario) => {
    const own = scenarioName(scenario);
    return [...(gates['every'] ?? []), ...(own === 'every' ? [] : (gates[own] ?? []))];
  };
};

/** A scenario with the gates of a file besides its own. */
export const withGates = (scenario: LoadedScenario, gates: GatesFile): LoadedScenario => {
  const more = gates(scenario.where);
  if (more.length === 0) return scenario;
  const { plan, input } = scenario;
  return {
    ...scenario,
    input: { ...input, gates: [...(input.gates ?? []), ...more] },
    plan: { ...plan, gates: [...plan.gates, ...more.map((gate) => gateSchema.parse(gate))] },
  };
};

const contentOf = async (path: string, where: string): Promise<unknown> => {
  const what = 'a file of gates';
  if (extname(path) !== '.json') {
    // Through JSON, as scenarios go: a gate's words are not its data.
    const content = await importDefault(path, where, what);
    return content === undefined ? content : (JSON.parse(JSON.stringify(content)) as unknown);
  }
  try {
    return JSON.parse(readText(path, what)) as unknown;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new UserMistake(`${where} is not JSON: ${error.message.split('\n')[0]}.`);
  }
};

const recordOf = (content: unknown, where: string): Readonly<Record<string, unknown>> => {
  if (typeof content === 'object' && content !== null && !('kind' in content))
    return content as Readonly<Record<string, unknown>>;
  throw new UserMistake(
    `${where} exports ${shownValue(content)} by default; gates are a list, such as ` +
      "[metric('time_to_block').p95.notWorseBy('15m')], or lists by scenario.",
  );
};

const listOf = (list: unknown, path: string, mistakes: Mistake[]): readonly GateInput[] => {
  if (!Array.isArray(list)) {
    mistakes.push({ path, saw: `is ${shownValue(list)}`, allowed: 'it is a list of gates', advice: '' });
    return [];
  }
  return list.map((item: unknown, index): GateInput => {
    const at = `${path}[${index}]`;
    const reading = gateSchema.safeParse(item);
    if (reading.success) mistakes.push(...checkGate(reading.data, at));
    else
      for (const { path: inner, message } of reading.error.issues)
        mistakes.push({ path: [at, ...inner].join('.'), saw: 'is wrong', allowed: message, advice: '' });
    return item as GateInput;
  });
};

const isBeside = (name: string, scenarios: readonly string[]): boolean =>
  scenarios.some((file) =>
    ['.ts', '.mts', '.js', '.mjs', '.json'].some((ending) =>
      existsSync(join(file, '..', `${name}${ending}`))));
