// Where all that happens is taken down: the names of those who act are given numbers, entries are written and
// learned from. Nothing else changes a memory.

import {
  type AccountId, type Milliseconds, ModuleFault, type Policy, type ReceiverId, type ReceiverName,
  type Signal, type TenantId,
} from '../../policy/index.ts';
import type { Entry, News } from './entry.ts';
import type { Fingerprints } from './fingerprints.ts';
import type { Memory, Titled } from './memory.ts';
import type { Names } from './names.ts';
import { engineWith } from './saved.ts';
import type { Tell } from './state-files.ts';
import type { SteadyClock } from './steady-clock.ts';

export interface LedgerParts {
  readonly memory: Memory;
  readonly clock: SteadyClock;
  readonly prints: Fingerprints;
  /** The tenant whose account a login is. */
  readonly tenantOf: (login: string) => string;
  /** What a policy is to call the receiver of a domain, in lower case: the domain, or what it is known as. */
  readonly receiverOf: (domain: string) => ReceiverName;
  /** Writes an entry down. */
  readonly record: (entry: Entry) => void;
  readonly tell: Tell;
}

/** Receivers that a policy tells apart (policy/shelf.ts); all further domains are one more. */
const mostReceivers = 65_536;
const further = 'all-further-domains.invalid';
/** A policy that fails, fails with every message; so often it is told of. */
const faultEveryMs = 10_000;

export class Ledger {
  readonly memory: Memory;
  readonly prints: Fingerprints;
  readonly tell: Tell;
  readonly #parts: LedgerParts;
  #faults = 0;
  #toldAt = -Infinity;

  constructor(parts: LedgerParts) {
    [this.memory, this.prints, this.tell, this.#parts] = [parts.memory, parts.prints, parts.tell, parts];
  }

  now(): Milliseconds {
    return this.#parts.clock.now();
  }

  get epoch(): number {
    return this.#parts.clock.epoch;
  }

  /** Takes down what happened, just now if it is not said when, and learns from it. */
  note(news: News, now = this.now()): void {
    const entry = { t: now, ...news } as Entry;
    this.#parts.record(entry);
    try {
      this.memory.apply(entry);
    } catch (error) {
      if (!(error instanceof ModuleFault)) throw error;
      this.tellFault(error.message);
    }
  }

  /** `queue`: the message in the queue that a receiver has taken, where the signal says that one was. */
  hear(signal: Signal, queue?: string): void {
    this.note({ kind: 'heard', signal, ...(queue !== undefined && { queue }) });
  }

  /** Puts another policy in the place of the one that serves; each module goes on by its name. */
  swap(policy: Policy): readonly string[] {
    const { dropped, engine } = engineWith(policy, this.memory.engine.snapshot());
    this.memory.engine = engine;
    return dropped;
  }

  /** The number of a login, which is entered where it is new or has gone to another tenant. */
  account(login: string): AccountId {
    const { accounts, tenantOf, tenants } = this.memory;
    const name = this.#parts.tenantOf(login);
    const known = accounts.idOf(login);
    if (known !== undefined && tenants.nameOf(tenantOf[known]!) === name) return known as AccountId;
    const tenant = this.#numberOf('tenant', tenants, name) as TenantId;
    const id = (known ?? accounts.next) as AccountId;
    this.note({ kind: 'named', what: 'account', id, name: login, tenant });
    return id;
  }

  /** The account of a login seen before; undefined for any other. */
  knownAccount(login: string): AccountId | undefined {
    return this.memory.accounts.idOf(login.toLowerCase()) as AccountId | undefined;
  }

  tenant(account: AccountId): TenantId {
    return this.memory.tenantOf[account]!;
  }

  /** What the receiver of an address is called. */
  receiverName(address: string): ReceiverName {
    const domain = address.slice(address.lastIndexOf('@') + 1).toLowerCase().slice(0, 255);
    return this.#parts.receiverOf(domain);
  }

  /** The number of that receiver. */
  receiver(address: string): ReceiverId {
    const name = this.receiverName(address);
    const { receivers } = this.memory;
    const isFull = receivers.next >= mostReceivers - 1 && receivers.idOf(name) === undefined;
    return this.#numberOf('receiver', receivers, isFull ? further : name) as ReceiverId;
  }

  /** What a header of ours says of a message: account, time, and a seal: `17.544947481.9f86d081884c7d65`. */
  markOf(account: AccountId, at = this.now()): string {
    return `${account}.${at}.${this.prints.seal(`${account}.${at}`)}`;
  }

  /** Whose message a mark names, and from when; undefined for what nobody here has sealed. */
  marked(mark: string): Titled | undefined {
    const [, account, at] = /^\s*(\d{1,9})\.(\d{1,15})\.[0-9a-f]{16}\s*$/.exec(mark) ?? [];
    const found = { account: Number(account) as AccountId, at: Number(at) as Milliseconds };
    const isOurs = found.account < this.memory.accounts.next;
    return isOurs && this.markOf(found.account, found.at) === mark.trim() ? found : undefined;
  }

  /** Says that the policy failed, but not again and again. */
  tellFault(message: string): void {
    this.#faults += 1;
    const now = performance.now();
    if (now - this.#toldAt < faultEveryMs) return;
    const often = this.#faults > 1 ? `, ${this.#faults} times since this was last said` : '';
    this.tell(`the policy failed${often}: ${message}`);
    this.#toldAt = now;
    this.#faults = 0;
  }

  #numberOf(what: 'tenant' | 'receiver', names: Names, name: string): number {
    const known = names.idOf(name);
    if (known !== undefined) return known;
    const id = names.next;
    this.note({ kind: 'named', what, id, name } as News);
    return id;
  }
}
