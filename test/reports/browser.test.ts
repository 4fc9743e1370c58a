// The page in a real browser: nothing but the file is asked for, nothing is logged, and the chart is really
// drawn.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../reports/index.ts';
import { makeResult } from './fixture.ts';

const executablePath = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);
if (executablePath === undefined)
  console.warn('skipped: the report in a browser, since no chromium is installed (Debian: chromium)');

describe.skipIf(executablePath === undefined)('the report in chromium', { timeout: 90_000 }, () => {
  let browser: Browser;
  let folder: string;
  let address: string;
  const heard: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'report-'));
    const file = join(folder, 'report.html');
    writeFileSync(file, await renderReport(makeResult({ hitName: '<img src=x onerror=alert(1)>' })));
    address = pathToFileURL(file).href;
    browser = await chromium.launch({
      executablePath: executablePath!,
      args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
    });
  }, 90_000);
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  const open = async (options: BrowserContextOptions = {}, hash = ''): Promise<Page> => {
    heard.length = 0;
    const page = await (
      await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options })
    ).newPage();
    page.on('console', (message) => heard.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => heard.push(`error: ${error.message}`));
    page.on('dialog', (dialog) => {
      heard.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== address && !request.url().startsWith('blob:'))
        heard.push(`request: ${request.url()}`);
    });
    await page.goto(address + hash);
    if (options.javaScriptEnabled !== false)
      await page.waitForSelector('#timeline-chart[data-drawn]', { timeout: 60_000 });
    return page;
  };

  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${colorScheme}: every line and event is drawn, nothing is requested or logged`, async () => {
      const page = await open({ colorScheme });
      // Six lines, at least one bar or lane, and a marker for each event listed in the table.
      expect(await page.locator('#timeline-chart .scatterlayer .js-line').count()).toBeGreaterThanOrEqual(6);
      expect(await page.locator('#timeline-chart .point').count()).toBe(
        await page.locator('#events tbody tr').count(),
      );
      const flat = await page
        .locator('#timeline-chart .scatterlayer .js-line')
        .evaluateAll((lines) => lines.filter((line) => (line.getAttribute('d') ?? '').length < 10).length);
      expect(flat).toBe(0);
      expect(heard).toEqual([]);
      await page.context().close();
    });
  }

  test('another seed brings its own chart, events and figures, and an address to link to', async () => {
    const page = await open();
    const before = await page.locator('#events').innerText();
    await page.selectOption('#seed-picker', '1');
    await page.waitForSelector('#timeline-chart[data-drawn="2"]');
    expect(await page.locator('#events').innerText()).not.toBe(before);
    const seed = await page.locator('#timeline-chart').getAttribute('data-seed');
    expect(page.url()).toContain(`#seed=${seed}`);
    expect(await page.locator('#timeline-chart').getAttribute('aria-label')).toContain(`seed ${seed}:`);
    await page.click('#seed-after');
    await page.waitForSelector('#timeline-chart[data-drawn="3"]');
    expect(heard).toEqual([]);
    await page.context().close();
  });

  test('a link to a seed opens on that seed', async () => {
    const page = await open({}, '#seed=12');
    expect(await page.locator('#timeline-chart').getAttribute('data-seed')).toBe('12');
    await page.context().close();
  });

  test('verdict, tiles, who pays and the command stand in 1280 by 800, without script', async () => {
    const page = await open({ javaScriptEnabled: false });
    for (const place of ['#verdict', '.tiles', '.pair', '.repeat']) {
      const box = (await page.locator(place).boundingBox())!;
      expect(box.y + box.height, place).toBeLessThan(800);
    }
    expect(await page.locator('#events tbody tr').count()).toBeGreaterThan(2);
    await page.context().close();
  });

  test('a phone of 340 pixels needs no sideways scroll', async () => {
    const page = await open({ viewport: { width: 340, height: 800 } });
    expect(
      await page.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth),
    ).toBeLessThanOrEqual(0);
    await page.context().close();
  });

  test('in forced colours the words of the chart take the colour of text', async () => {
    const page = await open({ forcedColors: 'active', colorScheme: 'dark' });
    const style = (place: string, property: string): Promise<string> =>
      page.evaluate(`getComputedStyle(document.querySelector('${place}')).${property}`);
    const [word, body] = [await style('#timeline-chart .xtick text', 'fill'), await style('body', 'color')];
    expect(word).toBe(body);
    await page.context().close();
  });

  test('printed, also from a dark screen, it is under 1 MB', async () => {
    const page = await open({ colorScheme: 'dark' });
    expect((await page.pdf()).length).toBeLessThan(1_000_000);
    await page.context().close();
  });
});
