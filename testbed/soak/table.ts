// The table of figures that a soak ends with.

import type { Account, Report } from './soak.ts';

/** Growth of the soak's own process that is no leak: books of half an hour, and what the collector leaves. */
const mostGrowthMb = 300;

export const isSound = ({ accounts, growthMb }: Report): boolean =>
  growthMb <= mostGrowthMb && accounts.every(({ figures }) => figures.isClean) &&
  accounts.some(({ figures }) => figures.work.size > 0);

export const tableOf = (report: Report, seed: string): string => {
  const { accounts, growthMb, minutes } = report;
  const worked = accounts.filter(({ skipped }) => skipped === '');
  const rows: (readonly [string, string, string])[] = [['load', 'what', 'figure']];
  for (const { figures, load } of worked) {
    for (const [kind, count] of sorted(figures.faults)) rows.push([load, `fault: ${kind}`, String(count)]);
    for (const [kind, count] of sorted(figures.work)) rows.push([load, `work: ${kind}`, String(count)]);
    rows.push([load, 'lost', String(figures.lost)], [load, 'counted twice', String(figures.twice)],
      [load, 'wrong', String(figures.wrong)], [load, 'asked and never answered', String(figures.unknown)],
      [load, 'longest recovery', `${(figures.longestRecoveryMs / 1_000).toFixed(1)} s`]);
    for (const text of figures.growth) rows.push([load, 'held', text]);
  }
  const sum = (of: (account: Account) => number): number => worked.reduce((all, one) => all + of(one), 0);
  const faults = sum(({ figures }) => [...figures.faults.values()].reduce((all, one) => all + one, 0));
  const longest = Math.max(0, ...worked.map(({ figures }) => figures.longestRecoveryMs));
  rows.push(
    ['all', 'faults', String(faults)],
    ['all', 'lost', String(sum(({ figures }) => figures.lost))],
    ['all', 'counted twice', String(sum(({ figures }) => figures.twice))],
    ['all', 'wrong', String(sum(({ figures }) => figures.wrong))],
    ['all', 'longest recovery', `${(longest / 1_000).toFixed(1)} s`],
    ['all', "growth of the soak's own process", `${growthMb} MB (bound ${mostGrowthMb})`],
  );
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  const lines = rows.map(([load, what, figure]) =>
    `${load.padEnd(widths[0]!)}  ${what.padEnd(widths[1]!)}  ${figure}`);
  const examples = worked.flatMap(({ figures, load }) => figures.examples.map((text) => `${load}: ${text}`));
  const skipped = accounts.filter((account) => account.skipped !== '')
    .map((account) => `skipped: ${account.load} needs ${account.skipped}`);
  const verdict = isSound(report) ? 'All accounts balance.' : 'AN ACCOUNT DOES NOT BALANCE.';
  return [
    `soak of ${minutes.toFixed(1)} min, seed ${seed}`, '', ...lines, '', ...skipped, ...examples, verdict,
  ].join('\n');
};

const sorted = (counts: ReadonlyMap<string, number>): readonly (readonly [string, number])[] =>
  [...counts].sort(([one], [two]) => (one < two ? -1 : 1));
