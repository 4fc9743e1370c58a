// The desk's pile of cases, and the few people who work it off within office hours, the most pressing first.
// What is done about a case is decided in desk.ts when someone has finished with it.

import { milliseconds } from '../../../policy/index.ts';
import type { AccountId, Milliseconds, TenantId } from '../../../policy/index.ts';
import type { Plan } from '../../plan/schema.ts';
import type { Account } from '../senders/cast.ts';
import type { Message } from '../platform/message.ts';
import type { Register } from '../registers/register.ts';
import type { World } from '../world.ts';
import { isStopped } from './accounts.ts';
import type { Notes } from './notes.ts';
import { nextOpen, workedBy } from './office-hours.ts';
import { makeRefusals, type Refusals } from './refusals.ts';
import { workingTime } from './working-time.ts';

/** Something on the desk's pile. */
export type Case =
  /** `looks`: how often somebody has looked for the cause of this listing in vain. */
  | {
      readonly kind: 'listing';
      readonly register: Register;
      readonly address: number;
      readonly looks: number;
    }
  /** A receiver refuses an address of its own accord. `looks` as for a listing. */
  | { readonly kind: 'block'; readonly receiver: number; readonly address: number; readonly looks: number }
  /** An address is in trouble: receivers refuse it, or a register has written about it. */
  | { readonly kind: 'address'; readonly address: number }
  /** Somebody wrote about an account, or our own traps did. */
  | { readonly kind: 'report'; readonly account: Account }
  /** A rule of the policy asks to look at an account. */
  | { readonly kind: 'alert'; readonly account: Account }
  /** The policy holds what an account has in the queue. */
  | { readonly kind: 'queue'; readonly account: Account }
  /** About all that is shut of the account's tenant. */
  | { readonly kind: 'account'; readonly account: Account }
  /** The same, and the tenant has written in. */
  | { readonly kind: 'appeal'; readonly account: Account }
  /** A tenant asks why its mail bounces. */
  | { readonly kind: 'ticket'; readonly account: Account }
  /** The policy holds messages of an account at the way in. */
  | { readonly kind: 'held'; readonly account: Account };

/**
 * Which kind is taken up first: what hurts everyone behind an address, then whoever goes on sending, then the
 * shut, who may be so wrongly, then questions and held mail.
 */
const urgency: Record<Case['kind'], number> = {
  listing: 0, block: 0, address: 0, report: 1, alert: 1, account: 2, queue: 2, appeal: 2, ticket: 3, held: 3,
};

/** By address: believe until, whether it is listed, and since when by what the polls have seen. */
interface Beliefs {
  readonly until: Float64Array;
  readonly listed: Uint8Array;
  readonly since: Float64Array;
  /** When it was last seen to have come off. */
  readonly freed: Float64Array;
}

export interface Desk {
  /** When each person is next free. */
  readonly freeAt: number[];
  /** Cases that wait, by urgency, in the order they came. */
  readonly pile: readonly Case[][];
  waiting: number;
  /** Somebody opens the office at that time and looks at the pile; -1 where that is not on the agenda. */
  opensAt: number;
  /** Our own resolver's cache, by register and address: believe until, and what we believe. */
  readonly believes: readonly Beliefs[];
  /** By address: sentences told of its trouble since it was last listed, so that each is told once. */
  readonly told: readonly Set<string>[];
  /** By register and address: a case about that listing is open. */
  readonly listingOpen: readonly Uint8Array[];
  /** By address: a case about its trouble is open; when somebody last worked on it; tenants were told. */
  readonly addressOpen: Uint8Array;
  readonly workedAt: Float64Array;
  readonly toldAt: Float64Array;
  readonly refusals: Refusals;
  readonly notes: Map<AccountId, Notes>;
  /** Tenants who have written, or are about to, that their mail bounces; and when they were answered. */
  readonly tickets: Map<TenantId, { open: boolean; answeredAt: number }>;
  /** By the luck number of an account or address: how many cases about it were begun, where work varies. */
  readonly begun: Map<number, number>;
  /** Accounts whose owners are about to appeal, or wait for an answer to that. */
  readonly appealing: Set<AccountId>;
  /** Tenants at whom a cause was found and is about to be removed, and when. */
  readonly recovering: Map<TenantId, Milliseconds>;
  /** Accounts that somebody has looked into and let out: when, and what spoke against them then. */
  readonly cleared: Map<AccountId, { readonly at: number; readonly suspicion: number }>;
  /** Accounts that look bad: since the earliest mail that something speaks against. */
  readonly badSince: Map<AccountId, number>;
  /** Accounts whose queued mail was purged: what was handed in from when to when. */
  readonly purged: Map<AccountId, { readonly from: number; readonly to: number }>;
  /** Messages held at the way in until somebody has read them, by account. */
  readonly heldMail: Map<AccountId, Message[]>;
  /** Tenants that were shut for good, and are not listened to any more. */
  readonly closed: Set<TenantId>;
  workedMs: number;
  requests: number;
}

