// GitHub's limits, and what is said where they are met. A plan may hold any number of gates and tenants.

import { describe, expect, test } from 'vitest';
import { judgeGates, summarise } from '../../../reports/index.ts';
import {
  renderAnnotations, renderComparisonMarkdown, renderRunMarkdown, suiteOfRun,
} from '../../../reports/outputs/index.ts';
import { summaryLimit } from '../../../reports/outputs/markdown.ts';
import { makeComparison, makeGates, makeRows } from '../comparison-fixture.ts';
import { makeResult } from '../fixture.ts';
import { brokenRows } from './markdown-reading.ts';

const bytes = (text: string): number => Buffer.byteLength(text);
const gate = (limit: number) =>
  ({ metric: 'escaped', statistic: 'p50', rule: 'atMost', limit: String(limit) }) as const;
const manyGates = (failing: number, passing: number) =>
  [...Array.from({ length: passing }, () => gate(1e6)), ...Array.from({ length: failing }, () => gate(1))];
const judged = (failing: number, passing: number) => {
  const result = makeResult({ seeds: 2, gates: manyGates(failing, passing) });
  const summary = summarise(result);
  return { result, summary, gates: judgeGates(result, summary) };
};

test('a summary stays under the bytes of a comment, and says how many rows it leaves out', () => {
  const { result, summary, gates } = judged(3, 2_000);
  const page = renderRunMarkdown(result, summary, gates);
  expect(bytes(page)).toBeLessThanOrEqual(summaryLimit);
  expect(page).toMatch(/^\d+ more rows are in report\.html and result\.json\.$/m);
  expect(brokenRows(page)).toEqual([]);
  // What failed comes first, so it is what stays; the commands at the end stay too.
  expect(page.match(/✗ \*\*failed\*\*/g)).toHaveLength(3);
  expect(page).toContain('Repeat: `npx sharedfate run');
});

test('a summary with room for everything leaves nothing out', () => {
  const { result, summary, gates } = judged(1, 3);
  const page = renderRunMarkdown(result, summary, gates);
  expect(page).not.toContain('more rows');
  expect(page.match(/<details>/g)!.length).toBe(page.match(/<\/details>/g)!.length);
});

test('names of any length keep to a summary', () => {
  const result = makeResult({ seeds: 2, hitName: 'ü'.repeat(50_000) });
  const long = { ...result, plan: { ...result.plan, title: '`|'.repeat(50_000) } };
  const summary = summarise(long);
  const page = renderRunMarkdown(long, summary, judgeGates(long, summary));
  expect(bytes(page)).toBeLessThanOrEqual(summaryLimit);
  expect(page).toContain('…');
});

test('a comparison of many scenarios keeps to a summary', () => {
  const one = makeComparison();
  const scenarios = Array.from({ length: 300 }, (_, index) =>
    ({ ...one.scenarios[0]!, scenario: `scenarios/${index}.ts`, rows: makeRows() }));
  const verdicts = scenarios.flatMap(({ scenario }) => makeGates(scenario));
  const page = renderComparisonMarkdown({ ...one, scenarios, gates: { ...one.gates, verdicts } });
  expect(bytes(page)).toBeLessThanOrEqual(summaryLimit);
  expect(brokenRows(page)).toEqual([]);
  expect(page).toContain('more rows');
});

describe('annotations', () => {
  const kinds = (failing: number) => {
    const { result, gates } = judged(failing, 1);
    return renderAnnotations([suiteOfRun(result, gates)]).trimEnd().split('\n');
  };
  test('are at most ten of a kind, the last of which counts the rest', () => {
    expect(kinds(10)).toHaveLength(10);
    expect(kinds(10).at(-1)).not.toContain('more of this kind');
    expect(kinds(37)).toHaveLength(10);
    expect(kinds(37).at(-1)).toBe('::error title=sharedfate::28 more of this kind: see summary.md');
  });
  test('say that all passed, since silence might mean that nothing ran', () => {
    expect(kinds(0)).toEqual([
      '::notice file=scenarios/weak-password.ts,title=policy default::gates: 1 passed',
    ]);
  });
});
