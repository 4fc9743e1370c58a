// Every renderer's file for five ends of a run or comparison, as text that is reviewed as a diff.
// `GOLDEN=write npx vitest run test/reports/outputs` writes them anew.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { judgeGates, renderTerminal, summarise } from '../../../reports/index.ts';
import {
  renderAnnotations, renderComparisonCsv, renderComparisonMarkdown, renderJunit, renderRunCsv,
  renderRunMarkdown, suiteOfRun, suitesOfComparison,
} from '../../../reports/outputs/index.ts';
import type { RunResult } from '../../../sim/index.ts';
import { makeComparison } from '../comparison-fixture.ts';
import { makeResult } from '../fixture.ts';

const folder = join(import.meta.dirname, 'golden');
const late = { metric: 'time_to_block', statistic: 'p50', rule: 'atMost', limit: '4h' } as const;
const soon = { ...late, limit: '1m' } as const;
const few = { metric: 'escaped', statistic: 'p95', rule: 'atMost', limit: '50', severity: 'warn' } as const;
const waiver = { until: '2027-01-31', because: 'the register moves in January' };
const waived = { ...few, severity: 'fail', waiver } as const;
const against = { ...late, rule: 'notWorseBy', limit: '15m' } as const;

const runs: Readonly<Record<string, RunResult>> = {
  passed: makeResult({ seeds: 3, neverBlocked: 0, gates: [late, few, against] }),
  failed: makeResult({ seeds: 3, neverBlocked: 1, gates: [soon, late, waived] }),
  'no-data': makeResult({ seeds: 2, culprits: false, gates: [late] }),
  interrupted: { ...makeResult({ seeds: 2, neverBlocked: 0, gates: [late] }), seedsAsked: 20 },
  'no-gates': makeResult({ seeds: 2, neverBlocked: 0 }),
};

const isGolden = (file: string, text: string): void => {
  const path = join(folder, file);
  if (process.env['GOLDEN'] === 'write') writeFileSync(path, text);
  expect(text).toBe(readFileSync(path, 'utf8'));
};

describe.each(Object.entries(runs))('a run that is %s', (name, result) => {
  const summary = summarise(result);
  const gates = judgeGates(result, summary);
  const suite = suiteOfRun(result, gates);
  test('as JUnit', () => isGolden(`${name}.xml`, renderJunit([suite])));
  test('as annotations', () => isGolden(`${name}.txt`, renderAnnotations([suite])));
  test('as Markdown', () => isGolden(`${name}.md`, renderRunMarkdown(result, summary, gates)));
  test('as CSV', () => isGolden(`${name}.csv`, renderRunCsv(result)));
  test('at a terminal', () => isGolden(`${name}.terminal.txt`, renderTerminal(result, summary, gates)));
});

describe('a comparison', () => {
  const comparison = makeComparison();
  const suites = suitesOfComparison(comparison);
  test('as JUnit', () => isGolden('comparison.xml', renderJunit(suites)));
  test('as annotations', () => isGolden('comparison.txt', renderAnnotations(suites)));
  test('as Markdown', () => isGolden('comparison.md', renderComparisonMarkdown(comparison)));
  test('as CSV', () => isGolden('comparison.csv', renderComparisonCsv(comparison)));
});
