// The command's first step in either form: everything after it is under the eyes of early-exit.ts.

import { watchForEarlyExit } from './early-exit.ts';
import { main } from './main.ts';

/** Does what the arguments say, and sets the exit code. `simulator` is a test's own (simulator.ts). */
export const start = (args: readonly string[], simulator?: string): void => {
  const finish = watchForEarlyExit();
  // Not awaited: where a script waits for what never comes, Node would add its own warning to ours.
  void main(args, simulator).then((code) => {
    process.exitCode = code;
    finish(code);
  });
};
