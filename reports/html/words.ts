// Outcomes as words with a mark beside them, so that none is told by its colour alone.

import type { VNode } from 'preact';
import type { ComparisonRow } from '../comparison/comparison.ts';
import { whyOpen } from '../comparison/words.ts';
import { count, type Unit } from '../format.ts';
import { changeText as plainChange } from '../outputs/change-text.ts';
import { element } from './element.ts';

export const marks: Readonly<Record<string, string>> = {
  passed: '✓',
  failed: '✗',
  'no data': '?',
  inconclusive: '?',
  none: '',
  better: '✓',
  worse: '✗',
  same: '=',
  differs: '≠',
  'only baseline': '−',
  'only candidate': '+',
};

const looks: Readonly<Record<string, string>> = {
  passed: 'passed',
  better: 'passed',
  failed: 'failed',
  worse: 'failed',
  'no data': 'no-data',
  inconclusive: 'no-data',
  same: 'quiet',
  differs: 'warned',
  'only baseline': 'warned',
  'only candidate': 'warned',
};

/** `✗ worse`, `? inconclusive only 4 of 20 seeds differ; about 140 seeds would settle it`. */
export const outcomeWord = (row: ComparisonRow): VNode => {
  const { outcome, settledBy } = row;
  const why = [
    whyOpen(row),
    settledBy === null ? '' : `about ${count(settledBy)} seeds would settle it`,
  ].filter((part) => part !== '');
  return element(
    'span',
    { class: `word ${looks[outcome] ?? ''}` },
    `${marks[outcome] ?? ''} ` +
      `${outcome === 'only baseline' ? 'gone' : outcome === 'only candidate' ? 'new' : outcome}`,
    why.length === 0 ? null : element('small', null, ` ${why.join('; ')}`),
  );
};

/** A gate's verdict: `✗ failed`, `✗ failed (warn)`, `✗ failed (waived)`. */
export const gateWord = (outcome: string, excuse: string): VNode =>
  element(
    'span',
    { class: `word ${excuse !== '' && outcome !== 'passed' ? 'warned' : (looks[outcome] ?? '')}` },
    `${marks[outcome] ?? ''} ${outcome}${excuse === '' ? '' : ` (${excuse})`}`,
  );

/** `+2 h 16 m`, `−4 pt`; what is too small for a figure is `almost 0`. */
export const changeText = (change: number, unit: Unit): string => {
  const text = plainChange(change, unit);
  return /^[+\u2212]?</.test(text) ? 'almost 0' : text;
};

/** `+2 h 16 m (+1 h 31 m … +3 h 02 m)`. */
export const changeWithInterval = (
  change: number,
  [low, high]: readonly [number, number],
  unit: Unit,
): string => `${changeText(change, unit)} (${changeText(low, unit)} … ${changeText(high, unit)})`;
