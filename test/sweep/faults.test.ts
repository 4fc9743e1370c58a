// What befalls a sweep: policies that throw, never return or end the program, a full disk, control-C.
// Whatever it is, what was done is kept, the rest goes on or is made later, and the log says what happened.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, expect, test } from 'vitest';
import { exported } from '../cli/command.ts';
import { makeSmallSweep, type SmallSweep } from './small-sweep.ts';

let small: SmallSweep | undefined;
afterEach(() => small?.remove());

const policyFile = (decide: string): string => `${exported} {
  name: 'mine', modules: [{ name: 'brittle', key: 'tenant', fresh: () => ({}), decide: () => { ${decide} },
    learn() {} }],
};`;

test('a policy that throws, ends the program or never returns is named; the rest goes on', async () => {
  small = makeSmallSweep({
    'throws.mjs': policyFile("throw new TypeError('no such tenant')"),
    'ends.mjs': policyFile('process.exit(0)'),
    'never.mjs': policyFile('for (;;);'),
  }, { policies: ['throws.mjs', 'ends.mjs', 'never.mjs', 'default'], grid: undefined, seeds: 1 });
  const { code, said } = await small.run({ out: small.at('out'), timeLimit: '3s' });
  expect(code).toBe(3);
  const kinds = small.outcomes('out').map(({ kind }) => kind).toSorted();
  expect(kinds).toEqual(['done', 'threw', 'threw', 'timeout']);
  expect(said).toMatch(
    /policy \S*throws\.mjs, module brittle threw at day 1, [\d:.]+ \(seed 1, message \d+\): TypeError/);
  expect(said).toMatch(/policy \S*ends\.mjs ended the program on seed 1/);
  expect(said).toMatch(/timeout: policy \S*never\.mjs had not returned after 3 s on seed 1/);
  expect(said).toContain('3 runs of 4 failed');
  expect(readFileSync(small.at('out', 'sweep.log'), 'utf8')).toContain('never.mjs had not returned');
  const rows = readFileSync(small.at('out', 'table.csv'), 'utf8').trim().split('\n').slice(1);
  expect(rows.map((row) => row.split(',').find((cell) => /^(?:done|threw|timeout)$/.test(cell))))
    .toEqual(['threw', 'threw', 'timeout', 'done']);
}, 300_000);

test('what a policy leaves behind and throws later is its own fault, and not of the run that comes next',
  async () => {
  small = makeSmallSweep({
    'late.mjs': policyFile("Promise.reject(new Error('too late')); return { kind: 'pass' }"),
    'later.mjs': policyFile("setTimeout(() => { throw new Error('later') }, 0); return { kind: 'pass' }"),
  }, { policies: ['late.mjs', 'later.mjs', 'default'], grid: undefined, seeds: 1 });
  const { code, said } = await small.run({ out: small.at('out'), jobs: '1' });
  expect(code).toBe(3);
  expect(small.outcomes('out').map(({ kind }) => kind)).toEqual(['threw', 'threw', 'done']);
  expect(said).toMatch(/policy \S*late\.mjs on seed 1: too late/);
  expect(said).toMatch(/policy \S*later\.mjs on seed 1: later/);
}, 60_000);

test('a sweep stopped by control-C keeps what is done, says how to go on, and comes to the same in the end',
  async () => {
  small = makeSmallSweep();
  const journal = small.at('out', 'done.jsonl');
  const stopped = small.run({ out: small.at('out'), jobs: '1' });
  while (!existsSync(journal) || readFileSync(journal, 'utf8') === '') await pause(5);
  process.emit('SIGINT');
  const { code, said } = await stopped;
  expect(code).toBe(130);
  expect(said).toMatch(/Stopped with \d of 9 runs done\. Go on with: npx sharedfate sweep .*--resume /);
  const before = small.outcomes('out').length;
  expect(before).toBeLessThan(9);
  expect(await small.run({ resume: small.at('out') })).toMatchObject({ code: 0 });
  expect(await small.run({ out: small.at('whole') })).toMatchObject({ code: 0 });
  expect(small.tables('out')).toEqual(small.tables('whole'));
  const keys = small.outcomes('out').map(({ key }) => key);
  expect(new Set(keys).size).toBe(9);
  expect(keys.length).toBe(9);
}, 300_000);

test('what has changed since is not mixed into a sweep that goes on', async () => {
  small = makeSmallSweep({ 'mine.mjs': policyFile("return { kind: 'pass' }") },
    { policies: ['mine.mjs'], grid: undefined, seeds: 1 });
  expect(await small.run({ out: small.at('out') })).toMatchObject({ code: 0 });
  writeFileSync(small.at('mine.mjs'),
    `${policyFile("return { kind: 'pass' }")} const more = 1; globalThis.more = more;`);
  await expect(small.run({ resume: small.at('out') })).rejects.toThrow('the code of a policy has changed');
  await expect(small.run({ out: small.at('out') })).rejects.toThrow('holds a sweep already');
}, 300_000);

/** A disk of 24 kB that this process may make and unmake; undefined where it may not (it takes root). */
const smallDisk = (): { readonly path: string; grow(): void; remove(): void } | undefined => {
  const path = mkdtempSync(join(tmpdir(), 'sharedfate-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=24k', 'tmpfs', path], { stdio: 'ignore' });
  } catch {
    rmdirSync(path);
    return undefined;
  }
  return {
    path,
    grow: () => void execFileSync('mount', ['-o', 'remount,size=16m', path]),
    remove() {
      execFileSync('umount', [path]);
      rmdirSync(path);
    },
  };
};

const probe = process.platform === 'linux' ? smallDisk() : undefined;
// Given back at once: the test below may be left out of a run.
probe?.remove();
if (probe === undefined) console.log('skipped: a full disk (mounting a small tmpfs takes root on Linux)');

test.skipIf(probe === undefined)(
  'a full disk ends the sweep, keeps what is whole, and it goes on when there is room', async () => {
  const disk = smallDisk()!;
  try {
    small = makeSmallSweep();
    const out = join(disk.path, 'out');
    mkdirSync(out);
    const failed = small.run({ out, jobs: '1' });
    await expect(failed).rejects.toMatchObject(
      { code: 'ENOSPC', path: expect.stringContaining('done.jsonl') as string });
    const kept = readFileSync(join(out, 'done.jsonl'), 'utf8').split('\n').length - 1;
    expect(kept).toBeGreaterThan(0);
    expect(kept).toBeLessThan(9);
    disk.grow();
    expect(await small.run({ resume: out })).toMatchObject({ code: 0 });
    expect(await small.run({ out: small.at('whole') })).toMatchObject({ code: 0 });
    for (const name of ['table.csv', 'table.parquet'])
      expect(readFileSync(join(out, name), 'hex')).toBe(readFileSync(small.at('whole', name), 'hex'));
  } finally {
    disk.remove();
  }
}, 300_000);
