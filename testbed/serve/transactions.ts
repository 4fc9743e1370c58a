// Gathers the recipients of each mail transaction: Postfix names them one by one as they come, and at the
// end only how many there are. A transaction that never ends is forgotten.

import { Recent } from './recent.ts';

/** Transactions under way at once, at most; Postfix's own default is 100 processes, each with one. */
const mostTransactions = 20_000;
/** Recipients kept of one; smtpd_recipient_limit is 1,000 by default, and few set more than this. */
const mostRecipients = 50_000;
/** Transactions that were never asked about at their end, before something must be wrong with the set-up. */
const suspicious = 200;

interface Transaction {
  readonly recipients: string[];
}

export class Transactions {
  readonly #open = new Recent<string, Transaction>(mostTransactions);
  #unended = 0;
  #ended = false;

  /** Notes a recipient; true for the first of a transaction. */
  add(instance: string, recipient: string): boolean {
    const open = this.#open.get(instance);
    if (open === undefined) {
      this.#open.put(instance, { recipients: [recipient] });
      this.#unended += 1;
      return true;
    }
    if (open.recipients.length < mostRecipients) open.recipients.push(recipient);
    return false;
  }

  /**
   * Ends a transaction. Its recipients are as many as Postfix took: the one that it names where there is one,
   * or those gathered; where fewer were gathered, nameless ones are added. Of more, since another restriction
   * refused some after us, the first so many stand for the rest.
   */
  end(instance: string, count: number, only: string): readonly string[] {
    const gathered = this.#open.get(instance)?.recipients ?? [];
    this.#open.delete(instance);
    this.#ended = true;
    if (count === 1 && only !== '') return [only];
    const most = Math.min(Math.max(count, gathered.length === 0 ? 1 : 0), mostRecipients);
    if (most === 0 || gathered.length === most) return gathered;
    const missing = Math.max(0, most - gathered.length);
    const nameless = Array.from({ length: missing }, (_, at) => `${at}@${nowhere}`);
    return [...gathered.slice(0, most), ...nameless];
  }

  /** Recipients are asked about and ends never are: nothing is ever judged. */
  get neverEnds(): boolean {
    return !this.#ended && this.#unended >= suspicious;
  }
}

/** The domain of recipients whose names were not told (RFC 2606). */
export const nowhere = 'untold.invalid';
