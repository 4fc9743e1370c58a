// What a sweep keeps: each run once, whatever befell the file it is kept in.

import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Measure, type MetricName, metricUnits } from '../../sim/index.ts';
import { JournalMistake, openJournal } from '../../sweep/journal.ts';
import { type Identity, type Outcome, runKey } from '../../sweep/run-spec.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sharedfate-journal-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const file = (): string => join(folder, 'done.jsonl');
const metrics = Object.fromEntries(Object.keys(metricUnits)
  .map((name) => [name, { value: null, observed: true }])) as Readonly<Record<MetricName, Measure>>;
const done = (fingerprint: string): Outcome =>
  ({ kind: 'done', fingerprint, events: 1, metrics, ms: 1 });

test('a run that is done is kept once; one that failed may be made again', () => {
  const journal = openJournal(file());
  expect(journal.keep('a', done('1'))).toBe(true);
  expect(journal.keep('a', done('2'))).toBe(false);
  expect(journal.keep('b', { kind: 'threw', reason: 'no' })).toBe(true);
  expect(journal.keep('b', done('3'))).toBe(true);
  journal.close();
  const again = openJournal(file());
  expect([...again.outcomes]).toEqual([['a', done('1')], ['b', done('3')]]);
  again.close();
  expect(readFileSync(file(), 'utf8').trim().split('\n').length).toBe(3);
});

test('a line that was cut short is taken away, and what follows is whole', () => {
  const journal = openJournal(file());
  journal.keep('a', done('1'));
  journal.close();
  appendFileSync(file(), '{"key":"b","kind":"do');
  const again = openJournal(file());
  expect(again.mended).toContain('21 bytes');
  again.keep('b', done('2'));
  again.close();
  const last = openJournal(file());
  expect([...last.outcomes.keys()]).toEqual(['a', 'b']);
  expect(last.mended).toBe('');
  last.close();
});

test('a file of somebody else is refused by its line', () => {
  writeFileSync(file(), '{"key":"a","kind":"threw","reason":""}\nhello\n');
  expect(() => openJournal(file())).toThrow(JournalMistake);
  expect(() => openJournal(file())).toThrow('line 2');
  // One that was edited by hand: tables and pages take its figures as they are.
  writeFileSync(file(), `${JSON.stringify({ key: 'a', ...done('1') })}\n{"key":"b","kind":"done"}\n`);
  expect(() => openJournal(file())).toThrow('line 2');
});

test('whatever makes a run another run changes its identity, and the order of settings does not', () => {
  const own: Identity = {
    world: 'w', policy: 'p', policyCode: 'c', settings: { burst: 1, wait: 2 }, seed: '1',
      code: 'sharedfate 1',
  };
  const others: readonly Partial<Identity>[] = [
    { world: 'v' }, { policy: 'q' }, { policyCode: 'd' }, { settings: { burst: 1, wait: 3 } }, { seed: '2' },
    { code: 'sharedfate 2' },
  ];
  const keys = [own, ...others.map((other) => ({ ...own, ...other }))].map(runKey);
  expect(new Set(keys).size).toBe(others.length + 1);
  expect(runKey({ ...own, settings: { wait: 2, burst: 1 } })).toBe(runKey(own));
});
