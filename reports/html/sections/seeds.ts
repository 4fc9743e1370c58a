// Is it luck? Each seed's own values: for one run in rising order, for two sides seed by seed. Statistics are
// over these rows, never over messages.

import type { VNode } from 'preact';
import { metricUnits, type MetricName, type SeedResult } from '../../../sim/index.ts';
import { count, plural, printable, quantity, span } from '../../format.ts';
import { tenantsHit } from '../../headline.ts';
import { repeatCommand } from '../../repeat.ts';
import { chartPlace, type Part } from '../chart.ts';
import { type SeedsPanel, seedsHeight } from '../client/seeds-figure.ts';
import { columns, element, folded, paragraph, table } from '../element.ts';
import type { ScenarioView } from '../view.ts';
import { ladder, spreadOf } from './ladder.ts';

const shown: readonly (readonly [MetricName, string])[] = [
  ['time_to_block', 'Stopped after'],
  ['escaped', 'Got out'],
  ['fp.tenants', 'Innocents hit'],
  ['wanted.lost', 'Wanted lost'],
  ['listed_hours', 'On a register'],
];

export const seeds = (view: ScenarioView): Part => {
  const [first, second] = view.sides;
  if (first === undefined) return { charts: [], node: paragraph('No runs are left of these figures.') };
  const pairs =
    second === undefined
      ? first.result.seeds.map((one) => ({ seed: one.seed, one, two: undefined }))
      : first.result.seeds.flatMap((one) => {
          const two = second.result.seeds.find(({ seed }) => seed === one.seed);
          return two === undefined ? [] : [{ seed: one.seed, one, two }];
        });
  const id = `luck-${view.index}`;
  const panels = shown.flatMap(([name, title]) => panelOf(name, title, pairs) ?? []).slice(0, 4);
  const chart =
    pairs.length < 2 || panels.length === 0 ? null : chartPlace(id, sentenceOf(view, pairs), seedsHeight);
  return {
    charts:
      chart === null
        ? []
        : [
            {
              id,
              kind: 'seeds',
              data: {
                seeds: pairs.map(({ seed }) => seed),
                panels,
                sides: view.sides.map(({ name }) => name),
              },
            },
          ],
    node: element('div', null, chart, rows(view, pairs)),
  };
};

interface Pair {
  readonly seed: string;
  readonly one: SeedResult;
  readonly two: SeedResult | undefined;
}

/** Undefined where no seed has a value. */
const panelOf = (name: MetricName, title: string, pairs: readonly Pair[]): SeedsPanel | undefined => {
  const unit = metricUnits[name];
  const valuesOf = (side: 'one' | 'two'): (number | null)[] =>
    pairs.map((pair) => {
      const value = pair[side]?.metrics[name].value ?? null;
      // A share of tenants is read as a number of them.
      return value === null || name !== 'fp.tenants' ? value : Math.round(value * pair[side]!.innocents);
    });
  const open = (side: 'one' | 'two'): number[] =>
    pairs.flatMap((pair, index) => {
      const measure = pair[side]?.metrics[name];
      return measure !== undefined && measure.value !== null && !measure.observed ? [index] : [];
    });
  const values = [valuesOf('one'), valuesOf('two')] as const;
  const known = values.flat().filter((value) => value !== null);
  if (known.length === 0) return undefined;
  const isTime = unit === 'ms' || unit === 'hours';
  const scale = isTime ? spreadOf(known.map((value) => (unit === 'ms' ? value : value * hour))) : undefined;
  const isLog = scale?.isLog === true && known.every((value) => value > 0);
  const [from, until] = [isLog ? scale.from : 0, scale?.until ?? 0];
  const said = (value: number | null): string =>
    value === null ? 'no data' : name === 'fp.tenants' ? count(value) : quantity(value, unit);
  return {
    title,
    unit: name === 'fp.tenants' ? 'tenants' : isTime ? (isLog ? 'log scale' : '') : 'messages',
    isLog,
    named: isTime
      ? [
          ...(isLog ? [] : [0]),
          ...ladder(Math.max(from, until / (isLog ? 1e9 : 8)), until, isLog ? 6 : 5),
        ].map((at) => [unit === 'ms' ? at : at / hour, at === 0 ? '0' : span(at)])
      : [],
    baseline: values[0],
    candidate: pairs.some((pair) => pair.two !== undefined) ? values[1] : [],
    baselineCensored: open('one'),
    candidateCensored: open('two'),
    said: [values[0].map(said), values[1].map(said)],
  };
};

const hour = 3_600_000;

const sentenceOf = (view: ScenarioView, pairs: readonly Pair[]): string => {
  const [first, second] = view.sides;
  if (second === undefined) {
    const { p50, p95 } = first!.summary.metrics['escaped'];
    const words = [p50, p95].map((one) => (one.kind === 'value' ? count(one.value) : 'no data'));
    return (
      `Main metrics of each of ${plural(pairs.length, 'seed')}, in rising order; ` +
      `of abuse ${words[0]} got out in the middle seed, p95 ${words[1]}.`
    );
  }
  const fewer = pairs.filter(({ one, two }) => gotOut(two) < gotOut(one)).length;
  const more = pairs.filter(({ one, two }) => gotOut(two) > gotOut(one)).length;
  return (
    `Main metrics of each of ${plural(pairs.length, 'paired seed')}, ${first!.name} to ${second.name}: ` +
    `less abuse got out in ${fewer}, more in ${more}, the same in ${pairs.length - fewer - more}.`
  );
};

const gotOut = (seed: SeedResult | undefined): number => seed?.metrics['escaped'].value ?? 0;

const rows = (view: ScenarioView, pairs: readonly Pair[]): VNode => {
  const [first, second] = view.sides;
  const said = (seed: SeedResult | undefined, name: MetricName, innocents: number): string => {
    const measure = seed?.metrics[name];
    if (measure === undefined || measure.value === null) return '–';
    if (!measure.observed) return 'never';
    return name === 'fp.tenants'
      ? tenantsHit(measure.value, innocents)
      : quantity(measure.value, metricUnits[name]);
  };
  const cells = ({ one, two }: Pair, name: MetricName): string => {
    const before = said(one, name, first!.summary.innocents);
    if (second === undefined) return before;
    const after = said(two, name, second.summary.innocents);
    return before === after ? before : `${before} → ${after}`;
  };
  const last = second ?? first!;
  const list = table(
    columns('Seed', ...shown.map(([, head]) => `#${head}`), 'Fingerprint'),
    pairs
      .slice(0, view.mostRows)
      .map((pair) => [
        element('a', { href: `#seed=${encodeURIComponent(pair.seed)}` }, printable(pair.seed)),
        ...shown.map(([name]) => cells(pair, name)),
        element('code', null, prints(pair)),
      ]),
    { caption: 'Main metrics of each seed', id: `seeds-${view.index}`, quiet: true },
  );
  return element(
    'div',
    null,
    pairs.length > 12
      ? folded(`All ${count(Math.min(view.mostRows, pairs.length))} seeds`, pairs.length <= 50, list)
      : list,
    paragraph(
      [
        'Any seed again, such as the last: ',
        element('code', null, repeatCommand(last.result, pairs.at(-1)?.seed)),
      ],
      'plain',
    ),
    pairs.length > view.mostRows
      ? paragraph(`${count(pairs.length - view.mostRows)} more are in metrics.csv.`)
      : null,
  );
};

const prints = ({ one, two }: Pair): string =>
  two === undefined || two.fingerprint === one.fingerprint
    ? one.fingerprint
    : `${one.fingerprint.slice(0, 8)} → ${two.fingerprint.slice(0, 8)}`;
