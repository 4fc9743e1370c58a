// The tables of evidence: culprits, the wrongly hit, rules, replies and listings, added up over the seeds. At
// most 500 rows each; what does not fit is in result.json.

import type { VNode } from 'preact';
import { findingText } from '../finding.ts';
import { hitName, sparedWord, stopperText } from '../blame.ts';
import { count, plural, printable, share, span } from '../format.ts';
import { wilson } from '../statistics/wilson.ts';
import type { Summary } from '../summary.ts';
import { columns, element, paragraph, section, table } from './element.ts';
import { stopText } from './who-pays.ts';

const mostRows = 500;

export const culpritTable = (summary: Summary): VNode | null =>
  summary.culprits.length === 0
    ? null
    : section(
        'culprits',
        'The culprits',
        'Longest sending first.',
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
          { caption: 'Each culprit in each seed', quiet: true },
        ),
      );

export const wronglyHit = (summary: Summary): VNode =>
  section(
    'wrongly-hit',
    'Who was wrongly hit',
    `Of ${count(summary.innocents)} ${sparedWord(summary)} tenants. ` +
      `Messages are sums over ${plural(summary.seeds, 'seed')}.`,
    summary.hits.length === 0
      ? paragraph('Nobody.', 'plain')
      : table(
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
          summary.hits
            .slice(0, mostRows)
            .map((hit) => [
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
                hit.rules.map(({ rule, seeds }) => `${printable(rule)} (${seeds})`).join(', '),
              ),
              hit.worstSeed,
            ]),
          { caption: 'Tenants hit by the policy or the desk that should have been spared', quiet: true },
        ),
    summary.hits.length > mostRows
      ? paragraph(`${count(summary.hits.length - mostRows)} more are in result.json.`)
      : null,
  );

export const rules = (summary: Summary): VNode =>
  section(
    'rules',
    'Which rule does the work',
    'Verdicts other than pass, over all seeds. Guilty share: the abuse among what it spoke on.',
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
          { caption: 'How often each rule spoke, and against whom', quiet: true },
        ),
  );

export const replies = (summary: Summary): VNode =>
  section(
    'replies',
    'Where mail went',
    'By receiver and reply, over all seeds. Accepted and given up count copies; tried again counts tries, ' +
      'so a copy put off ten times is ten of them.',
    table(
      columns('Receiver', 'What became of it', 'Reply', 'Class', '#Wanted', '#Abuse'),
      summary.replies
        .slice(0, mostRows)
        .map((row) => [
          printable(row.receiver),
          row.outcome,
          element('span', { class: 'rule' }, printable(row.reply)),
          row.class,
          count(row.wanted),
          count(row.abusive),
        ]),
      { caption: 'Replies by receiver', quiet: true },
    ),
  );

export const listings = (summary: Summary): VNode =>
  section(
    'listings',
    'On which registers',
    'The interval is Wilson’s, 95 %, over seeds.',
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
          { caption: 'Listings by register', quiet: true },
        ),
  );
