// A comparison in one line: what the gates say, or without gates what moved.

import { plural } from '../format.ts';
import type { ComparedGate, Comparison, ComparisonRow } from './comparison.ts';

/** What the gates say, or without gates what moved; and whether anything differed at all. */
export const verdictLine = (comparison: Comparison): string => {
  const { gates, scenarios } = comparison;
  const rows = scenarios.flatMap((scenario) => scenario.rows);
  const seeds = scenarios.reduce((sum, scenario) => sum + scenario.seeds.length, 0);
  const alike = scenarios.reduce((sum, { alikeSeeds }) => sum + alikeSeeds, 0);
  const pairs = seeds === 1 ? 'The only pair' : `All ${plural(seeds, 'pair')}`;
  const all = alike === seeds ? ` ${pairs} came to the same end, event by event.` : '';
  if (gates.outcome === 'none') {
    return `No gate was asked for: ${tallyText(rows.filter(({ outcome }) => outcome !== 'no data'))}.${all}`;
  }
  return `${gatesLine(comparison)}.${all}`;
};

/** `FAILED: 1 of 4 gates that count, 1 inconclusive (about 140 seeds would settle it)`. */
export const gatesLine = ({ gates }: Comparison): string => {
  const counted = gates.verdicts.filter(({ counts }) => counts);
  const of = (outcome: string): number => counted.filter((gate) => gate.outcome === outcome).length;
  const others = gates.verdicts.filter(({ counts, outcome }) => !counts && outcome !== 'passed');
  const needed = Math.max(0, ...counted.map(({ settledBy }) => settledBy ?? 0));
  const settled = needed > 0 ? ` (about ${plural(needed, 'seed')} would settle it)` : '';
  const parts = [
    ...(of('inconclusive') > 0
      ? [`${of('inconclusive')} inconclusive${settled}`]
      : []),
    ...(of('no data') > 0 ? [`${of('no data')} without data`] : []),
  ];
  const besides = others.length > 0 ? `; missed besides: ${excused(others)}` : '';
  const total = `${plural(counted.length, 'gate')}${
    counted.length < gates.verdicts.length ? ` that ${counted.length === 1 ? 'counts' : 'count'}` : ''}`;
  const head =
    gates.outcome === 'failed' ? `FAILED: ${of('failed')} of ${total}`
    : gates.outcome === 'passed' ? `PASSED: ${total}`
    : `NOT SETTLED: ${of('inconclusive') + of('no data')} of ${total}`;
  return `${[head, ...parts].join(', ')}${besides}`;
};

/** Misses that decide nothing, by why: `1 that only warns, 1 waived`. */
const excused = (gates: readonly ComparedGate[]): string => {
  const warns = gates.filter(({ severity }) => severity === 'warn').length;
  const waived = gates.filter(({ severity, waiver }) =>
    severity !== 'warn' && waiver?.state === 'in force').length;
  const bare = gates.length - warns - waived;
  return [
    ...(warns > 0 ? [`${warns} that only ${warns === 1 ? 'warns' : 'warn'}`] : []),
    ...(waived > 0 ? [`${waived} waived`] : []),
    ...(bare > 0 ? [`${bare} that may lack data`] : []),
  ].join(', ');
};

const words: readonly (readonly [ComparisonRow['outcome'], string])[] = [
  ['worse', 'worse'], ['better', 'better'], ['differs', 'different'], ['same', 'same'],
  ['inconclusive', 'inconclusive'], ['only baseline', 'gone'], ['only candidate', 'new'],
  ['no data', 'without data'],
];

/** `2 measures worse, 1 better, 30 same`. */
export const tallyText = (rows: readonly ComparisonRow[]): string => {
  const parts = words.flatMap(([outcome, word]) => {
    const number = rows.filter((row) => row.outcome === outcome).length;
    return number === 0 ? [] : [[number, word] as const];
  });
  if (parts.length === 0) return 'no measure has data';
  return parts
    .map(([number, word], index) =>
      (index === 0 ? `${plural(number, 'measure')} ${word}` : `${number} ${word}`))
    .join(', ');
};
