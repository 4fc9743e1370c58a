// The tenant's own mail of late, message by message: what a rule's number was made of. The tenant that is
// followed alone is on record, and no more of it than a rule can look back on.

import type { BuildUp } from './tale.ts';

interface Entry {
  readonly at: number;
  readonly account: number;
  readonly recipients: number;
  readonly abuse: boolean;
  readonly kind: 'message' | 'unknown user' | 'complaint';
}

/** No rule looks back further (policy modules take windows of up to 31 days). */
const longest = 31 * 86_400_000;
/** Entries kept at most; of a tenant with more the oldest are forgotten. */
const most = 200_000;
const namedAtMost = 3;

export class MailLog {
  #entries: Entry[] = [];

  note(entry: Entry): void {
    this.#entries.push(entry);
    if (this.#entries.length > most) this.#entries = this.#entries.slice(most / 2);
  }

  /** Of the span before an instant, the message judged then included; of one account where given. */
  buildUp(rule: string, at: number, account: number | null, judged: number): BuildUp {
    const span = spanOf(rule);
    const since = at - (span ?? longest);
    const sums = { messages: 1, recipients: judged, abusive: 0, unknownUsers: 0, complaints: 0 };
    const found = [{ at, recipients: judged }];
    for (let index = this.#entries.length - 1; index >= 0; index -= 1) {
      const entry = this.#entries[index]!;
      if (entry.at < since) break;
      if (account !== null && entry.account !== account) continue;
      if (entry.kind === 'unknown user') sums.unknownUsers += 1;
      else if (entry.kind === 'complaint') sums.complaints += 1;
      else {
        sums.messages += 1;
        sums.recipients += entry.recipients;
        if (entry.abuse) sums.abusive += 1;
        found.push({ at: entry.at, recipients: entry.recipients });
      }
    }
    found.sort((one, two) => two.recipients - one.recipients || one.at - two.at);
    return { span, ...sums, largest: found.slice(0, namedAtMost) };
  }
}

const units: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The span a rule's name ends in, as `recipients/24h` and `complaints/delivered in 7d` do. */
export const spanOf = (rule: string): number | null => {
  const found = /(\d+)([smhd])$/.exec(rule);
  return found === null ? null : Number(found[1]) * units[found[2]!]!;
};
