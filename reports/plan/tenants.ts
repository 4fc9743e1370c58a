// The cast of a plan for people: each group of tenants, how it sends, and how much that is on a day.

import type { Plan, StreamPlan } from '../../sim/index.ts';
import { count, listed, plural, printable, share } from '../format.ts';
import type { Entry } from './layout.ts';
import { listText, rateText, sentences, spanText } from './words.ts';

type Group = Plan['tenants'][number];
const day = 86_400_000;

/** Messages of each trace that lie within the run, by its file. */
export type Traced = ReadonlyMap<string, number>;

export const tenantEntries = (plan: Plan, traced: Traced): readonly Entry[] => [
  ...plan.tenants.map((group): Entry => [printable(group.name), groupText(plan, group, traced)]),
  [
    'in all',
    `${plural(sum(plan.tenants.map((group) => group.count)), 'tenant')}, about ` +
      `${count(sum(plan.tenants.map((group) => messagesPerDay(plan, group, traced))))} messages on a ` +
      'working day',
  ],
];

const groupText = (plan: Plan, group: Group, traced: Traced): string => {
  const { accounts, allowance, mix, pool, stream, urgent } = group;
  const each = accounts === 1 ? '' : ` of ${count(accounts)} accounts each`;
  const daily = stream.kind === 'quiet' ? '' : `, ${expected(plan, group, traced)}`;
  return sentences([
    `${plural(group.count, 'tenant')}${each} through pool ${pool}${daily}`,
    streamText(stream),
    'list' in stream ? `to ${listText(stream.list)}` : '',
    allowance === undefined ? '' : `contract: each account ${rateText(allowance)}`,
    urgent === undefined ? '' : `${share(urgent)} of it urgent`,
    mix === undefined ? '' : `recipients: ${listed(mixParts(mix))}`,
  ]);
};

const mixParts = (mix: NonNullable<Group['mix']>): readonly string[] =>
  Object.entries(mix).map(([receiver, part]) => `${share(part)} at ${receiver}`);

const streamText = (stream: StreamPlan): string => {
  switch (stream.kind) {
    case 'office':
      return (
        `office mail: ${count(stream.perDay)} an account and working day (UTC${zoneText(stream.zone)}), ` +
        `${count(stream.recipients)} recipients each, ${share(stream.newcomers)} of them new, else from a ` +
        `book of ${count(stream.book)}`
      );
    case 'newsletter':
      return (
        `newsletter: ${count(stream.size)} addresses every ${spanText(stream.every)} from ` +
        `${spanText(stream.first)} on, at ${rateText(stream.pace)}` +
        `${stream.duplicates === 0 ? '' : `, ${share(stream.duplicates)} twice`}, bounces ${stream.bounces}`
      );
    case 'shop':
      return (
        `shop: ${count(stream.perDay)} orders, resets and receipts an account and day ` +
        `(UTC${zoneText(stream.zone)}), ${share(stream.returning)} to somebody written to before`
      );
    case 'script':
      return (
        `script: ${plural(stream.messages, 'message')} every ${spanText(stream.every)}, to a book of ` +
        `${count(stream.book)}`
      );
    case 'trace':
      return (
        `a real log: ${printable(stream.file)}` +
        `${stream.speed === 1 ? '' : `, played ${count(stream.speed)} times as fast`}`
      );
    case 'quiet':
      return 'sends nothing of its own';
    default:
      return stream satisfies never;
  }
};

const zoneText = (zone: number): string => (zone === 0 ? '' : ` ${zone > 0 ? '+' : ''}${zone}`);

const expected = (plan: Plan, group: Group, traced: Traced): string => {
  const daily = messagesPerDay(plan, group, traced);
  const many = daily >= 1 || daily === 0 ? plural(Math.round(daily), 'message') : 'less than a message';
  return `about ${many} a ${group.stream.kind === 'office' ? 'working day' : 'day'}`;
};

/** Expected messages a day over a long time; an office day is a working day, as its own number is. */
const messagesPerDay = (plan: Plan, { accounts, count: tenants, stream }: Group, traced: Traced): number => {
  const all = tenants * accounts;
  switch (stream.kind) {
    case 'office':
    case 'shop':
      return stream.perDay * all;
    case 'newsletter':
      return (stream.size * (1 + stream.duplicates) * day * all) / stream.every;
    case 'script':
      return (stream.messages * day * all) / stream.every;
    case 'trace':
      return ((traced.get(stream.file) ?? 0) * day) / plan.length;
    case 'quiet':
      return 0;
    default:
      return stream satisfies never;
  }
};

const sum = (numbers: readonly number[]): number =>
  Math.round(numbers.reduce((total, each) => total + each, 0));
