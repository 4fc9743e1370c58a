// Asks rspamd over HTTP (/checkv2), and what its answer means for a submission.

import { Agent, request } from 'node:http';
import { pass, type Verdict } from '../../policy/index.ts';

/** rspamd did not answer, or with something that is no scan result. */
export class RspamdError extends Error {
  override readonly name = 'RspamdError';
}

/** A scan's result, as much of it as counts here. */
export interface Scan {
  readonly action: string;
  readonly score: number;
  readonly limit: number;
  readonly symbols: readonly string[];
  /** What the sender is told. */
  readonly message: string;
}

export interface ScanRequest {
  /** Headers such as `User` and `Rcpt`; a name may come more than once. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly message: Buffer;
}

export class RspamdClient {
  readonly #socketPath: string;
  readonly #patienceMs: number;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(socketPath: string, patienceMs = 20_000) {
    this.#socketPath = socketPath;
    this.#patienceMs = patienceMs;
  }

  /** Rejects with an RspamdError. */
  scan({ headers, message }: ScanRequest): Promise<Scan> {
    return new Promise((resolve, reject) => {
      const fail = (what: string): void => reject(new RspamdError(`rspamd ${what}`));
      const asked = request({
        agent: this.#agent, socketPath: this.#socketPath, path: '/checkv2', method: 'POST',
        headers: { ...headers as Record<string, string | string[]>, 'Content-Length': message.length },
        timeout: this.#patienceMs,
      }, (answer) => {
        const parts: Buffer[] = [];
        answer.on('data', (part: Buffer) => parts.push(part));
        answer.on('error', (error) => fail(`broke its answer off: ${error.message}`));
        answer.on('end', () => {
          const text = Buffer.concat(parts).toString();
          if (answer.statusCode !== 200) return fail(`answered ${answer.statusCode}: ${text.slice(0, 80)}`);
          try {
            resolve(readScan(text));
          } catch (error) {
            reject(error as Error);
          }
        });
      });
      asked.on('timeout', () => asked.destroy(new Error(`no answer within ${this.#patienceMs} ms`)));
      asked.on('error', (error) => fail(`could not be asked: ${error.message}`));
      asked.end(message);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Throws an RspamdError for what is no scan result. */
export const readScan = (text: string): Scan => {
  const wrong = (): RspamdError =>
    new RspamdError(`rspamd answered what is no scan result: ${JSON.stringify(text.slice(0, 120))}`);
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch {
    throw wrong();
  }
  const { action, score, required_score: limit, symbols, messages, is_skipped: isSkipped } =
    (found ?? {}) as Record<string, unknown>;
  const isWhole = typeof action === 'string' && typeof score === 'number' && typeof limit === 'number' &&
    typeof symbols === 'object' && symbols !== null && isSkipped === false;
  if (!isWhole) throw wrong();
  const told = (messages as { readonly smtp_message?: unknown } | undefined)?.smtp_message;
  const message = typeof told === 'string' ? told : '';
  return { action, score, limit, symbols: Object.keys(symbols), message };
};

/**
 * `soft reject` and `greylist` defer, `reject` refuses, `quarantine` holds, `discard` throws away, which is a
 * refusal to all but the sender; marks in the header change nothing on the way out. Throws an RspamdError for
 * an action there is not.
 */
export const verdictOfScan = (module: string, { action, limit, message, score }: Scan): Verdict => {
  const rule = message === '' ? action : `${action}: ${message.slice(0, 80)}`;
  const isByScore = action === 'reject' || action === 'quarantine' || action === 'discard';
  const reason = { module, rule, seen: isByScore ? score : 1, limit: isByScore ? limit : 0 };
  switch (action) {
    case 'no action':
    case 'add header':
    case 'rewrite subject':
      return pass;
    case 'soft reject':
    case 'greylist':
      return { kind: 'defer', reason };
    case 'reject':
    case 'discard':
      return { kind: 'reject', reason };
    case 'quarantine':
      return { kind: 'hold', reason };
    default:
      throw new RspamdError(`rspamd answered with the action ${JSON.stringify(action)}, which is not known`);
  }
};
