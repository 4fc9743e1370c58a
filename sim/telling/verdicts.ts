// What the policy said of the tenant's mail: a row for each rule and kind of verdict, with the numbers it saw
// and what they were made of.

import type { Key, Submission, Verdict } from '../../policy/index.ts';
import type { EventKind } from '../world/events.ts';
import type { MailLog } from './mail-log.ts';
import { again, first, type Row } from './row.ts';
import type { Step } from './tale.ts';

/** One judgement, with what only truth knows of the message. */
export interface Judgement {
  readonly at: number;
  readonly event: EventKind;
  readonly submission: Submission;
  readonly verdict: Verdict;
  readonly abuse: boolean;
  /** The account was shut before it was judged. */
  readonly shut: boolean;
}

const isLetIn = (kind: Verdict['kind']): boolean =>
  kind !== 'defer' && kind !== 'reject' && kind !== 'suspend' && kind !== 'hold';

export class Verdicts {
  readonly #rows = new Map<string, Row<'verdict'>>();
  readonly #dispatches = new Map<string, Row<'dispatch'>>();
  readonly #log: MailLog;
  readonly #keys: ReadonlyMap<string, Key>;
  #abuse: Row<'abuse'> | null = null;
  readonly #again: Row<'again'>[] = [];
  /** Accounts that were shut when their mail was last judged. */
  readonly #shut = new Set<number>();

  /** `keys`: what each module of the policy goes by, by its name. */
  constructor(log: MailLog, keys: ReadonlyMap<string, Key>) {
    this.#log = log;
    this.#keys = keys;
  }

  note({ at, event, submission, verdict, abuse, shut }: Judgement): void {
    const { account } = submission;
    if (abuse && this.#abuse === null) this.#abuse = { kind: 'abuse', ...first(at, event) };
    else if (abuse) again(this.#abuse!, at);
    if (verdict.kind !== 'pass') this.#spoken(at, event, submission, verdict, abuse, shut);
    if (isLetIn(verdict.kind)) {
      this.#log.note({ at, account, recipients: submission.recipients.length, abuse, kind: 'message' });
    }
    if (verdict.kind === 'suspend' || shut) this.#shut.add(account);
    else if (!abuse && this.#shut.has(account) && isLetIn(verdict.kind)) {
      this.#shut.delete(account);
      this.#again.push({ kind: 'again', ...first(at, event) });
    }
  }

  #spoken(
    at: number, event: EventKind, submission: Submission, verdict: Exclude<Verdict, { kind: 'pass' }>,
    abuse: boolean, shut: boolean,
  ): void {
    const { module, rule, seen, limit } = verdict.reason;
    // A new shutting is a new episode: what is refused for it is told apart.
    const key = `${module} ${rule}|${verdict.kind}|${shut}`;
    let row = this.#rows.get(key);
    if (row === undefined || (shut && !this.#shut.has(submission.account))) {
      const goesBy = this.#keys.get(module) ?? 'unknown';
      const account = goesBy === 'account' ? submission.account : null;
      const from = this.#log.buildUp(rule, at, account, submission.recipients.length);
      row = {
        kind: 'verdict', ...first(at, event, 0), verdict: verdict.kind, rule: `${module} ${rule}`,
        goesBy, seen, limit, most: seen, shut, wanted: 0, abusive: 0, from,
      };
      this.#keep(key, row);
    }
    again(row, at);
    row[abuse ? 'abusive' : 'wanted'] += 1;
    if (seen > row.most) row.most = seen;
  }

  /** The row that counts from now on; one of an earlier episode is kept beside it. */
  #keep(key: string, row: Row<'verdict'>): void {
    const before = this.#rows.get(key);
    if (before !== undefined) this.#rows.set(`${key}|${before.at}`, before);
    this.#rows.set(key, row);
  }

  /** An attempt was not simply let go. */
  noteDispatch(at: number, event: EventKind, said: string, rule: string): void {
    const key = `${said} ${rule}`;
    const row = this.#dispatches.get(key);
    if (row !== undefined) again(row, at);
    else this.#dispatches.set(key, { kind: 'dispatch', ...first(at, event), said, rule });
  }

  steps(): readonly Step[] {
    const abuse = this.#abuse === null ? [] : [this.#abuse];
    return [...abuse, ...this.#rows.values(), ...this.#dispatches.values(), ...this.#again];
  }

  /** `module rule` of each rule that spoke on abusive mail. */
  spoken(): ReadonlySet<string> {
    return new Set([...this.#rows.values()].filter(({ abusive }) => abusive > 0).map(({ rule }) => rule));
  }
}
