// What can be wrong with our own side: times of the outbound queue, hours of the desk, where urgent mail
// goes.

import { registerPresets } from '../presets/index.ts';
import { feeOf } from '../world/registers/prices.ts';
import { checkAboveZero, day, type Draft, namesIn, timeText } from './draft.ts';
import type { Mistake } from './problems.ts';

export const checkOutbound = (outbound: Draft['outbound']): readonly Mistake[] => {
  if (outbound === undefined) return [];
  const { firstRetry, longestRetry, scan, giveUp } = outbound;
  const mistakes = Object.entries({ firstRetry, scan, giveUp }).flatMap(([field, span]) =>
    checkAboveZero(span, `outbound.${field}`, ''),
  );
  if (longestRetry < firstRetry) {
    const allowed = `it is no shorter than firstRetry, ${timeText(firstRetry)}`;
    mistakes.push({
      path: 'outbound.longestRetry',
      saw: `is ${timeText(longestRetry)}`,
      allowed,
      advice: '',
    });
  }
  return mistakes;
};

export const checkDesk = (draft: Draft): readonly Mistake[] => {
  if (draft.desk === undefined) return [];
  const { opens, closes, poll } = draft.desk;
  const mistakes = [
    ...checkAboveZero(poll, 'desk.poll', ''), ...checkUrgentRoute(draft), ...checkPays(draft),
  ];
  if (closes > day) {
    mistakes.push({
      path: 'desk.closes',
      saw: `is ${timeText(closes)}`,
      allowed: 'it is a time of day, 24h at most',
      advice: '',
    });
  } else if (opens >= closes) {
    const allowed = `it is before closes, ${timeText(closes)}`;
    const advice = "A desk that never closes opens at '0h' and closes at '24h'.";
    mistakes.push({ path: 'desk.opens', saw: `is ${timeText(opens)}`, allowed, advice });
  }
  return mistakes;
};

export const checkSignals = ({ signals }: Draft): readonly Mistake[] =>
  signals === undefined ? [] : checkAboveZero(signals.newText, 'signals.newText', '');

const checkUrgentRoute = (draft: Draft): readonly Mistake[] => {
  if (draft.desk?.urgentRoute !== 'alternative') return [];
  if (namesIn(draft, 'pools').includes('alternative')) return [];
  return [
    {
      path: 'desk.urgentRoute',
      saw: 'is "alternative"',
      allowed: 'that is a pool of this name, and this plan has none',
      advice: "Add a pool called 'alternative', or take 'freemail'.",
    },
  ];
};

/** Where nobody takes money the word would change nothing, and its author would look for why. */
const checkPays = (draft: Draft): readonly Mistake[] => {
  if (draft.desk?.paysForRemoval !== true || draft.registers.includes(undefined)) return [];
  const takers = registerPresets.filter((preset) => feeOf(preset) !== null).map(({ id }) => id);
  if (draft.registers.some((one) => takers.includes(one!.preset))) return [];
  return [
    {
      path: 'desk.paysForRemoval',
      saw: 'is true',
      allowed: 'no register of this plan takes money',
      advice: `Those that do are ${takers.join(', ')}.`,
    },
  ];
};
