// Learns from Postfix's log what became of each message: deliveries, deferrals and bounces of the accounts
// that sent them.

import type { IpAddress, PoolName, ReceiverId, Reply, ReplyClass } from '../../../policy/index.ts';
import { classify } from '../../../sim/index.ts';
import type { ReceiverPreset } from '../../../sim/presets/index.ts';
import type { Ledger } from '../ledger.ts';
import type { Queued } from '../memory.ts';
import { Recent } from '../recent.ts';
import { type LogLine, readLogLine, readSaid } from './mail-log.ts';
import { classByWords } from './reply-words.ts';

export interface OutcomeSettings {
  readonly usualPool: PoolName;
  /** The outgoing address of a pool, where it is told. */
  readonly addresses: ReadonlyMap<PoolName, IpAddress>;
}

/** Messages with recipients that still wait, of which an expiry would tell. */
const mostWaiting = 100_000;

/** No receiver's habits are known; replies are told by their wording alone. */
const anyReceiver = { replies: [] as readonly string[] } as ReceiverPreset;

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
      this.#ledger.note({ kind: 'titled', title, account: message.account });
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
      return this.#ledger.hear({ kind: 'delivered', ...outcome });
    }
    const { code, enhanced, text } = readSaid(read.text, dsn);
    const kind = classOf(code, enhanced, dsn, text);
    const reply: Reply = { code, enhanced, text: text.slice(0, 512), class: kind };
    if (status === 'bounced') {
      this.#waiting.get(queue)?.delete(recipient);
      return this.#ledger.hear({ kind: 'bounced', ...outcome, reply, receiverName: domainOf(recipient) });
    }
    const waiting = this.#waiting.get(queue) ?? new Set();
    if (waiting.size < 1_000) waiting.add(recipient);
    this.#waiting.put(queue, waiting);
    // What the queue manager puts off by itself is no word of a receiver.
    if (!tried) return;
    this.#ledger.hear({ kind: 'deferred', ...outcome, reply, receiverName: domainOf(recipient) });
  }

  /** Whoever still waited gets it no more. */
  #expire(queue: string, message: Queued): void {
    const reply: Reply = { code: 450, enhanced: '4.4.7', text: 'expired in our queue', class: 'expired' };
    for (const recipient of this.#waiting.get(queue) ?? []) {
      const outcome = this.#outcomeOf(message, this.#ledger.receiver(recipient));
      this.#ledger.hear({ kind: 'bounced', ...outcome, reply });
    }
  }

  #outcomeOf({ account, pool }: Queued, receiver: ReceiverId) {
    const address = this.#settings.addresses.get(pool) ?? '';
    return { tenant: this.#ledger.tenant(account), account, pool, address, receiver, copies: 1 };
  }
}

/** Rules that name a receiver name its domain here. */
const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/** A domain that does not exist, or takes no mail, tells of a bad list as an unknown user does. */
const noDomain = /^5\.(?:1\.(?:2|10)|4\.4)$/;

const classOf = (code: number, enhanced: string, dsn: string, text: string): ReplyClass => {
  if (noDomain.test(dsn)) return 'unknownUser';
  const found = classify(anyReceiver, code, enhanced === '' ? dsn : enhanced, text);
  // What is said where nothing is known.
  return found === 'transient' || found === 'policy' ? classByWords(code, text) ?? found : found;
};
