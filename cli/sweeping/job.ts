// A sweep ready to run: its scenarios and policies loaded, its points worked out, every run with its
// identity. All that can be refused is refused here, before any time is spent.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, extname, join, resolve } from 'node:path';
import type { Policy } from '../../policy/index.ts';
import type { Mistake } from '../../sim/index.ts';
import { planHash } from '../../sim/plan/hash.ts';
import { describeMistake, PlanMistakes, shownValue } from '../../sim/plan/problems.ts';
import { type Point, pointsOf } from '../../sweep/points.ts';
import { readSweep, type ReadPolicy } from '../../sweep/read.ts';
import { digest, runKey, type RunSpec } from '../../sweep/run-spec.ts';
import type { TableRun } from '../../sweep/table.ts';
import { worldHash } from '../comparing/world-hash.ts';
import { UserMistake } from '../faults.ts';
import { readText } from '../files.ts';
import { importDefault, type LoadedScenario, loadPolicy, loadScenario, shownPath } from '../load.ts';
import { readTraces } from '../traces.ts';
import { codeVersion, policyCode } from './code-version.ts';
import type { ThreadData } from '../sweep-thread.ts';

export interface SweptPoint {
  /** As `--policy` and `--set` take them. */
  readonly policy: string;
  readonly settings: Point;
  /** The policy's own name. */
  readonly name: string;
  /** What holds of each parameter that varies anywhere; null where the policy has none of that name. */
  readonly values: readonly (number | null)[];
  /** Nothing of it is other than where nobody sets anything. */
  readonly isDefault: boolean;
}

export interface SweptScenario {
  /** As errors and tables name it. */
  readonly scenario: string;
  readonly title: string;
  readonly planHash: string;
  readonly world: string;
}

export interface SweepJob {
  /** The sweep's file, as errors name it, and its name without ending. */
  readonly where: string;
  readonly name: string;
  readonly title: string;
  readonly code: string;
  readonly scenarios: readonly SweptScenario[];
  readonly parameters: readonly string[];
  readonly points: readonly SweptPoint[];
  readonly seeds: readonly string[];
  /** In the order of the table: by scenario, point, seed. */
  readonly runs: readonly { readonly spec: RunSpec; readonly row: TableRun }[];
  /** What each policy's own code comes to, by what it was asked for as. */
  readonly policyCodes: Readonly<Record<string, string>>;
  readonly data: Omit<ThreadData, 'simulator'>;
  /** The traces as text, by scenario and name, for those who simulate elsewhere. */
  readonly plans: readonly LoadedScenario[];
}

const scripts = /\.(?:ts|mts|js|mjs)$/;

/** Throws a UserMistake, PlanMistakes or ScriptThrew that names the file. */
export const loadSweep = async (path: string, seeds: number | undefined, tool: string): Promise<SweepJob> => {
  const where = shownPath(path);
  const input = await inputIn(path, where);
  const read = readSweep(input, where);
  const from = (name: string): string => shownPath(resolve(dirname(path), name));
  const files = read.scenarios.flatMap((name) => scenarioFiles(from(name)));
  assertOnce(files, where);
  const loaded: LoadedScenario[] = [];
  for (const file of files) loaded.push(await loadScenario(file));
  const policies = read.policies.map((one) =>
    scripts.test(one.policy) ? { ...one, policy: from(one.policy) } : one);
  const count = seeds ?? read.seeds;
  const names = Array.from({ length: count }, (_, index) => String(index + 1));
  return jobOf({ where, name: nameOf(path), title: read.title, tool }, loaded, policies, names);
};

export interface JobHead {
  readonly where: string;
  readonly name: string;
  readonly title: string;
  readonly tool: string;
}

