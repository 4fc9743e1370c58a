// What the desk can see of the accounts: copies sent, hard bounces and complaints of this day and the day
// before, and how much an account sent on its busiest day until then. A row of whole numbers each, side by
// side in memory, since every message writes in one.

import type { AccountId } from '../../../policy/index.ts';

/** One account's row. */
export interface View {
  readonly day: number;
  readonly sent: number;
  readonly bounced: number;
  readonly complained: number;
  readonly sentBefore: number;
  readonly bouncedBefore: number;
  readonly complainedBefore: number;
  /** All copies since the run began, for the usual daily volume. */
  readonly sentEver: number;
  /** The most copies it sent on one of the days before these two. */
  readonly sentAtMost: number;
}

const width = 9;
/** Places in a row. */
const day = 0;
const sent = 1;
const bounced = 2;
const complained = 3;
const sentBefore = 4;
const bouncedBefore = 5;
const complainedBefore = 6;
const sentEver = 7;
const sentAtMost = 8;

const dayMs = 86_400_000;

export class Ledger {
  readonly #rows: Int32Array;

  constructor(accounts: number) {
    this.#rows = new Int32Array(width * accounts);
  }

  /** An account handed in a message to so many recipients. */
  addSent(account: AccountId, now: number, copies: number): void {
    const row = this.#rowOn(account, now);
    this.#rows[row + sent]! += copies;
    this.#rows[row + sentEver]! += copies;
  }

  addBounced(account: AccountId, now: number): void {
    this.#rows[this.#rowOn(account, now) + bounced]! += 1;
  }

  addComplained(account: AccountId, now: number): void {
    this.#rows[this.#rowOn(account, now) + complained]! += 1;
  }

  viewOf(account: AccountId, now: number): View {
    const at = this.#rowOn(account, now);
    const read = (place: number): number => this.#rows[at + place]!;
    return {
      day: read(day), sent: read(sent), bounced: read(bounced), complained: read(complained),
      sentBefore: read(sentBefore), bouncedBefore: read(bouncedBefore),
      complainedBefore: read(complainedBefore), sentEver: read(sentEver),
      sentAtMost: read(sentAtMost),
    };
  }

  /** Where an account's row begins, moved on to the present day. */
  #rowOn(account: AccountId, now: number): number {
    const rows = this.#rows;
    const row = width * account;
    const today = Math.floor(now / dayMs);
    if (rows[row + day] === today) return row;
    const follows = rows[row + day] === today - 1;
    const gone = follows ? rows[row + sentBefore]! : Math.max(rows[row + sentBefore]!, rows[row + sent]!);
    if (gone > rows[row + sentAtMost]!) rows[row + sentAtMost] = gone;
    rows[row + sentBefore] = follows ? rows[row + sent]! : 0;
    rows[row + bouncedBefore] = follows ? rows[row + bounced]! : 0;
    rows[row + complainedBefore] = follows ? rows[row + complained]! : 0;
    rows[row + sent] = rows[row + bounced] = rows[row + complained] = 0;
    rows[row + day] = today;
    return row;
  }
}
