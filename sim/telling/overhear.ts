// Ears between the world and its policy and transport, for those who attend a run: what is said passes on as
// it was.

import type { Attempt, Dispatch, Reply } from '../../policy/index.ts';
import type { Envelope } from '../world/platform/outbound.ts';
import { lookingAt } from '../world/ports.ts';
import type { World } from '../world/world.ts';

/** Hears what the policy says of each attempt that is not simply let go. */
export const overhearDispatch = (
  world: World, hear: (attempt: Attempt, said: Exclude<Dispatch, { kind: 'go' }>) => void,
): void => {
  const { engine } = world;
  const dispatch = engine.dispatch.bind(engine);
  engine.dispatch = (attempt, now): Dispatch => {
    const said = dispatch(attempt, now);
    if (said.kind !== 'go') hear(attempt, said);
    return said;
  };
};

/** Hears what receivers say to each attempt. */
export const overhearReplies = (
  world: World, hear: (envelope: Envelope, replies: readonly Reply[]) => void,
): void => {
  world.transport = lookingAt(world.transport, hear);
};
