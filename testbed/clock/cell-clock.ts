// The clock of our own preloaded library (vclock.c): a file of 16 bytes that processes have mapped, and that
// is written whenever the clock moves.

import { chmodSync, closeSync, openSync, rmSync, writeSync } from 'node:fs';
import { endianness } from 'node:os';
import { clockLibrary } from './clock-library.ts';
import type { ClockBackend } from './clock.ts';

const mark = 'sfclock1';

/**
 * Makes the cell at that path, which must not exist yet, and takes it away when closed. `wanted` compiles the
 * library where it has not been before; throws a ClockLibraryError where that cannot be.
 */
export const cellClock = (path: string, library: string = clockLibrary()): ClockBackend => {
  const cell = Buffer.alloc(16);
  cell.write(mark, 'latin1');
  const file = openSync(path, 'wx');
  // Daemons that give up root open it as somebody else.
  chmodSync(path, 0o644);
  writeSync(file, cell, 0, 16, 0);
  const isLittle = endianness() === 'LE';
  let isOpen = true;
  return {
    kind: 'shm',
    environment: { LD_PRELOAD: library, SHAREDFATE_CLOCK: path, TZ: 'UTC' },
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
      rmSync(path, { force: true });
    },
  };
};
