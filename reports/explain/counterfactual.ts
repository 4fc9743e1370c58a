// What would have happened without one thing, on the same luck: the tenant's figures and everyone's, as it
// was and as it would have been, and the difference in a sentence or two. Any difference is caused by that
// one thing, since every message meets the same fate as far as it goes.

import type { MetricName, SeedResult } from '../../sim/result.ts';
import type { Tale } from '../../sim/telling/tale.ts';
import { count, listed, plural, printable, quantity, span } from '../format.ts';
import { wrap } from '../plan/layout.ts';
import { metricUnits } from '../../sim/result.ts';
import { type ExplanationOptions, type Setting } from './explanation.ts';
import { ruleText } from './numbers.ts';

interface Told {
  readonly result: SeedResult;
  readonly tale: Tale;
}

export interface Figure {
  readonly what: string;
  readonly was: string;
  readonly would: string;
}

export interface TaleComparison {
  /** `Without hard-bounce-ratio`. */
  readonly change: string;
  readonly tenant: string;
  /** The two runs are the same, event by event. */
  readonly same: boolean;
  readonly sentences: readonly string[];
  /** Of the tenant; of all. */
  readonly own: readonly Figure[];
  readonly all: readonly Figure[];
}

export const compareTales = (was: Told, would: Told, change: string): TaleComparison => {
  const same = was.result.fingerprint === would.result.fingerprint;
  const own = [...culpritFigures(was.tale, would.tale), ...wantedFigures(was.tale, would.tale)];
  const all = metrics.map(({ metric, what }) => ({
    what, was: valueOf(was.result, metric), would: valueOf(would.result, metric),
  }));
  return {
    change, tenant: was.tale.tenant, same,
    sentences: same ? [`${change} nothing would have been different: it had no part in this seed.`]
      : sentencesOf(was, would, change),
    own: own.filter((one) => one.was !== '0' || one.would !== '0'),
    all: all.filter((one) => one.was !== one.would),
  };
};

const metrics: readonly { readonly metric: MetricName; readonly what: string }[] = [
  { metric: 'escaped', what: 'abusive messages that got out, of all' },
  { metric: 'time_to_list', what: 'time to the first listing' },
  { metric: 'listed_hours', what: 'time on registers, summed' },
  { metric: 'collateral.bounced', what: "innocents' messages refused for the address" },
  { metric: 'collateral.deferred', what: "innocents' messages put off for the address" },
  { metric: 'fp.tenants', what: 'innocent tenants shut, held or refused' },
  { metric: 'wanted.lost', what: 'wanted messages lost' },
  { metric: 'attribution.wrongly_accused', what: 'tenants wrongly accused' },
  { metric: 'delist.requests', what: 'requests to delist' },
  { metric: 'desk.hours', what: "the desk's work" },
];

const valueOf = ({ metrics: all }: SeedResult, metric: MetricName): string => {
  const { observed, value } = all[metric];
  if (value === null) return '–';
  const open = observed ? '' : metric === 'time_to_list' ? 'none in ' : 'over ';
  return `${open}${quantity(value, metricUnits[metric])}`;
};

const noticed = ({ culprit }: Tale): string =>
  culprit === null ? 'no fault' : culprit.detected.observed ? span(culprit.detected.value!) : 'never';

const blocked = ({ culprit }: Tale): string =>
  culprit === null ? 'no fault'
  : culprit.blocked.observed && culprit.blocked.value !== null ? span(culprit.blocked.value) : 'never';

const culpritFigures = (was: Tale, would: Tale): readonly Figure[] =>
  was.culprit === null && would.culprit === null ? [] : [
    { what: 'noticed after', was: noticed(was), would: noticed(would) },
    { what: 'blocked after', was: blocked(was), would: blocked(would) },
    { what: 'blocked by', was: byOf(was), would: byOf(would) },
    {
      what: 'abusive messages handed in', was: count(was.culprit?.submitted ?? 0),
      would: count(would.culprit?.submitted ?? 0),
    },
    {
      what: 'of these got out', was: count(was.culprit?.escaped ?? 0),
      would: count(would.culprit?.escaped ?? 0),
    },
  ];

const byOf = ({ culprit }: Tale): string =>
  culprit === null || culprit.blockedBy === '' ? 'nobody'
  : culprit.blockedBy === 'desk evidence' ? 'the desk' : ruleText(culprit.blockedBy).split(' ')[0]!;

const wantedFigures = (was: Tale, would: Tale): readonly Figure[] => [
  ...wantedColumns.map(({ column, what }) => ({
    what, was: count(was.wanted[column]), would: count(would.wanted[column]),
  })),
  { what: 'time it was shut', was: shutText(was), would: shutText(would) },
];

const shutText = ({ shutMs }: Tale): string => (shutMs === 0 ? '0' : span(shutMs));

const wantedColumns: readonly { readonly column: keyof Tale['wanted']; readonly what: string }[] = [
  { column: 'submitted', what: 'wanted messages handed in' },
  { column: 'refused', what: 'of these refused by us' },
  { column: 'held', what: 'of these held' },
  { column: 'deferred', what: 'of these put off' },
  { column: 'paced', what: 'of these slowed' },
  { column: 'bounced', what: 'of these refused by receivers for the address' },
  { column: 'putOff', what: 'of these put off by receivers for the address' },
];

