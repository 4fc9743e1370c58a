// Learns from Postfix's log what became of each message: deliveries, deferrals and bounces of the accounts
// that sent them.

import type { IpAddress, PoolName, ReceiverId, Reply } from '../../../policy/index.ts';
import type { Ledger } from '../ledger.ts';
import type { Queued } from '../memory.ts';
import { Recent } from '../recent.ts';
import { type LogLine, readLogLine } from './mail-log.ts';
import { replyIn } from './reply-words.ts';

export interface OutcomeSettings {
  readonly usualPool: PoolName;
  /** The outgoing address of a pool, where it is told. */
  readonly addresses: ReadonlyMap<PoolName, IpAddress>;
}

/** Messages with recipients that still wait, of which an expiry would tell. */
const mostWaiting = 100_000;

/** Our queue gave up (RFC 3463, X.4.7): the same that the simulated one says. */
const expired: Reply = Object.freeze({
  code: 554, enhanced: '5.4.7', text: 'delivery time expired', class: 'expired',
});

export class Outcomes {
  readonly #ledger: Ledger;
  readonly #settings: OutcomeSettings;
  /** By queue id, the recipients that were put off. */
  readonly #waiting = new Recent<string, Set<string>>(mostWaiting);

  constructor(ledger: Ledger, settings: OutcomeSettings) {
    [this.#ledger, this.#settings] = [ledger, settings];
  }

  take(line: string): void {
    const read = readLogLine(line);
    if (read === undefined) return;
    const { memory } = this.#ledger;
    const message = memory.queue.get(read.queue);
    if (read.kind === 'client') {
      if (message !== undefined) return;
      const account = this.#ledger.account(read.login.toLowerCase());
      this.#ledger.note({ kind: 'queued', queue: read.queue, account, pool: this.#settings.usualPool });
    } else if (message === undefined) {
      return;
    } else if (read.kind === 'title') {
      const title = this.#ledger.prints.of(read.messageId);
      this.#ledger.note({ kind: 'titled', title, account: message.account, queue: read.queue });
    } else if (read.kind === 'fate') {
      this.#takeFate(read, message);
    } else {
      if (read.kind === 'expired') this.#expire(read.queue, message);
      else this.#ledger.note({ kind: 'gone', queue: read.queue });
      this.#waiting.delete(read.queue);
    }
  }

  #takeFate(read: Extract<LogLine, { kind: 'fate' }>, message: Queued): void {
    const { dsn, queue, recipient, status, tried } = read;
    const outcome = this.#outcomeOf(message, this.#ledger.receiver(recipient));
    if (status === 'sent') {
      this.#waiting.get(queue)?.delete(recipient);
      return this.#ledger.hear({ kind: 'delivered', ...outcome }, queue);
    }
    const reply = replyIn(read.text, dsn);
    const receiverName = this.#ledger.receiverName(recipient);
    if (status === 'bounced') {
      this.#waiting.get(queue)?.delete(recipient);
      return this.#ledger.hear({ kind: 'bounced', ...outcome, reply, receiverName });
    }
    const waiting = this.#waiting.get(queue) ?? new Set();
    if (waiting.size < 1_000) waiting.add(recipient);
    this.#waiting.put(queue, waiting);
    // What the queue manager puts off by itself is no word of a receiver.
    if (!tried) return;
    this.#ledger.hear({ kind: 'deferred', ...outcome, reply, receiverName });
  }

  /** Whoever still waited gets it no more. */
  #expire(queue: string, message: Queued): void {
    for (const recipient of this.#waiting.get(queue) ?? []) {
      const outcome = this.#outcomeOf(message, this.#ledger.receiver(recipient));
      const receiverName = this.#ledger.receiverName(recipient);
      this.#ledger.hear({ kind: 'bounced', ...outcome, reply: expired, receiverName });
    }
  }

  #outcomeOf({ account, pool }: Queued, receiver: ReceiverId) {
    const address = this.#settings.addresses.get(pool) ?? '';
    return { tenant: this.#ledger.tenant(account), account, pool, address, receiver, copies: 1 };
  }
}
