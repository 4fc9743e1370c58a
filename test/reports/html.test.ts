// The report as a file: what it says without script, its size, and that nothing from outside becomes markup.

import { describe, expect, test } from 'vitest';
import { renderReport } from '../../reports/index.ts';
import { makeResult } from './fixture.ts';

const gates = [{ metric: 'time_to_block', statistic: 'p95', rule: 'atMost', limit: '4h' }] as const;
const page = await renderReport(makeResult({ gates: [...gates] }));
/** The page as one sees it without script. */
const still = page.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<style>[\s\S]*?<\/style>/, '');

describe('the report as a file', () => {
  test('says verdict, effects, gates, who pays and how to repeat it without any script', () => {
    for (const words of [
      'FAILED: 1 of 1 gate',
      'Under the default policy the stolen account was stopped',
      'Stopped by',
      'Abuse stopped after',
      'Innocent tenants hit',
      'Time on a register',
      'at most 4 h',
      'offices-88',
      'npx sharedfate run scenarios/weak-password.ts --seeds 20',
      'suspended offices-',
      'hard-bounce-ratio hard bounces/24h',
      'register west: trapThreshold',
    ])
      expect(still).toContain(words);
  });

  test('stays under 2.5 MB, also with 200 seeds', async () => {
    expect(page.length).toBeLessThan(2_500_000);
    expect((await renderReport(makeResult({ seeds: 200 }))).length).toBeLessThan(2_500_000);
  });

  test('has a language, headings in order, a skip link, and names each picture', () => {
    expect(page).toContain('<html lang="en">');
    expect(still).toContain('href="#content"');
    const levels = [...still.matchAll(/<h(\d)/g)].map((match) => Number(match[1]));
    levels.forEach((level, index) => expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1));
    const pictures = [...still.matchAll(/<[^>]*role="img"[^>]*>/g)].map((match) => match[0]);
    expect(pictures.length).toBeGreaterThanOrEqual(5);
    for (const picture of pictures) expect(picture).toMatch(/aria-label="[^"]{20,}/);
  });

  test('no id is given twice', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('shows no raw float and no stray undefined, NaN or Infinity', () => {
    expect(still).not.toMatch(/\d\.\d{3,}/);
    expect(still).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });

  test('carries no chart library where nothing is to be drawn', async () => {
    expect((await renderReport(makeResult({ culprits: false }))).length).toBeLessThan(100_000);
  });

  test('names from outside stay letters, wherever they stand', async () => {
    const hostile = makeResult({ hitName: '</script><img src=x onerror=alert(1)>"\'' });
    const bad = '</script><script>alert(2)</script><!--<img onerror=alert(3)>';
    const text = await renderReport({
      ...hostile,
      scenario: bad,
      tool: bad,
      plan: { ...hostile.plan, title: bad, question: bad },
      policy: {
        name: bad, source: bad, digest: '', modules: [bad],
        settings: [{ name: bad, value: 1, unit: bad, default: 2 }],
      },
      assumptions: [bad],
      seeds: hostile.seeds.map((seed) => ({
        ...seed,
        timeline: seed.timeline.map((event) => ({ ...event, what: bad, subject: bad })),
        receivers: seed.receivers.map((row) => ({ ...row, receiver: bad, reply: bad })),
      })),
    });
    const inScripts = [...text.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
    expect(inScripts.map((match) => match[1])).toEqual([
      ' type="application/json" id="data"',
      ' type="application/octet-stream" id="plotly"',
      '',
    ]);
    expect(text.replace(/<script[\s\S]*?<\/script>/g, '')).not.toMatch(/<script|<img|<!--/);
    expect(inScripts[0]![2]).not.toContain('<');
    expect(JSON.parse(inScripts[0]![2]!).seeds[0].events[0].what).toBe(bad);
  });
});
