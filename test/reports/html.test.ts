// The report as a file: what it says without script, its size, and that nothing from outside becomes markup.

import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { PageData } from '../../reports/html/page.ts';
import { renderReport } from '../../reports/index.ts';
import { makeResult } from './fixture.ts';

const gates = [{ metric: 'time_to_block', statistic: 'p95', rule: 'atMost', limit: '4h' }] as const;
const page = await renderReport(makeResult({ gates: [...gates] }));
/** The page as one sees it without script. */
const stillOf = (text: string): string =>
  text.replace(/<script[\s\S]*?<\/script>/g, '').replace(/<style>[\s\S]*?<\/style>/, '');
const still = stillOf(page);
const dataOf = (text: string): PageData => {
  const packed = /<script type="application\/octet-stream" id="data">([^<]*)<\/script>/.exec(text)![1]!;
  return JSON.parse(gunzipSync(Buffer.from(packed, 'base64')).toString('utf8')) as PageData;
};

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

  test('answers eleven questions, each under a heading that the contents lead to', () => {
    const ids = [
      'gates',
      'effects',
      'survival',
      'hit',
      'seeds',
      'timeline',
      'replies',
      'days',
      'rules',
      'trade-off',
      'simulated',
    ];
    ids.forEach((id, index) => {
      expect(still).toContain(`href="#${id}"`);
      expect(still).toMatch(new RegExp(`<section id="${id}"[^>]*><h2[^>]*>${index + 1} · `));
    });
  });

  test('has a table beside every chart, and a sentence in place of it', () => {
    const data = dataOf(page);
    expect(data.charts.map(({ kind }) => kind).toSorted()).toEqual([
      'classes',
      'replies',
      'seeds',
      'steps',
      'steps',
      'trade-off',
    ]);
    for (const { id } of data.charts) {
      const place = still.indexOf(`id="${id}"`);
      expect(place, id).toBeGreaterThan(0);
      expect(still.slice(place).search(/<table/), id).toBeGreaterThan(0);
      expect(/aria-label="[^"]{30,}"/.test(still.slice(place, place + 2_000)), id).toBe(true);
    }
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
    expect(pictures.length).toBeGreaterThanOrEqual(11);
    for (const picture of pictures) expect(picture).toMatch(/aria-label="[^"]{20,}/);
  });

  test('no id is given twice', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  test('shows no raw float and no stray undefined, NaN or Infinity', () => {
    expect(still.replaceAll(/>0\.\d{3}</g, '><')).not.toMatch(/\d\.\d{3,}/);
    expect(still).not.toMatch(/undefined|NaN|Infinity|\[object/);
  });

  test('says that nobody was at fault where nobody was, and draws no curve of it', async () => {
    const calm = await renderReport(makeResult({ culprits: false }));
    expect(stillOf(calm)).toContain('nobody is at fault');
    expect(stillOf(calm)).not.toContain('id="survival"');
    expect(dataOf(calm).charts.map(({ kind }) => kind)).not.toContain('steps');
  });

  test('says of results older than its measures that they lack them', async () => {
    const result = makeResult();
    const old = await renderReport({
      ...result,
      seeds: result.seeds.map((seed) => ({
        ...seed,
        days: { from: 0, addresses: [] },
        groups: [],
        heard: { abusive: 0, innocent: 0, rules: [], pairs: [] },
      })),
    });
    expect(stillOf(old)).toContain('before groups were measured');
    expect(stillOf(old)).toContain('before that was measured');
    expect(stillOf(old)).toContain('days were not measured');
  });

  test('one seed alone makes a page, without intervals it cannot have', async () => {
    const single = stillOf(await renderReport(makeResult({ seeds: 1, neverBlocked: 0 })));
    expect(single).toContain('Under the default policy the stolen account was stopped after');
    expect(single).not.toMatch(/undefined|NaN|Infinity/);
  });

  test('names from outside stay letters, wherever they stand', async () => {
    const hostile = makeResult({ hitName: '</script><img src=x onerror=alert(1)>"\'' });
    const bad = '</script><script>alert(2)</script><!--<img onerror=alert(3)>]]>\u001b[31m\u202e';
    const text = await renderReport({
      ...hostile,
      scenario: bad,
      tool: bad,
      made: bad,
      plan: { ...hostile.plan, title: bad, question: bad },
      policy: {
        name: bad,
        source: bad,
        digest: '',
        modules: [bad],
        settings: [{ name: bad, value: 1, unit: bad, default: 2 }],
      },
      assumptions: [bad],
      cast: [{ group: bad, kind: bad, tenants: 1 }],
      seeds: hostile.seeds.map((seed) => ({
        ...seed,
        fingerprint: bad,
        timeline: seed.timeline.map((event) => ({ ...event, what: bad, subject: bad })),
        receivers: seed.receivers.map((row) => ({ ...row, receiver: bad, reply: bad, class: bad })),
        culprits: seed.culprits.map((one) => ({ ...one, tenant: bad, blockedBy: bad, detectedBy: bad })),
        listings: seed.listings.map((one) => ({ ...one, register: bad, address: bad, ending: bad })),
        rules: seed.rules.map((one) => ({ ...one, rule: bad, verdict: bad })),
        groups: seed.groups.map((one) => ({ ...one, group: bad })),
        days: { ...seed.days, addresses: seed.days.addresses.map((one) => ({ ...one, address: bad })) },
        heard: {
          ...seed.heard,
          rules: seed.heard.rules.map((one) => ({ ...one, rule: bad })),
          pairs: seed.heard.pairs.map((one) => ({ ...one, one: bad, two: `${bad}2` })),
        },
      })),
    });
    const inScripts = [...text.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
    expect(inScripts.map((match) => match[1])).toEqual([
      ' type="application/octet-stream" id="data"',
      ' type="application/octet-stream" id="plotly"',
      '',
    ]);
    expect(text.replace(/<script[\s\S]*?<\/script>/g, '')).not.toMatch(/<script|<img|<!--/);
    expect(/.{40}[\u001b\u202e]/.exec(stillOf(text))?.[0]).toBeUndefined();
    expect(dataOf(text).stories[0]!.seeds[0]!.sides[0]!.events[0]!.what).toBe(bad);
  });
});
