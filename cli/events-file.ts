// events.jsonl.gz: the journal of one seed as gzipped JSON lines, the first of which says what it is. Written
// as the run goes on, a block at a time, so that no journal is ever held whole.

import { closeSync, createReadStream, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip, gzipSync } from 'node:zlib';
import { formatEntry, type JournalEntry } from '../sim/journal.ts';

export const eventsFile = 'events.jsonl.gz';
const eventsSchema = 'sharedfate/events@1';

/** Letters gathered before they are written: large enough to pack well, small enough not to matter. */
const block = 262_144;

/** A file that grows by text; it has its name only once it is whole. */
export class GrowingFile {
  readonly #path: string;
  readonly #part: string;
  readonly #file: number;
  readonly #packed: boolean;
  #text = '';

  /** `packed`: as gzip, each block a member of its own (RFC 1952, 2.2), which readers join. */
  constructor(path: string, packed: boolean) {
    this.#path = path;
    this.#part = `${path}.${process.pid}.part`;
    this.#packed = packed;
    this.#file = openSync(this.#part, 'w');
  }

  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= block) this.#flush();
  }

  #flush(): void {
    if (this.#text === '') return;
    writeSync(this.#file, this.#packed ? gzipSync(this.#text) : Buffer.from(this.#text));
    this.#text = '';
  }

  finish(): void {
    this.#flush();
    closeSync(this.#file);
    renameSync(this.#part, this.#path);
  }

  /** For every ending but a good one. */
  discard(): void {
    closeSync(this.#file);
    rmSync(this.#part, { force: true });
  }
}

export const eventsHeader = (seed: string, fingerprint: string, scenario: string): string =>
  `${JSON.stringify({ schema: eventsSchema, scenario, seed, fingerprint })}\n`;

/** The journal in such a file as the journal's own lines; null where the file is none of ours. */
export const readEvents = async (
  path: string,
): Promise<{ readonly seed: string; readonly lines: AsyncIterable<string> } | null> => {
  const unpacked = createReadStream(path).pipe(createGunzip());
  const reader = createInterface({ input: unpacked, crlfDelay: Number.POSITIVE_INFINITY });
  const rows = reader[Symbol.asyncIterator]();
  try {
    const first = await rows.next();
    const text = first.done === true ? '{}' : first.value;
    const header = JSON.parse(text) as { readonly schema?: unknown; readonly seed?: unknown };
    if (header.schema !== eventsSchema || typeof header.seed !== 'string') return null;
    return { seed: header.seed, lines: entriesOf(rows) };
  } catch {
    return null;
  }
};

async function* entriesOf(rows: AsyncIterableIterator<string>): AsyncGenerator<string> {
  for await (const row of rows) yield formatEntry(JSON.parse(row) as JournalEntry);
}
