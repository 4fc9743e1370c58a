// The page of presets: who they are, one table over all scenarios, and one for each scenario.

import { presets } from '../policy/index.ts';
import { count, share, span } from '../reports/index.ts';
import type { Cell, Values } from './preset-cells.ts';
import { reading } from './preset-remarks.ts';

interface Row {
  readonly scenario: string;
  readonly preset: string;
  readonly cells: readonly Cell[];
}

/** Wanted messages that one spam message is worth, in the three columns of cost. */
const lambdas = [1, 9, 99] as const;

const numbers = (cells: readonly Cell[], of: (values: Values) => number | null): readonly number[] =>
  cells.flatMap(({ values }) => of(values) ?? []);

const mean = (list: readonly number[]): number | null =>
  list.length === 0 ? null : list.reduce((sum, one) => sum + one, 0) / list.length;

const median = (list: readonly number[]): number => {
  const sorted = [...list].sort((one, two) => one - two);
  const middle = sorted.length / 2;
  return sorted.length % 2 === 1 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

const shown = (value: number | null, as: (number: number) => string): string =>
  value === null ? '–' : as(value);

/** The middle time over runs, where never is the longest, and how many were never blocked. */
const blockText = (cells: readonly Cell[]): string => {
  const apply = cells.filter(({ values }) => values.blocked !== null);
  if (apply.length === 0) return '–';
  const times = apply.map(({ values }) => values.timeToBlock ?? Infinity);
  const never = times.filter((time) => time === Infinity).length;
  const middle = median(times);
  if (never === 0) return span(middle);
  return `${middle === Infinity ? 'never' : span(middle)} (never in ${never} of ${times.length})`;
};

export const costOf = ({ escaped, lost }: Values, lambda: number): number => escaped + lambda * lost;

const figures = (cells: readonly Cell[]): readonly string[] => [
  blockText(cells),
  shown(mean(numbers(cells, ({ escaped }) => escaped)), count),
  shown(mean(numbers(cells, ({ tenantsHit }) => tenantsHit)), share),
  shown(mean(numbers(cells, ({ mailHit }) => mailHit)), share),
  shown(mean(numbers(cells, ({ bounced }) => bounced)), share),
  shown(mean(numbers(cells, ({ listedHours }) => listedHours)), (hours) => span(hours * 3_600_000)),
  ...lambdas.map((lambda) => shown(mean(numbers(cells, (values) => costOf(values, lambda))), count)),
];

const headings = [
  'time to block', 'escaped', 'tenants hit', 'mail hit', 'bounced', 'listed',
  ...lambdas.map((lambda) => `cost ${lambda}`),
];

const tableOf = (first: string, rows: readonly (readonly string[])[], columns: readonly string[]): string => [
  `| ${[first, ...columns].join(' | ')} |`,
  `|---|${columns.map(() => '---:').join('|')}|`,
  ...rows.map((row) => `| ${row.join(' | ')} |`),
].join('\n');

const names = Object.keys(presets);

/** Over all scenarios, each of the same weight: how often best or worst, and how much is lost to whom. */
const overall = (rows: readonly Row[]): readonly (readonly string[])[] => {
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];
  const costAt = (scenario: string, preset: string, lambda: number): number | null =>
    mean(numbers(rows.find((row) => row.scenario === scenario && row.preset === preset)?.cells ?? [],
      (values) => costOf(values, lambda)));
  return names.map((preset) => {
    const own = rows.filter((row) => row.preset === preset);
    const cells = own.flatMap((row) => row.cells);
    const apply = cells.filter(({ values }) => values.blocked !== null);
    const blocked = apply.filter(({ values }) => values.blocked === true).length / apply.length;
    const cheapest = lambdas.map((lambda) => scenarios.filter((scenario) => {
      const costs = names.map((name) => costAt(scenario, name, lambda) ?? Infinity);
      const least = Math.min(...costs);
      return costs.some((cost) => cost > least) && costAt(scenario, preset, lambda) === least;
    }).length);
    return [
      `\`${preset}\``,
      Number.isFinite(blocked) ? share(blocked) : '–',
      shown(mean(own.flatMap((row) => mean(numbers(row.cells, ({ escaped }) => escaped)) ?? [])), count),
      shown(mean(numbers(cells, ({ tenantsHit }) => tenantsHit)), share),
      shown(mean(numbers(cells, ({ mailHit }) => mailHit)), share),
      shown(mean(numbers(cells, ({ listedHours }) => listedHours)), (hours) => span(hours * 3_600_000)),
      ...cheapest.map(String),
    ];
  });
};

export const presetPage = (rows: readonly Row[], seeds: number): string => {
  const scenarios = [...new Set(rows.map(({ scenario }) => scenario))];
  const done = rows.reduce((sum, { cells }) => sum + cells.length, 0);
  const all = scenarios.length * names.length * seeds;
  const sources = names.map((name) => {
    const { leavesOut, product, read, source } = presets[name]!;
    return [`\`${name}\``, product, source, read, leavesOut === '' ? 'nothing' : leavesOut];
  });
  return `# Presets

Known products' outbound rules as policies, in every scenario, on the same ${seeds} seeds: ${count(done)} of
${count(all)} runs. [What the figures mean](METRICS.md). \`sharedfate presets\` lists them,
\`sharedfate run X --policy preset:mox\` runs one.

    node --import tsx bench/table-of-presets.ts ${seeds} kept.jsonl 1/1
    node --import tsx bench/table-of-presets.ts ${seeds} kept.jsonl > docs/PRESETS.md

They are likenesses: a rule as documented, on our signals and our scenarios, without the people who would tune
it. No figure here says that a product is good or bad. Each preset's numbers can be set (\`--set\`).

## Over all scenarios

Each scenario weighs the same. *Blocked*: share of runs with a culprit in which it was stopped. *Tenants hit*:
innocent or careless tenants refused, held or shut at least once. *Mail hit*: wanted mail that policy or desk
refused, held or deferred. *Cheapest*: in how many scenarios no preset has a lower cost, where cost is escaped
spam plus lambda times wanted mail lost, at lambda 1, 9 and 99; where all cost the same, none is counted.

${tableOf('preset', overall(rows), [
    'blocked', 'escaped', 'tenants hit', 'mail hit', 'listed', 'cheapest 1', 'cheapest 9', 'cheapest 99',
  ])}

${reading}

## Scenario by scenario

Time to block is the median over runs, everything else the mean.

${scenarios.map((scenario) => `### ${scenario}\n\n${tableOf('preset',
    rows.filter((row) => row.scenario === scenario)
      .map(({ cells, preset }) => [`\`${preset}\``, ...figures(cells)]), headings)}`).join('\n\n')}

## Whence they come

| preset | product | source | read | leaves out |
|---|---|---|---|---|
${sources.map((row) => `| ${row.join(' | ')} |`).join('\n')}
`;
};
