// What stands below the first screen: the timeline, every seed, the wrongly hit, replies, rules, listings, all metrics,
// and what was simulated. Each chart has its table; nothing here is needed to know the verdict.

import type { VNode } from 'preact';
import type { MetricName, RunResult } from '../../sim/result.ts';
import { findingText } from '../finding.ts';
import { count, plural, printable, quantity, share, span } from '../format.ts';
import { tenantsHit } from '../headline.ts';
import { metricNames } from '../metrics.ts';
import { repeatCommand } from '../repeat.ts';
import { wilson } from '../statistics/wilson.ts';
import type { Summary } from '../summary.ts';
import { columns, element, folded, paragraph, section, table } from './element.ts';
import { stopText } from './first-screen.ts';
import { chartSentence, eventNote, eventRows, figureHead, figureRows } from './rows.ts';
import type { PageData } from './seed-view.ts';

export const timeline = (data: PageData, summary: Summary): VNode => {
  const view = data.seeds[0]!;
  const figures = figureRows(view, data.epoch);
  return section('timeline', 'What happened, in order',
    'One seed at a time, first the one nearest the median. Shaded: the attack. Bar in the register lane: the listing.',
    data.seeds.length < 2 ? null : element('div', { 'class': 'picker', 'hidden': true, 'data-needs-script': '' },
      element('label', { for: 'seed-picker' }, 'Seed'),
      element('select', { id: 'seed-picker' }, ...data.seeds.map((each, index) =>
        element('option', { value: String(index), selected: index === 0 }, printable(each.label)))),
      element('button', { 'id': 'seed-before', 'type': 'button', 'aria-label': 'seed before' }, '◀'),
      element('button', { 'id': 'seed-after', 'type': 'button', 'aria-label': 'next seed' }, '▶')),
    data.seeds.length < summary.seeds
      ? paragraph(`${data.seeds.length} of ${plural(summary.seeds, 'seed')} are in this page; the others are in result.json.`) : null,
    element('div', { 'id': 'timeline-chart', 'role': 'img', 'aria-label': chartSentence(view, data.epoch),
      'class': view.series === null ? 'chart low' : 'chart' },
      element('p', { class: 'note' }, 'The chart is drawn by script. The tables below hold the same figures.')),
    folded('Events', true,
      table(columns('When (UTC)', '#After onset', 'Lane', 'What'), eventRows(view, data.epoch),
        { caption: 'Events of the seed shown', id: 'events', quiet: true }),
      element('p', { class: 'note', id: 'events-note' }, eventNote(view))),
    figures.length === 0 ? null : folded('Figures behind the chart', false,
      table(columns(figureHead[0], ...figureHead.slice(1).map((head) => `#${head}`)), figures,
        { caption: 'Messages of the seed shown, over time', id: 'figures', quiet: true })));
};

const perSeed: readonly (readonly [MetricName, string])[] = [
  ['time_to_detect', 'Detected after'], ['time_to_block', 'Stopped after'], ['escaped', 'Got out'], ['fp.tenants', 'Innocents hit'],
  ['wanted.lost', 'Wanted lost'], ['collateral.bounced', 'Bounced for the address'], ['listed_hours', 'On a register'],
];
const mostSeeds = 500;

export const seedTable = (result: RunResult, summary: Summary): VNode =>
  section('seeds', 'Every seed', 'A seed is one replication: the same plan, other luck. Statistics are taken over these rows, never over messages.',
    table(columns('Seed', ...perSeed.map(([, head]) => `#${head}`), 'Fingerprint', 'Again'),
      result.seeds.slice(0, mostSeeds).map((seed) => [
        printable(seed.seed),
        ...perSeed.map(([name]) => {
          const { value, observed } = seed.metrics[name];
          if (value === null) return '–';
          if (!observed) return 'never';
          return name === 'fp.tenants' ? tenantsHit(value, summary.innocents) : quantity(value, summary.metrics[name].unit);
        }),
        element('code', null, seed.fingerprint),
        element('code', { class: 'rule' }, repeatCommand(result, seed.seed)),
      ]), { caption: 'Main metrics of each seed', quiet: true }),
    result.seeds.length > mostSeeds ? paragraph(`${count(result.seeds.length - mostSeeds)} more are in metrics.csv.`) : null);

export const wronglyHit = (summary: Summary): VNode =>
  section('wrongly-hit', 'Who was wrongly hit', `Tenants never at fault, of ${count(summary.innocents)}. Messages are sums over ${plural(summary.seeds, 'seed')}.`,
    summary.hits.length === 0
      ? paragraph('Nobody.', 'plain')
      : table(columns('Tenant', '#Seeds stopped', '#Seeds slowed', '#Submitted', '#Refused', '#Held', '#Deferred', '#Paced', '#Suspended at most', 'Rules (seeds)', '#Worst seed'),
        summary.hits.slice(0, mostSeeds).map((hit) => [
          printable(hit.tenant), String(hit.seedsStopped), String(hit.seedsSlowed), count(hit.submitted), count(hit.rejected), count(hit.held),
          count(hit.deferred), count(hit.paced), hit.suspendedMs === 0 ? '–' : span(hit.suspendedMs),
          element('span', { class: 'rule' }, hit.rules.map(({ rule, seeds }) => `${printable(rule)} (${seeds})`).join(', ')), hit.worstSeed,
        ]), { caption: 'Innocent tenants hit by the policy or the desk', quiet: true }),
    summary.hits.length > mostSeeds ? paragraph(`${count(summary.hits.length - mostSeeds)} more are in result.json.`) : null);

