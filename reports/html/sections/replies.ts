// Where mail went: what receivers answered, by receiver and reply. The chart shows what kept wanted mail from
// being accepted; the table has all replies, abuse among them.

import type { VNode } from 'preact';
import { count, plural, printable, share } from '../../format.ts';
import type { ReplyRow } from '../../tables.ts';
import { chartPlace, type Part } from '../chart.ts';
import { type RepliesData, repliesHeight } from '../client/replies-figure.ts';
import { columns, element, folded, paragraph, table } from '../element.ts';
import type { ScenarioView, SideView } from '../view.ts';

/** Receivers in the chart, those with the most mail not accepted; kinds of reply that it tells apart. */
const mostReceivers = 10;
const mostKinds = 6;

/** What operators call each class of reply. */
const names: Readonly<Record<string, string>> = {
  dnsblBlock: 'register',
  ipBlock: 'own block of the address',
  reputationDefer: 'bad name of the address',
  rateLimit: 'rate limit',
  unknownUser: 'unknown user',
  mailboxFull: 'mailbox full',
  greylist: 'greylisting',
  spamBlock: 'taken for spam',
  auth: 'authentication',
  transient: 'passing trouble',
  expired: 'gave up for age',
};

export const replies = (view: ScenarioView): Part => {
  const id = `replies-${view.index}`;
  const data = dataOf(view);
  const hasBars = data.refused.length + data.putOff.length > 0;
  const sentence = view.sides
    .map((side) => {
      const { accepted, refused, putOff } = totals(side);
      return (
        `${side.name}: in the mean of a seed ${share(accepted / Math.max(1, accepted + refused))} of ` +
        `wanted copies ` +
        `were accepted, ${count(refused)} given up, and ${plural(putOff, 'try', 'tries')} put off`
      );
    })
    .join('; ');
  return {
    charts: hasBars ? [{ id, kind: 'replies', data }] : [],
    node: element(
      'div',
      null,
      hasBars
        ? chartPlace(id, `What kept wanted mail out. ${sentence}.`, repliesHeight(data.rows.length))
        : null,
      paragraph(`${sentence}.`, 'plain'),
      byCode(view),
      ...view.sides.map((side) => all(side, view.compared !== null, view.mostRows)),
    ),
  };
};

const totals = ({ summary }: SideView): { accepted: number; refused: number; putOff: number } => {
  const sum = (outcome: ReplyRow['outcome']): number =>
    summary.replies.filter((row) => row.outcome === outcome).reduce((total, row) => total + row.wanted, 0) /
    summary.seeds;
  return { accepted: sum('accepted'), refused: sum('given up'), putOff: sum('tried again') };
};

const kindOf = ({ class: kind }: ReplyRow): string => names[kind] ?? printable(kind);

const dataOf = (view: ScenarioView): RepliesData => {
  const lost = (receiver: string): number =>
    view.sides.reduce(
      (sum, { summary }) =>
        sum +
        summary.replies
          .filter((row) => row.receiver === receiver && row.outcome !== 'accepted')
          .reduce((total, row) => total + row.wanted, 0),
      0,
    );
  const receivers = [
    ...new Set(view.sides.flatMap(({ summary }) => summary.replies.map((row) => row.receiver))),
  ]
    .toSorted((one, two) => lost(two) - lost(one))
    .slice(0, mostReceivers);
  const bars = receivers.flatMap((receiver) => view.sides.map((side) => ({ receiver, side })));
  const stacks = (outcome: ReplyRow['outcome']): RepliesData['refused'] => {
    const rows = view.sides.flatMap(({ summary }) =>
      summary.replies.filter((row) => row.outcome === outcome && row.wanted > 0),
    );
    const weight = (kind: string): number =>
      rows.filter((row) => kindOf(row) === kind).reduce((sum, row) => sum + row.wanted, 0);
    const kinds = [...new Set(rows.map(kindOf))].toSorted((one, two) => weight(two) - weight(one));
    const main = kinds.slice(0, mostKinds);
    const groups = kinds.length > mostKinds ? [...main, 'other'] : main;
    return groups.map((kind) => [
      kind,
      bars.map(
        ({ receiver, side }) =>
          side.summary.replies
            .filter(
              (row) =>
                row.receiver === receiver &&
                row.outcome === outcome &&
                (kindOf(row) === kind || (kind === 'other' && !main.includes(kindOf(row)))),
            )
            .reduce((sum, row) => sum + row.wanted, 0) / side.summary.seeds,
      ),
    ]);
  };
  return {
    rows: bars.map(({ receiver, side }) => {
      const rows = side.summary.replies.filter((row) => row.receiver === receiver);
      const sum = (outcome: ReplyRow['outcome']): number =>
        rows.filter((row) => row.outcome === outcome).reduce((total, row) => total + row.wanted, 0);
      const ended = sum('accepted') + sum('given up');
      const who = view.compared !== null ? `${printable(receiver)}, ${side.name}` : printable(receiver);
      return `${who} · ${ended === 0 ? 'no mail' : `${share(sum('accepted') / ended)} accepted`}`;
    }),
    refused: stacks('given up'),
    putOff: stacks('tried again'),
  };
};

/** Totals by kind of reply over all receivers, a seed. */
const byCode = (view: ScenarioView): VNode => {
  const key = (row: ReplyRow): string => `${row.outcome}|${kindOf(row)}`;
  const keys = [...new Set(view.sides.flatMap(({ summary }) => summary.replies.map(key)))];
  const many = view.compared !== null;
  const cell = (side: SideView, one: string, whose: 'wanted' | 'abusive'): number =>
    side.summary.replies.filter((row) => key(row) === one).reduce((sum, row) => sum + row[whose], 0) /
    side.summary.seeds;
  const order = ['accepted', 'given up', 'tried again'];
  const weight = (one: string): number =>
    view.sides.reduce((sum, side) => sum + cell(side, one, 'wanted'), 0);
  return table(
    columns(
      'Reply',
      'What became of it',
      ...view.sides.flatMap(({ name }) =>
        many ? [`#Wanted, ${name}`, `#Abuse, ${name}`] : ['#Wanted', '#Abuse'],
      ),
    ),
    keys
      .toSorted(
        (one, two) =>
          order.indexOf(one.split('|')[0]!) - order.indexOf(two.split('|')[0]!) || weight(two) - weight(one),
      )
      .map((one) => {
        const [outcome, kind] = one.split('|') as [string, string];
        return [
          kind,
          outcome,
          ...view.sides.flatMap((side) => [
            count(cell(side, one, 'wanted')),
            count(cell(side, one, 'abusive')),
          ]),
        ];
      }),
    {
      caption: 'All receivers, mean of a seed. Accepted and given up count copies, tried again counts tries',
    },
  );
};

const all = (side: SideView, many: boolean, mostRows: number): VNode => {
  const rows = side.summary.replies;
  return folded(
    `${many ? `${side.name}: b` : 'B'}y receiver and reply (${plural(rows.length, 'row')})`,
    false,
    table(
      columns('Receiver', 'What became of it', 'Reply', 'Class', '#Wanted', '#Abuse'),
      rows
        .slice(0, mostRows)
        .map((row) => [
          printable(row.receiver),
          row.outcome,
          element('span', { class: 'rule' }, printable(row.reply)),
          kindOf(row),
          count(row.wanted),
          count(row.abusive),
        ]),
      { caption: `Replies by receiver, sums over ${plural(side.summary.seeds, 'seed')}` },
    ),
    rows.length > mostRows ? paragraph(`${count(rows.length - mostRows)} more are in result.json.`) : null,
  );
};
