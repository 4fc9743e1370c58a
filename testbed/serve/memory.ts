// All that a served policy knows: the engine's states, whose names stand behind which numbers, and which
// message of the mail system is whose. It changes by entries alone, so that reading a log again gives the
// same memory.

import {
  type AccountId, type Milliseconds, type Policy, PolicyEngine, type PoolName, type Reason, type TenantId,
  type Verdict, zero,
} from '../../policy/index.ts';
import type { Entry, Listing, Place } from './entry.ts';
import { Names } from './names.ts';
import { Recent } from './recent.ts';

/** Whose a message in the mail system's queue is, and the pool it leaves by. */
export interface Queued {
  readonly account: AccountId;
  readonly pool: PoolName;
  /** Fingerprint of its Message-ID, once the log has told that. */
  readonly title?: number;
}

/** Whose a message is that may be complained of, and when a receiver took it; until then, when it came in. */
export interface Titled {
  readonly account: AccountId;
  readonly at: Milliseconds;
}

/**
 * How much is remembered of messages, each kind for itself: two days of a platform that sends 3 a second. A
 * message that was forgotten loses its bounces and complaints; its judgement is not touched.
 */
const mostMessages = 500_000;
/** Transactions whose answer is kept, should the mail system ask once more after a broken connection. */
const mostAnswers = 10_000;

export class Memory {
  engine: PolicyEngine;
  readonly tenants = new Names();
  readonly accounts = new Names();
  readonly receivers = new Names();
  /** By account. */
  readonly tenantOf: TenantId[] = [];
  readonly queue = new Recent<string, Queued>(mostMessages);
  readonly titles = new Recent<number, Titled>(mostMessages);
  readonly senders = new Recent<number, AccountId>(mostMessages);
  readonly answers = new Recent<string, Verdict>(mostAnswers);
  readonly reports = new Recent<string, true>(mostAnswers);
  readonly paced = new Map<string, Milliseconds>();
  readonly places = new Map<string, Place>();
  readonly listed = new Map<string, Listing>();
  /** Messages judged. */
  messages = 0;
  /** The time of the latest entry. */
  last: Milliseconds = zero;

  constructor(policy: Policy) {
    this.engine = new PolicyEngine(policy);
  }

  /** Takes an entry in. Throws a ModuleFault where a module fails to learn; all else is taken in then too. */
  apply(entry: Entry): void {
    if (entry.t > this.last) this.last = entry.t;
    switch (entry.kind) {
      case 'named': return this.#name(entry);
      case 'judged': return this.#judged(entry);
      case 'heard':
        this.#noteListing(entry.signal);
        if (entry.queue !== undefined) this.#taken(entry.queue, entry.t);
        return this.engine.learn(entry.signal, entry.t);
      case 'queued':
        return void this.queue.put(entry.queue, { account: entry.account, pool: entry.pool });
      case 'titled': return this.#title(entry);
      case 'gone': return void this.queue.delete(entry.queue);
      case 'paced': return void this.paced.set(entry.queue, entry.until);
      case 'let-go':
        for (const queue of entry.queues) this.paced.delete(queue);
        return;
      case 'read': return void this.places.set(entry.file, entry.place);
      case 'report': return void this.reports.put(entry.name, true);
      case 'desk': return this.#desk(entry);
      default: return entry satisfies never;
    }
  }

  #name(entry: Extract<Entry, { kind: 'named' }>): void {
    if (entry.what === 'account') {
      this.accounts.put(entry.id, entry.name);
      while (this.tenantOf.length < entry.id) this.tenantOf.push(0 as TenantId);
      this.tenantOf[entry.id] = entry.tenant;
    } else {
      (entry.what === 'tenant' ? this.tenants : this.receivers).put(entry.id, entry.name);
    }
  }

  #judged(entry: Extract<Entry, { kind: 'judged' }>): void {
    const { instance, pool, queue, sender, submission, t, verdict } = entry;
    const { account, tenant } = submission;
    this.messages = Math.max(this.messages, submission.id + 1);
    if (instance !== '') this.answers.put(instance, verdict);
    if (isTaken(verdict)) {
      if (queue !== '') this.queue.put(queue, { account, pool });
      if (!submission.nullSender) this.senders.put(sender, account);
    }
    this.engine.learn({ kind: 'submitted', tenant, account, submission, verdict }, t);
  }

  #title({ account, queue = '', t, title }: Extract<Entry, { kind: 'titled' }>): void {
    this.titles.put(title, { account, at: t });
    const queued = this.queue.get(queue);
    if (queued !== undefined) this.queue.put(queue, { ...queued, title });
  }

  /** A receiver has taken a message of the queue: that is when it was sent. */
  #taken(queue: string, at: Milliseconds): void {
    const queued = this.queue.get(queue);
    if (queued?.title !== undefined) this.titles.put(queued.title, { account: queued.account, at });
  }

  #noteListing(signal: Extract<Entry, { kind: 'heard' }>['signal']): void {
    if (signal.kind !== 'listed' && signal.kind !== 'delisted') return;
    const { address, pool, register } = signal;
    if (signal.kind === 'listed') this.listed.set(`${register} ${address}`, { pool, address, register });
    else this.listed.delete(`${register} ${address}`);
  }

  #desk({ account, does, t }: Extract<Entry, { kind: 'desk' }>): void {
    const tenant = this.tenantOf[account] ?? (0 as TenantId);
    if (does === 'suspend') this.engine.suspend(account, byHand);
    this.engine.learn({ kind: does === 'suspend' ? 'suspended' : 'released', tenant, account }, t);
  }
}

/** Why an account is shut that a person shut. */
const byHand: Reason = { module: 'desk', rule: 'suspended by hand', seen: 1, limit: 0 };

/** Whether the mail system takes the message, now or on hold. */
export const isTaken = ({ kind }: Verdict): boolean =>
  kind !== 'defer' && kind !== 'reject' && kind !== 'suspend';

