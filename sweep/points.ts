// From what a sweep varies to its points: one set of values for a policy each, checked against the policy's
// own parameters before anything runs. Values are rounded so that a person can read and type them.

import { type Policy, valueText } from '../policy/index.ts';
import { numberIn, type Setting, SettingMistake, settingsOf } from '../policy/settings.ts';
import { type Mistake, nearest } from '../sim/index.ts';
import type { ReadPolicy } from './read.ts';
import { sobolPoints } from './sobol.ts';
import type { Range, Sobol, Value } from './sweep.ts';

/** What is set of a policy, in the order of its parameters, each as `--set` takes it: `burst=40`. */
export type Point = readonly string[];

/** Digits of a value between the ends of a range: neighbours differ by less than any policy could tell. */
const digits = 3;

/**
 * The points of one policy, each once, in the order of the sweep; mistakes go on the list, and then there
 * are none.
 */
export const pointsOf = (policy: Policy, asked: ReadPolicy, mistakes: Mistake[]): readonly Point[] => {
  const before = mistakes.length;
  const setter = new Setter(policy, mistakes);
  for (const [name, value] of Object.entries(asked.set)) setter.check(name, value, `${asked.at}.set.${name}`);
  const { vary, varyAt } = asked;
  const records =
    vary.kind === 'nothing' ? [{}]
    : vary.kind === 'grid' ? gridOf(setter, vary.grid, varyAt)
    : spreadOf(setter, vary.sobol, varyAt);
  if (mistakes.length > before) return [];
  const seen = new Map<string, Point>();
  for (const record of records) {
    const point = setter.point({ ...asked.set, ...record }, asked.at);
    if (point !== undefined) seen.set(point.join(' '), point);
  }
  return mistakes.length > before ? [] : [...seen.values()];
};

const gridOf = (
  setter: Setter, grid: Readonly<Record<string, readonly Value[]>>, at: string,
): readonly Readonly<Record<string, Value>>[] => {
  let records: readonly Readonly<Record<string, Value>>[] = [{}];
  for (const [name, values] of Object.entries(grid)) {
    values.forEach((value, place) => setter.check(name, value, `${at}.${name}`, `[${place}]`));
    records = records.flatMap((record) => values.map((value) => ({ ...record, [name]: value })));
  }
  return records;
};

const spreadOf = (
  setter: Setter, { points, over }: Sobol, at: string,
): readonly Readonly<Record<string, Value>>[] => {
  const spreads = Object.entries(over)
    .map(([name, range]) => setter.spread(name, range, `${at}.over.${name}`));
  if (spreads.some((spread) => spread === undefined)) return [];
  return sobolPoints(points, spreads.length, Object.keys(over).join(' ')).map((place) =>
    Object.fromEntries(spreads.map((spread, index) => [spread!.name, spread!.value(place[index]!)])));
};

interface Spread {
  readonly name: string;
  /** The value at a place from 0 to 1. */
  value(place: number): number;
}

/** Where a place between 0 and 1 lies between two values of a parameter, rounded, and never outside. */
export const spreadBetween = (setting: Setting, from: number, to: number, isLog: boolean): Spread => ({
  name: setting.name,
  value(place) {
    const exact =
      isLog ? Math.exp(Math.log(from) + place * (Math.log(to) - Math.log(from))) : from + place * (to - from);
    return Math.min(Math.max(rounded(exact, setting), from), to);
  },
});

/** Spans to whole minutes from ten minutes on, to seconds from ten seconds on; else to three digits. */
const rounded = (exact: number, { unit, whole }: Setting): number => {
  if (unit === 'span') {
    const grain = exact >= 600_000 ? 60_000 : exact >= 10_000 ? 1_000 : 1;
    return Math.round(exact / grain) * grain;
  }
  const short = Number(exact.toPrecision(digits));
  return whole === true ? Math.round(short) : short;
};

/** One `name=value` that `--set` reads back as that very number. */
export const settingText = ({ name, unit }: Pick<Setting, 'name' | 'unit'>, value: number): string => {
  const text = valueText(value, unit);
  const isExact = unit !== 'share' || numberIn(text, unit) === value;
  return `${name}=${isExact ? text : String(value)}`;
};

/** A policy that is asked what may be set of it. */
class Setter {
  readonly #policy: Policy;
  readonly #mistakes: Mistake[];
  readonly #settings: readonly Setting[];

  constructor(policy: Policy, mistakes: Mistake[]) {
    this.#policy = policy;
    this.#mistakes = mistakes;
    this.#settings = policy.settings ?? [];
  }

  /** The number that a value stands for; undefined where it stands for none, which is told. */
  check(name: string, value: Value, at: string, place = ''): number | undefined {
    const setting = this.#settings.find((one) => one.name === name);
    if (setting === undefined) {
      const known = this.#settings.map((one) => one.name);
      const has = known.length === 0 ? 'nothing that can be set' : `only ${known.join(', ')}`;
      const near = nearest(name, known);
      const beside = "What is not for every policy stands beside its own: { policy: 'default', grid }.";
      const mistake = {
        path: at,
        saw: `is no setting of policy ${this.#policy.name}`,
        allowed: `it has ${has}`,
        advice: near === undefined ? beside : `Did you mean "${near}"?`,
      };
      if (!this.#mistakes.some((other) => other.path === at)) this.#mistakes.push(mistake);
      return undefined;
    }
    const { default: usual, help, max, min, unit, whole = false } = setting;
    const parameter = { default: usual, help, max, min, unit, whole };
    try {
      return settingsOf(this.#policy.name, { [name]: parameter }, { [name]: value })[0]!.value;
    } catch (error) {
      if (!(error instanceof SettingMistake)) throw error;
      const found = / is (.*); (it is .*)\.$/s.exec(error.message);
      this.#add(`${at}${place}`, `is ${found?.[1] ?? String(value)}`, found?.[2] ?? error.message);
      return undefined;
    }
  }

  spread(name: string, range: Range, at: string): Spread | undefined {
    const [from, to, scale] =
      Array.isArray(range) ? [range[0] as Value, range[1] as Value, 'linear']
      : [(range as { from: Value }).from, (range as { to: Value }).to, (range as { scale?: string }).scale];
    const low = this.check(name, from, at, '.from');
    const high = this.check(name, to, at, '.to');
    if (low === undefined || high === undefined) return undefined;
    if (low >= high) {
      this.#add(at, `runs from ${String(from)} to ${String(to)}`, 'a range runs upwards');
      return undefined;
    }
    if (scale === 'log' && low <= 0) {
      this.#add(`${at}.from`, `is ${String(from)}`, 'a range on a log scale begins above 0');
      return undefined;
    }
    return spreadBetween(this.#settings.find((one) => one.name === name)!, low, high, scale === 'log');
  }

  /** All that is set at a point; undefined where the values do not go together, which is told. */
  point(values: Readonly<Record<string, Value>>, at: string): Point | undefined {
    const names = Object.keys(values);
    if (names.length === 0) return [];
    try {
      const { settings } = this.#policy.withSettings!(values);
      return settings!.filter(({ name }) => names.includes(name))
        .map((setting) => settingText(setting, setting.value));
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      const set = Object.entries(values).map(([name, value]) => `${name}=${value}`).join(' ');
      this.#add(at, `has a point ${set} that policy ${this.#policy.name} refuses`,
        error.message.replace(/\.$/, ''));
      return undefined;
    }
  }

  #add(path: string, saw: string, allowed: string): void {
    this.#mistakes.push({ path, saw, allowed, advice: '' });
  }
}
