// The summary at a terminal: its words, its width, and that no name can steer the terminal.

import { expect, test } from 'vitest';
import { judgeGates, renderTerminal, summarise, type TerminalOptions } from '../../reports/index.ts';
import { worstSeed } from '../../reports/metric-summary.ts';
import { type FixtureOptions, makeResult } from './fixture.ts';

const render = (options: FixtureOptions = {}, terminal: TerminalOptions = {}): string => {
  const result = makeResult({
    gates: [{ metric: 'time_to_block', statistic: 'p95', rule: 'atMost', limit: '4h' }],
    ...options,
  });
  const summary = summarise(result);
  return renderTerminal(result, summary, judgeGates(result, summary), terminal);
};

test('the summary names detection, block, escape, the hit, gates, report and how to repeat it', () => {
  const text = render({}, { reportPath: 'runs/1/report.html' });
  for (const line of [
    /time to detect +5 m 9 s/,
    /time to block +21 m +never +never, seed 19 +never in 2 of 20, by the policy/,
    /abuse that got out +151/,
    /innocent tenants hit +0 to 1 .*of 151/,
    /time on a register +14 h 31 m/,
    /offices-88 +5 of 20 +suspended up to 14 h, 155 refused/,
    /✗ FAILED +time_to_block.p95 +never +at most 4 h/,
    /Report +runs\/1\/report.html/,
    /Repeat +npx sharedfate run scenarios\/weak-password.ts --seeds 20/,
  ])
    expect(text).toMatch(line);
});

test('no line is wider than the terminal', () => {
  for (const columns of [80, 100, 140]) {
    const widest = Math.max(
      ...render({}, { columns })
        .split('\n')
        .map((line) => line.length),
    );
    expect(widest).toBeLessThanOrEqual(columns);
  }
});

test('colours come only when asked for, and change no word', () => {
  const plain = render();
  expect(plain).not.toContain('\u001b');
  expect(render({}, { colours: true }).replace(/\u001b\[\d+m/g, '')).toBe(plain);
});

test('a tenant whose name holds terminal escapes cannot recolour or clear the screen', () => {
  expect(render({ hitName: 'evil\u001b[2J\u0007\r' })).not.toMatch(/[\u001b\u0007\r]/);
});

test('the worst seed is that of the first measure in which seeds differ; none where they are alike', () => {
  expect(render()).toMatch(/^Worst .* --seed 19$/m);
  const faultless = makeResult({ culprits: false, noHits: true });
  const summary = summarise(faultless);
  const text = (bounced: typeof summary): string =>
    renderTerminal(faultless, bounced, judgeGates(faultless, summary), {});
  expect(text(summary)).not.toMatch(/^Worst/m);
  const name = 'collateral.bounced';
  const bounced = summarise(makeResult()).metrics[name];
  const worst = worstSeed(bounced);
  expect(worst).not.toBe('');
  expect(text({ ...summary, metrics: { ...summary.metrics, [name]: bounced } }))
    .toMatch(new RegExp(`^Worst .* --seed ${worst}$`, 'm'));
});
