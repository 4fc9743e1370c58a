// What of a policy may be set from outside: numbers with a default, a range and a unit, by name, so that a
// policy is tuned without being rewritten and every report says what it was set to.

import { type Milliseconds, spanUnits, valueText } from './units.ts';

/** One number of a policy that may be set. */
export interface Parameter {
  /** In the unit; within the range. */
  readonly default: number;
  readonly min: number;
  readonly max: number;
  /**
   * `span` for a time, whose value is milliseconds and may be written as `15m` or `24h`; `share` for a
   * fraction from 0 to 1, which may be written as `5%`; else the words of the unit, such as `messages/h`.
   */
  readonly unit: string;
  /** What it does, in one sentence without a full stop. */
  readonly help: string;
  /** Fractions make no sense. */
  readonly whole?: boolean;
}

/** A parameter with the value that holds. */
export interface Setting extends Parameter {
  readonly name: string;
  readonly value: number;
}

export type Parameters = Readonly<Record<string, Parameter>>;

/** The values that a policy is built from; spans are milliseconds. */
export type Values<P extends Parameters> =
  { readonly [Name in keyof P]: P[Name]['unit'] extends 'span' ? Milliseconds : number };

/** A setting of a name the policy does not have, or of a value it does not allow. */
export class SettingMistake extends Error {
  override readonly name = 'SettingMistake';
  /** The name that was asked for, and those there are. */
  readonly setting: string;
  readonly known: readonly string[];
  constructor(message: string, setting: string, known: readonly string[]) {
    super(message);
    this.setting = setting;
    this.known = known;
  }
}

/**
 * The settings of a policy: its defaults, and over them what is given by name, as numbers in the unit or as
 * text. Throws a SettingMistake for an unknown name or a value that is none or out of range, and a TypeError
 * for a parameter whose own numbers contradict each other.
 */
export const settingsOf = (
  policy: string, parameters: Parameters, given: Readonly<Record<string, number | string>>,
): readonly Setting[] => {
  const known = Object.keys(parameters);
  for (const name of Object.keys(given)) {
    if (known.includes(name)) continue;
    const has = known.length === 0 ? 'nothing that can be set' : `only ${known.join(', ')}`;
    throw new SettingMistake(`policy ${policy} has no setting "${name}"; it has ${has}.`, name, known);
  }
  return known.map((name) => {
    const parameter = parameters[name]!;
    assertSound(policy, name, parameter);
    const asked = Object.hasOwn(given, name) ? given[name] : undefined;
    if (asked === undefined) return { name, value: parameter.default, ...parameter };
    const value = typeof asked === 'number' ? asked : numberIn(asked, parameter.unit);
    if (!fits(value, parameter)) {
      const seen = typeof asked === 'number' ? asked : JSON.stringify(asked);
      const what = `policy ${policy}: ${name} is ${seen}; it is ${rangeText(parameter)}`;
      throw new SettingMistake(`${what}: ${parameter.help}.`, name, known);
    }
    return { name, value, ...parameter };
  });
};

const fits = (value: number, { min, max, unit, whole }: Parameter): boolean =>
  value >= min && value <= max && (Number.isSafeInteger(value) || (whole !== true && unit !== 'span'));

const assertSound = (policy: string, name: string, parameter: Parameter): void => {
  const { default: usual, help, max, min, unit } = Object(parameter) as Partial<Parameter>;
  const refuse = (why: string): never => {
    throw new TypeError(`policy ${policy}: ${why}.`);
  };
  for (const [part, value] of Object.entries({ default: usual, max, min })) {
    if (typeof value !== 'number') refuse(`${part} of ${name} is ${String(value)}; it is a number`);
  }
  for (const [part, value] of Object.entries({ unit, help })) {
    if (typeof value !== 'string') refuse(`${part} of ${name} is ${String(value)}; it is a text`);
  }
  if (!(parameter.min <= parameter.max)) refuse(`min of ${name}, ${min}, is above its max, ${max}`);
  if (fits(parameter.default, parameter)) return;
  refuse(`the default of ${name}, ${usual}, is not in its range, ${min} to ${max}`);
};

/** What a text says in that unit, as `--set` reads it; NaN where it says nothing. */
export const numberIn = (text: string, unit: string): number => {
  const found = /^(-?\d+(?:\.\d+)?)(ms|s|m|h|d|%)?$/.exec(text.trim());
  if (found === null) return NaN;
  const count = Number(found[1]);
  const suffix = found[2];
  // 99.9 / 100 is a little above 0.999, and would be out of a range that ends there.
  if (suffix === '%') return unit === 'share' ? Number((count / 100).toPrecision(12)) : NaN;
  if (unit !== 'span') return suffix === undefined ? count : NaN;
  // A bare number of a span could be meant in any unit: only 0 is the same in all.
  if (suffix === undefined) return count === 0 ? 0 : NaN;
  if (count < 0) return NaN;
  return suffix === 'ms' ? count : spanUnits[suffix]!(count);
};

const rangeText = ({ max, min, unit, whole }: Parameter): string => {
  const [from, to] = [valueText(min, unit), valueText(max, unit)];
  if (unit === 'span') return `a span from ${from} to ${to}, such as 15m or 24h`;
  if (unit === 'share') return `a share from ${from} to ${to}`;
  return `a ${whole === true ? 'whole ' : ''}number from ${from} to ${to} (${unit})`;
};
