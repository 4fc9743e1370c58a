// What becomes of us where standard output fails: a reader that has gone is nobody's fault; a full disk is
// said and ends with an exit code of its own, lest a cut summary pass for a good one.

import type { Console } from './console.ts';
import { exitNow } from './early-exit.ts';
import { exitCodes } from './exit-codes.ts';
import { explain } from './faults.ts';

export const watchOutput = (console: Console): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') {
      const { exitCode, text } = explain(error, false);
      console.note(`${text} (standard output)`);
      exitNow(exitCode);
    }
    // `sharedfate run | head` closes our output early. A turn later the verdict is known, if all is done.
    setImmediate(() => process.exit(process.exitCode ?? exitCodes.passed));
  });
};
