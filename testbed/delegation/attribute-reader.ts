// Reads lists of attributes off a stream, as requests and replies of policy delegation are: lines of
// `name=value`, and an empty line at the end. Bytes may come in pieces of any size, several lists in one
// piece; what is no list is told as such and skipped up to the next empty line, and never held in memory.

import type { Attributes } from './attributes.ts';

/** One list, or what was wrong with the bytes up to the empty line that ended them. */
export type Reading =
  | { readonly kind: 'list'; readonly attributes: Attributes }
  | { readonly kind: 'malformed'; readonly why: string };

export interface ReaderLimits {
  /** Bytes of one line, its name included, 1 or more. */
  readonly line?: number;
  /** Bytes of a whole list, 1 or more. */
  readonly list?: number;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;

/**
 * Postfix's own lines hold an address or a name, and it cuts those at line_length_limit, 2,048 bytes (its
 * manual); a reply's text is one line too. Eight times that is room for any client.
 */
const usualLimits = { line: 16_384, list: 65_536 };

export class AttributeReader {
  readonly #limits: Required<ReaderLimits>;
  /** The unfinished line at the end of what has come. */
  #rest: Buffer | undefined;
  #bytes = 0;
  #attributes = new Map<string, string>();
  /** What is wrong with the list under way; undefined while all is well. */
  #fault: string | undefined;
  #begun = false;

  constructor(limits: ReaderLimits = {}) {
    this.#limits = { ...usualLimits, ...limits };
  }

  /** Whether a list has begun that has not ended: a peer that goes now breaks off in the middle. */
  get isInside(): boolean {
    return this.#begun || this.#rest !== undefined;
  }

  /** Takes the next bytes in; `hear` is called for each list that they complete, in order. */
  take(chunk: Buffer, hear: (reading: Reading) => void): void {
    let bytes = chunk;
    if (this.#rest !== undefined) {
      bytes = Buffer.concat([this.#rest, chunk]);
      this.#rest = undefined;
    }
    let from = 0;
    for (;;) {
      const end = bytes.indexOf(lineFeed, from);
      if (end < 0) break;
      const last = end > from && bytes[end - 1] === carriageReturn ? end - 1 : end;
      if (last === from) this.#finish(hear);
      else this.#line(bytes, from, last);
      from = end + 1;
    }
    if (from < bytes.length) this.#keep(bytes, from);
  }

  /** An unfinished line; of one that is too long only as much is kept as shows that it goes on. */
  #keep(bytes: Buffer, from: number): void {
    if (bytes.length - from > this.#limits.line) this.#blame(this.#tooLong());
    this.#begun = true;
    // A copy: the piece may be large, and what is left of it small.
    this.#rest = this.#fault === undefined ? Buffer.from(bytes.subarray(from)) : Buffer.from('?');
  }

  #line(bytes: Buffer, from: number, end: number): void {
    this.#begun = true;
    if (this.#fault !== undefined) return;
    this.#bytes += end - from + 1;
    if (end - from > this.#limits.line) return this.#blame(this.#tooLong());
    if (this.#bytes > this.#limits.list) return this.#blame(`it is longer than ${this.#limits.list} bytes`);
    const text = bytes.toString('utf8', from, end);
    const equals = text.indexOf('=');
    if (equals < 1) return this.#blame(`${shown(text)} is not name=value`);
    if (text.includes('\0')) return this.#blame(`${shown(text)} holds a NUL`);
    this.#attributes.set(text.slice(0, equals), text.slice(equals + 1));
  }

  #tooLong(): string {
    return `a line is longer than ${this.#limits.line} bytes`;
  }

  #blame(why: string): void {
    this.#fault ??= why;
    this.#attributes.clear();
  }

  #finish(hear: (reading: Reading) => void): void {
    const attributes = this.#attributes;
    const fault = this.#fault ?? (attributes.size === 0 ? 'it is empty' : undefined);
    this.#attributes = new Map();
    this.#bytes = 0;
    this.#fault = undefined;
    this.#begun = false;
    hear(fault === undefined ? { kind: 'list', attributes } : { kind: 'malformed', why: fault });
  }
}

/** The beginning of what came, in print. */
const shown = (text: string): string => JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}...` : text);
