// The settings that a search tries: the policy as it is, then points that fill the ranges of its parameters
// evenly (Sobol), by factor rather than by difference, for a limit of 10 and one of 20 differ as 100 and 200
// do.

import { type Policy, type Setting, valueText } from '../../policy/index.ts';
import { nearest } from '../../sim/plan/nearest.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import { settingText, spreadBetween } from '../../sweep/points.ts';
import { mostDimensions, sobolPoints } from '../../sweep/sobol.ts';
import { UserMistake } from '../faults.ts';
import { withSettings } from '../settings.ts';

/** How far from its default a parameter is searched where nobody says how far. */
const reach = 8;

export interface SearchRange {
  readonly setting: Setting;
  readonly from: number;
  readonly to: number;
}

/** From what `--vary` says: `burst`, or `burst=10..200`; all parameters where it says nothing. */
export const rangesOf = (
  policy: Policy, vary: readonly string[], fixed: readonly string[],
): readonly SearchRange[] => {
  const settings = policy.settings ?? [];
  if (settings.length === 0)
    throw new UserMistake(`policy ${policy.name} has no settings, so there is nothing to tune.`);
  const held = fixed.map((text) => text.slice(0, text.indexOf('=')));
  const asked = vary.length > 0 ? vary
    : settings.filter(({ name, value }) => value > 0 && !held.includes(name)).map(({ name }) => name);
  const ranges = asked.map((text) => rangeOf(policy, settings, text));
  const names = ranges.map(({ setting }) => setting.name);
  const twice = names.find((name, index) => names.indexOf(name) !== index) ??
    names.find((name) => held.includes(name));
  if (twice !== undefined) throw new UserMistake(`${twice} is named twice; vary it or set it, once.`);
  if (ranges.length === 0 || ranges.length > mostDimensions)
    throw new UserMistake(
      `${ranges.length} parameters are to be searched; name 1 to ${mostDimensions} with --vary.`);
  return ranges;
};

const rangeOf = (policy: Policy, settings: readonly Setting[], text: string): SearchRange => {
  const [, name, from, to] = /^([^=]+)(?:=(.+?)\.\.(.+))?$/.exec(text) ?? [];
  const setting = settings.find((one) => one.name === name);
  if (setting === undefined) {
    const known = settings.map((one) => one.name);
    const near = nearest(name ?? text, known);
    const advice = near === undefined ? '' : ` Did you mean "${near}"?`;
    throw new UserMistake(
      `--vary ${shownValue(text)}: policy ${policy.name} has only ${known.join(', ')}.${advice} ` +
        'A range is name=from..to, such as burst=10..200.');
  }
  const value = (bound: string): number =>
    withSettings(policy, [`${setting.name}=${bound}`]).settings!.find((one) => one.name === name)!.value;
  const range = from === undefined
    ? [Math.max(setting.min, setting.value / reach), Math.min(setting.max, setting.value * reach)] as const
    : [value(from), value(to!)] as const;
  if (range[0] > 0 && range[0] < range[1]) return { setting, from: range[0], to: range[1] };
  const [low, high] = range.map((bound) => valueText(bound, setting.unit));
  throw new UserMistake(
    `--vary ${shownValue(text)}: the range is ${low} to ${high}; it begins above 0 and ` +
    'runs upwards. Name another with name=from..to.');
};

/** So many settings, the policy as it is first; fewer where the policy refuses some. */
export const candidatesOf = (
  policy: Policy, ranges: readonly SearchRange[], fixed: readonly string[], count: number, name: string,
): readonly (readonly string[])[] => {
  const spreads = ranges.map(({ setting, from, to }) => spreadBetween(setting, from, to, true));
  const points = sobolPoints(count - 1, ranges.length, name).map((place) => [
    ...fixed,
    ...spreads.map((spread, index) => settingText(ranges[index]!.setting, spread.value(place[index]!))),
  ]);
  const sound = points.filter((point) => {
    try {
      withSettings(policy, point);
      return true;
    } catch (error) {
      // Values that do not go together: the policy's author meant nobody to have them.
      if (error instanceof UserMistake) return false;
      throw error;
    }
  });
  return [fixed, ...sound];
};
