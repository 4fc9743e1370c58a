// Loads what a user wrote: scenarios (TypeScript, JavaScript or JSON) and policies. What a file throws is
// told by file and line; what is no scenario or policy is told as what it is.

import { readFileSync } from 'node:fs';
import { basename, dirname, extname, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Policy } from '../policy/index.ts';
import { fnv1a128 } from '../sim/plan/hash.ts';
import { nearest } from '../sim/plan/nearest.ts';
import { PlanMistakes, shownValue } from '../sim/plan/problems.ts';
import { readPlan } from '../sim/plan/read.ts';
import type { Plan, PlanInput } from '../sim/plan/schema.ts';
import type { RunResult } from '../sim/result.ts';
import { whileLoading } from './early-exit.ts';
import { lineOf } from './line-of.ts';
import { ScriptThrew, UserMistake } from './faults.ts';
import { assertFile, readText } from './files.ts';
import { hostCalled, isHostName } from './hosts.ts';
import { learnScripts } from './own.ts';
import { withSettings } from './settings.ts';

export interface LoadedScenario {
  /** The file as errors and results name it. */
  readonly where: string;
  /** The file's name without its ending: `enron`. */
  readonly name: string;
  /** Where the paths in the plan start from. */
  readonly folder: string;
  readonly input: PlanInput;
  readonly plan: Plan;
}

const scripts = ['.ts', '.mts', '.js', '.mjs'];

/** Throws a UserMistake, PlanMistakes or ScriptThrew that names the file. */
export const loadScenario = async (path: string): Promise<LoadedScenario> => {
  const where = shownPath(path);
  const ending = extname(path);
  if (!scripts.includes(ending) && ending !== '.json') {
    assertFile(path, 'a scenario');
    throw new UserMistake(
      `${where} is no scenario; expected a file that ends in ${scripts.join(', ')} or .json.`,
    );
  }
  const input =
    ending === '.json' ?
      parseJson(readText(path, 'a plan'), where)
    : planIn(await importDefault(path, where, 'a scenario'), where);
  const plan = readPlan(input, where);
  return {
    where,
    name: basename(path, ending),
    folder: dirname(resolve(path)),
    input: input as PlanInput,
    plan,
  };
};

const presetPrefix = 'preset:';

/** The name of a preset or a host that a policy is asked for by; undefined for a file. */
export const presetName = (spec: string): string | undefined =>
  spec.startsWith(presetPrefix) ? spec.slice(presetPrefix.length)
  : spec === 'default' || spec === 'accept-everything' || isHostName(spec) ? spec
  : undefined;

/**
 * `default`, `accept-everything`, `preset:<name>`, `daemon:<name>`, `postfix-policy:<place>`, or the path of
 * a file whose default export is a policy;
 * with what `--set` says of it, each as `name=value`. Throws a UserMistake or ScriptThrew that names it.
 */
export const loadPolicy = async (spec: string, set: readonly string[] = []): Promise<Policy> => {
  const name = presetName(spec);
  return withSettings(name === undefined ? await policyIn(spec) : await presetCalled(name), set);
};

const presetCalled = async (name: string): Promise<Policy> => {
  if (isHostName(name)) return hostCalled(name);
  const { presets } = await import('../policy/index.ts');
  if (Object.hasOwn(presets, name)) return presets[name]!.policy;
  const near = nearest(name, Object.keys(presets));
  const advice = near === undefined ? '`sharedfate presets` lists them.' : `Did you mean preset:${near}?`;
  throw new UserMistake(`no preset is called ${shownValue(name)}. ${advice}`);
};

const policyIn = async (path: string): Promise<Policy> => {
  const where = shownPath(path);
  if (!scripts.includes(extname(path))) {
    throw new UserMistake(
      `policy ${shownValue(path)} is not known; expected default, accept-everything, preset:<name>, ` +
        `daemon:<name>, postfix-policy:<place>, or a file that ends in ${scripts.join(', ')}.`,
    );
  }
  const found = await importDefault(path, where, 'a policy');
  if (isKind(found, 'scenario')) throw new UserMistake(`${where} is a scenario; --policy takes a policy.`);
  if (!isPolicy(found)) {
    throw new UserMistake(
      `${where} exports ${shownValue(found)} by default; a policy is policy('name', [modules]).`,
    );
  }
  await assertDeployable(found, where);
  return found;
};

/** A policy that was not made by `policy()`, a plain record, has been checked by nobody. */
const assertDeployable = async (found: Policy, where: string): Promise<void> => {
  const { policy } = await import('../policy/index.ts');
  try {
    policy(found.name, found.modules);
  } catch (error) {
    throw new UserMistake(`${where}: ${(error as Error).message}`);
  }
};

