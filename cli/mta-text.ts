// What a run through a mail server did otherwise than the same seed in memory, in words for the terminal.

import { formatTime } from '../sim/index.ts';
import type { MtaComparison } from '../testbed/index.ts';

/** Kinds of difference shown; the file has all. */
const mostShown = 8;

export const comparisonText = (
  comparison: MtaComparison & { readonly seed: string }, name: string,
): string => {
  const { seed, both, same, apart, differences, verdicts, notes, metrics } = comparison;
  const other = differences.slice(mostShown);
  const lines = [
    '',
    `Seed ${seed} in memory and through ${name}: of ${both} attempts that both made, ${same} got the` +
      ' same reply' +
      (apart === 0 ? '.' : `; the same attempt was at most ${formatTime(apart)} apart.`),
    ...differences.slice(0, mostShown).map(({ copies, example, first, what, why }) =>
      `  ${copies} x ${what}, from ${formatTime(first)} on: ${why}\n      ${example}`),
    ...(other.length === 0 ? [] : [`  and ${other.length} kinds more, in mta.json`]),
    `  Of ${verdicts.asked} messages that serve was asked about, ${verdicts.same} got the verdict of the` +
      ' simulated policy.',
    ...verdicts.differences.slice(0, mostShown).map(({ copies, example, first, what, why }) =>
      `  ${copies} x ${what}, from ${formatTime(first)} on: ${why}\n      ${example}`),
    ...Object.entries(notes).map(([what, count]) => `  ${count} x ${what}`),
    metrics.length === 0
      ? '  Every metric is the same.'
      : `  Metrics that differ: ${metrics.map(({ memory, mta, name: metric }) =>
        `${metric} ${shown(memory)} in memory, ${shown(mta)} there`).join('; ')}`,
  ];
  return lines.join('\n');
};

const shown = (value: number | null): string =>
  value === null ? 'no value' : String(Number(value.toPrecision(6)));
