// What the command needs of the simulator. Given by the address of a module, not as functions, since seeds
// run in worker threads: there a simulation keeps no one from hearing control-C, and a second core is of use.

import type { Plan } from '../sim/plan/schema.ts';
import type { SeedResult } from '../sim/result.ts';
import type { RunRequest } from '../sim/run.ts';

export interface Simulator {
  /**
   * One seed in memory, or over real sockets where `wire` is true. Throws RunStopped where `onProgress` said
   * so.
   */
  runSeed(request: RunRequest, wire: boolean): SeedResult | Promise<SeedResult>;
  /** Numbers the result rests on that are assumptions, as `register psbl: expiry.seconds`. */
  assumptions(plan: Plan): readonly string[];
}
