// The clock of libfaketime, where it is installed: a file whose text is the time, in whole seconds. Perl's
// and Python's daemons bear it; rspamd and Redis do not start under it.

import { closeSync, existsSync, openSync, rmSync, writeSync } from 'node:fs';
import type { ClockBackend } from './clock.ts';

/** Where Debian's architectures and others put it. */
const places = [
  '/usr/lib/x86_64-linux-gnu/faketime', '/usr/lib/aarch64-linux-gnu/faketime', '/usr/lib/faketime',
  '/usr/lib64/faketime', '/usr/local/lib/faketime',
];

/** The library; undefined where it is not installed. */
export const faketimeLibrary = (): string | undefined =>
  places.map((place) => `${place}/libfaketime.so.1`).find((path) => existsSync(path));

/**
 * Makes the timestamp file at that path, which must not exist yet, and takes it away when closed. A time
 * within a second is taken for the beginning of it.
 */
export const faketimeClock = (path: string, library: string): ClockBackend => {
  const file = openSync(path, 'wx', 0o644);
  let isOpen = true;
  return {
    environment: {
      TZ: 'UTC', LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: path, FAKETIME_NO_CACHE: '1',
      // Monotonic clocks stay real: under a frozen one, event loops time out and stop for good.
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    },
    put(unixMs) {
      // A fixed width, written in place: a reader sees the old time or the new.
      writeSync(file, `${new Date(unixMs).toISOString().slice(0, 19).replace('T', ' ')}\n`, 0, 'latin1');
    },
    close() {
      if (!isOpen) return;
      isOpen = false;
      closeSync(file);
      rmSync(path, { force: true });
    },
  };
};
