// The four effects a reviewer looks at first, each with its spread over the seeds.

import type { VNode } from 'preact';
import { onlyCareless, sparedWord, stoppedBy } from '../blame.ts';
import { type Finding, findingText } from '../finding.ts';
import { count, plural, printable, share } from '../format.ts';
import { tenantsHit } from '../headline.ts';
import type { MetricSummary } from '../metric-summary.ts';
import type { Summary } from '../summary.ts';
import { dotStrip } from './dot-strip.ts';
import { element, paragraph } from './element.ts';
import { medianInterval } from './median.ts';

export const tiles = (summary: Summary): VNode => {
  const { metrics } = summary;
  const hit = metrics['fp.tenants'];
  const tenants = (value: number): string => tenantsHit(value, summary.innocents);
  const listed = metrics['listed_hours'];
  const often = listed.values.filter((each) => each.value > 0).length;
  const lost = metrics['wanted.lost'];
  return element(
    'div',
    { class: 'tiles' },
    tile(
      'Abuse stopped after',
      metrics['time_to_block'],
      summary.culprits.length === 0
        ? 'no abuse'
        : said(metrics['time_to_block'].p50, metrics['time_to_block']),
      [
        summary.culprits.length === 0
          ? 'nobody was at fault'
          : `p95 ${said(metrics['time_to_block'].p95, metrics['time_to_block'])}`,
        neverNote(metrics['time_to_block'], 'stopped'),
        stoppedBy(summary),
      ],
    ),
    tile(
      sparedWord(summary) === 'innocent' ? 'Innocent tenants hit' : 'Innocent or careless tenants hit',
      hit,
      hit.p50.kind === 'value' ? `${tenants(hit.p50.value)} of ${count(summary.innocents)}` : 'no data',
      [
        hit.p95.kind === 'value' ? `p95 ${tenants(hit.p95.value)}` : '',
        onlyCareless(summary) ? 'the careless sender itself' : '',
        hit.worst === undefined || hit.worst.value === 0
          ? ''
          : `worst ${tenants(hit.worst.value)} (seed ${printable(hit.worst.seed)})`,
      ],
      tenants,
    ),
    tile(
      'Innocent mail lost or delayed',
      lost,
      lost.p50.kind === 'none' ? 'no data' : `${said(lost.p50, lost)} lost`,
      [
        middleShare(metrics['fp.messages.deferred'], 'deferred'),
        middleShare(metrics['fp.messages.paced'], 'paced'),
        middleShare(metrics['fp.messages.held'], 'held'),
        metrics['collateral.deferred'].p50.kind === 'value' && metrics['collateral.deferred'].p50.value > 0
          ? `${count(metrics['collateral.deferred'].p50.value)} deferred for the address`
          : '',
      ],
    ),
    tile('Time on a register', listed, listed.seeds > 0 && often === 0 ? 'none' : said(listed.p50, listed), [
      often === 0 ? '' : `p95 ${said(listed.p95, listed)}`,
      `listed in ${often} of ${plural(summary.seeds, 'seed')}`,
    ]),
  );
};

/** What a tile may say instead of a figure; no "p50" stands beside these. */
const wordsAlone: readonly string[] = ['no data', 'never', 'no abuse', 'none'];

const tile = (
  title: string,
  metric: MetricSummary,
  figure: string,
  notes: readonly string[],
  say?: (value: number) => string,
): VNode =>
  element(
    'section',
    { class: 'tile' },
    element('h2', null, title),
    element(
      'p',
      { class: 'figure' },
      figure,
      wordsAlone.includes(figure) ? null : element('small', null, ' p50'),
    ),
    metric.seeds === 0 ? null : say === undefined ? dotStrip(metric) : dotStrip(metric, say),
    paragraph([middle(metric, say), ...notes].filter((note) => note !== '').join(' · ')),
  );

/** The interval of the median; empty where there are too few seeds to tell, or all are alike. */
const middle = (metric: MetricSummary, say?: (value: number) => string): string => {
  const interval = medianInterval(metric, say);
  return interval === '–' || interval === 'all alike' ? '' : `95 %: ${interval}`;
};

const said = (finding: Finding, metric: MetricSummary): string => findingText(finding, metric.unit);

const neverNote = (metric: MetricSummary, happened: string): string =>
  metric.censored === 0 ? '' : `never ${happened} in ${metric.censored} of ${plural(metric.seeds, 'seed')}`;

const middleShare = (metric: MetricSummary, word: string): string =>
  metric.p50.kind === 'value' && metric.p50.value > 0 ? `${share(metric.p50.value)} ${word}` : '';
