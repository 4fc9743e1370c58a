// A cron job that writes to the same few addresses: on the grid of whole minutes, so that many of them start
// in the same instant.

import type { AddressKey } from '../../../../policy/index.ts';
import type { Luck } from '../../../luck.ts';
import type { StreamPlan } from '../../../plan/schema.ts';
import { purpose } from '../../purposes.ts';
import type { World } from '../../world.ts';
import type { Actor } from '../cast.ts';

export interface ScriptHabit {
  readonly kind: 'script';
  /** When its first run starts, since the run of the world began; may lie before it. */
  readonly first: number;
  readonly every: number;
  readonly messages: number;
  /** Milliseconds from one message of a run to the next. */
  readonly gap: number;
  readonly book: number;
}

const minuteMs = 60_000;
const hourMs = 3_600_000;

/** Share of jobs that start with their period: at minute 0, or in step with 5-minute grids; an assumption. */
const onTheHour = 0.5;

/** A job hands over ten messages a second; an assumption. */
const gapMs = 100;

export const makeScript = (
  stream: Extract<StreamPlan, { kind: 'script' }>, luck: Luck, actor: number, sinceMonday: number,
): ScriptHabit => {
  const { every, messages, book } = stream;
  const first = phase(every, luck, actor) - (sinceMonday % every);
  return {
    kind: 'script',
    first: first < 0 ? first + every : first,
    every,
    messages,
    gap: Math.min(gapMs, every / messages),
    book,
  };
};

/** When in its period a job starts, counted from Monday 0:00 UTC. */
const phase = (every: number, luck: Luck, actor: number): number => {
  const grid = every > hourMs && luck.draw(actor, 0, purpose.cronPhase) < onTheHour ? hourMs : minuteMs;
  if (every <= hourMs && luck.draw(actor, 0, purpose.cronPhase) < onTheHour) return 0;
  return Math.floor((luck.draw(actor, 0, purpose.cronHour) * every) / grid) * grid;
};

export const nextRun = (actor: Actor, habit: ScriptHabit): number => {
  const run = Math.floor(actor.count / habit.messages);
  return habit.first + run * habit.every + (actor.count % habit.messages) * habit.gap;
};

export const nextInTurn = (world: World, actor: Actor, habit: ScriptHabit, number: number): AddressKey =>
  world.addresses.key(actor.space, number % habit.book);
