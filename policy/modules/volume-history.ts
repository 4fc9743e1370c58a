// Notices an account that sends more than it ever does at that hour of its week, or on that day of it: an
// office has its Mondays and a newsletter its Tuesday mornings, and neither is news.

import { type Action, verdictOf } from '../actions.ts';
import { type Cells, freshCells } from '../cells.ts';
import type { Module } from '../module.ts';
import { cusum } from '../tests/cusum.ts';
import { ewma } from '../tests/ewma.ts';
import { days, hours } from '../units.ts';
import { pass } from '../verdict.ts';
import { isAdmitted } from './admitted.ts';
import {
  alarmEnd, count, deviationOf, firstSpan, historyCells, isHistory, learnSpan, level, levelOf, setLevel, span,
  usualCount,
} from './own-history.ts';
import { countInRange, oneOf } from './parameters.ts';

export interface VolumeHistoryParameters {
  /** Its name in reasons; `volume-history` if left out. */
  readonly name?: string;
  readonly of: 'messages' | 'recipients';
  /** What is compared with the same of earlier weeks: each hour, or each day. */
  readonly each: 'hour' | 'day';
  /**
   * How deviations, in the account's standard deviations, come to an alarm: as in the sequential tests `ewma`
   * (one large burst: a lambda near 1; lasting small ones: 0.2) and `cusum`. Rises alone alarm.
   */
  readonly chart:
    | { readonly kind: 'ewma'; readonly lambda: number; readonly width: number }
    | { readonly kind: 'cusum'; readonly reference: number; readonly threshold: number };
  /** Weeks of history before the account is judged; 1 to 52. */
  readonly weeks: number;
  /** What an hour or a day must bring before it is looked at; 1 to 1,000,000. */
  readonly minimum: number;
  readonly action: Action;
}

/** A count stops here. */
const most = 2 ** 30;
/**
 * Deviations of a span that is over enter the chart up to this, so that a single one does not stay for weeks.
 */
const mostDeviations = 20;

/**
 * Judges the span under way by what it holds so far, the message in question included, on top of the chart's
 * level at its beginning; so a burst alarms while it lasts. A span that ends in an alarm empties the chart,
 * and the action goes on to the end of the next one, from its second message on. A day without any mail is a
 * holiday and teaches nothing. Only mail that was let in counts. Ends by time, and by a person's release,
 * which forgets the span under way and the chart, not the history. Reasons name what was sent and what is
 * usual. An account that begins with its abuse has no history: that is for other rules. Throws a RangeError
 * for a parameter out of range.
 */
export const volumeHistory = (parameters: VolumeHistoryParameters): Module<Cells> => {
  const { action } = parameters;
  const name = parameters.name ?? 'volume-history';
  const of = oneOf(name, 'of', parameters.of, ['messages', 'recipients']);
  const each = oneOf(name, 'each', parameters.each, ['hour', 'day']);
  const least = countInRange(name, 'weeks', parameters.weeks, 1, 52);
  const minimum = countInRange(name, 'minimum', parameters.minimum, 1, 1_000_000);
  const length = each === 'hour' ? hours(1) : days(1);
  const perDay = each === 'hour' ? 24 : 1;
  const perWeek = 7 * perDay;
  const observe = charted(name, parameters.chart);
  const rule = `${of} of ${each === 'hour' ? 'an hour' : 'a day'} above the usual`;
  const countsRecipients = of === 'recipients';
  const calm = {
    cell: count, addsRecipients: countsRecipients, most: countsRecipients ? minimum - 1 : minimum - 2,
  };
  const layout = { cells: historyCells(perWeek), calm };
  const weeksAt = ({ at, words }: Readonly<Cells>, number: number): number =>
    Math.floor((number - words[at + firstSpan]!) / perWeek);
  const close = (state: Cells, number: number, amount: number): void => {
    const weeks = weeksAt(state, number);
    const isJudged = weeks >= least;
    const above = learnSpan(state, number % perWeek, amount, weeks, isJudged);
    if (!isJudged) return;
    const next = observe(levelOf(state), Math.min(above, mostDeviations));
    setLevel(state, next);
    if (next === alarmed && amount >= minimum) state.words[state.at + alarmEnd] = number + 1;
  };
  return {
    name,
    key: 'account',
    hears: ['submitted', 'released'],
    layout,
    fresh: () => freshCells(layout),
    accepts: isHistory,
    decide(state, { recipients }, now) {
      const { at, words } = state;
      const number = Math.floor(now / length) + 1;
      const newest = words[at + span]!;
      if (newest === 0 || number > newest) return pass;
      const seen = words[at + count]! + (countsRecipients ? recipients.length : 1);
      if (seen < minimum || weeksAt(state, newest) < least) return pass;
      const place = newest % perWeek;
      const isAlarm = newest <= words[at + alarmEnd]! ||
        observe(levelOf(state), deviationOf(state, place, seen)) === alarmed;
      if (!isAlarm) return pass;
      return verdictOf(action, { module: name, rule, seen, limit: usualCount(state, place) }, now);
    },
    learn(state, signal, now) {
      const { at, words } = state;
      if (signal.kind === 'released') words[at + count] = words[at + level] = words[at + alarmEnd] = 0;
      if (signal.kind !== 'submitted' || !isAdmitted(signal.verdict)) return;
      const number = Math.floor(now / length) + 1;
      const newest = words[at + span]!;
      if (newest === 0) words[at + span] = words[at + firstSpan] = number;
      if (newest > 0 && number > newest) {
        close(state, newest, words[at + count]!);
        if (number - newest <= perDay) for (let one = newest + 1; one < number; one++) close(state, one, 0);
        words[at + span] = number;
        words[at + count] = 0;
      }
      const more = countsRecipients ? signal.submission.recipients.length : 1;
      words[at + count] = Math.min(words[at + count]! + more, most);
    },
  };
};

/** What a chart says instead of a level when it alarms. */
const alarmed = -1;

/**
 * One step of the chart: the level after an observation, or `alarmed`. Its record stands in for any
 * account's.
 */
const charted = (
  name: string, chart: VolumeHistoryParameters['chart'],
): ((level: number, deviations: number) => number) => {
  if (oneOf(name, 'chart', chart.kind, ['ewma', 'cusum']) === 'ewma') {
    const { lambda, width } = chart as typeof chart & { readonly kind: 'ewma' };
    const test = ewma({ lambda, width, sides: 'upper' });
    const state = test.fresh();
    return (before, deviations) => {
      state.level = before;
      return test.observe(state, deviations) === 'alarm' ? alarmed : state.level;
    };
  }
  const { reference, threshold } = chart as typeof chart & { readonly kind: 'cusum' };
  const test = cusum({ reference, threshold, sides: 'upper' });
  const state = test.fresh();
  return (before, deviations) => {
    state.upper = before;
    return test.observe(state, deviations) === 'alarm' ? alarmed : state.upper;
  };
};
