// What the desk has on record against an account beyond its ledger: messages our own scan called spam, hits
// on our own traps, logins from new places, and people who wrote in. Kept only where there is something to
// keep.

import type { AccountId, Signal } from '../../../policy/index.ts';
import type { Account } from '../senders/cast.ts';
import type { World } from '../world.ts';
import { assign } from './caseload.ts';
import { isOldNews, noteSign } from './signs.ts';

/** Of one account, on a day and the day before. */
export interface Notes {
  day: number;
  readonly today: Counts;
  readonly before: Counts;
}

interface Counts {
  scanned: number;
  trapped: number;
  logins: number;
  reports: number;
}
type Kind = keyof Counts;

const nothing = (): Counts => ({ scanned: 0, trapped: 0, logins: 0, reports: 0 });
const dayMs = 86_400_000;

/** An account's notes, moved on to the present day; undefined where there never were any. */
export const notesOf = (world: World, account: AccountId): Notes | undefined => {
  const notes = world.desk.notes.get(account);
  if (notes !== undefined) moveOn(notes, Math.floor(world.agenda.now / dayMs));
  return notes;
};

const moveOn = (notes: Notes, today: number): void => {
  if (notes.day === today) return;
  Object.assign(notes.before, notes.day === today - 1 ? notes.today : nothing());
  Object.assign(notes.today, nothing());
  notes.day = today;
};

const note = (world: World, account: AccountId, kind: Kind, sent: number = world.agenda.now): Notes => {
  let notes = notesOf(world, account);
  if (notes === undefined) {
    notes = { day: Math.floor(world.agenda.now / dayMs), today: nothing(), before: nothing() };
    world.desk.notes.set(account, notes);
  }
  notes.today[kind] += 1;
  noteSign(world, account, sent);
  return notes;
};

/** One typing error in an honest order can hit a trap; from so many in two days somebody looks. Assumed. */
const trapsToLook = 3;

/** A signal has come in. The desk has it on record, and looks at an account that hits our own traps. */
export const noteSignal = (world: World, signal: Signal): void => {
  switch (signal.kind) {
    case 'scanned':
      note(world, signal.account, 'scanned');
      return;
    case 'login':
      if (signal.newPlace) note(world, signal.account, 'logins');
      return;
    case 'trapped': {
      const { today, before } = note(world, signal.account, 'trapped');
      if (today.trapped + before.trapped >= trapsToLook) look(world, world.accounts[signal.account]!);
      return;
    }
    case 'telemetry':
      if (signal.colour === 'red') {
        assign(world, { kind: 'address', address: world.ips.indexOf(signal.address) });
      }
      return;
    default:
  }
};

/** Somebody wrote to abuse@ about a message of an account that was handed in at `sent`. */
export const noteReport = (world: World, account: Account, sent: number): void => {
  if (isOldNews(world, account.id, sent)) return;
  note(world, account.id, 'reports', sent);
  look(world, account);
};

const look = (world: World, account: Account): void => {
  if (!account.caseOpen) assign(world, { kind: 'report', account });
};