const sentencesOf = (was: Told, would: Told, change: string): readonly string[] => {
  const tenant = printable(was.tale.tenant);
  return [
    ...(was.tale.culprit === null ? innocentSentences(was.tale, would.tale, change, tenant)
      : would.tale.culprit === null ? [`${change} ${tenant} would have done nothing wrong.`]
      : culpritSentences(was.tale, would.tale, change, tenant)),
    ...othersSentences(was.result, would.result),
  ];
};

const culpritSentences = (was: Tale, would: Tale, change: string, tenant: string): readonly string[] => {
  const [before, after] = [blocked(was), blocked(would)];
  const by = byOf(would) === 'nobody' ? '' : `, by ${byOf(would)}`;
  const block =
    before === after && byOf(was) === byOf(would) ? `${change} ${tenant} would have been ${
      before === 'never' ? 'blocked as little: never' : `blocked just as soon, after ${before}`}.`
    : after === 'never' ? `${change} ${tenant} would never have been blocked.`
    : before === 'never' ? `${change} ${tenant} would have been blocked, after ${after}${by}.`
    : `${change} ${tenant} would have been blocked after ${after}${by}, and not after ${before}.`;
  return [block, differenceText(was.culprit!.escaped, would.culprit!.escaped)];
};

const differenceText = (was: number, would: number): string => {
  if (was === would) return `As much abuse would have got out: ${plural(was, 'message')}.`;
  const more = would > was ? 'more' : 'fewer';
  return `${plural(Math.abs(would - was), `abusive message`)} ${more} would have got out: ${count(would)}, ` +
    `not ${count(was)}.`;
};

const innocentSentences = (was: Tale, would: Tale, change: string, tenant: string): readonly string[] => {
  if (would.culprit !== null) return [`${change} ${tenant} would have been at fault itself.`];
  const parts = wantedColumns.slice(1)
    .filter(({ column }) => was.wanted[column] !== would.wanted[column])
    .map(({ column, what }) =>
      `${what.replace('of these ', '')} ${count(would.wanted[column])}, not ${count(was.wanted[column])}`);
  const shut = was.shutMs === would.shutMs ? ''
    : would.shutMs === 0 ? `It would not have been shut (it was, for ${span(was.shutMs)}).`
    : `It would have been shut for ${span(would.shutMs)} (it was ${
      was.shutMs === 0 ? 'not' : `for ${span(was.shutMs)}`}).`;
  if (parts.length === 0 && shut === '') return [`${change} nothing would have changed for ${tenant}.`];
  const mail = parts.length === 0 ? '' : `${change}, of the mail of ${tenant}: ${parts.join('; ')}.`;
  return [mail, shut === '' || mail !== '' ? shut : `${change}: ${shut}`].filter((part) => part !== '');
};

const othersSentences = (was: SeedResult, would: SeedResult): readonly string[] => {
  const value = ({ metrics: all }: SeedResult, metric: MetricName): number => all[metric].value ?? 0;
  const hours = value(would, 'listed_hours') - value(was, 'listed_hours');
  const bounced = value(would, 'collateral.bounced') - value(was, 'collateral.bounced');
  const parts = [
    Math.abs(hours) < 1 / 60 ? ''
      : `addresses would have been on registers ${span(Math.abs(hours) * 3_600_000)} ${
        hours > 0 ? 'longer' : 'less'}`,
    bounced === 0 ? ''
      : `${plural(Math.abs(bounced), "innocents' message", "innocents' messages")} ${
        bounced > 0 ? 'more' : 'fewer'} refused for the address`,
  ].filter((part) => part !== '');
  if (parts.length === 0) return [];
  const text = listed(parts);
  return [`${text[0]!.toUpperCase()}${text.slice(1)}.`];
};

/** Ends with a line break. */
export const renderComparison = (
  comparison: TaleComparison, setting: Setting, options: ExplanationOptions = {},
): string => {
  const width = Math.min(200, Math.max(60, options.columns ?? 100));
  const paint = (code: number, text: string): string =>
    options.colours === true ? `\u001b[${code}m${text}\u001b[0m` : text;
  const { all, change, own, same, sentences, tenant } = comparison;
  const heading = `${printable(tenant)}, had it been otherwise: ${printable(change)}`;
  const facts = `seed ${printable(setting.seed)} of "${printable(setting.title)}", policy ${
    printable(setting.policy)}; the same luck in both`;
  const blocks = [
    [paint(1, heading), ...wrap(facts, width).map((line) => paint(2, line))],
    wrap(sentences.map(printable).join(' '), width),
    ...(same ? [] : [tableLines(printable(tenant), own, paint), tableLines('everyone', all, paint)]),
  ];
  return `${blocks.filter((block) => block.length > 0).map((block) => block.join('\n')).join('\n\n')}\n`;
};

const tableLines = (
  title: string, figures: readonly Figure[], paint: (code: number, text: string) => string,
): readonly string[] => {
  if (figures.length === 0) return [];
  const rows = [{ what: title, was: 'as it was', would: 'otherwise' }, ...figures];
  const room = (of: (figure: Figure) => string): number => Math.max(...rows.map((row) => of(row).length));
  const [what, was] = [room((row) => row.what), room((row) => row.was)];
  return rows.map((row, index) => {
    const indent = index === 0 ? '' : '  ';
    const label = `${indent}${row.what.padEnd(what + 4 - indent.length)}`;
    const line = `${label}${row.was.padEnd(was + 2)}${row.would}`;
    return index === 0 ? paint(1, line) : line;
  });
};
