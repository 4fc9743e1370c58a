// The tables of evidence: culprits, the wrongly hit, rules and listings, added up over the seeds. What
// does not fit is in result.json.

import type { VNode } from 'preact';
import { findingText } from '../finding.ts';
import { hitName, sparedWord, stopperText } from '../blame.ts';
import { count, plural, printable, share, span } from '../format.ts';
import { wilson } from '../statistics/wilson.ts';
import type { Summary } from '../summary.ts';
import { columns, element, folded, paragraph, table } from './element.ts';
import { stopText } from './who-pays.ts';

/** `side` is the side's name where there are two, else empty; so of all tables here. */
export const culpritTable = (summary: Summary, side: string, mostRows: number): VNode | null =>
  summary.culprits.length === 0
    ? null
    : folded(
        of(side, 'each culprit in each seed, longest sending first'),
        summary.culprits.length <= 12,
        table(
          columns(
            'Tenant',
            '#Seed',
            'Cause',
            '#Submitted',
            '#Got out',
            '#Stopped after',
            'Stopped by',
            'First noticed by',
          ),
          summary.culprits
            .slice(0, mostRows)
            .map((each) => [
              printable(each.tenant),
              each.seed,
              each.cause,
              count(each.submitted),
              count(each.escaped),
              stopText(each.blocked),
              element('span', { class: 'rule' }, printable(stopperText(each))),
              element(
                'span',
                { class: 'rule' },
                printable(each.detectedBy === '' ? 'nobody' : each.detectedBy),
              ),
            ]),
          { caption: of(side, 'each culprit in each seed'), quiet: true },
        ),
      );

/** `Each culprit`, or `default: each culprit`. */
const of = (side: string, words: string): string =>
  side === '' ? `${words.charAt(0).toUpperCase()}${words.slice(1)}` : `${side}: ${words}`;

export const wronglyHit = (summary: Summary, side: string, mostRows: number): VNode =>
  element(
    'div',
    null,
    element('h3', null, of(side, 'by name')),
    paragraph(
      `Of ${count(summary.innocents)} ${sparedWord(summary)} tenants. ` +
        `Messages are sums over ${plural(summary.seeds, 'seed')}.`,
      'lead',
    ),
    summary.hits.length === 0
      ? paragraph('Nobody was refused, held, suspended or slowed by the policy or the desk.', 'plain')
      : hitTable(summary.hits.slice(0, firstHits), side),
    Math.min(summary.hits.length, mostRows) <= firstHits
      ? null
      : folded(
          `${count(Math.min(mostRows, summary.hits.length) - firstHits)} more`,
          false,
          hitTable(summary.hits.slice(firstHits, mostRows), side),
        ),
    summary.hits.length > mostRows
      ? paragraph(`${count(summary.hits.length - mostRows)} more are in result.json.`)
      : null,
  );

/** So many of the wrongly hit are shown at once. */
const firstHits = 15;

const hitTable = (hits: Summary['hits'], side: string): VNode =>
  table(
    columns(
      'Tenant',
      '#Seeds stopped',
      '#Seeds slowed',
      '#Submitted',
      '#Refused',
      '#Held',
      '#Deferred',
      '#Paced',
      '#Suspended at most',
      'Rules (seeds)',
      '#Worst seed',
    ),
    hits.map((hit) => [
      printable(hitName(hit)),
      String(hit.seedsStopped),
      String(hit.seedsSlowed),
      count(hit.submitted),
      count(hit.rejected),
      count(hit.held),
      count(hit.deferred),
      count(hit.paced),
      hit.suspendedMs === 0 ? '–' : span(hit.suspendedMs),
      element(
        'span',
        { class: 'rule' },
        // A tenant may be shut while it has nothing to send: then no rule met its mail.
        hit.rules.map(({ rule, seeds }) => `${printable(rule) || 'shut, no mail met'} (${seeds})`).join(', '),
      ),
      element('a', { href: `#seed=${encodeURIComponent(hit.worstSeed)}` }, printable(hit.worstSeed)),
    ]),
    { caption: of(side, 'tenants hit by the policy or the desk that should have been spared'), quiet: true },
  );

export const rules = (summary: Summary, side: string): VNode =>
  element(
    'div',
    null,
    element('h3', null, of(side, 'verdicts carried out')),
    paragraph(
      'Over all seeds, tries after a deferral and mail of accounts that are shut among them. ' +
        'Guilty share: the abuse among what it spoke on.',
      'lead',
    ),
    summary.rules.length === 0
      ? paragraph('No rule spoke.', 'plain')
      : table(
          columns(
            'Rule',
            'Verdict',
            '#Abuse',
            "#Culprit's wanted mail",
            '#Innocent mail',
            '#Guilty share',
            '#Innocents in one seed',
            '#Seeds',
          ),
          summary.rules.map((rule) => {
            const all = rule.abusive + rule.culpritWanted + rule.innocent;
            return [
              printable(rule.rule),
              rule.verdict,
              count(rule.abusive),
              count(rule.culpritWanted),
              count(rule.innocent),
              all === 0 ? '–' : share(rule.abusive / all),
              count(rule.innocentTenants),
              String(rule.seeds),
            ];
          }),
          { caption: of(side, 'how often each verdict was carried out, and against whom'), quiet: true },
        ),
  );

export const listings = (summary: Summary, side: string): VNode =>
  element(
    'div',
    null,
    element('h3', null, of(side, 'on which registers')),
    paragraph('All seeds together. The interval is Wilson’s, 95 %, over seeds.', 'lead'),
    summary.listings.length === 0
      ? paragraph('The address was never listed.', 'plain')
      : table(
          columns(
            'Register',
            '#Seeds listed',
            '#95 % interval',
            '#Listings',
            '#Lasted (p50)',
            '#Standing at the end',
            '#Without a culprit',
            'How they ended',
          ),
          summary.listings.map((row) => {
            const [low, high] = wilson(row.seedsListed, summary.seeds);
            return [
              printable(row.register),
              `${row.seedsListed} of ${summary.seeds}`,
              `${share(Math.round(low * 100) / 100)} to ${share(Math.round(high * 100) / 100)}`,
              count(row.listings),
              row.lasted.kind === 'never' ? 'to the end' : findingText(row.lasted, 'ms'),
              count(row.stillListed),
              count(row.background),
              row.endings
                .map(({ ending, listings: number }) => `${printable(ending)} (${number})`)
                .join(', '),
            ];
          }),
          { caption: of(side, 'listings by register'), quiet: true },
        ),
  );
