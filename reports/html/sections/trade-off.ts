// What stopping abuse costs: abuse that got out against wanted mail lost, and the cost that weighs one wanted
// message as lambda abusive ones, as the total cost ratio of spam filters does (1, 9 and 99 are its customary
// weights: Androutsopoulos et al. 2000).

import type { VNode } from 'preact';
import { count, plural } from '../../format.ts';
import { bootstrapBca } from '../../statistics/bootstrap-bca.ts';
import { beside, chartPlace, type Part } from '../chart.ts';
import { type TradeOffData, tradeOffHeight } from '../client/trade-off-figure.ts';
import { columns, element, paragraph, table } from '../element.ts';
import type { ScenarioView, SideView } from '../view.ts';

const lambdas = [1, 9, 99] as const;
const resamples = 2_000;

export const tradeOff = (view: ScenarioView): Part => {
  const id = `trade-off-${view.index}`;
  const sides = view.sides.map((side) => ({ side, points: pointsOf(side) }));
  const data: TradeOffData = {
    sides: sides.map(({ side, points }) => ({
      name: side.name,
      stroke: side.role,
      seeds: points.map(({ seed }) => seed),
      lost: points.map(({ lost }) => lost),
      escaped: points.map(({ escaped }) => escaped),
      mean: [meanOf(points.map(({ lost }) => lost)), meanOf(points.map(({ escaped }) => escaped))],
    })),
  };
  const sentence = data.sides
    .map(
      ({ name, mean: [lost, escaped] }) =>
        `${name}: ${count(escaped)} abusive messages got out and ` +
        `${plural(lost, 'wanted one')} lost in the mean of a seed`,
    )
    .join('; ');
  return {
    charts: [{ id, kind: 'trade-off', data }],
    node: element(
      'div',
      null,
      ...laidOut(
        view.compared !== null,
        chartPlace(id, `Abuse that got out against wanted mail lost. ${sentence}.`, tradeOffHeight),
        table(
          columns('Policy', '#Got out', '#Wanted lost', ...lambdas.map((lambda) => `#Cost, λ = ${lambda}`)),
          sides.map(({ side, points }) => [
            side.name,
            count(meanOf(points.map(({ escaped }) => escaped))),
            count(meanOf(points.map(({ lost }) => lost))),
            ...lambdas.map((lambda) => costText(side, points, lambda)),
          ]),
          {
            caption:
              'Mean of a seed. Cost: abuse that got out + λ × wanted mail lost, with its 95 % interval (BCa)',
          },
        ),
        paragraph(
          'Other settings of the same policy, run with --set and compared, would each be a point here.',
        ),
      ),
    ),
  };
};

/** With two sides the table is wide, and stands below. */
const laidOut = (isWide: boolean, chart: VNode, ...tables: VNode[]): VNode[] =>
  isWide ? [chart, ...tables] : [beside(chart, ...tables)];

interface Point {
  readonly seed: string;
  readonly lost: number;
  readonly escaped: number;
}

const pointsOf = ({ result }: SideView): readonly Point[] =>
  result.seeds.map(({ seed, metrics }) => ({
    seed,
    lost: metrics['wanted.lost'].value ?? 0,
    escaped: metrics['escaped'].value ?? 0,
  }));

const meanOf = (values: readonly number[]): number =>
  values.reduce((sum, each) => sum + each, 0) / Math.max(1, values.length);

const costText = (side: SideView, points: readonly Point[], lambda: number): string => {
  const costs = points.map(({ escaped, lost }) => escaped + lambda * lost);
  const mean = count(meanOf(costs));
  if (costs.length < 3) return mean;
  const seed = `${side.result.planHash} cost ${lambda}`;
  const {
    interval: [low, high],
  } = bootstrapBca(costs, meanOf, { seed, resamples });
  return low === high ? mean : `${mean} (${count(low)} to ${count(high)})`;
};
