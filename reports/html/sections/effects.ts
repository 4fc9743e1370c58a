// How much, how sure: for two sides every change with its interval, measured in margins; for one run the
// estimate of each main metric with its interval. The unit is the seed throughout.

import type { VNode } from 'preact';
import type { MetricName } from '../../../sim/index.ts';
import type { ComparisonRow, ScenarioComparison } from '../../comparison/comparison.ts';
import { findingText } from '../../finding.ts';
import { plural, printable, quantity } from '../../format.ts';
import { type MetricSummary, worstSeed } from '../../metric-summary.ts';
import { metricNames } from '../../metrics.ts';
import { bootstrapBca } from '../../statistics/bootstrap-bca.ts';
import { chartPlace, type Part } from '../chart.ts';
import { type EffectsData, effectsHeight } from '../client/effects-figure.ts';
import { hasTooFew } from '../../comparison/words.ts';
import { columns, element, folded, paragraph, table } from '../element.ts';
import { medianInterval } from '../median.ts';
import { changeText, changeWithInterval, outcomeWord } from '../words.ts';
import type { ScenarioView, SideView } from '../view.ts';

export const effects = (view: ScenarioView): Part =>
  view.compared === null ? estimates(view.sides[0]!) : changes(view, view.compared);

const resamples = 2_000;
const mostRows = 16;
/** The plot ends here, in margins; an interval that goes beyond ends at the edge. */
const farthest = 12;

const changes = (view: ScenarioView, compared: ScenarioComparison): Part => {
  const id = `effects-${view.index}`;
  const known = compared.rows.filter((row) => row.change !== null && row.interval !== null);
  // What nothing befell on either side is told in the table alone.
  const drawn = known
    .filter((row) => row.margin > 0 && row.better !== 'neither' && row.differing > 0)
    .toSorted((one, two) => rank(one) - rank(two) || size(two) - size(one))
    .slice(0, mostRows);
  const data: EffectsData = {
    reach: Math.min(
      farthest,
      Math.max(2.5, ...drawn.flatMap((row) => row.interval!.map((end) => Math.abs(end) / row.margin))),
    ),
    rows: drawn.map((row) => {
      const towardsWorse = row.better === 'high' ? -1 : 1;
      const [one, two] = row.interval!.map((end) => (towardsWorse * end) / row.margin) as [number, number];
      return {
        label: labelOf(row),
        change: (towardsWorse * row.change!) / row.margin,
        low: Math.min(one, two),
        high: Math.max(one, two),
        outcome: row.outcome,
        said: changeWithInterval(row.change!, row.interval!, row.unit),
        brief: changeText(row.change!, row.unit),
      };
    }),
  };
  const chart =
    drawn.length === 0
      ? paragraph('No metric differs in any pair of seeds.', 'plain')
      : chartPlace(id, `Changes in margins. ${tally(drawn)}.`, effectsHeight(drawn.length));
  const changed = compared.rows.filter((row) => row.differing > 0 || row.outcome.startsWith('only'));
  const alike = compared.rows.length - changed.length;
  return {
    charts: drawn.length === 0 ? [] : [{ id, kind: 'effects', data }],
    node: element(
      'div',
      null,
      chart,
      rowTable(view, changed, 'What differs between the sides'),
      alike === 0
        ? null
        : view.isCrowded
          ? paragraph(`${plural(alike, 'measure')} alike in every pair, or without data: see metrics.csv.`)
          : folded(
              `${plural(alike, 'measure')} alike in every pair, or without data`,
              false,
              rowTable(
                view,
                compared.rows.filter((row) => !changed.includes(row)),
                'What does not differ',
              ),
            ),
    ),
  };
};

/** The usual statistic goes without saying. */
const labelOf = ({ label, statistic }: ComparisonRow): string =>
  statistic === 'mean' ? label : `${label}, ${statistic}`;

const order = ['worse', 'better', 'differs', 'inconclusive', 'same'];
const rank = ({ outcome }: ComparisonRow): number =>
  order.includes(outcome) ? order.indexOf(outcome) : order.length;
const size = ({ change, margin }: ComparisonRow): number => Math.abs(change ?? 0) / (margin || 1);

const tally = (rows: readonly ComparisonRow[]): string =>
  order
    .map((word) => [word, rows.filter(({ outcome }) => outcome === word)] as const)
    .filter(([, those]) => those.length > 0)
    .map(([word, those]) => `${word}: ${those.map(labelOf).join(', ')}`)
    .join('; ');

