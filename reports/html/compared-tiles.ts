// The four effects a reviewer of a comparison looks at first, each with its interval; of several scenarios
// the one that came off worst.

import type { VNode } from 'preact';
import type { MetricName } from '../../sim/index.ts';
import type { Comparison, ComparisonRow } from '../comparison/comparison.ts';
import { findingText } from '../finding.ts';
import { printable, quantity } from '../format.ts';
import { element, paragraph } from './element.ts';
import { unbroken } from './who-pays.ts';
import { changeText, outcomeWord } from './words.ts';

export const effects: readonly (readonly [MetricName, string])[] = [
  ['time_to_block', 'Abuse stopped after'],
  ['fp.tenants', 'Innocent tenants hit'],
  ['wanted.lost', 'Wanted mail lost'],
  ['listed_hours', 'Time on a register'],
];

export const comparedTiles = (comparison: Comparison): VNode =>
  element('div', { class: 'tiles' }, ...effects.map(([metric, title]) => tile(comparison, metric, title)));

const order = [
  'worse',
  'differs',
  'inconclusive',
  'better',
  'same',
  'only candidate',
  'only baseline',
  'no data',
];

/** Of several scenarios the one that came off worst, and in how many it was which. */
const tile = ({ scenarios }: Comparison, metric: MetricName, title: string): VNode => {
  const rows = scenarios
    .flatMap(({ rows: all, title: scenario }) => {
      const row = all.find((one) => one.metric === metric);
      return row === undefined ? [] : [{ row, scenario: printable(scenario) }];
    })
    .toSorted((one, two) => order.indexOf(one.row.outcome) - order.indexOf(two.row.outcome));
  const first = rows[0];
  if (first === undefined)
    return element('section', { class: 'tile' }, element('h2', null, title), paragraph('no data'));
  const { row } = first;
  const rest = order
    .map((word) => [word, rows.slice(1).filter((one) => one.row.outcome === word).length] as const)
    .filter(([, number]) => number > 0)
    .map(([word, number]) => `${word} in ${number}`);
  return element(
    'section',
    { class: 'tile' },
    element('h2', null, title, element('small', null, ` ${row.statistic}`)),
    element('p', { class: 'figure' }, row.change === null ? row.outcome : changeText(row.change, row.unit)),
    element('p', null, outcomeWord(row)),
    paragraph(
      unbroken(
        [
          row.interval === null
            ? ''
            : `95 %: ${row.interval.map((end) => changeText(end, row.unit)).join(' … ')}`,
          `${sideText(row, 'baseline')} → ${sideText(row, 'candidate')}`,
          scenarios.length > 1 ? `in ${first.scenario}` : '',
          rest.length > 0 ? `others: ${rest.join(', ')}` : '',
        ]
          .filter((part) => part !== '')
          .join(' · '),
      ),
    ),
  );
};

const sideText = (row: ComparisonRow, side: 'baseline' | 'candidate'): string => {
  const { finding, value } = row[side];
  return row.horizon !== null && value !== null ? quantity(value, row.unit) : findingText(finding, row.unit);
};
