// A policy in service: requests of a mail system come in, answers go out. Recipients are gathered as Postfix
// asks about each, and the message is judged once, at its end, when all of it is known.

import { type AccountId, pass, type Submission, type Verdict } from '../../policy/index.ts';
import { type Action, writeAction } from '../delegation/action.ts';
import type { Reading } from '../delegation/attribute-reader.ts';
import { type Attributes, requestKind } from '../delegation/attributes.ts';
import { actionFor, actionOnFault, type Answering, dateOf, goOn, type OnFault } from './answer.ts';
import type { Ledger } from './ledger.ts';
import { Transactions } from './transactions.ts';
import { told, type VerdictLine } from './verdict-log.ts';

export interface ServiceSettings extends Answering {
  readonly onFault: OnFault;
  /** The account of a client that did not log in; undefined where such mail is not judged. */
  readonly anonymous: (client: string) => string | undefined;
  /** The pool that mail leaves by unless it is diverted. */
  readonly pool: string;
  /** A header that tells whose message it is, put into each; empty for none. */
  readonly mark: string;
  /** Told of each message judged what is answered, before it is. */
  readonly onVerdict?: (verdict: Verdict, asked: Attributes) => void;
}

type Words = Omit<VerdictLine, 'time' | 'us'>;

const failed = { module: 'service', rule: 'policy failed', seen: 1, limit: 0 };

export class Service {
  readonly #ledger: Ledger;
  readonly #settings: ServiceSettings;
  readonly #log: (line: VerdictLine) => void;
  readonly #transactions = new Transactions();
  #warned = false;

  constructor(ledger: Ledger, settings: ServiceSettings, log: (line: VerdictLine) => void) {
    [this.#ledger, this.#settings, this.#log] = [ledger, settings, log];
  }

  /** The whole reply to what came in. */
  answer(reading: Reading): string {
    const begun = performance.now();
    try {
      return writeAction(this.#actionFor(reading, begun));
    } catch (error) {
      this.#ledger.tellFault((error as Error).message);
      return writeAction(this.#refuse(`a fault of ours: ${(error as Error).message}`, begun));
    }
  }

  #actionFor(reading: Reading, begun: number): Action {
    if (reading.kind === 'malformed') return this.#refuse(`the request is malformed: ${reading.why}`, begun);
    const { attributes } = reading;
    const kind = attributes.get('request');
    if (kind !== requestKind) {
      const what = kind === undefined ? 'has no attribute "request"'
        : `is ${JSON.stringify(kind.slice(0, 60))}`;
      return this.#refuse(`the request ${what}; expected request=${requestKind}`, begun);
    }
    switch (attributes.get('protocol_state')) {
      case 'RCPT': return this.#gather(attributes);
      case 'END-OF-MESSAGE': return this.#judge(attributes, begun);
      default: return goOn;
    }
  }

  /** A recipient more. */
  #gather(attributes: Attributes): Action {
    const login = this.#loginOf(attributes);
    if (login === undefined) return goOn;
    const instance = valueOf(attributes, 'instance');
    if (instance === '') return goOn;
    const isFirst = this.#transactions.add(instance, valueOf(attributes, 'recipient'));
    if (this.#transactions.neverEnds && !this.#warned) {
      this.#warned = true;
      this.#ledger.tell('recipients are asked about and the end of messages never: nothing is judged. ' +
        'Add this service to smtpd_end_of_data_restrictions.');
    }
    const { mark } = this.#settings;
    if (mark === '' || !isFirst) return goOn;
    return { verb: 'PREPEND', text: `${mark}: ${this.#ledger.markOf(this.#ledger.account(login))}` };
  }

