// A comparison in one line: what the gates say, or without gates what moved.

import { plural } from '../format.ts';
import type { Comparison, ComparisonRow } from './comparison.ts';

/** `FAILED: 1 of 4 gates, 1 inconclusive (about 140 seeds would settle it), 1 warning.` */
export const verdictLine = ({ gates, scenarios }: Comparison): string => {
  const rows = scenarios.flatMap((scenario) => scenario.rows);
  const seeds = scenarios.reduce((sum, scenario) => sum + scenario.seeds.length, 0);
  const alike = scenarios.reduce((sum, { alikeSeeds }) => sum + alikeSeeds, 0);
  const all = alike === seeds ? ` All ${plural(seeds, 'pair')} came to the same end, event by event.` : '';
  if (gates.outcome === 'none') {
    return `No gate was asked for: ${tallyText(rows.filter(({ outcome }) => outcome !== 'no data'))}.${all}`;
  }
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
    ...(others.length > 0 ? [`${others.length} missed that ${others.length === 1 ? 'does' : 'do'} not count`]
      : []),
  ];
  const total = plural(counted.length, 'gate');
  const head =
    gates.outcome === 'failed' ? `FAILED: ${of('failed')} of ${total}`
    : gates.outcome === 'passed' ? `PASSED: ${total}`
    : `NOT SETTLED: ${of('inconclusive') + of('no data')} of ${total}`;
  return `${[head, ...parts].join(', ')}.${all}`;
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
