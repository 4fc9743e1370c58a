// The desk's pile of cases, and the few people who work it off within office hours. What is done about a case
// is decided in desk.ts and accounts.ts when someone has finished with it.

import { milliseconds } from '../../../policy/index.ts';
import type { Plan } from '../../plan/schema.ts';
import type { Account } from '../senders/cast.ts';
import type { Message } from '../platform/message.ts';
import type { Register } from '../registers/register.ts';
import type { World } from '../world.ts';

/** Something on the desk's pile. */
export type Case =
  | { readonly kind: 'listing'; readonly register: Register; readonly address: number }
  /** About all that is shut of the account's tenant. */
  | { readonly kind: 'account'; readonly account: Account }
  | { readonly kind: 'held'; readonly message: Message };

export interface Desk {
  /** When each person is next free. */
  readonly freeAt: number[];
  /** Our own resolver's cache, by register and address: believe until, and what we believe. */
  readonly believes: readonly { readonly until: Float64Array; readonly listed: Uint8Array }[];
  workedMs: number;
  requests: number;
}

export const makeDesk = (plan: Plan, addressCount: number): Desk => ({
  freeAt: Array.from({ length: plan.desk.staff }, () => 0),
  believes: plan.registers.map(() => ({
    until: new Float64Array(addressCount).fill(-1),
    listed: new Uint8Array(addressCount),
  })),
  workedMs: 0,
  requests: 0,
});

const dayMs = 86_400_000;

/** Minutes to read one held message; an assumption. */
const readingMs = 2 * 60_000;

/** Working time a case takes, in milliseconds. */
export const takes = (world: World, work: Case): number =>
  work.kind === 'held' ? readingMs : world.plan.desk.caseWork;

/** Gives a case to whoever is free first, within office hours. A desk without staff works nothing. */
export const assign = (world: World, work: Case): void => {
  const { desk } = world;
  if (desk.freeAt.length === 0) return;
  let person = 0;
  for (let other = 1; other < desk.freeAt.length; other += 1)
    if (desk.freeAt[other]! < desk.freeAt[person]!) person = other;
  const done = workedBy(world, Math.max(world.agenda.now, desk.freeAt[person]!), takes(world, work));
  desk.freeAt[person] = done;
  world.agenda.after(milliseconds(done - world.agenda.now), { kind: 'case-worked', work });
};

/** When work begun at a time is done, counting office hours only. */
const workedBy = (world: World, start: number, takes: number): number => {
  const { opens, closes, weekends } = world.plan.desk;
  let at = start;
  let left: number = takes;
  for (;;) {
    const sinceMonday = at + world.sinceMonday;
    const day = Math.floor(sinceMonday / dayMs);
    const ofDay = sinceMonday - day * dayMs;
    const open = weekends || day % 7 < 5;
    const begins = Math.max(ofDay, opens);
    if (open && begins < closes) {
      if (begins + left <= closes) return day * dayMs + begins + left - world.sinceMonday;
      left -= closes - begins;
    }
    at = (day + 1) * dayMs - world.sinceMonday;
  }
};

