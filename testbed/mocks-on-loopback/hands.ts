// What whoever is at the controls has in hand, and what a verb is: it reads the fields of a request and says
// what it has done.

import type { PlanInput } from '../../sim/plan/schema.ts';
import type { LiveWorld } from './live-world.ts';
import type { Fields } from './mistakes.ts';
import type { LiveZone } from './zones.ts';

export interface Hands {
  readonly live: LiveWorld;
  readonly zones: readonly LiveZone[];
  /** The plan as it was written; what is added to it by hand is read like it. */
  readonly input: PlanInput;
}

export type Done = Readonly<Record<string, unknown>>;

/** Throws a ControlMistake where the fields make no sense. */
export type Verb = (hands: Hands, fields: Fields) => Done | Promise<Done>;
