// Writes entries down before they count: what was answered is with the operating system, and on the disk as
// soon as the setting says. A disk that is full is waited for, with the lines in memory.

import { closeSync, fdatasync, fdatasyncSync, openSync, writeSync } from 'node:fs';
import type { Entry } from './entry.ts';
import type { Origin } from './saved.ts';
import { filePath, syncFolder, type Tell } from './state-files.ts';

/** Milliseconds between two syncs; `always`: before each answer; `never`: when the system pleases. */
export type Sync = number | 'always' | 'never';

/** Bytes kept for a disk that takes nothing; then lines are lost. */
const mostWaiting = 64 * 1_048_576;
/** Milliseconds between two tries to write to a disk that failed. */
const retryMs = 1_000;

export class Journal {
  readonly #folder: string;
  readonly #origin: () => Origin;
  readonly #sync: Sync;
  readonly #tell: Tell;
  #number: number;
  #file: number;
  #bytes = 0;
  #text = '';
  /** What a failing disk has not taken. */
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #failedAt = 0;
  #lost = 0;
  #dirty = false;
  #syncing = false;
  #timer: NodeJS.Timeout | undefined;

  /** Begins log `number`. Throws the system's error where it cannot. */
  constructor(folder: string, number: number, origin: () => Origin, sync: Sync, tell: Tell) {
    [this.#folder, this.#origin, this.#sync, this.#tell] = [folder, origin, sync, tell];
    this.#number = number;
    this.#file = this.#begin(number);
    if (typeof sync === 'number') {
      this.#timer = setInterval(() => this.#syncSoon(), sync);
      this.#timer.unref();
    }
  }

  /** Bytes in the log under way. */
  get bytes(): number {
    return this.#bytes;
  }

  append(entry: Entry): void {
    this.#text += `${JSON.stringify(entry)}\n`;
  }

  /** Hands all entries to the system, and with `always` to the disk. */
  flush(): void {
    if (this.#text !== '') {
      const bytes = Buffer.from(this.#text);
      this.#text = '';
      if (this.#waitingBytes + bytes.length > mostWaiting) this.#lost += 1;
      else {
        this.#waiting.push(bytes);
        this.#waitingBytes += bytes.length;
      }
    }
    if (this.#waiting.length === 0) return;
    if (this.#failedAt !== 0 && performance.now() - this.#failedAt < retryMs) return;
    try {
      this.#write();
      if (this.#sync === 'always') fdatasyncSync(this.#file);
    } catch (error) {
      if (this.#failedAt === 0) {
        const why = (error as NodeJS.ErrnoException).code ?? String(error);
        this.#tell(`the state cannot be written (${why}); it is kept in memory and tried again.`);
      }
      this.#failedAt = performance.now();
    }
  }

  /** Ends this log and begins the next; returns the number of the one that ended. */
  rotate(): number {
    this.flush();
    const ended = this.#number;
    const file = this.#begin(ended + 1);
    fdatasyncSync(this.#file);
    closeSync(this.#file);
    this.#file = file;
    this.#number += 1;
    return ended;
  }

  /** All to the disk, and no more. */
  close(): void {
    clearInterval(this.#timer);
    this.#failedAt = 0;
    this.flush();
    try {
      fdatasyncSync(this.#file);
    } catch {
      // flush has told of it.
    }
    closeSync(this.#file);
  }

  #begin(number: number): number {
    const file = openSync(filePath(this.#folder, 'log', number), 'wx', 0o600);
    const first = Buffer.from(`${JSON.stringify({ begun: this.#origin() })}\n`);
    this.#bytes = writeSync(file, first);
    syncFolder(this.#folder);
    return file;
  }

  #write(): void {
    while (this.#waiting.length > 0) {
      const bytes = this.#waiting[0]!;
      const done = writeSync(this.#file, bytes);
      this.#bytes += done;
      this.#waitingBytes -= done;
      this.#dirty = true;
      // A line that the disk took half is gone on with where it broke off.
      if (done < bytes.length) this.#waiting[0] = bytes.subarray(done);
      else this.#waiting.shift();
    }
    if (this.#failedAt === 0) return;
    this.#failedAt = 0;
    const lost = this.#lost === 0 ? 'nothing is missing' : `${this.#lost} batches of entries were lost`;
    this.#tell(`the state is written again; ${lost}.`);
    this.#lost = 0;
  }

  #syncSoon(): void {
    this.flush();
    if (!this.#dirty || this.#syncing) return;
    this.#dirty = false;
    this.#syncing = true;
    const file = this.#file;
    fdatasync(file, (error) => {
      this.#syncing = false;
      // The file may have been rotated away, and synced then.
      if (error !== null && file === this.#file) this.#dirty = true;
    });
  }
}
