// A browser for tests of the report: the one that Debian installs. What a page asks for, logs or pops up is
// written down, since a report must do none of it.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

export const executablePath = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((path) => existsSync(path));

export interface Reader {
  /** Requests, messages, errors and dialogs of the page opened last. */
  readonly heard: string[];
  /** Opens a page that was written; `hash` goes behind its address. Waits until all charts are drawn. */
  open(name: string, options?: BrowserContextOptions, hash?: string): Promise<Page>;
  /** Keeps a page under a name. */
  write(name: string, html: string): void;
  close(): Promise<void>;
}

export const startReader = async (): Promise<Reader> => {
  const folder = mkdtempSync(join(tmpdir(), 'report-'));
  const browser: Browser = await chromium.launch({
    executablePath: executablePath!,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  });
  const heard: string[] = [];
  return {
    heard,
    write: (name, html) => writeFileSync(join(folder, `${name}.html`), html),
    open: async (name, options = {}, hash = '') => {
      heard.length = 0;
      const address = pathToFileURL(join(folder, `${name}.html`)).href;
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
      const page = await context.newPage();
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
        await page.waitForSelector('html[data-drawn="all"]', { timeout: 60_000 });
      return page;
    },
    close: async () => {
      await browser.close();
      rmSync(folder, { recursive: true });
    },
  };
};
