// A comparison as a person at a terminal reads it. The text is stored, to be reviewed as a diff;
// GOLDEN=write stores it anew.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { renderComparisonTerminal } from '../../../reports/comparison/terminal.ts';
import { makeComparison } from '../comparison-fixture.ts';
import { comparisonOf, gate } from './sides.ts';

const stored = join(import.meta.dirname, 'terminal.txt');

test('every outcome of a row and of a gate has its words, and the last line goes on', () => {
  const text = renderComparisonTerminal(makeComparison(), { reportPath: 'runs/compare/report.html' });
  if (process.env['GOLDEN'] === 'write') writeFileSync(stored, text);
  expect(text).toBe(readFileSync(stored, 'utf8'));
});

test('no line is wider than asked for, but for commands, which are to be copied whole', () => {
  for (const columns of [80, 100, 140]) {
    const lines = renderComparisonTerminal(makeComparison(), { columns }).split('\n');
    const wide = lines.filter((line) => line.length > columns && !line.includes('npx sharedfate'));
    expect(wide).toEqual([]);
  }
});

test('without --all what stayed the same is counted, with it every row is shown', () => {
  const comparison = comparisonOf();
  const [short, long] = [false, true].map((all) => renderComparisonTerminal(comparison, { all }));
  expect(short).toMatch(/\d+ measures same; --all shows them/);
  expect(long).toMatch(/= same +queue.age /);
});

test('an inconclusive gate asks for the seeds that would settle it, as a command', () => {
  const few = comparisonOf({ seeds: 8, gates: [gate('escaped', 'mean', '5')] });
  const last = renderComparisonTerminal(few).trimEnd().split('\n').at(-1);
  expect(last).toBe('To settle it:  npx sharedfate compare before after --seeds 10');
});

test('a name from outside can neither recolour the terminal nor break a line', () => {
  const text = renderComparisonTerminal(makeComparison({ candidateName: 'x\u001b[31m\ny\u202e' }));
  expect(text).not.toContain('\u001b');
  expect(text).toContain('x\ufffd[31m\ufffdy\ufffd');
});

test('colours are off unless asked for, and each stands beside a word', () => {
  expect(renderComparisonTerminal(makeComparison(), { colours: true })).toContain('\u001b[31m✗ FAILED');
});
