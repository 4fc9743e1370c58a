// The report of a comparison as a file: its first screen, its sections for several scenarios, and its
// escaping.

import { describe, expect, test } from 'vitest';
import type { Comparison } from '../../reports/comparison/comparison.ts';
import type { Palette } from '../../reports/html/client/palette.ts';
import { seedsFigure } from '../../reports/html/client/seeds-figure.ts';
import { renderComparison } from '../../reports/index.ts';
import type { RunResult } from '../../sim/index.ts';
import { makeComparison } from './comparison-fixture.ts';
import { makeResult } from './fixture.ts';

const stillOf = (text: string): string =>
  text.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<style>[\s\S]*?<\/style>/, '');

const runs = (): { baseline: RunResult; candidate: RunResult } => ({
  baseline: makeResult({ seeds: 4, neverBlocked: 0 }),
  candidate: {
    ...makeResult({ seeds: 4, neverBlocked: 1 }),
    policy: { ...makeResult().policy, name: 'throttle-v2' },
  },
});

const twice = (comparison: Comparison): Comparison => ({
  ...comparison,
  scenarios: [
    ...comparison.scenarios,
    { ...comparison.scenarios[0]!, scenario: 'scenarios/stale-list.ts', title: 'A stale list' },
  ],
});

describe('the report of a comparison', () => {
  test('says verdict, what changed, effects with intervals, gates and the command without any ' +
  'script', async () => {
    const comparison = makeComparison();
    const still = stillOf(await renderComparison(comparison, [runs()]));
    const failed = comparison.gates.verdicts.filter(({ counts, outcome }) => counts && outcome === 'failed');
    for (const words of [
      'default → throttle-v2',
      `FAILED: ${failed.length} of `,
      'recipients-day.limit',
      '500 → 800',
      '95\u00a0%:',
      'Who pays',
      comparison.repeat,
      'worst seed 3',
    ])
      expect(still).toContain(words);
    for (const { label } of comparison.gates.verdicts) expect(still).toContain(label);
  });

  test('says of a culprit that was never stopped that it was not, and of a seed no half innocents',
    async () => {
      const still = stillOf(await renderComparison(makeComparison(), [runs()]));
      expect(still).toMatch(/sent for \d[^,]*, [\d,]+ out/);
      expect(still).toMatch(/never stopped, [\d,]+ out/);
      const panel = {
        title: 'Innocents hit', unit: 'tenants', isLog: false, named: [], baseline: [2], candidate: [1],
        baselineCensored: [], candidateCensored: [], said: [['2'], ['1']] as const,
      };
      const data = { sides: ['a', 'b'], seeds: ['1'], panels: [panel] };
      const quiet = '#59636e';
      expect(seedsFigure(data, { quiet } as Palette).layout).toMatchObject({ yaxis: { dtick: 1 } });
    });

  test('names in its first sentence what got worse, though every gate passed', async () => {
    const comparison = makeComparison({ gates: [] });
    const moved = { metric: 'collateral.deferred', label: 'wanted mail deferred', outcome: 'worse' as const };
    const rows = comparison.scenarios[0]!.rows.map((row) =>
      (row.metric === 'abusive.submitted' ? { ...row, ...moved } : row));
    const worse = { ...comparison, scenarios: [{ ...comparison.scenarios[0]!, rows }] };
    const still = stillOf(await renderComparison(worse, [runs()]));
    expect(/id="verdict"[\s\S]*?wanted mail deferred \+3,000, worse/.test(still)).toBe(true);
  });

  test('without its runs says that nobody can be named, and not that nobody paid', async () => {
    const still = stillOf(await renderComparison(makeComparison(), [{ baseline: null, candidate: null }]));
    expect(still).toContain('so nobody can be named');
    expect(still).not.toContain('Nobody: no innocent');
  });

  test('shows every row of the comparison with its outcome as a word', async () => {
    const comparison = makeComparison();
    const still = stillOf(await renderComparison(comparison, [runs()]));
    const effects = still.slice(
      still.indexOf('<section id="effects"'),
      still.indexOf('<section id="survival"'),
    );
    const words: Record<string, string> = { 'only baseline': 'gone', 'only candidate': 'new' };
    for (const row of comparison.scenarios[0]!.rows) {
      expect(effects).toContain(row.label);
      expect(effects).toContain(words[row.outcome] ?? row.outcome);
    }
    expect(effects).toMatch(/about [\d,]+ seeds would settle it/);
  });

  test('gives each scenario its own part in every section, and no id twice', async () => {
    const page = await renderComparison(twice(makeComparison()), [runs(), runs()]);
    const still = stillOf(page);
    for (const id of [
      'effects',
      'survival',
      'hit',
      'seeds',
      'timeline',
      'replies',
      'days',
      'rules',
      'trade-off',
    ]) {
      const from = still.indexOf(`<section id="${id}"`);
      const part = still.slice(from, still.indexOf('</section>', from));
      expect(part, id).toContain('One weak password among 150 offices');
      expect(part, id).toContain('A stale list');
    }
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    expect(page.length).toBeLessThan(2_500_000);
  });

  test('holds a side of which only figures are left by its figures', async () => {
    const still = stillOf(
      await renderComparison(makeComparison(), [{ baseline: null, candidate: runs().candidate }]),
    );
    expect(still).toContain('500 → 800');
    expect(still).toContain('throttle-v2: seeds');
    expect(still).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });

  test('refuses runs that do not fit the scenarios', async () => {
    await expect(renderComparison(makeComparison(), [])).rejects.toThrow('0 pairs of runs for 1 scenarios');
  });

  test('names from outside stay letters in all of it', async () => {
    const bad = '</script><img src=x onerror=alert(1)>]]>\u001b[31m';
    const hostile = makeComparison({ candidateName: bad, scenario: bad });
    const [scenario] = hostile.scenarios;
    const page = await renderComparison(
      {
        ...hostile,
        tool: bad,
        repeat: bad,
        settings: [{ name: bad, baseline: bad, candidate: bad }],
        scenarios: [
          {
            ...scenario!,
            title: bad,
            rows: scenario!.rows.map((row) => ({ ...row, label: bad, metric: bad })),
          },
        ],
        gates: {
          ...hostile.gates,
          verdicts: hostile.gates.verdicts.map((gate) => ({
            ...gate,
            label: bad,
            note: bad,
            worstSeed: bad,
            found: bad,
            rule: bad,
          })),
        },
      },
      [runs()],
    );
    expect(page.match(/<script/g)).toHaveLength(3);
    expect(stillOf(page)).not.toMatch(/<img|\u001b/);
  });
});
