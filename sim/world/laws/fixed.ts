// What a policy is shown is not for it to change: the world reads it afterwards, and so do other modules.
// While the laws are looked after it cannot be changed.

import type { Signal } from '../../../policy/index.ts';
import type { World } from '../world.ts';

/**
 * Freezes messages with their recipients, signals and attempts as modules are shown them; of what modules
 * said themselves, verdicts, words of dispatch and slots, it shows frozen copies, since a module may go on
 * writing to its own. A reply is not for writing in any run. A module that writes to one of them throws a
 * TypeError, and is named like any other that throws; one in sloppy mode writes in vain.
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
  engine.learn = (signal, now) => learn(Object.freeze(withCopies(signal)), now);
  engine.dispatch = (attempt, now) =>
    dispatch(Object.freeze({ ...attempt, slots: fixedCopy(attempt.slots) }), now);
};

const withCopies = (signal: Signal): Signal => {
  if (signal.kind === 'submitted') return { ...signal, verdict: fixedCopy(signal.verdict) };
  if (signal.kind !== 'attempted') return signal;
  return { ...signal, slots: fixedCopy(signal.slots), said: fixedCopy(signal.said) };
};

/** What is frozen throughout is shown as it is: some know `pass`, `go` and `noSlots` by being the same. */
const fixedCopy = <Value>(value: Value): Value => {
  if (typeof value !== 'object' || value === null) return value;
  const copy = Array.isArray(value) ? [...value as unknown[]] : { ...value };
  let isFixed = Object.isFrozen(value);
  for (const [name, held] of Object.entries(value)) {
    const fixed: unknown = (copy as Record<string, unknown>)[name] = fixedCopy(held as unknown);
    if (fixed !== held) isFixed = false;
  }
  return isFixed ? value : Object.freeze(copy) as Value;
};
