// A sweep's record and outcomes as the trade-off page takes them, with the command that repeats each point.

import type { SweptResults } from '../../reports/trade-off/swept.ts';
import { scenarioName } from '../comparing/figures.ts';
import { shellWord } from '../../reports/repeat.ts';
import type { Outcome } from '../../sweep/run-spec.ts';
import type { SweepRecord } from './folder.ts';
import { rowsOf } from './tables.ts';

export const sweptOf = (record: SweepRecord, outcomes: ReadonlyMap<string, Outcome>): SweptResults => {
  const rows = rowsOf(record);
  const { points, scenarios, seeds } = record;
  let at = 0;
  return {
    title: record.title,
    tool: record.code,
    sweep: record.sweep,
    seeds: seeds.length,
    commandOver: (point, names) => commandOver(names, points[point - 1]!, seeds.length),
    scenarios: scenarios.map(({ scenario, title }) => ({
      scenario,
      title,
      points: points.map((point, place) => {
        const own = rows.slice(at, at + seeds.length);
        at += seeds.length;
        const found = own.flatMap(({ key, seed }) => {
          const outcome = outcomes.get(key);
          return outcome?.kind === 'done' ? [{ seed, metrics: outcome.metrics }] : [];
        });
        const failed = own.filter(({ key }) =>
          (outcomes.get(key) ?? { kind: 'done' }).kind !== 'done').length;
        return {
          point: place + 1,
          policy: point.name,
          settings: point.settings.join(' '),
          isDefault: point.isDefault,
          command: commandFor(scenario, point, seeds.length),
          seeds: found,
          failed,
          missing: own.length - found.length - failed,
        };
      }),
    })),
  };
};

/** A point as a command takes it. */
interface TypedPoint {
  readonly policy: string;
  readonly settings: readonly string[];
  readonly isDefault: boolean;
}

/** What a person types to see one point more closely. */
export const commandFor = (
  scenario: string, { policy, settings }: Omit<TypedPoint, 'isDefault'>, seeds: number,
): string => [
  'npx sharedfate run', shellWord(scenario),
  ...(policy === 'default' ? [] : ['--policy', shellWord(policy)]),
  ...settings.map((setting) => `--set ${shellWord(setting)}`),
  '--seeds', String(seeds),
].join(' ');

/**
 * What a person types to see one point on several scenarios: a comparison with the same policy as it comes;
 * of that itself, with the default policy; of the default, with none at all.
 */
export const commandOver = (scenarios: readonly string[], point: TypedPoint, seeds: number): string => {
  // `compare` knows scenarios by the names of their files alone.
  if (new Set(scenarios.map(scenarioName)).size < scenarios.length)
    return scenarios.map((scenario) => commandFor(scenario, point, seeds)).join('; ');
  const { policy, settings, isDefault } = point;
  const before = !isDefault ? policy : policy === 'default' ? 'accept-everything' : 'default';
  return [
    'npx sharedfate compare', shellWord(before), shellWord(policy), ...scenarios.map(shellWord),
    ...(isDefault ? [] : settings.map((setting) => `--set ${shellWord(setting)}`)),
    '--seeds', String(seeds),
  ].join(' ');
};
