// A soak in small: all accounts balance, and where the books are falsified it says so. Nothing is left
// behind.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Figures } from '../../../testbed/soak/figures.ts';
import { hostLoads } from '../../../testbed/soak/host-load.ts';
import { mocksLoad } from '../../../testbed/soak/mocks-load.ts';
import { type Fate, reconcile } from '../../../testbed/soak/reconcile.ts';
import { serveLoad } from '../../../testbed/soak/serve-load.ts';
import { type Report, soak, type SoakOptions } from '../../../testbed/soak/soak.ts';
import { isSound, tableOf } from '../../../testbed/soak/table.ts';
import { WindowOracle } from '../../../testbed/soak/window-oracle.ts';

const small = (options: Partial<SoakOptions>): Promise<Report> =>
  soak({ loads: [], minutes: 0.08, seed: '1', tell: () => undefined, ...options });

const foldersLeft = (): readonly string[] =>
  readdirSync(tmpdir()).filter((name) => name.startsWith(`sharedfate-soak-${process.pid}-`));

const postfwd = hostLoads.filter(({ name }) => name === 'postfwd');
for (const load of postfwd) {
  const missing = load.missing();
  if (missing !== '') console.log(`skipped: a soak of ${load.name} needs ${missing}`);
}

/** How long a soak of some seconds may last on a machine that starts a daemon in a minute. */
const atMostMinutes = 3;

const seen = (counts: ReadonlyMap<string, number>, least: number): boolean =>
  [...counts.values()].reduce((sum, count) => sum + count, 0) > least;

test('loses nothing and counts nothing twice in some seconds of faults, and leaves nothing', async () => {
  const report = await small({
    loads: [serveLoad, mocksLoad, ...postfwd], minutes: atMostMinutes,
    isEnough: (accounts) => accounts.every(({ figures: { faults, work }, skipped }) =>
      skipped !== '' || (seen(faults, 2) && seen(work, 50))),
  });
  expect(report.accounts.map(({ figures }) => figures.examples)).toEqual([[], [], []]);
  expect(isSound(report)).toBe(true);
  const done = report.accounts.map(({ figures }) => figures.work);
  expect(done[0]!.get('decisions: pass')).toBeGreaterThan(10);
  expect(done[1]!.get('messages: 250 after DATA')).toBeGreaterThan(10);
  for (const { figures, skipped } of report.accounts) {
    expect(skipped !== '' || figures.faults.size > 0).toBe(true);
  }
  expect(foldersLeft()).toEqual([]);
}, 300_000);

/** Takes some lines out that match, and has the next ones twice. */
const falsify = (paths: readonly string[], matches: RegExp): void => {
  let seen = 0;
  for (const path of paths) {
    const lines = readFileSync(path, 'utf8').split('\n').flatMap((line) => {
      if (!matches.test(line)) return [line];
      seen += 1;
      return seen <= 3 ? [] : seen <= 6 ? [line, line] : [line];
    });
    writeFileSync(path, lines.join('\n'));
  }
};

/** The latest first: older ones may have been put together since, and are read no more. */
const logsIn = (folder: string): readonly string[] =>
  readdirSync(folder).filter((name) => name.startsWith('log-')).sort().reverse()
    .map((name) => join(folder, name));

test('says so where what was answered is missing from the books, or in them twice', async () => {
  const report = await small({
    loads: [serveLoad, mocksLoad],
    tamper(load, folder) {
      if (load === 'mocks') falsify([join(folder, 'book')], /\d/);
      else falsify(logsIn(join(folder, 'state')), /"kind":"judged"/);
    },
  });
  for (const { figures } of report.accounts) {
    expect(figures.lost).toBeGreaterThan(0);
    expect(figures.twice).toBeGreaterThan(0);
  }
  expect(isSound(report)).toBe(false);
  const told = tableOf(report, '1');
  expect(told).toMatch(/serve: message \d+ was answered and is not counted/);
  expect(told).toMatch(/mocks: bare receiver: message \d+ is counted 2 times/);
  expect(told).toContain('AN ACCOUNT DOES NOT BALANCE.');
}, 300_000);

test('a soak that did nothing is no sound one, and a load without its program is named', async () => {
  const said: string[] = [];
  const stop = new AbortController();
  stop.abort();
  const missing = (): string => 'a program (apt-get install it)';
  const lacking = { name: 'lacking', missing, run: () => Promise.reject(new Error('was run')) };
  const report = await small({ loads: [lacking], stop: stop.signal, tell: (line) => said.push(line) });
  expect(said).toEqual(['skipped: lacking needs a program (apt-get install it)']);
  // Nothing was done, so nothing is shown.
  expect(isSound(report)).toBe(false);
});

test('what was asked and not answered may count once; what was refused or never asked, not at all', () => {
  const fates = new Map<number, Fate>(
    [[1, 'answered'], [2, 'unknown'], [3, 'unknown'], [4, 'refused'], [5, 'answered'], [6, 'unknown']]);
  const figures = new Figures();
  reconcile('message', fates, [1, 2, 4, 6, 6, 7], figures);
  expect(figures).toMatchObject({ lost: 1, twice: 1, wrong: 2, unknown: 3 });
  expect(figures.examples).toEqual([
    'message 4 is counted, and was refused', 'message 6 is counted 2 times',
    'message 7 is counted, and was never asked', 'message 5 was answered and is not counted',
  ]);
});

test('after a lost answer a window may be fuller than is known, and no fuller', () => {
  const oracle = new WindowOracle(3);
  oracle.passed();
  expect(oracle.due).toBe('pass');
  oracle.lost();
  oracle.lost();
  expect(oracle.due).toBe('either');
  oracle.refused();
  expect(oracle.due).toBe('refuse');
  oracle.forget();
  expect(oracle.due).toBe('pass');
});
