// One run: a plan, a policy and a seed become a result. In memory everything happens at once; with a
// transport that answers later, each event waits for its answer, and virtual time waits with it.

import { ModuleFault, type Policy } from '../policy/index.ts';
import { Fingerprint } from './fingerprint.ts';
import type { Plan } from './plan/schema.ts';
import type { SeedResult } from './result.ts';
import { buildWorld } from './world/build.ts';
import type { Traces } from './world/senders/make-senders.ts';
import { type Attend, checkCensus, type Watch, watchFor } from './world/laws/watch.ts';
import { kindNumber, subjectOf, type WorldEvent } from './world/events.ts';
import type { Transport } from './world/ports.ts';
import { step } from './world/step.ts';
import { tellStory } from './world/measures/story.ts';
import type { World } from './world/world.ts';

export interface RunRequest {
  readonly plan: Plan;
  /** Names the luck of the run; never empty. */
  readonly seed: string;
  readonly policy: Policy;
  /** Traces by the plan's `file`. */
  readonly traces: Traces;
  /** Called every few thousand events with the virtual time; returning true stops the run. */
  readonly onProgress?: (now: number) => boolean | undefined;
  /** Sees each event just before it happens; for journals and checkers. */
  readonly observe?: (world: World, event: WorldEvent) => void;
  /** Looks after the laws of the world in every event; a run that breaks one throws a BrokenLaw. */
  readonly check?: boolean;
  /** Attends the run from its first event to its last; for those who tell its story. It changes nothing. */
  readonly attend?: Attend;
}

/** The run was stopped by `onProgress`; nothing of it counts. */
export class RunStopped extends Error {
  override readonly name = 'RunStopped';
}

/** A module of the policy threw. `at` is virtual time; `submission` the last message judged. */
export class PolicyFault extends Error {
  override readonly name = 'PolicyFault';
  readonly at: number;
  readonly seed: string;
  readonly submission: number;
  readonly module: string;

  constructor(world: World, fault: ModuleFault) {
    super(fault.message, { cause: fault.cause });
    this.at = world.agenda.now;
    this.seed = world.seed;
    this.submission = world.messages;
    this.module = fault.module;
  }
}

const progressEvery = 4_096;
const answersLater = 'this transport answers later: use runSeedLive';

/** Runs one seed in memory. */
export const runSeed = (request: RunRequest): SeedResult => {
  const run = new Run(request);
  run.begin();
  while (run.goesOn()) {
    const later = run.next();
    if (later !== undefined) throw new TypeError(answersLater);
  }
  return run.finish();
};

/**
 * Runs one seed with others whose answers take real time. `connect` makes the transport for this world, such
 * as the wire, and may give it a host for its policy.
 */
export const runSeedLive = async (
  request: RunRequest, connect: (world: World) => Promise<Transport>,
): Promise<SeedResult> => {
  const run = new Run(request);
  run.world.transport = await connect(run.world);
  run.begin();
  while (run.goesOn()) {
    const later = run.next();
    if (later !== undefined) await later;
  }
  return run.finish();
};

/**
 * Runs one seed in memory, and rests whenever `rest` returns a promise: for whoever writes as it goes. Asked
 * every few thousand events.
 */
export const runSeedAtLeisure = async (
  request: RunRequest, rest: () => Promise<void> | undefined,
): Promise<SeedResult> => {
  const run = new Run(request);
  run.begin();
  for (let events = 1; run.goesOn(); events += 1) {
    if (run.next() !== undefined) throw new TypeError(answersLater);
    if (events % progressEvery === 0) await rest();
  }
  return run.finish();
};

/** One run, event by event. */
export class Run {
  readonly world: World;
  readonly #request: RunRequest;
  readonly #fingerprint = new Fingerprint();
  #watch: Watch | null = null;
  #events = 0;
  #ended = false;

  constructor(request: RunRequest) {
    this.#request = request;
    this.world = buildWorld(request.plan, request.seed, request.policy, request.traces);
  }

  /** Once the world has the transport that it will keep. */
  begin(): void {
    this.#watch = watchFor(this.world, this.#request.check === true, this.#request.attend);
  }

  goesOn(): boolean {
    if (this.#events % progressEvery === 0 && this.#request.onProgress?.(this.world.agenda.now) === true) {
      throw new RunStopped(`stopped at ${this.world.agenda.now} ms of seed ${this.world.seed}`);
    }
    return !this.#ended;
  }

  next(): void | Promise<void> {
    const { world } = this;
    const event = world.agenda.take();
    this.#fingerprint.fold(world.agenda.now, kindNumber(event.kind), subjectOf(event));
    this.#events += 1;
    this.#watch?.before(event);
    this.#request.observe?.(world, event);
    if (event.kind === 'end') this.#ended = true;
    try {
      const later = step(world, event);
      if (later !== undefined) return this.#await(later, event);
      this.#watch?.after(event);
    } catch (error) {
      return this.#rethrow(error);
    }
  }

  // Apart from `next`: functions made in it would have each event put aside for them, made or not.
  #await(later: Promise<void>, event: WorldEvent): Promise<void> {
    return later.then(() => this.#watch?.after(event), (error: unknown) => this.#rethrow(error));
  }

  #rethrow(error: unknown): never {
    throw error instanceof ModuleFault ? new PolicyFault(this.world, error) : error;
  }

  finish(): SeedResult {
    checkCensus(this.world);
    this.#watch?.end();
    return tellStory(this.world, this.#fingerprint.toString(), this.#events);
  }
}
