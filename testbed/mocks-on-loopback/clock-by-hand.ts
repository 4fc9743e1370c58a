// The verb that moves the clock of a living world.

import { formatTime } from '../../sim/index.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import { readDuration } from '../../sim/plan/quantities.ts';
import type { Done, Hands } from './hands.ts';
import { ControlMistake, demandOnly, type Fields, textOf } from './mistakes.ts';

/** Moves it by a span, or to a time of the scenario; resolves when all until then has happened. */
export const moveClock = async ({ live }: Hands, fields: Fields): Promise<Done> => {
  demandOnly(fields, ['by', 'to']);
  if ((fields['by'] === undefined) === (fields['to'] === undefined)) {
    throw new ControlMistake(
      422, 'the clock moves by a span or to a time: give one of the two, such as {"by":"1h"}.',
    );
  }
  const from = live.now;
  const to = 'by' in fields ? from + timeOf(fields, 'by') : timeOf(fields, 'to');
  const { length } = live.world.plan;
  if (to < from) {
    const over = `${formatTime(to)} is over`;
    throw new ControlMistake(422, `the clock is at ${formatTime(from)} and never goes back; ${over}.`);
  }
  if (to > length) {
    const past = `${formatTime(to)} is past that`;
    throw new ControlMistake(422, `the scenario ends at ${formatTime(length)}; ${past}.`);
  }
  await live.moveTo(to);
  return { from: formatTime(from), now: formatTime(live.now), ms: live.now };
};

const timeOf = (fields: Fields, field: string): number => {
  const text = textOf(fields, field, "a time such as '90m' or '1d20h'");
  const reading = readDuration(text);
  if (reading.ok) return reading.value;
  const { wrong, allowed } = reading;
  throw new ControlMistake(422, `${field} is ${shownValue(text)}, which ${wrong}; it is ${allowed}.`);
};
