// A sweep's record and outcomes as the trade-off page takes them, with the command that repeats each point.

import type { SweptResults } from '../../reports/trade-off/swept.ts';
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

/** What a person types to see one point more closely. */
export const commandFor = (
  scenario: string, { policy, settings }: { readonly policy: string; readonly settings: readonly string[] },
  seeds: number,
): string => [
  'sharedfate run', shellWord(scenario),
  ...(policy === 'default' ? [] : ['--policy', shellWord(policy)]),
  ...settings.map((setting) => `--set ${shellWord(setting)}`),
  '--seeds', String(seeds),
].join(' ');

/** A word that a shell takes as it is, quoted where it would do something with it. */
export const shellWord = (word: string): string =>
  /^[\w./:=%+@-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
