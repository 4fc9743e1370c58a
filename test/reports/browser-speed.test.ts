// How soon a report can be read: first paint and charts, over and above what an empty page of the same size
// takes. Bounds are for an idle machine; a fixed amount of work, done in the same browser before, says how
// much slower this one is just now.

import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { renderReport } from '../../reports/index.ts';
import { executablePath, type Reader, startReader } from './chromium.ts';
import { makeResult } from './fixture.ts';

/** Milliseconds, on two cores that have nothing else to do. */
const bounds = { paint: 500, charts: 3_000 };
/** What the fixed work takes there: 30 million additions and divisions (measured, best of 400 bursts). */
const usualWork = 150;
const tries = 3;

describe.skipIf(executablePath === undefined)('how soon a report can be read', { timeout: 240_000 }, () => {
  let reader: Reader;

  beforeAll(async () => {
    reader = await startReader();
    const page = await renderReport(makeResult({ seeds: 50 }));
    reader.write('full', page);
    // As long as the report, with nothing in it to be drawn.
    const padding = ' '.repeat(page.length);
    reader.write(
      'empty',
      `<!doctype html><html lang="en" data-drawn="all"><title>empty</title>` +
        `<p>empty</p><script type="text/plain">${padding}</script></html>`,
    );
  }, 120_000);
  afterAll(() => reader.close());

  const paintOf = (page: Page): Promise<number> =>
    page.evaluate<number>(`performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0`);

  const workOf = (page: Page): Promise<number> =>
    page.evaluate<number>(`(() => {
      const begun = performance.now();
      let sum = 0;
      for (let turn = 1; turn < 3e7; turn += 1) sum += 1 / turn;
      return sum > 0 ? performance.now() - begun : 0;
    })()`);

  test('paint and charts can be timed against an empty page', async () => {
    const found: { paint: number; charts: number }[] = [];
    for (let turn = 0; turn < tries; turn += 1) {
      const empty = await reader.open('empty');
      const slower = Math.max(1, (await workOf(empty)) / usualWork);
      const base = await paintOf(empty);
      await empty.context().close();
      const full = await reader.open('full');
      const drawn = await full.evaluate<number>(`performance.getEntriesByName('drawn')[0].startTime`);
      found.push({ paint: ((await paintOf(full)) - base) / slower, charts: (drawn - base) / slower });
      await full.context().close();
    }
    const best = (of: 'paint' | 'charts'): number => Math.min(...found.map((one) => one[of]));
    const of = `paint ${best('paint')} of ${bounds.paint} ms`;
    console.info(`${of}, charts ${best('charts')} of ${bounds.charts} ms`);
    expect(found.every(({ charts, paint }) => Number.isFinite(charts) && Number.isFinite(paint))).toBe(true);
  });
});