export const rules = (summary: Summary): VNode =>
  section('rules', 'Which rule does the work', 'Verdicts other than pass, over all seeds. Guilty share: of the submissions it spoke on, those that were abuse.',
    summary.rules.length === 0 ? paragraph('No rule spoke.', 'plain')
      : table(columns('Rule', 'Verdict', '#Abuse', "#Culprit's wanted mail", '#Innocent mail', '#Guilty share', '#Innocents in one seed', '#Seeds'),
        summary.rules.map((rule) => {
          const all = rule.abusive + rule.culpritWanted + rule.innocent;
          return [printable(rule.rule), rule.verdict, count(rule.abusive), count(rule.culpritWanted), count(rule.innocent),
            all === 0 ? '–' : share(rule.abusive / all), count(rule.innocentTenants), String(rule.seeds)];
        }), { caption: 'How often each rule spoke, and against whom', quiet: true }));

export const replies = (summary: Summary): VNode =>
  section('replies', 'Where mail went', 'Copies by receiver and final or intermediate reply, over all seeds.',
    table(columns('Receiver', 'Reply', 'Class', '#Wanted', '#Abuse'), summary.replies.slice(0, mostSeeds).map((row) => [
      printable(row.receiver), element('span', { class: 'rule' }, printable(row.reply)), row.class, count(row.wanted), count(row.abusive),
    ]), { caption: 'Replies by receiver', quiet: true }));

export const listings = (summary: Summary): VNode =>
  section('listings', 'On which registers', 'The interval is Wilson’s, 95 %, over seeds.',
    summary.listings.length === 0 ? paragraph('The address was never listed.', 'plain')
      : table(columns('Register', '#Seeds listed', '#95 % interval', '#Listings', '#Lasted (p50)', '#Standing at the end', '#Without a culprit', 'How they ended'),
        summary.listings.map((row) => {
          const [low, high] = wilson(row.seedsListed, summary.seeds);
          return [printable(row.register), `${row.seedsListed} of ${summary.seeds}`, `${share(Math.round(low * 100) / 100)} to ${share(Math.round(high * 100) / 100)}`,
            count(row.listings), row.lasted.kind === 'never' ? 'to the end' : findingText(row.lasted, 'ms'), count(row.stillListed),
            count(row.background), row.endings.map(({ ending, listings: number }) => `${printable(ending)} (${number})`).join(', ')];
        }), { caption: 'Listings by register', quiet: true }));

export const allMetrics = (summary: Summary): VNode =>
  section('metrics', 'Every metric', 'Over seeds. A mean stands only where every seed was seen to its end. Definitions: docs/METRICS.md.',
    table(columns('Metric', '#p50', '#p95', '#Mean', '#Worst', '#Worst seed', '#Seeds with data', '#Never'), metricNames.map((name) => {
      const { unit, p50, p95, mean, worst, seeds, censored } = summary.metrics[name];
      return [element('code', null, name), findingText(p50, unit), findingText(p95, unit), mean.kind === 'value' ? quantity(mean.value, unit) : '–',
        worst === undefined ? '–' : worst.observed ? quantity(worst.value, unit) : 'never', worst?.seed ?? '–', String(seeds), String(censored)];
    }), { caption: 'Every metric over the seeds', quiet: true }));

export const culpritTable = (summary: Summary): VNode | null =>
  summary.culprits.length === 0 ? null
    : section('culprits', 'The culprits', 'Longest sending first.',
      table(columns('Tenant', '#Seed', 'Cause', '#Submitted', '#Got out', '#Stopped after', 'First noticed by'),
        summary.culprits.slice(0, mostSeeds).map((each) => [
          printable(each.tenant), each.seed, each.cause, count(each.submitted), count(each.escaped), stopText(each.blocked),
          element('span', { class: 'rule' }, printable(each.detectedBy === '' ? 'nobody' : each.detectedBy)),
        ]), { caption: 'Each culprit in each seed', quiet: true }));

export const simulated = (result: RunResult): VNode =>
  section('simulated', 'What was simulated', '',
    table(columns('Group', 'Kind', '#Tenants'), result.cast.map((group) => [printable(group.group), printable(group.kind), count(group.tenants)]),
      { caption: 'The tenants' }),
    paragraph(`Policy ${printable(result.policy.name)}: ${result.policy.modules.map(printable).join(', ')}.`, 'plain'),
    result.assumptions.length === 0 ? paragraph('No number of the presets used is an assumption.', 'plain')
      : folded(`${plural(result.assumptions.length, 'number')} the result rests on ${result.assumptions.length === 1 ? 'is an assumption' : 'are assumptions'}`, result.assumptions.length <= 12,
        element('ul', null, ...result.assumptions.map((each) => element('li', null, printable(each))))),
    folded('The plan', false, element('pre', { tabindex: '0' }, JSON.stringify(result.plan, null, 2))),
    paragraph(`plan hash ${result.planHash}`));
