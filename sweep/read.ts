// Reads a sweep as its script wrote it, and tells all of its mistakes at once, as plans do: where, what was
// seen, what is allowed, what to do. Whether a policy has the parameters named is for points.ts to say.

import { type Mistake, nearest, PlanMistakes } from '../sim/index.ts';
import { offer, pathText, shownValue } from '../sim/plan/problems.ts';
import { mostDimensions } from './sobol.ts';
import type { Grid, Range, Sobol, Value } from './sweep.ts';

export type Vary =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'grid'; readonly grid: Grid }
  | { readonly kind: 'sobol'; readonly sobol: Sobol };

export interface ReadPolicy {
  readonly policy: string;
  /** Where it stands in the file, for errors: `policies[1]`, and where its grid or points stand. */
  readonly at: string;
  readonly set: Readonly<Record<string, Value>>;
  readonly vary: Vary;
  readonly varyAt: string;
}

export interface ReadSweep {
  readonly title: string;
  readonly scenarios: readonly string[];
  readonly policies: readonly ReadPolicy[];
  readonly seeds: number;
}

/** Points of one policy, and seeds, beyond which a sweep is surely a slip of the pen. */
export const mostPoints = 4_096;
const mostSeeds = 100_000;
type Path = readonly (string | number)[];
type Fields = Readonly<Record<string, unknown>>;

/** Throws PlanMistakes. `where` is the file as errors name it. */
export const readSweep = (input: unknown, where: string): ReadSweep => {
  const mistakes: Mistake[] = [];
  const read = new Reader(mistakes).sweep(input);
  if (mistakes.length > 0 || read === undefined) throw new PlanMistakes(where, mistakes);
  return read;
};

/** Each method reads one part; what is wrong goes on the list, and something harmless is handed on. */
class Reader {
  readonly #mistakes: Mistake[];
  constructor(mistakes: Mistake[]) {
    this.#mistakes = mistakes;
  }

