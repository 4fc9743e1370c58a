// What a policy is shown is not for it to change: the world reads it afterwards, and so do other modules.
// While the laws are looked after it cannot be changed.

import type { World } from '../world.ts';

/**
 * Freezes messages with their recipients, signals and attempts as modules are shown them; not what else they
 * hold, such as a reply. A module that writes to one throws a TypeError, and is named like any other that
 * throws; one in sloppy mode writes in vain.
 */
export const fixWhatIsShown = ({ engine }: World): void => {
  const decide = engine.decide.bind(engine);
  const learn = engine.learn.bind(engine);
  const dispatch = engine.dispatch.bind(engine);
  engine.decide = (submission, now) => {
    Object.freeze(submission.recipients);
    Object.freeze(submission.receivers);
    return decide(Object.freeze(submission), now);
  };
  engine.learn = (signal, now) => learn(Object.freeze(signal), now);
  engine.dispatch = (attempt, now) => dispatch(Object.freeze(attempt), now);
};
