// The page in a real browser: nothing but the file is asked for, nothing is logged, every chart is really
// drawn, and people who cannot see it, or see it on paper, can read it.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderComparison, renderReport } from '../../reports/index.ts';
import { executablePath, type Reader, startReader } from './chromium.ts';
import { makeComparison } from './comparison-fixture.ts';
import { makeResult } from './fixture.ts';

if (executablePath === undefined)
  console.warn('skipped: the report in a browser, since no chromium is installed (Debian: chromium)');

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const pages = ['run', 'comparison'] as const;

describe.skipIf(executablePath === undefined)('the report in chromium', { timeout: 120_000 }, () => {
  let reader: Reader;

  beforeAll(async () => {
    reader = await startReader();
    const bad = '<img src=x onerror=alert(1)>';
    const baseline = makeResult({ hitName: bad, neverBlocked: 0 });
    const loose = makeResult({ hitName: bad, neverBlocked: 3 });
    const candidate = { ...loose, policy: { ...loose.policy, name: 'throttle-v2' } };
    reader.write('run', await renderReport(makeResult({ hitName: bad })));
    reader.write('comparison', await renderComparison(makeComparison(), [{ baseline, candidate }]));
  }, 120_000);
  afterAll(() => reader.close());

  const drawnMarks = (page: Page): Promise<[string, number][]> =>
    page
      .locator('.chart')
      .evaluateAll((places) =>
        places.map((place): [string, number] => [
          place.id,
          [...place.querySelectorAll('.js-line, .points path, .point path')].filter(
            (mark) => (mark.getAttribute('d') ?? '').length > 9,
          ).length,
        ]),
      );

  for (const name of pages)
    for (const colorScheme of ['light', 'dark'] as const) {
      test(`${name}, ${colorScheme}: every chart has marks, nothing is requested or logged`, async () => {
        const page = await reader.open(name, { colorScheme });
        const marks = await drawnMarks(page);
        expect(marks.length).toBeGreaterThanOrEqual(name === 'run' ? 7 : 9);
        expect(marks.filter(([, number]) => number < 1)).toEqual([]);
        expect(reader.heard).toEqual([]);
        await page.context().close();
      });

      test(`${name}, ${colorScheme}: axe finds nothing to complain of`, async () => {
        const page = await reader.open(name, { colorScheme, bypassCSP: true });
        await page.evaluate(axe);
        const found = await page.evaluate<[string, string][]>(
          'axe.run().then(({ violations }) => ' +
            'violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => [id, html.slice(0, 200)])))',
        );
        expect(found).toEqual([]);
        await page.context().close();
      });
    }

  test('every figure is made of parts that plotly knows', async () => {
    for (const name of pages) {
      const page = await reader.open(name);
      // Of a legend that is not shown plotly's validator itself throws.
      const wrong = await page.evaluate<string[]>(
        `[...document.querySelectorAll('.chart')].flatMap((place) => {
          const { legend, legend2, ...layout } = place.layout;
          return (Plotly.validate(place.data, layout) ?? []).map(({ msg }) => place.id + ': ' + msg);
        })`,
      );
      expect(wrong.filter((each) => each.includes('not part of the schema'))).toEqual([]);
      await page.context().close();
    }
  });

  test('the timeline marks each event that its table lists', async () => {
    const page = await reader.open('run');
    expect(await page.locator('#timeline-0-0 .scatterlayer .js-line').count()).toBeGreaterThanOrEqual(6);
    expect(await page.locator('#timeline-0-0 .point').count()).toBe(
      await page.locator('#events-0-0 tbody tr').count(),
    );
    await page.context().close();
  });

  test('another seed brings its own chart, events, figures and days, and an address to link to', async () => {
    const page = await reader.open('run');
    const texts = async (): Promise<string[]> =>
      Promise.all(
        ['#events-0-0', '#figures-0-0', '#days-0-0'].map((place) =>
          page.locator(place).evaluate((table) => table.textContent ?? ''),
        ),
      );
    const before = await texts();
    await page.selectOption('#seed-picker-0', '1');
    await page.waitForSelector('#timeline-0-0[data-drawn="2"]');
    (await texts()).forEach((text, index) => expect(text).not.toBe(before[index]));
    const seed = await page.locator('#timeline-0-0').getAttribute('data-seed');
    expect(page.url()).toContain(`#seed=${seed}`);
    expect(await page.locator('#timeline-0-0').getAttribute('aria-label')).toContain(`seed ${seed}:`);
    await page.click('[data-step="1"]');
    await page.waitForSelector('#timeline-0-0[data-drawn="3"]');
    await page.selectOption('#seed-picker-0', '0');
    await page.waitForSelector('#timeline-0-0[data-drawn="4"]');
    // The script writes the tables as the page was written.
    expect(await texts()).toEqual(before);
    expect(reader.heard).toEqual([]);
    await page.context().close();
  });

  test('a link to a seed opens on that seed, and one to an instant of it shows the hours about ' +
  'it', async () => {
    const page = await reader.open('run', {}, '#seed=12&t=1d21h');
    expect(await page.locator('#timeline-0-0').getAttribute('data-seed')).toBe('12');
    const [from, to] = await page
      .locator('#timeline-0-0')
      .evaluate(
        (place) =>
          (place as unknown as { layout: { xaxis: { range: [number, number] } } }).layout.xaxis.range,
      );
    const at = Date.parse('2027-01-05T21:00:00Z');
    expect((from + to) / 2).toBe(at);
    expect(to - from).toBe(12 * 3_600_000);
    await page.context().close();
  });

  test('a link within the page to a worst seed leads to its timeline', async () => {
    const page = await reader.open('comparison');
    const link = page.locator('#hit a[href^="#seed="]').first();
    const seed = await link.innerText();
    await link.click();
    await page.waitForSelector(`#timeline-0-0[data-seed="${seed}"]`);
    await page.context().close();
  });

  for (const name of pages)
    test(`${name}: verdict, effects, who pays and the command stand in 1280 by 800, without ` +
    `script`, async () => {
      const page = await reader.open(name, { javaScriptEnabled: false });
      for (const place of ['#verdict', '.tiles', '.pair', '.repeat']) {
        const box = (await page.locator(place).boundingBox())!;
        expect(box.y + box.height, place).toBeLessThan(800);
      }
      expect(await page.locator('#events-0-0 tbody tr').count()).toBeGreaterThan(2);
      await page.context().close();
    });

  test('a phone of 340 pixels needs no sideways scroll', async () => {
    for (const name of pages) {
      const page = await reader.open(name, { viewport: { width: 340, height: 800 } });
      expect(
        await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth),
        name,
      ).toBeLessThanOrEqual(0);
      await page.context().close();
    }
  });

  test('in forced colours the words of every chart take the colour of text', async () => {
    const page = await reader.open('run', { forcedColors: 'active', colorScheme: 'dark' });
    const words = await page.evaluate<string[]>(
      `[...new Set([...document.querySelectorAll('.chart text')].map((text) => ` +
      `getComputedStyle(text).fill))]`,
    );
    expect(words).toEqual([await page.evaluate<string>('getComputedStyle(document.body).color')]);
    await page.context().close();
  });

  test('a page can be read by keyboard alone: first the way past the contents, then buttons and ' +
  'tables', async () => {
    const page = await reader.open('run');
    const stops: string[] = [];
    for (let press = 0; press < 12; press += 1) {
      await page.keyboard.press('Tab');
      stops.push(
        await page.evaluate<string>(
          `document.activeElement.className || document.activeElement.id || document.activeElement.tagName`,
        ),
      );
    }
    expect(stops[0]).toBe('skip');
    expect(stops[1]).toBe('theme');
    expect(new Set(stops).size).toBeGreaterThan(2);
    await page.context().close();
  });

  test('printed, also from a dark screen, it is under 1 MB, all its charts drawn on white', async () => {
    for (const name of pages) {
      const page = await reader.open(name, { colorScheme: 'dark' });
      expect((await page.pdf()).length, name).toBeLessThan(1_000_000);
      await page.context().close();
    }
  });
});
