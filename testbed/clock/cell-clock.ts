// The clock of our own preloaded library (vclock.c): a file of 16 bytes that processes have mapped, and that
// is written whenever the clock moves.

import { chmodSync, closeSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { endianness } from 'node:os';
import { clockLibrary } from './clock-library.ts';
import type { ClockBackend } from './clock.ts';

const mark = 'sfclock1';

/**
 * Makes the cell at that path, which must not exist yet, and takes it away when closed. Compiles the library
 * where that has not been done before; throws a ClockLibraryError where it cannot be.
 */
export const cellClock = (path: string): ClockBackend => {
  const environment = clockEnvironment(path);
  const { close, ...cell } = cellClockAt(path);
  return {
    ...cell, environment,
    close() {
      close();
      rmSync(path, { force: true });
    },
  };
};

/**
 * Makes a cell that stands at 1970, where there is no file of that name yet; what a process is to be started
 * with to go by it. Throws as `cellClock` does.
 */
export const clockEnvironment = (path: string): Readonly<Record<string, string>> => {
  const environment = { LD_PRELOAD: clockLibrary(), SHAREDFATE_CLOCK: path, TZ: 'UTC' };
  makeCell(path);
  return environment;
};

const makeCell = (path: string): void => {
  const file = openSync(path, 'wx');
  // Daemons that give up root open it as somebody else.
  chmodSync(path, 0o644);
  writeSync(file, Buffer.concat([Buffer.from(mark, 'latin1'), Buffer.alloc(8)]), 0, 16, 0);
  closeSync(file);
};

/** The clock of a cell that is there, whoever has started the processes that go by it. */
export const cellClockAt = (path: string): ClockBackend => {
  const cell = Buffer.alloc(16);
  const file = openSync(path, 'r+');
  if (readSync(file, cell, 0, 16, 0) < 16 || cell.toString('latin1', 0, 8) !== mark) {
    closeSync(file);
    throw new RangeError(`${path} is no clock of ours; sharedfate daemons --clock makes one.`);
  }
  const isLittle = endianness() === 'LE';
  let isOpen = true;
  return {
    environment: {},
    put(unixMs) {
      const nanoseconds = BigInt(unixMs) * 1_000_000n;
      if (isLittle) cell.writeBigInt64LE(nanoseconds, 8);
      else cell.writeBigInt64BE(nanoseconds, 8);
      writeSync(file, cell, 8, 8, 8);
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      closeSync(file);
    },
  };
};
