// What stands below the first screen beside the tables of evidence: the timeline, every seed, every metric,
// and what was simulated. Nothing here is needed to know the verdict.

import type { VNode } from 'preact';
import type { MetricName, RunResult } from '../../sim/index.ts';
import { byPart, mostShown } from '../assumed.ts';
import { findingText } from '../finding.ts';
import { count, plural, printable, quantity } from '../format.ts';
import { tenantsHit } from '../headline.ts';
import { worstSeed } from '../metric-summary.ts';
import { metricNames } from '../metrics.ts';
import { repeatCommand } from '../repeat.ts';
import { settingRows } from '../settings.ts';
import type { Summary } from '../summary.ts';
import { columns, element, folded, paragraph, section, table } from './element.ts';
import { chartSentence, eventNote, eventRows, figureHead, figureRows } from './rows.ts';
import type { PageData } from './seed-view.ts';

export const timeline = (data: PageData, summary: Summary): VNode => {
  const view = data.seeds[0]!;
  const figures = figureRows(view, data.epoch);
  return section(
    'timeline',
    'What happened, in order',
    `One seed at a time, first the one nearest the median. ${
      summary.culprits.length === 0 ? '' : 'Shaded: the attack. '
    }Bar: the listing.`,
    data.seeds.length < 2
      ? null
      : element(
          'div',
          { class: 'picker', hidden: true, 'data-needs-script': '' },
          element('label', { for: 'seed-picker' }, 'Seed'),
          element(
            'select',
            { id: 'seed-picker' },
            ...data.seeds.map((each, index) =>
              element('option', { value: String(index), selected: index === 0 }, printable(each.label)),
            ),
          ),
          element('button', { id: 'seed-before', type: 'button', 'aria-label': 'seed before' }, '◀'),
          element('button', { id: 'seed-after', type: 'button', 'aria-label': 'next seed' }, '▶'),
        ),
    data.seeds.length < summary.seeds
      ? paragraph(
          `${data.seeds.length} of ${plural(summary.seeds, 'seed')} are in this page, all in result.json.`,
        )
      : null,
    element(
      'div',
      {
        id: 'timeline-chart',
        role: 'img',
        'aria-label': chartSentence(view, data.epoch),
        class: view.series === null ? 'chart low' : 'chart',
      },
      element(
        'p',
        { class: 'note' },
        'The chart is drawn by script. The tables below hold the same figures.',
      ),
    ),
    folded(
      'Events',
      true,
      table(columns('When (UTC)', '#After onset', 'Lane', 'What'), eventRows(view, data.epoch), {
        caption: 'Events of the seed shown',
        id: 'events',
        quiet: true,
      }),
      element('p', { class: 'note', id: 'events-note' }, eventNote(view)),
    ),
    figures.length === 0
      ? null
      : folded(
          'Figures behind the chart',
          false,
          table(columns(figureHead[0], ...figureHead.slice(1).map((head) => `#${head}`)), figures, {
            caption: 'Messages of the seed shown, over time',
            id: 'figures',
            quiet: true,
          }),
        ),
  );
};

const perSeed: readonly (readonly [MetricName, string])[] = [
  ['time_to_detect', 'Detected after'],
  ['time_to_block', 'Stopped after'],
  ['escaped', 'Got out'],
  ['fp.tenants', 'Innocents hit'],
  ['wanted.lost', 'Wanted lost'],
  ['collateral.bounced', 'Bounced for the address'],
  ['listed_hours', 'On a register'],
];
const mostSeeds = 500;

export const seedTable = (result: RunResult, summary: Summary): VNode =>
  section(
    'seeds',
    'Every seed',
    'One replication a row: the same plan, other luck. Statistics are over these rows, never messages.',
    table(
      columns('Seed', ...perSeed.map(([, head]) => `#${head}`), 'Fingerprint', 'Again'),
      result.seeds.slice(0, mostSeeds).map((seed) => [
        printable(seed.seed),
        ...perSeed.map(([name]) => {
          const { value, observed } = seed.metrics[name];
          if (value === null) return '–';
          if (!observed) return 'never';
          return name === 'fp.tenants'
            ? tenantsHit(value, summary.innocents)
            : quantity(value, summary.metrics[name].unit);
        }),
        element('code', null, seed.fingerprint),
        element('code', { class: 'rule' }, repeatCommand(result, seed.seed)),
      ]),
      { caption: 'Main metrics of each seed', quiet: true },
    ),
    result.seeds.length > mostSeeds
      ? paragraph(`${count(result.seeds.length - mostSeeds)} more are in metrics.csv.`)
      : null,
  );

export const allMetrics = (summary: Summary): VNode =>
  section(
    'metrics',
    'Every metric',
    'Over seeds. A mean stands only where every seed was seen to its end. Definitions: docs/METRICS.md.',
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
          worstSeed(metric) === '' ? '–' : worstSeed(metric),
          String(seeds),
          String(censored),
        ];
      }),
      { caption: 'Every metric over the seeds', quiet: true },
    ),
  );

const lines = (each: readonly string[]): VNode =>
  element('ul', null, ...each.map((line) => element('li', null, printable(line))));

/** What results move with most lies open; the rest is folded, part by part. */
const assumed = (assumptions: readonly string[]): VNode =>
  element(
    'div',
    { id: 'assumptions' },
    element('h3', null, `${plural(assumptions.length, 'assumption')} the result rests on`),
    paragraph(
      'Numbers that nobody published; first those with which results move most, by our judgement. ' +
        'A finding that hangs on one of them is a finding about the assumption: move it and look again.',
    ),
    lines(assumptions.slice(0, mostShown)),
    ...byPart(assumptions.slice(mostShown)).map(({ lines: more, part }) =>
      folded(printable(`${part}: ${count(more.length)} more`), false, lines(more)),
    ),
  );

export const simulated = (result: RunResult): VNode =>
  section(
    'simulated',
    'What was simulated',
    '',
    table(
      columns('Group', 'Kind', '#Tenants'),
      result.cast.map((group) => [printable(group.group), printable(group.kind), count(group.tenants)]),
      { caption: 'The tenants' },
    ),
    paragraph(
      `Policy ${printable(result.policy.name)}: ${result.policy.modules.map(printable).join(', ')}.`,
      'plain',
    ),
    result.policy.settings.length === 0
      ? null
      : table(columns('Setting', '#Value', '#Default', 'Unit'), settingRows(result.policy.settings), {
          caption: 'What the policy was set to',
        }),
    result.assumptions.length === 0
      ? paragraph('No number of the presets used is an assumption.', 'plain')
      : assumed(result.assumptions),
    folded('The plan', false, element('pre', { tabindex: '0' }, JSON.stringify(result.plan, null, 2))),
    paragraph(`plan hash ${result.planHash}`),
  );
