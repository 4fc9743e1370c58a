// Mail systems that ask a served policy: one message after another, each asked about again when its answer is
// lost on the way, as Postfix does, now and then given up. They keep book of every answer.

import { writeRequest } from '../delegation/attributes.ts';
import { DelegationClient, DelegationClientError } from '../hosts/delegation-client.ts';
import type { Chance } from './chance.ts';
import type { Figures } from './figures.ts';
import { limit } from './fixtures/counting.ts';
import { pause } from './load.ts';
import type { Fate } from './reconcile.ts';

/** Messages of one account; half of them are over its limit. */
const perAccount = 2 * limit;

export class Books {
  readonly figures: Figures;
  readonly fates = new Map<number, Fate>();
  /** Messages of an account that were let in. */
  readonly passed = new Map<number, number>();
  #next = 1;
  /** When an answer came last, and waiting for the next one since a fault. */
  #since = Infinity;

  constructor(figures: Figures) {
    this.figures = figures;
  }

  next(): number {
    this.fates.set(this.#next, 'unknown');
    return this.#next++;
  }

  accountOf(id: number): number {
    return Math.floor(id / perAccount);
  }

  /** From now on nobody is answered until somebody is again. */
  faultBegins(): void {
    this.#since = Math.min(this.#since, performance.now());
  }

  answered(id: number, verb: string, isFirst: boolean): void {
    if (this.#since !== Infinity) this.figures.recovered(performance.now() - this.#since);
    this.#since = Infinity;
    if (!isFirst) return;
    this.fates.set(id, 'answered');
    const account = this.accountOf(id);
    if (verb === 'DUNNO') this.passed.set(account, (this.passed.get(account) ?? 0) + 1);
    this.figures.did(verb === 'DUNNO' ? 'decisions: pass' : 'decisions: defer');
  }
}

export interface ClientOptions {
  readonly port: number;
  readonly books: Books;
  readonly chance: Chance;
  readonly stop: AbortSignal;
  /** Between two messages of one client, in milliseconds. */
  readonly everyMs: number;
}

/** Asks until it is stopped. */
export const askOn = async (options: ClientOptions): Promise<void> => {
  const { books, chance, everyMs, port, stop } = options;
  const client = new DelegationClient({ endpoint: { host: '127.0.0.1', port } });
  while (!stop.aborted) {
    const id = books.next();
    const verb = await decisionOn(id, client, options);
    if (verb !== undefined) {
      books.answered(id, verb, true);
      if (chance.is(0.03)) await askAgain(id, verb, client, options);
    }
    await pause(chance.around(everyMs), stop);
  }
  client.close();
};

const requestsOf = (id: number, account: number): readonly string[] => {
  const login = `a${account}@t${account % 40}.test`;
  const common = {
    instance: `${id.toString(16)}.soak`, sender: login, sasl_username: login, client_address: '192.0.2.1',
    size: id,
  };
  const recipient = `r${id % 97}@x${id % 5}.test`;
  return [
    writeRequest({ ...common, protocol_state: 'RCPT', recipient }),
    writeRequest({
      ...common, protocol_state: 'END-OF-MESSAGE', recipient, recipient_count: 1,
      queue_id: `Q${id.toString(16).toUpperCase()}`,
    }),
  ];
};

/** The verb of the answer; undefined for a message that was given up after its answer was lost. */
const decisionOn = async (
  id: number, client: DelegationClient, { books, chance, stop }: ClientOptions,
): Promise<string | undefined> => {
  const [atRecipient, atEnd] = requestsOf(id, books.accountOf(id)) as [string, string];
  const isPatient = !chance.is(0.3);
  let isAsked = false;
  for (;;) {
    try {
      if (!isAsked || chance.is(0.5)) await client.ask(atRecipient);
      isAsked = true;
      const { verb } = await client.ask(atEnd);
      if (verb === 'DUNNO' || verb === 'DEFER_IF_PERMIT') return verb;
      books.figures.fail(`message ${id} was answered ${verb}`);
      return undefined;
    } catch (error) {
      if (!(error instanceof DelegationClientError)) throw error;
      books.figures.did('asked in vain');
      if (error.code === 'no-action' || error.code === 'unasked') {
        books.figures.fail(`message ${id}: ${error.message}`);
      }
      if (stop.aborted || !isPatient) return undefined;
      await pause(50 + chance.below(250), stop);
    }
  }
};

/** The same transaction once more: the same answer, or none. */
const askAgain = async (
  id: number, verb: string, client: DelegationClient, options: ClientOptions,
): Promise<void> => {
  const { books } = options;
  const again = await decisionOn(id, client, options);
  if (again === undefined) return;
  books.answered(id, again, false);
  books.figures.did('asked again, same answer', again === verb ? 1 : 0);
  if (again !== verb) books.figures.fail(`message ${id} was answered ${verb} and, asked again, ${again}`);
};