export const makeDesk = (plan: Plan, addressCount: number): Desk => ({
  freeAt: Array.from({ length: plan.desk.staff }, () => 0),
  pile: [[], [], [], []],
  waiting: 0,
  opensAt: -1,
  believes: plan.registers.map(() => ({
    until: new Float64Array(addressCount).fill(-1),
    listed: new Uint8Array(addressCount),
    since: new Float64Array(addressCount).fill(-1),
    freed: new Float64Array(addressCount).fill(Number.NEGATIVE_INFINITY),
  })),
  told: Array.from({ length: addressCount }, () => new Set()),
  listingOpen: plan.registers.map(() => new Uint8Array(addressCount)),
  addressOpen: new Uint8Array(addressCount),
  workedAt: new Float64Array(addressCount).fill(Number.NEGATIVE_INFINITY),
  toldAt: new Float64Array(addressCount).fill(Number.NEGATIVE_INFINITY),
  refusals: makeRefusals(plan.receivers.length, addressCount),
  notes: new Map(),
  tickets: new Map(),
  begun: new Map(),
  appealing: new Set(),
  recovering: new Map(),
  cleared: new Map(),
  badSince: new Map(),
  purged: new Map(),
  heldMail: new Map(),
  closed: new Set(),
  workedMs: 0,
  requests: 0,
});

/** Puts a case on the pile, unless the same one lies there. A desk without staff works nothing. */
export const assign = (world: World, work: Case): void => {
  const { desk } = world;
  if (desk.freeAt.length === 0 || !open(world, work)) return;
  desk.pile[urgency[work.kind]]!.push(work);
  desk.waiting += 1;
  handOut(world);
  const { labour } = world.tally;
  if (world.tally.counting && desk.waiting > labour.backlog) labour.backlog = desk.waiting;
};

/** Marks a case as open; false where it is already. */
const open = ({ desk }: World, work: Case): boolean => {
  switch (work.kind) {
    case 'listing':
      if (desk.listingOpen[work.register.id]![work.address] === 1) return false;
      desk.listingOpen[work.register.id]![work.address] = 1;
      return true;
    case 'block': {
      const place = work.receiver * desk.refusals.addresses + work.address;
      if (desk.refusals.open[place] === 1) return false;
      desk.refusals.open[place] = 1;
      return true;
    }
    case 'address':
      if (desk.addressOpen[work.address] === 1) return false;
      desk.addressOpen[work.address] = 1;
      return true;
    case 'account':
    case 'appeal':
    case 'report':
    case 'alert':
    case 'queue':
      if (work.account.tenant.accounts.some((one) => one.caseOpen)) return false;
      work.account.caseOpen = true;
      return true;
    default:
      return true;
  }
};

/** A case is closed, worked or not. */
export const close = ({ desk }: World, work: Case): void => {
  switch (work.kind) {
    case 'listing':
      desk.listingOpen[work.register.id]![work.address] = 0;
      return;
    case 'block':
      desk.refusals.open[work.receiver * desk.refusals.addresses + work.address] = 0;
      return;
    case 'address':
      desk.addressOpen[work.address] = 0;
      return;
    case 'account':
    case 'appeal':
    case 'report':
    case 'alert':
    case 'queue':
      work.account.caseOpen = false;
      return;
    default:
  }
};

/** A case that has settled itself: the address came off, the account is open again, or closed for good. */
const isSettled = (world: World, work: Case): boolean => {
  const { desk } = world;
  switch (work.kind) {
    case 'listing':
      return desk.believes[work.register.id]!.listed[work.address] === 0;
    case 'block':
      return desk.refusals.known[work.receiver * desk.refusals.addresses + work.address] === 0;
    case 'account':
    case 'appeal':
    case 'queue': {
      const { tenant } = work.account;
      return desk.closed.has(tenant.id) || !tenant.accounts.some((one) => isStopped(world, one));
    }
    default:
      return false;
  }
};

/** Gives the most pressing cases to whoever is free, within office hours. */
export const handOut = (world: World): void => {
  const { desk, agenda } = world;
  while (desk.waiting > 0) {
    const person = desk.freeAt.findIndex((free) => free <= agenda.now);
    if (person < 0) return;
    const opens = nextOpen(world, agenda.now);
    if (opens > agenda.now) {
      if (desk.opensAt < agenda.now) agenda.after(milliseconds(opens - agenda.now), { kind: 'desk-opens' });
      desk.opensAt = opens;
      return;
    }
    const work = desk.pile.find((cases) => cases.length > 0)!.shift()!;
    desk.waiting -= 1;
    if (isSettled(world, work)) {
      close(world, work);
      continue;
    }
    const took = workingTime(world, work);
    const done = workedBy(world, agenda.now, took);
    desk.freeAt[person] = done;
    agenda.after(milliseconds(done - agenda.now), { kind: 'case-worked', work, took });
  }
};