  /** One message, with all its recipients. */
  #judge(attributes: Attributes, begun: number): Action {
    const instance = valueOf(attributes, 'instance');
    const queue = valueOf(attributes, 'queue_id');
    const login = this.#loginOf(attributes);
    const count = wholeNumber(valueOf(attributes, 'recipient_count'));
    const recipients = this.#transactions.end(instance, count, valueOf(attributes, 'recipient'));
    const facts = { queue, client: valueOf(attributes, 'client_address'), recipients: recipients.length };
    if (login === undefined) {
      this.#put({ ...facts, account: '', verdict: 'none', note: 'nobody logged in', action: goOn }, begun);
      return goOn;
    }
    const account = this.#ledger.account(login);
    const { memory } = this.#ledger;
    const whose = { account: login, tenant: memory.tenants.nameOf(this.#ledger.tenant(account)), ...facts };
    // Postfix asks once more where our answer was lost on its way; the message still counts once.
    const before = instance === '' ? undefined : memory.answers.get(instance);
    if (before !== undefined) {
      const action = actionFor(before, queue, this.#settings);
      this.#put({ ...whose, ...told(before, this.#ledger.epoch), action, note: 'asked again' }, begun);
      return action;
    }
    const submission = this.#submission(attributes, account, recipients);
    return this.#decide(submission, { attributes, instance, queue, whose }, begun);
  }

  #decide(submission: Submission, about: About, begun: number): Action {
    const { attributes, instance, queue, whose } = about;
    const { onFault, onVerdict } = this.#settings;
    const now = this.#ledger.now();
    let verdict: Verdict = pass;
    let fault = '';
    try {
      verdict = this.#ledger.memory.engine.decide(submission, now);
    } catch (error) {
      fault = (error as Error).message;
      this.#ledger.tellFault(fault);
      if (onFault === 'defer') verdict = { kind: 'defer', reason: failed };
    }
    onVerdict?.(verdict, attributes);
    const action = fault === '' ? actionFor(verdict, queue, this.#settings) : actionOnFault(onFault);
    const sender = this.#ledger.prints.of(valueOf(attributes, 'sender'));
    const pool = verdict.kind === 'divert' && action.verb === 'FILTER' ? verdict.pool : submission.pool;
    this.#ledger.note({ kind: 'judged', submission, verdict, instance, queue, pool, sender }, now);
    if (verdict.kind === 'pace' && action.verb === 'HOLD') {
      this.#ledger.note({ kind: 'paced', queue, until: verdict.until }, now);
    }
    const words = fault === '' ? told(verdict, this.#ledger.epoch) : { verdict: 'fault', fault } as const;
    this.#put({ ...whose, ...words, action, ...remarkOn(verdict, action) }, begun);
    return action;
  }

  #submission(attributes: Attributes, account: AccountId, recipients: readonly string[]): Submission {
    const { memory, prints } = this.#ledger;
    return {
      id: memory.messages, tenant: this.#ledger.tenant(account), account, pool: this.#settings.pool,
      recipients: recipients.map((address) => prints.address(address)),
      receivers: recipients.map((address) => this.#ledger.receiver(address)),
      bytes: wholeNumber(valueOf(attributes, 'size')),
      // Of these the protocol says nothing.
      list: 0, allowance: 0, urgent: false, signedUp: -1,
      source: prints.source(valueOf(attributes, 'client_address')),
      nullSender: valueOf(attributes, 'sender') === '',
    };
  }

  #loginOf(attributes: Attributes): string | undefined {
    const login = valueOf(attributes, 'sasl_username');
    if (login !== '') return login.toLowerCase();
    return this.#settings.anonymous(valueOf(attributes, 'client_address'));
  }

  #refuse(fault: string, begun: number): Action {
    const action = actionOnFault(this.#settings.onFault);
    this.#put({ account: '', recipients: 0, verdict: 'fault', fault, action }, begun);
    return action;
  }

  #put(words: Words, begun: number): void {
    const us = Math.round((performance.now() - begun) * 1_000);
    this.#log({ time: dateOf(this.#ledger.now(), this.#ledger.epoch), ...words, us });
  }
}

interface About {
  readonly attributes: Attributes;
  readonly instance: string;
  readonly queue: string;
  readonly whose: Omit<Words, 'verdict'>;
}

const valueOf = (attributes: Attributes, name: string): string => attributes.get(name) ?? '';

/** A whole number as Postfix writes it; 0 for anything else. */
const wholeNumber = (text: string): number => (/^\d{1,15}$/.test(text) ? Number(text) : 0);

/** Where the mail system cannot be told all that the verdict says. */
const remarkOn = (verdict: Verdict, { verb }: Action): { readonly note?: string } => {
  if (verdict.kind === 'divert' && verb !== 'FILTER') {
    return { note: 'no --pool says where that is: leaves as all mail does' };
  }
  if (verdict.kind === 'pace' && verb !== 'HOLD') return { note: 'nobody to release it: told to come back' };
  return {};
};
