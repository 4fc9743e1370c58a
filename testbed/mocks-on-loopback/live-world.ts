// A scenario's world that lives as long as its servers do: its clock stands still until somebody moves it,
// and then all happens that the scenario has in store up to that instant, and what real mail has led to.

import type { Milliseconds, Policy } from '../../policy/index.ts';
import { milliseconds } from '../../policy/index.ts';
import type { IncidentPlan, Plan } from '../../sim/plan/schema.ts';
import { buildWorld } from '../../sim/world/build.ts';
import type { WorldEvent } from '../../sim/world/events.ts';
import type { Traces } from '../../sim/world/senders/make-senders.ts';
import { step } from '../../sim/world/step.ts';
import type { World } from '../../sim/world/world.ts';

export interface LiveWorldOptions {
  readonly plan: Plan;
  /** Names the luck; never empty. */
  readonly seed: string;
  /** Of the simulated platform. */
  readonly policy: Policy;
  readonly traces: Traces;
  /** The scenario's own platform rests: tenants and culprits send nothing, the desk never looks. */
  readonly quiet: boolean;
}

/** Events between two moments in which servers are heard: some milliseconds' worth. */
const eventsAtOnce = 2_000;

export class LiveWorld {
  readonly world: World;
  /** Those of the plan, and those that were added by hand since. */
  readonly incidents: IncidentPlan[];
  /** Incidents that somebody has ended by hand; their planned end does nothing any more. */
  readonly healed = new Set<IncidentPlan>();
  readonly #acts = new Map<WorldEvent, () => void>();
  readonly #quiet: boolean;
  #last: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor({ plan, seed, policy, traces, quiet }: LiveWorldOptions) {
    this.incidents = [...plan.incidents];
    this.world = buildWorld({ ...plan, incidents: this.incidents }, seed, policy, traces);
    this.#quiet = quiet;
  }

  get now(): number {
    return this.world.agenda.now;
  }

  /** Does something in so many milliseconds of the world, 0 or more. */
  after(delay: Milliseconds, act: () => void): void {
    // Any event will do: it is never carried out, only known again.
    const event: WorldEvent = { kind: 'end' };
    this.#acts.set(event, act);
    this.world.agenda.after(delay, event, 3);
  }

  /**
   * Moves the clock to a time, event by event; others are heard in between. Resolves when it is there, at
   * once where that time is over, or before where `stop` was called. Rejects with what an event threw. One
   * move waits for the one before.
   */
  moveTo(time: number): Promise<void> {
    const moved = this.#last.then(() => this.#moveTo(time));
    this.#last = moved.catch(() => undefined);
    return moved;
  }

  async #moveTo(time: number): Promise<void> {
    if (time <= this.now && this.world.agenda.nextAt > time) return;
    let there = false;
    this.after(milliseconds(Math.max(0, time - this.now)), () => {
      there = true;
    });
    for (let events = 1; !there && !this.#stopped; events += 1) {
      await this.#take();
      if (events % eventsAtOnce === 0) await new Promise((turn) => setImmediate(turn));
    }
  }

  /** Ends a move that is under way. */
  stop(): void {
    this.#stopped = true;
  }

  #take(): void | Promise<void> {
    const { world } = this;
    const event = world.agenda.take();
    const act = this.#acts.get(event);
    if (act !== undefined) {
      this.#acts.delete(event);
      return act();
    }
    if (this.#quiet && (event.kind === 'submission' || event.kind === 'poll')) return;
    if (event.kind === 'incident-over' && this.healed.has(this.incidents[event.index]!)) return;
    return step(world, event);
  }
}