const rowTable = (view: ScenarioView, rows: readonly ComparisonRow[], caption: string): VNode =>
  table(
    columns(
      'Measure',
      'Statistic',
      '#Baseline',
      '#Candidate',
      '#Change',
      '#95 % interval',
      '#Margin',
      '#p, adjusted',
      'Outcome',
      '#Pairs',
    ),
    rows.map((row) => [
      element('span', { id: `effect-${view.index}-${row.metric}.${row.statistic}` }, row.label),
      row.statistic,
      sideText(row, 'baseline'),
      sideText(row, 'candidate'),
      row.change === null ? '–' : changeText(row.change, row.unit),
      row.interval === null ? '–' : row.interval.map((end) => changeText(end, row.unit)).join(' … '),
      row.margin === 0 ? '0' : quantity(row.margin, row.unit).replace(/%$/, 'pt'),
      row.adjusted === null || hasTooFew(row) ? '–'
      : row.adjusted < 0.001 ? '< 0.001'
      : row.adjusted.toFixed(3),
      outcomeWord(row),
      String(row.pairs),
    ]),
    { caption },
  );

/** The statistic; of a mean restricted to a horizon, that one, since the figures are held against it. */
const sideText = (row: ComparisonRow, side: 'baseline' | 'candidate'): string => {
  const { finding, value } = row[side];
  return row.horizon !== null && value !== null
    ? `${quantity(value, row.unit)}*`
    : findingText(finding, row.unit);
};

/** Metrics a reviewer of one run asks for first; all the others are folded below them. */
const main: readonly MetricName[] = [
  'time_to_detect',
  'time_to_block',
  'escaped',
  'fp.tenants',
  'fp.messages.rejected',
  'fp.messages.deferred',
  'wanted.lost',
  'collateral.bounced',
  'time_to_list',
  'listed_hours',
  'delist.requests',
  'desk.hours',
];

const estimates = (side: SideView): Part => ({
  charts: [],
  node: element(
    'div',
    null,
    table(
      columns(
        'Metric',
        '#p50',
        '#its 95 % interval',
        '#p95',
        '#Mean',
        '#its 95 % interval',
        '#Worst',
        '#Worst seed',
        '#Never',
      ),
      main.map((name) => estimate(side, side.summary.metrics[name])),
      {
        caption:
          'Estimates over seeds. Interval of p50: Brookmeyer and Crowley, of the mean: bootstrap (BCa)',
      },
    ),
    folded('Every metric', false, allMetrics(side)),
  ),
});

const estimate = (side: SideView, metric: MetricSummary): (string | VNode)[] => {
  const { name, label, unit, p50, p95, mean, worst, censored, seeds } = metric;
  return [
    element('span', { title: name }, label),
    findingText(p50, unit),
    medianInterval(metric),
    findingText(p95, unit),
    mean.kind === 'value' ? quantity(mean.value, unit) : '–',
    meanInterval(side, metric),
    worst === undefined ? '–' : worst.observed ? quantity(worst.value, unit) : 'never',
    worstSeed(metric) === '' ? '–' : printable(worstSeed(metric)),
    seeds === 0 ? '–' : `${censored} of ${seeds}`,
  ];
};

const meanInterval = (side: SideView, { name, unit, values, censored }: MetricSummary): string => {
  if (values.length < 3 || censored > 0) return '–';
  const sample = values.map(({ value }) => value);
  const {
    interval: [low, high],
  } = bootstrapBca(sample, average, { seed: `${side.result.planHash} ${name}`, resamples });
  return low === high ? 'all alike' : `${quantity(low, unit)} to ${quantity(high, unit)}`;
};

const average = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / values.length;

export const allMetrics = ({ summary }: SideView): VNode =>
  table(
    columns('Metric', '#p50', '#p95', '#Mean', '#Worst', '#Worst seed', '#Seeds with data', '#Never'),
    metricNames.map((name) => {
      const metric = summary.metrics[name];
      const { unit, p50, p95, mean, worst, seeds, censored } = metric;
      return [
        element('code', null, name),
        findingText(p50, unit),
        findingText(p95, unit),
        mean.kind === 'value' ? quantity(mean.value, unit) : '–',
        worst === undefined ? '–' : worst.observed ? quantity(worst.value, unit) : 'never',
        worstSeed(metric) === '' ? '–' : printable(worstSeed(metric)),
        String(seeds),
        String(censored),
      ];
    }),
    {
      caption:
        'Over seeds. A mean stands only where every seed was seen to its end. Definitions: docs/METRICS.md',
    },
  );
