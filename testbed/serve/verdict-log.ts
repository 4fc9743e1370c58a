// The log of verdicts: a line of JSON for each message that was judged, and for each request that could not
// be. It goes to a file, which may be moved away and opened anew, or to a stream.

import { closeSync, openSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Reason, Remark, Verdict } from '../../policy/index.ts';
import type { Action } from '../delegation/action.ts';
import { dateOf } from './answer.ts';
import { type Tell, writeWhole } from './state-files.ts';

export interface VerdictLine {
  /** ISO 8601, UTC, by the policy's clock. */
  readonly time: string;
  /** The login; empty where nobody logged in. */
  readonly account: string;
  readonly tenant?: string;
  readonly queue?: string;
  readonly client?: string;
  readonly recipients: number;
  /** A kind of verdict; `none` for mail that is not judged, `fault` where there is no verdict. */
  readonly verdict: Verdict['kind'] | 'none' | 'fault';
  readonly reason?: Reason;
  readonly also?: readonly Remark[];
  readonly until?: string;
  readonly pool?: string;
  readonly scope?: 'account' | 'tenant';
  readonly fault?: string;
  readonly note?: string;
  readonly action?: Action;
  /** Microseconds from the request to its answer. */
  readonly us: number;
}

/** What a line says of a verdict. */
export const told = (
  verdict: Verdict, epoch: number,
): Omit<VerdictLine, 'time' | 'account' | 'recipients' | 'us'> => {
  if (verdict.kind === 'pass') return { verdict: 'pass' };
  const { kind, reason, also } = verdict;
  return {
    verdict: kind, reason,
    ...(also !== undefined && { also }),
    ...('until' in verdict && verdict.until < forever && { until: dateOf(verdict.until, epoch) }),
    ...('pool' in verdict && { pool: verdict.pool }),
    ...(kind === 'suspend' && { scope: verdict.scope }),
  };
};

/** Past the last date there is, 100,000,000 days after 1970 (ECMAScript, 21.4.1.1), whatever the epoch. */
const forever = 8e15;

/** Bytes that a stream may owe its reader before lines are left out. */
const mostOwed = 16 * 1_048_576;

export class VerdictLog {
  readonly #path: string | undefined;
  readonly #stream: Writable;
  readonly #tell: Tell;
  #file = -1;
  #text = '';
  #left = 0;
  #failed = false;

  /** Without a path it writes to the stream. Throws the system's error where the file cannot be opened. */
  constructor(path: string | undefined, stream: Writable, tell: Tell) {
    [this.#path, this.#stream, this.#tell] = [path, stream, tell];
    if (path !== undefined) this.#file = openSync(path, 'a', 0o640);
  }

  put(line: VerdictLine): void {
    const { action, ...rest } = line;
    const said = action === undefined ? {} : { action: `${action.verb} ${action.text}`.trim() };
    this.#text += `${JSON.stringify({ ...rest, ...said })}\n`;
  }

  flush(): void {
    if (this.#text === '') return;
    const text = this.#text;
    this.#text = '';
    if (this.#path === undefined) return this.#print(text);
    try {
      writeWhole(this.#file, Buffer.from(text));
      this.#failed = false;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (!this.#failed) this.#tell(`${this.#path} cannot be written (${code}); verdicts go unlogged.`);
      this.#failed = true;
    }
  }

  /** After the file was moved away: a new one of the same name. */
  reopen(): void {
    if (this.#path === undefined) return;
    this.flush();
    try {
      const file = openSync(this.#path, 'a', 0o640);
      closeSync(this.#file);
      this.#file = file;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      this.#tell(`${this.#path} cannot be opened (${code}); the file that was open is written on.`);
    }
  }

  close(): void {
    this.flush();
    if (this.#file >= 0) closeSync(this.#file);
  }

  #print(text: string): void {
    if (this.#stream.destroyed || !this.#stream.writable) return;
    if (this.#stream.writableLength > mostOwed) {
      if (this.#left === 0) this.#tell('nobody reads the verdicts; lines are left out until somebody does.');
      this.#left += 1;
      return;
    }
    if (this.#left > 0) this.#tell(`verdicts are read again; ${this.#left} batches of lines were left out.`);
    this.#left = 0;
    this.#stream.write(text);
  }
}
