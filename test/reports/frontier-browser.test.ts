// The trade-off page in a real browser: what a click on a mark gives, of one scenario and of all of them,
// where marks lie on one another too, and what is there without a script.

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { metricUnits, type SeedResult } from '../../sim/index.ts';
import { renderTradeOff } from '../../reports/trade-off/page.ts';
import { weighed } from '../../reports/trade-off/weigh.ts';
import { executablePath, type Reader, startReader } from './chromium.ts';

if (executablePath === undefined)
  console.warn('skipped: the trade-off in a browser, since no chromium is installed (Debian: chromium)');

const metricsOf = (wrong: number, block: number): SeedResult['metrics'] => ({
  ...Object.fromEntries(Object.keys(metricUnits).map((name) => [name, { value: 0, observed: true }])),
  'fp.tenants': { value: wrong, observed: true }, time_to_block: { value: block, observed: true },
}) as unknown as SeedResult['metrics'];

/** Fourteen points that came to the same, one that is slower, and one that hits more. */
const scenarioOf = (scenario: string) => ({
  scenario, title: scenario,
  points: Array.from({ length: 16 }, (_, index) => ({
    point: index + 1, policy: 'default', settings: `burst=${index + 1}`, isDefault: index === 13,
    command: `run ${scenario} --set burst=${index + 1}`, failed: 0, missing: 0,
    seeds: [{ seed: '1', metrics: metricsOf(index === 15 ? 0.5 : 0.25, index === 14 ? 9e6 : 5e6) }],
  })),
});

describe.skipIf(executablePath === undefined)('the trade-off in chromium', { timeout: 120_000 }, () => {
  let reader: Reader;
  beforeAll(async () => {
    reader = await startReader();
    reader.write('sweep', await renderTradeOff(weighed({
      title: '', tool: 'sharedfate 0', sweep: 's.ts', seeds: 1,
      commandOver: (point, names) => `compare <${names.join(' ')}> --set burst=${point}`,
      scenarios: [scenarioOf('a.ts'), scenarioOf('b.ts')],
    })));
  }, 120_000);
  afterAll(() => reader.close());

  test('a click gives the commands of all that lie there, and each has a button that copies it', async () => {
    const page = await reader.open('sweep', { permissions: ['clipboard-read', 'clipboard-write'] });
    const chosen = page.locator('#frontier-0-chart-chosen');
    // One click a chart: a second one soon after would be a double click, which zooms.
    const click = async (chart: string, point: 'first' | 'last'): Promise<void> => {
      const at = page.locator(`#${chart} .scatterlayer .point`)[point]();
      const { x, y, width, height } = (await at.boundingBox())!;
      await page.mouse.click(x + width / 2, y + height / 2);
    };
    await click('frontier-0-chart', 'last');
    expect(await chosen.locator('.note').allInnerTexts()).toEqual(
      ['14 points lie here:', 'And 2 more, in the table of all points: 12, 13']);
    const commands = await chosen.locator('code').allInnerTexts();
    expect([commands.length, commands[0], commands[1]]).toEqual(
      [12, 'compare <a.ts b.ts> --set burst=14', 'compare <a.ts b.ts> --set burst=1']);
    const copy = chosen.getByRole('button').nth(1);
    await copy.click();
    await expect.poll(() => copy.innerText()).toBe('copied');
    expect(await page.evaluate('navigator.clipboard.readText()')).toBe(commands[1]);
    await page.locator('#frontier-1-chart').scrollIntoViewIfNeeded();
    await click('frontier-1-chart', 'first');
    expect(await page.locator('#frontier-1-chart-chosen code').allInnerTexts())
      .toEqual(['run a.ts --set burst=15']);
    expect(reader.heard).toEqual([]);
    await page.context().close();
  });

  test('without a script the table of all points has every command, for the keyboard too', async () => {
    const page = await reader.open('sweep', { javaScriptEnabled: false });
    const all = page.locator('#frontier-0 > details').last();
    await all.locator('> summary').press('Enter');
    const row = all.locator('tbody tr').nth(12);
    await row.locator('summary').press('Enter');
    expect(await row.innerText()).toContain('compare <a.ts b.ts> --set burst=13');
    await page.context().close();
  });
});
