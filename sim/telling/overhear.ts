// Ears between the world and its policy and transport, for those who attend a run: what is said passes on as
// it was.

import type { Attempt, Dispatch, Reply } from '../../policy/index.ts';
import type { Envelope } from '../world/platform/outbound.ts';
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
  const inner = world.transport;
  const passOn = (envelope: Envelope, replies: readonly Reply[]): readonly Reply[] => {
    hear(envelope, replies);
    return replies;
  };
  world.transport = {
    ask: (register, address) => inner.ask(register, address),
    deliver(envelope) {
      const replies = inner.deliver(envelope);
      return replies instanceof Promise ?
          replies.then((said) => passOn(envelope, said))
        : passOn(envelope, replies);
    },
  };
};