/** Also of what no sweep's file says, such as a search for better settings. */
export const jobOf = async (
  head: JobHead, loaded: readonly LoadedScenario[], asked: readonly ReadPolicy[], seeds: readonly string[],
): Promise<SweepJob> => {
  const { where, name, title, tool } = head;
  const mistakes: Mistake[] = [];
  const found: {
    readonly ask: ReadPolicy; readonly policy: Policy; readonly points: readonly Point[];
  }[] = [];
  const policyCodes: Record<string, string> = {};
  const lacking: string[] = [];
  for (const ask of asked) {
    const policy = await loadPolicy(ask.policy).catch((error: unknown) => {
      if (!(error instanceof UserMistake)) throw error;
      lacking.push(`${where}: ${ask.at}: ${error.message}`);
    });
    if (policy === undefined) continue;
    policyCodes[ask.policy] ??= await policyCode(ask.policy);
    found.push({ ask, policy, points: pointsOf(policy, ask, mistakes) });
  }
  if (lacking.length > 0)
    throw new UserMistake([...lacking, ...mistakes.map((one) => describeMistake(where, one))].join('\n'));
  if (mistakes.length > 0) throw new PlanMistakes(where, mistakes);
  const parameters = [...new Set(found.flatMap(({ points }) =>
    points.flatMap((point) => point.map((setting) => setting.slice(0, setting.indexOf('='))))))];
  const code = codeVersion(tool);
  const scenarios = loaded.map((one): SweptScenario => ({
    scenario: one.where, title: one.plan.title, planHash: planHash(one.plan), world: worldOf(one),
  }));
  const seen = new Set<string>();
  const pointList: (SweptPoint & { readonly all: Readonly<Record<string, number>> })[] = [];
  for (const { ask, policy, points } of found) {
    for (const settings of points) {
      const set = await loadPolicy(ask.policy, settings);
      const all = Object.fromEntries((set.settings ?? []).map((one) => [one.name, one.value]));
      const identity = `${ask.policy} ${JSON.stringify(all)}`;
      if (seen.has(identity)) continue;
      seen.add(identity);
      pointList.push({
        policy: ask.policy, settings, name: policy.name, all,
        values: parameters.map((parameter) => all[parameter] ?? null),
        isDefault: (set.settings ?? []).every((one) => one.value === one.default),
      });
    }
  }
  const runs = scenarios.flatMap(({ scenario, world }, index) => pointList.flatMap((point, place) =>
    seeds.map((seed) => {
      const { policy, name: policyName, settings, values, all } = point;
      const key = runKey({
        world, policy: policyName, policyCode: policyCodes[policy]!, settings: all, seed, code,
      });
      return {
        spec: { key, scenario: index, policy, settings, seed },
        row: { key, scenario, policy: policyName, point: place + 1, settings: values, seed },
      };
    })));
  const data = { scenarios: loaded.map((one) => ({ plan: one.plan, traces: readTraces(one) })) };
  const points = pointList.map(({ all, ...point }): SweptPoint => {
    void all;
    return point;
  });
  return {
    where, name, title, code, scenarios, parameters, points, seeds, runs, policyCodes, data, plans: loaded,
  };
};

const inputIn = async (path: string, where: string): Promise<unknown> => {
  if (extname(path) === '.json') {
    try {
      return JSON.parse(readText(path, 'a sweep'));
    } catch (error) {
      if (error instanceof UserMistake) throw error;
      throw new UserMistake(`${where} is not JSON: ${(error as Error).message.split('\n')[0]}.`);
    }
  }
  if (existsSync(path) && !statSync(path).isDirectory() && !scripts.test(path))
    throw new UserMistake(
      `${where} is no sweep; expected a file that ends in .ts, .mts, .js, .mjs or .json.`);
  const found = await importDefault(path, where, 'a sweep');
  const { kind, input } = (typeof found === 'object' && found !== null ? found : {}) as {
    readonly kind?: unknown; readonly input?: unknown;
  };
  if (kind === 'sweep') return input;
  const saw = kind === 'scenario' ? 'is a scenario' : `exports ${shownValue(found)} by default`;
  throw new UserMistake(`${where} ${saw}; a sweep is sweep({ scenarios, policies, grid, seeds }).`);
};

const nameOf = (path: string): string => basename(path, extname(path));

/** A folder's scenarios are the files directly in it, as of `list` and `compare`. */
export const scenarioFiles = (path: string): readonly string[] => {
  if (!existsSync(path) || !statSync(path).isDirectory()) return [path];
  const files = readdirSync(path).sort()
    .filter((file) => /\.(?:ts|mts|js|mjs|json)$/.test(file) && !/\.(?:d|test)\.m?ts$/.test(file));
  if (files.length > 0) return files.map((file) => join(path, file));
  throw new UserMistake(`${shownPath(path)} holds no scenario.`);
};

/** Throws a UserMistake where a scenario is named twice in `where`. */
export const assertOnce = (files: readonly string[], where: string): void => {
  const twice = files.find((file, index) => files.indexOf(file) !== index);
  if (twice !== undefined) throw new UserMistake(`${where} names scenario ${twice} twice; name it once.`);
};

/** The plan and the traces it replays. */
const worldOf = ({ plan, folder }: LoadedScenario): string => {
  const files = plan.tenants.flatMap(({ stream }) => (stream.kind === 'trace' ? [stream.file] : []));
  const texts = [...new Set(files)].map((file) => digest(readFileSync(resolve(folder, file), 'utf8')));
  return texts.length === 0 ? worldHash(plan) : digest([worldHash(plan), ...texts].join(' '));
};