/** What a result says of the policy it was made with. */
export const policyFacts = (policy: Policy, spec: string): RunResult['policy'] => {
  const isOurs = presetName(spec) !== undefined;
  return {
    name: policy.name,
    // What comes with the tool is asked for by its name, everything else by its file.
    source: !isOurs ? shownPath(spec) : presetName(spec) === policy.name && !spec.includes(':') ? '' : spec,
    digest: isOurs ? '' : fnv1a128(readFileSync(spec, 'utf8')),
    modules: policy.modules.map((module) => module.name),
    settings: (policy.settings ?? []).map(({ default: usual, name, unit, value }) =>
      ({ name, value, unit, default: usual })),
  };
};

/**
 * A path as a person would type it: relative where it lies below the folder we are in, and never to be taken
 * for an option.
 */
export const shownPath = (path: string): string => {
  const short = relative('', path);
  if (short.startsWith('-')) return `./${short}`;
  return short === '' || short.startsWith('..') ? path : short;
};

const planIn = (exported: unknown, where: string): unknown => {
  if (isKind(exported, 'scenario')) return (exported as { readonly plan?: unknown }).plan;
  if (isPolicy(exported))
    throw new UserMistake(
      `${where} is a policy, not a scenario. Run it with: sharedfate run <scenario> --policy ${where}`,
    );
  throw new UserMistake(
    `${where} exports ${shownValue(exported)} by default; a scenario is export default scenario({...}).`,
  );
};

/** The default export of a script. Throws a UserMistake or ScriptThrew that names the file. */
export const importDefault = async (path: string, where: string, what: string): Promise<unknown> => {
  assertFile(path, what);
  let module: object;
  try {
    const url = pathToFileURL(resolve(path)).href;
    learnScripts();
    module = await whileLoading(path, where, () => import(url) as Promise<object>);
  } catch (error) {
    throw loadingFault(error, path, where);
  }
  if (!('default' in module)) {
    const names = Object.keys(module).filter((name) => name !== 'module.exports');
    const exports = names.length === 0 ? 'nothing' : `only ${names.join(', ')}`;
    throw new UserMistake(`${where} exports ${exports}; expected ${what} as its default export.`);
  }
  return module.default;
};

const loadingFault = (error: unknown, path: string, where: string): Error => {
  if (error instanceof PlanMistakes || error instanceof UserMistake) return error;
  if (!(error instanceof Error))
    return new ScriptThrew(`${where} threw ${shownValue(error)}, which is no Error.`);
  const { code } = error as NodeJS.ErrnoException;
  const first = error.message.split('\n')[0]!;
  if (code === 'ERR_MODULE_NOT_FOUND' || code === 'MODULE_NOT_FOUND') {
    const missing = /'([^']+)'/.exec(first)?.[1] ?? first;
    const advice =
      missing === 'sharedfate' ?
        ' Install it beside the script: npm install sharedfate.'
      : ' Check the path, or install the package.';
    return new UserMistake(`${where} imports ${shownPath(missing)}, which is not there.${advice}`);
  }
  if (error.name === 'TransformError' || error instanceof SyntaxError) {
    return new UserMistake(`${where} is not a valid script: ${syntaxText(error.message, path)}`);
  }
  return new ScriptThrew(`${where} threw${lineOf(error, path)}: ${error.name}: ${first}`);
};

/** The compiler's finding in one line, such as `line 3, column 8: Expected ")" but found "]"`. */
const syntaxText = (message: string, path: string): string => {
  const finding =
    message.split('\n').find((line) => line.includes(`${basename(path)}:`)) ?? message.split('\n')[0]!;
  const found = /:(\d+):(\d+):\s*(?:ERROR:\s*)?(.*)$/.exec(finding);
  return found === null ? finding : `line ${found[1]}, column ${found[2]}: ${found[3]}`;
};

const parseJson = (text: string, where: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new UserMistake(`${where} is not JSON: ${(error as Error).message.split('\n')[0]}.`);
  }
};

const isKind = (value: unknown, kind: string): boolean =>
  typeof value === 'object' && value !== null && (value as { readonly kind?: unknown }).kind === kind;

const isPolicy = (value: unknown): value is Policy => {
  if (typeof value !== 'object' || value === null) return false;
  const { name, modules } = value as { readonly name?: unknown; readonly modules?: unknown };
  return (
    typeof name === 'string' &&
    Array.isArray(modules) &&
    modules.every(
      (module: unknown) => typeof (module as { readonly decide?: unknown } | null)?.decide === 'function',
    )
  );
};
