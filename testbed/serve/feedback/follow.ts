// Follows a file that grows, as a log does: through rotation, truncation and a restart of ours, each line
// once. How far it was read is kept with the state.

import { closeSync, fstatSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Place } from '../entry.ts';
import type { Tell } from '../state-files.ts';

export interface FollowOptions {
  readonly path: string;
  /** How far it was read before; undefined for a file never followed, which is read from its end on. */
  readonly from: Place | undefined;
  /** Takes whole lines, without their ends, and the place behind the last one. */
  readonly take: (lines: readonly string[], place: Place) => void;
  readonly tell: Tell;
}

/** Bytes read at once, so that who serves gets its turn in between. */
const piece = 262_144;
/** Pieces read in one look. */
const mostPieces = 64;
/** Bytes by which a file is known again. */
const headLength = 64;

export class Follow {
  readonly #options: FollowOptions;
  #file = -1;
  #inode = 0;
  #offset = 0;
  #head = '';
  #isNew: boolean;
  #missed = false;

  constructor(options: FollowOptions) {
    this.#options = options;
    this.#isNew = options.from === undefined;
  }

  /** Reads what has come. Throws nothing: a file that is not there may come yet. */
  async look(): Promise<void> {
    try {
      if (this.#file < 0) this.#open();
      if (this.#file < 0) return;
      for (let pieces = 0; pieces < mostPieces; pieces++) {
        if (this.#read()) await new Promise<void>((done) => setImmediate(done));
        else if (this.#wasReplaced()) {
          // What came between the last reading and the rotation.
          while (this.#read());
          this.close();
          this.#openAt(this.#options.path, 0);
        } else break;
      }
      this.#missed = false;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      const { path, tell } = this.#options;
      if (!this.#missed) tell(`${path} cannot be read (${code ?? message}); tried again.`);
      this.#missed = true;
      this.close();
    }
  }

  close(): void {
    if (this.#file >= 0) closeSync(this.#file);
    this.#file = -1;
  }

  /** Opens it where reading broke off, be it under the name that it was rotated to. */
  #open(): void {
    const { from, path, tell } = this.#options;
    const now = statSync(path);
    if (this.#inode !== 0 || from === undefined) {
      // Opened before in this life, or followed for the first time: then what is there is no news.
      this.#openAt(path, this.#isNew ? now.size : 0);
      this.#isNew = false;
      if (from === undefined) this.#options.take([], this.#place());
      return;
    }
    if (isSame(path, now.ino, from)) return this.#openAt(path, from.offset);
    const old = readdirSync(dirname(path)).map((name) => join(dirname(path), name)).find((other) => {
      const stat = statSync(other, { throwIfNoEntry: false });
      return stat !== undefined && stat.isFile() && isSame(other, stat.ino, from);
    });
    if (old !== undefined) return this.#openAt(old, from.offset);
    tell(`${path} was replaced while nobody looked, and the old one is gone; read from the new one's start.`);
    this.#openAt(path, 0);
  }

  #openAt(path: string, offset: number): void {
    this.#file = openSync(path, 'r');
    this.#inode = fstatSync(this.#file).ino;
    this.#offset = offset;
    this.#head = headOf(this.#file);
  }

  /** Reads a piece; whether there may be more. */
  #read(): boolean {
    const { size } = fstatSync(this.#file);
    if (size < this.#offset) {
      this.#options.tell(`${this.#options.path} was cut short; it is read from its start.`);
      this.#offset = 0;
      this.#head = '';
    }
    const bytes = Buffer.alloc(Math.min(piece, size - this.#offset));
    const count = bytes.length === 0 ? 0 : readSync(this.#file, bytes, 0, bytes.length, this.#offset);
    const end = bytes.lastIndexOf(10, count - 1);
    if (count === 0 || (end < 0 && count < piece)) return false;
    if (this.#head.length < headLength) this.#head = headOf(this.#file);
    // A line longer than a piece is none of a log's.
    this.#offset += end < 0 ? count : end + 1;
    const text = end < 0 ? '' : bytes.toString('utf8', 0, end);
    this.#options.take(text === '' ? [] : text.split('\n'), this.#place());
    return this.#offset < size;
  }

  #place(): Place {
    return { inode: this.#inode, offset: this.#offset, head: this.#head };
  }

  #wasReplaced(): boolean {
    const now = statSync(this.#options.path, { throwIfNoEntry: false });
    return now !== undefined && now.ino !== this.#inode;
  }
}

const isSame = (path: string, inode: number, { head, inode: known, offset }: Place): boolean => {
  if (inode !== known) return false;
  const file = openSync(path, 'r');
  try {
    return fstatSync(file).size >= offset && headOf(file).startsWith(head);
  } finally {
    closeSync(file);
  }
};

/** The first bytes, whole lines or not. */
const headOf = (file: number): string => {
  const bytes = Buffer.alloc(headLength);
  return bytes.toString('latin1', 0, readSync(file, bytes, 0, headLength, 0));
};
