// Control-C, and the polite kill: the first press asks to stop and keeps what is done, the second quits at
// once and leaves no temporary file behind.

import { exitNow } from './early-exit.ts';
import { exitCodes } from './exit-codes.ts';

export interface Interrupt {
  wasPressed(): boolean;
  /** Gives control-C back to node. */
  release(): void;
}

export const onInterrupt = (first: () => void, second: () => void): Interrupt => {
  let presses = 0;
  const press = (): void => {
    presses += 1;
    if (presses === 1) return first();
    second();
    exitNow(exitCodes.interrupted);
  };
  process.on('SIGINT', press);
  process.on('SIGTERM', press);
  return {
    wasPressed: () => presses > 0,
    release() {
      process.off('SIGINT', press);
      process.off('SIGTERM', press);
    },
  };
};
