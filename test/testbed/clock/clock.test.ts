// The clock of foreign processes: what moves it, what does not, and who goes by it.

import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cellClock, cellClockAt } from '../../../testbed/clock/cell-clock.ts';
import { clockLibrary } from '../../../testbed/clock/clock-library.ts';
import { Clock, epochAfter, realClock } from '../../../testbed/clock/clock.ts';
import { faketimeClock, faketimeLibrary } from '../../../testbed/clock/faketime-clock.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sharedfate-clock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const epoch = Date.UTC(2055, 2, 4, 5, 6, 7);
const hasCompiler = ['cc', 'gcc', 'clang'].some((name) => spawnSync(name, ['--version']).status === 0);
if (!hasCompiler) console.log('skipped: our clock needs a C compiler (apt-get install gcc libc6-dev)');

describe('a clock', () => {
  test('stands at the run\'s beginning, and then where it is put', () => {
    const put: number[] = [];
    const clock = new Clock({ ...realClock(), put: (at) => put.push(at) }, epoch);
    clock.set(0);
    clock.set(1_500);
    clock.set(1_500);
    expect(put).toEqual([epoch, epoch + 1_500]);
    expect(clock.now).toBe(1_500);
  });

  test('cannot be moved while a question is under way, nor go back', () => {
    const clock = new Clock(realClock(), epoch);
    clock.set(10);
    clock.hold();
    clock.set(10);
    expect(() => clock.set(11)).toThrow('a question is under way');
    clock.release();
    clock.set(11);
    expect(() => clock.set(10)).toThrow('cannot go back to 10 ms');
    expect(() => clock.set(Number.NaN)).toThrow('cannot go back');
  });

  test('begins after today, on the same day of the week and of the year', () => {
    const today = Date.UTC(2026, 10, 22);
    expect(epochAfter(Date.UTC(2027, 0, 4), today)).toBe(Date.UTC(2027, 0, 4));
    for (const planned of [Date.UTC(1998, 9, 26), Date.UTC(2024, 1, 29), Date.UTC(2026, 10, 22)]) {
      const begins = epochAfter(planned, today);
      expect(begins).toBeGreaterThan(today);
      expect(new Date(begins).toISOString().slice(5)).toBe(new Date(planned).toISOString().slice(5));
      expect(new Date(begins).getUTCDay()).toBe(new Date(planned).getUTCDay());
    }
  });
});

/** The time that a process under the clock takes it to be, by three calls of the C library. */
const asks = {
  'date (clock_gettime)': ['date', '+%s'],
  'perl (time)': ['perl', '-e', 'print time'],
  'python (gettimeofday or clock_gettime)': ['python3', '-c', 'import time; print(int(time.time()))'],
} as const;

describe.skipIf(!hasCompiler)('our preloaded clock', () => {
  test.each(Object.entries(asks))('is what %s goes by', (_, [program, ...args]) => {
    if (spawnSync(program, ['--version']).error !== undefined) return;
    const clock = new Clock(cellClock(join(folder, 'cell')), epoch);
    const now = (): number => Number(execFileSync(program, args, {
      env: { PATH: process.env['PATH'], ...clock.environment }, encoding: 'utf8',
    }));
    expect(now()).toBe(epoch / 1_000);
    clock.set(3_601_000);
    expect(now()).toBe(epoch / 1_000 + 3_601);
    clock.close();
    expect(existsSync(join(folder, 'cell'))).toBe(false);
  });

  test('leaves the monotonic clock, and the times of files, as they are', () => {
    const clock = new Clock(cellClock(join(folder, 'cell')), epoch);
    const written = join(folder, 'written');
    const script = 'import os, sys, time; a = time.monotonic(); time.sleep(0.02); '
      + 'open(sys.argv[1], "w").close(); print(time.monotonic() - a >= 0.02, os.stat(sys.argv[1]).st_mtime)';
    if (spawnSync('python3', ['--version']).error !== undefined) return;
    const [went, mtime] = execFileSync('python3', ['-c', script, written], {
      env: { PATH: process.env['PATH'], ...clock.environment }, encoding: 'utf8',
    }).trim().split(' ');
    expect(went).toBe('True');
    expect(Number(mtime)).toBeLessThan(epoch / 1_000);
    clock.close();
  });

  test('ends a process that cannot read it, rather than let it go by the real time', () => {
    const under = (cell: string) => spawnSync('date', [], {
      env: { PATH: process.env['PATH'], LD_PRELOAD: clockLibrary(), SHAREDFATE_CLOCK: cell },
      encoding: 'utf8',
    });
    const none = under(join(folder, 'none'));
    expect([none.status, none.stderr]).toEqual([119, expect.stringMatching('cannot be opened')]);
    writeFileSync(join(folder, 'other'), 'something else!!');
    const other = under(join(folder, 'other'));
    expect([other.status, other.stderr]).toEqual([119, expect.stringMatching('is no clock')]);
  });

  test('is not taken from a file that is none', () => {
    writeFileSync(join(folder, 'other'), 'something');
    expect(() => cellClockAt(join(folder, 'other'))).toThrow('is no clock of ours');
  });

  test('is compiled once into the cache folder; what the compiler says against it is told', () => {
    const environment = { ...process.env, XDG_CACHE_HOME: folder };
    const path = clockLibrary(environment);
    const made = readFileSync(path);
    expect(path.startsWith(join(folder, 'sharedfate'))).toBe(true);
    expect(clockLibrary(environment)).toBe(path);
    expect(readFileSync(path).equals(made)).toBe(true);
    rmSync(path);
    expect(() => clockLibrary({ ...environment, CC: 'false' })).toThrow('false cannot compile our clock');
    expect(() => clockLibrary({ ...environment, CC: 'no-such-compiler' })).toThrow('no C compiler was found');
  });
});

describe.skipIf(faketimeLibrary() === undefined)("libfaketime's clock", () => {
  test('is what a process goes by, in whole seconds', () => {
    const clock = new Clock(faketimeClock(join(folder, 'stamp'), faketimeLibrary()!), epoch);
    clock.set(3_601_900);
    const said = execFileSync('date', ['+%s'], {
      env: { PATH: process.env['PATH'], ...clock.environment }, encoding: 'utf8',
    });
    expect(Number(said)).toBe(epoch / 1_000 + 3_601);
    clock.close();
  });
});
