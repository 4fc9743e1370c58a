// How near the rules came that let a culprit's mail pass: what more of something would have made them speak.

import type { NearMiss, Tale } from '../../sim/telling/tale.ts';
import { count, printable } from '../format.ts';
import { limitText, moduleText } from './numbers.ts';
import type { DateOf } from './step-text.ts';

/** Label and sentence for each rule that never spoke on the abuse, nearest first. */
export const nearEntries = ({ near }: Tale, dateOf: DateOf): readonly (readonly [string, string])[] =>
  near.map((one) => [moduleText(one.rule), nearText(one, dateOf)]);

const nearText = ({ at, limit, more, of, rule }: NearMiss, dateOf: DateOf): string => {
  if (at === null || of === null)
    return 'stayed far from speaking: not even 1,000 more of what it counts would have made it';
  const quantity = printable(rule.split(' ').slice(1).join(' '));
  const when = `at ${dateOf(at)}`;
  if (of === 'recipients' && limit > 1) {
    const seen = `${count(limit + 1 - more)} ${quantity}`;
    return `saw at most ${seen}, where ${limitText(limit)} are allowed (${when})`;
  }
  const what = more === 1 ? of.replace(/s$/, '') : of;
  return `${quantity}: ${count(more)} more ${what} would have made it speak ` +
    `(${limitText(limit)} allowed; ${when})`;
};
