// How near the rules came that let a culprit's mail pass: what more of something would have made them speak.

import type { NearMiss, Tale } from '../../sim/telling/tale.ts';
import { count, listed, printable } from '../format.ts';
import { limitText, moduleText } from './numbers.ts';
import type { DateOf } from './step-text.ts';

/**
 * Label and sentence for each rule that never spoke on the abuse, nearest first; those that nothing tried
 * brought near share one.
 */
export const nearEntries = ({ near }: Tale, dateOf: DateOf): readonly (readonly [string, string])[] => {
  const isNear = ({ at, of }: NearMiss): boolean => at !== null && of !== null;
  const far = near.filter((one) => !isNear(one)).map(({ rule }) => moduleText(rule));
  const entries = near.filter(isNear).map((one) => [moduleText(one.rule), nearText(one, dateOf)] as const);
  return far.length === 0 ? entries : [...entries, ['far from it', farText(far)]];
};

const farText = (far: readonly string[]): string =>
  `${listed(far)}: up to 1,000 more recipients, messages, unknown users, complaints, spam verdicts or trap ` +
  `hits would not have made ${far.length === 1 ? 'it' : 'one'} speak; more of anything else was not tried`;

const nearText = ({ at, limit, more, of, rule }: NearMiss, dateOf: DateOf): string => {
  const quantity = printable(rule.split(' ').slice(1).join(' '));
  const when = `at ${dateOf(at!)}`;
  if (of === 'recipients' && limit > 1) {
    const seen = `${count(limit + 1 - more)} ${quantity}`;
    return `saw at most ${seen}, its limit is ${limitText(limit)} (${when})`;
  }
  const what = more === 1 ? of!.replace(/s$/, '') : of!;
  return `${quantity}: ${count(more)} more ${what} would have made it speak ` +
    `(its limit is ${limitText(limit)}; ${when})`;
};