  sweep(input: unknown): ReadSweep | undefined {
    const known = ['title', 'scenarios', 'policies', 'grid', 'sobol', 'seeds'];
    const fields = this.#record(input, [], 'a record: sweep({ scenarios, policies, grid, seeds })', known);
    if (fields === undefined) return undefined;
    const vary = this.#vary(fields, []);
    const varyAt = vary.kind === 'nothing' ? '' : vary.kind;
    const given = fields['policies'] ?? ['default'];
    const list = this.#list(given, ['policies'], 'a list of policies, such as ["default"]');
    const policies = list.map((one, place) => this.#policy(one, place, vary, varyAt));
    if (vary.kind !== 'nothing' && policies.length > 0 && policies.every((one) => one.varyAt !== varyAt))
      this.#add([varyAt], 'is used by no policy', 'each of them has its own', 'Drop it.');
    const scenarios = this.#list(fields['scenarios'], ['scenarios'], 'a list of files or folders')
      .map((one, place) => this.#text(one, ['scenarios', place], 'the path of a scenario, or of a folder'));
    const seeds = this.#whole(fields['seeds'], ['seeds'], mostSeeds, 'Seeds 1 to that number are run.');
    const { title } = fields;
    return {
      title: title === undefined ? '' : this.#text(title, ['title'], 'a text'),
      scenarios,
      policies,
      seeds,
    };
  }

  #policy(given: unknown, place: number, vary: Vary, varyAt: string): ReadPolicy {
    const path: Path = ['policies', place];
    const at = pathText(path);
    const what = 'a policy: default, preset:<name> or a file';
    if (typeof given === 'string' || typeof given !== 'object' || given === null)
      return { policy: this.#text(given, path, what), at, set: {}, vary, varyAt };
    const fields = this.#record(given, path, `${what}, or { policy, set, grid }`,
      ['policy', 'set', 'grid', 'sobol']) ?? {};
    const own = this.#vary(fields, path);
    return {
      policy: this.#text(fields['policy'], [...path, 'policy'], what),
      at,
      set: this.#values(fields['set'] ?? {}, [...path, 'set']),
      vary: own.kind === 'nothing' ? vary : own,
      varyAt: own.kind === 'nothing' ? varyAt : `${at}.${own.kind}`,
    };
  }

  #vary(fields: Fields, path: Path): Vary {
    const { grid, sobol } = fields;
    if (grid !== undefined && sobol !== undefined)
      this.#add([...path, 'sobol'], 'stands beside a grid', 'points come from one of the two', 'Drop one.');
    if (grid !== undefined) return { kind: 'grid', grid: this.#grid(grid, [...path, 'grid']) };
    if (sobol !== undefined) return { kind: 'sobol', sobol: this.#sobol(sobol, [...path, 'sobol']) };
    return { kind: 'nothing' };
  }

  #grid(given: unknown, path: Path): Grid {
    const fields = this.#record(given, path, 'a record of lists, such as { burst: [20, 60] }');
    if (fields === undefined) return {};
    const grid: Record<string, readonly Value[]> = {};
    let points = 1;
    for (const [name, values] of Object.entries(fields)) {
      const list = this.#list(values, [...path, name], 'a list of values, such as [20, 60, 120]');
      grid[name] = list.map((value, place) => this.#value(value, [...path, name, place]));
      points *= list.length;
    }
    if (Object.keys(fields).length === 0)
      this.#add(path, 'is empty', 'it names at least one parameter', 'Leave it out to run the defaults.');
    if (points > mostPoints)
      this.#add(path, `makes ${points} points`, `a grid has at most ${mostPoints}`, 'Take sobol instead.');
    return grid;
  }

  #sobol(given: unknown, path: Path): Sobol {
    const fields = this.#record(given, path, 'a record { points, over }', ['points', 'over']) ?? {};
    const points = this.#whole(fields['points'], [...path, 'points'], mostPoints, 'Take a power of two.');
    const over = this.#record(fields['over'], [...path, 'over'], 'a record of ranges: { burst: [10, 200] }');
    const names = Object.keys(over ?? {});
    if (over !== undefined && (names.length === 0 || names.length > mostDimensions))
      this.#add([...path, 'over'], names.length === 0 ? 'is empty' : `names ${names.length} parameters`,
        `it names 1 to ${mostDimensions}`, '');
    const ranges = names.map((name) => [name, this.#range(over![name], [...path, 'over', name])] as const);
    return { points, over: Object.fromEntries(ranges) };
  }

  #range(given: unknown, path: Path): Range {
    const what = 'a range: [10, 200] or { from: 10, to: 200, scale: "log" }';
    if (Array.isArray(given) && given.length === 2)
      return [this.#value(given[0], [...path, 0]), this.#value(given[1], [...path, 1])];
    if (Array.isArray(given)) {
      this.#add(path, `is ${shownValue(given)}`, `it is ${what}`, '');
      return [0, 0];
    }
    const fields = this.#record(given, path, what, ['from', 'to', 'scale']);
    if (fields === undefined) return [0, 0];
    const { from, to, scale = 'linear' } = fields;
    if (scale !== 'linear' && scale !== 'log')
      this.#add([...path, 'scale'], `is ${shownValue(scale)}`, 'it is "linear" or "log"', '');
    return {
      from: this.#value(from, [...path, 'from']),
      to: this.#value(to, [...path, 'to']),
      scale: scale === 'log' ? 'log' : 'linear',
    };
  }

  #values(given: unknown, path: Path): Readonly<Record<string, Value>> {
    const fields = this.#record(given, path, 'a record of values, such as { burst: 40 }') ?? {};
    return Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [name, this.#value(value, [...path, name])]));
  }

  #value(given: unknown, path: Path): Value {
    if ((typeof given === 'number' && Number.isFinite(given)) || (typeof given === 'string' && given !== ''))
      return given;
    this.#add(path, `is ${shownValue(given)}`, 'it is a number, or a text such as "15m" or "5%"', '');
    return 0;
  }

  #whole(given: unknown, path: Path, most: number, advice: string): number {
    if (typeof given === 'number' && Number.isInteger(given) && given >= 1 && given <= most) return given;
    this.#add(path, `is ${shownValue(given)}`, `it is a whole number from 1 to ${most}`, advice);
    return 1;
  }

  #text(given: unknown, path: Path, what: string): string {
    if (typeof given === 'string' && given !== '') return given;
    this.#add(path, `is ${shownValue(given)}`, `it is ${what}`, '');
    return '';
  }

  #list(given: unknown, path: Path, what: string): readonly unknown[] {
    if (Array.isArray(given) && given.length > 0) return given as readonly unknown[];
    this.#add(path, `is ${shownValue(given)}`, `it is ${what}`, '');
    return [];
  }

  #record(given: unknown, path: Path, what: string, known?: readonly string[]): Fields | undefined {
    if (typeof given !== 'object' || given === null || Array.isArray(given)) {
      this.#add(path, `is ${shownValue(given)}`, `it is ${what}`, '');
      return undefined;
    }
    for (const name of known === undefined ? [] : Object.keys(given)) {
      if (known!.includes(name)) continue;
      const advice = offer(nearest(name, known!), known!, 'field');
      this.#add([...path, name], 'is not known', '', advice);
    }
    return given as Fields;
  }

  #add(path: Path, saw: string, allowed: string, advice: string): void {
    this.#mistakes.push({ path: pathText(path), saw, allowed, advice });
  }
}
