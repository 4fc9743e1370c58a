// Asks a daemon in Postfix's policy delegation protocol: one request, one reply, and never a second request
// before the reply, as Postfix does; some daemons lose their place otherwise.

import type { Socket } from 'node:net';
import { type Action, readAction } from '../delegation/action.ts';
import { AttributeReader, type Reading } from '../delegation/attribute-reader.ts';
import { connectTo, type Endpoint, endpointText } from './endpoint.ts';

export type DelegationProblem = 'cannot-connect' | 'closed' | 'no-answer' | 'no-action' | 'unasked';

/** A daemon could not be asked, or did not answer as the protocol has it. */
export class DelegationClientError extends Error {
  override readonly name = 'DelegationClientError';
  readonly code: DelegationProblem;

  constructor(code: DelegationProblem, endpoint: Endpoint, what: string) {
    super(`${endpointText(endpoint)} ${what}`);
    this.code = code;
  }
}

export interface DelegationClientOptions {
  readonly endpoint: Endpoint;
  /** Longest wait for an answer, in real milliseconds; 10 s if left out (Postfix waits for 100 s). */
  readonly patienceMs?: number;
}

/** What waits for an answer. */
interface Question {
  readonly request: string;
  /** It is asked for the second time. */
  readonly isAgain: boolean;
  readonly resolve: (action: Action) => void;
  readonly reject: (error: Error) => void;
}

export class DelegationClient {
  readonly #endpoint: Endpoint;
  readonly #patienceMs: number;
  #socket: Socket | null = null;
  /** Answers that have come over the present connection. */
  #served = 0;
  #question: Question | null = null;
  /** What was wrong with an answer that nobody had asked for. */
  #unasked: DelegationClientError | null = null;

  constructor({ endpoint, patienceMs = 10_000 }: DelegationClientOptions) {
    this.#endpoint = endpoint;
    this.#patienceMs = patienceMs;
  }

  /**
   * The action that the daemon answers a whole request with. Connects where there is no connection. Where a
   * connection that had served before is closed instead of an answer, it asks once more on a new one, as
   * Postfix does (smtpd_policy_service_try_limit): the daemon had taken it for idle. Rejects with a
   * DelegationClientError.
   */
  ask(request: string): Promise<Action> {
    return new Promise((resolve, reject) => {
      if (this.#question !== null) throw new TypeError('one question at a time');
      if (this.#unasked !== null) throw this.#unasked;
      this.#question = { request, isAgain: false, resolve, reject };
      this.#socket ??= this.#connect();
      this.#socket.write(request);
    });
  }

  close(): void {
    this.#fail('closed', 'was left while it was asked');
    this.#drop();
  }

  #connect(): Socket {
    const socket = connectTo(this.#endpoint);
    const reader = new AttributeReader();
    const hear = (reading: Reading): void => {
      this.#served += 1;
      this.#hear(reading);
    };
    let isOpen = false;
    this.#served = 0;
    const lost = (what: string): void => {
      if (this.#socket !== socket) return;
      this.#drop();
      const question = this.#question;
      if (question === null) return;
      if (this.#served === 0 || question.isAgain || reader.isInside) return this.#fail('closed', what);
      this.#question = { ...question, isAgain: true };
      this.#socket = this.#connect();
      this.#socket.write(question.request);
    };
    socket.setNoDelay(true);
    socket.once('connect', () => (isOpen = true));
    socket.setTimeout(this.#patienceMs, () => {
      if (this.#question !== null) this.#fail('no-answer', `did not answer within ${this.#patienceMs} ms`);
    });
    socket.on('data', (chunk) => reader.take(chunk, hear));
    socket.on('error', (error) => {
      if (isOpen) lost(`broke the connection: ${error.message}`);
      else this.#fail('cannot-connect', `does not take connections: ${error.message}`);
    });
    const silence = (): void =>
      lost(`closed the connection ${reader.isInside ? 'in the middle of its answer' : 'and did not answer'}`);
    socket.on('end', silence);
    socket.on('close', silence);
    return socket;
  }

  #hear(reading: Reading): void {
    const question = this.#question;
    if (reading.kind === 'malformed') return this.#fail('no-action', `answered nonsense: ${reading.why}`);
    if (question === null) {
      this.#unasked = this.#error('unasked', `said ${shown(reading)}, and nobody had asked`);
      return this.#drop();
    }
    const others = [...reading.attributes.keys()].filter((name) => name !== 'action');
    if (others.length > 0) {
      return this.#fail('no-action', `answered ${shown(reading)}; an answer is one line, action=...`);
    }
    this.#question = null;
    try {
      question.resolve(readAction(reading.attributes));
    } catch (error) {
      this.#drop();
      question.reject(this.#error('no-action', `answered without an action: ${(error as Error).message}`));
    }
  }

  /** The question under way has failed; without one, the connection is merely gone. */
  #fail(code: DelegationProblem, what: string): void {
    const question = this.#question;
    this.#question = null;
    this.#drop();
    question?.reject(this.#error(code, what));
  }

  #drop(): void {
    const socket = this.#socket;
    this.#socket = null;
    socket?.destroy();
  }

  #error(code: DelegationProblem, what: string): DelegationClientError {
    return new DelegationClientError(code, this.#endpoint, what);
  }
}

const shown = (reading: Extract<Reading, { readonly kind: 'list' }>): string => {
  const text = [...reading.attributes].map(([name, value]) => `${name}=${value}`).join(', ');
  return JSON.stringify(text.slice(0, 80));
};
