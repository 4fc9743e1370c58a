// What a law of the world is: something that must hold whatever the plan and the policy, looked after while
// a run goes on.

import type { WorldEvent } from '../events.ts';
import type { World } from '../world.ts';

/** Says that the law is broken, in words that follow "but": `a copy was delivered twice`. Does not return. */
export type Break = (saw: string) => never;

/** What a law, or whoever else attends a run, looks at. */
export interface Looks {
  /** Before each event, when the agenda already tells its time. */
  readonly before?: (event: WorldEvent) => void;
  /** After each event. */
  readonly after?: (event: WorldEvent) => void;
  /** Once the run is over. */
  readonly end?: () => void;
}

export interface Law {
  /** The law, as a sentence without its full stop. */
  readonly says: string;
  /** Begins to look after one world; may put itself between the world and its engine or transport. */
  watch(world: World, fail: Break): Looks;
}
