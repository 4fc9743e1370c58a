// Reads a log as it grows, line by line.

import { closeSync, openSync, readSync } from 'node:fs';

/** How long to wait where nothing new was there: a fraction of what a mail server takes for a message. */
const pauseMs = 2;

export class LogFollower {
  readonly #file: number;
  readonly #hear: (line: string) => void;
  readonly #buffer = Buffer.alloc(65_536);
  #begun = '';
  /** The last whole line. */
  last = '(empty)';

  constructor(path: string, hear: (line: string) => void) {
    this.#file = openSync(path, 'r');
    this.#hear = hear;
  }

  /** Hands on what is new; where nothing is, waits a moment. */
  async more(): Promise<void> {
    const count = readSync(this.#file, this.#buffer);
    if (count === 0) return new Promise((resolve) => setTimeout(resolve, pauseMs));
    const lines = (this.#begun + this.#buffer.toString('latin1', 0, count)).split('\n');
    this.#begun = lines.pop()!;
    for (const line of lines) {
      this.last = line;
      this.#hear(line);
    }
  }

  close(): void {
    closeSync(this.#file);
  }
}
