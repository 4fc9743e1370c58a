// The command's first step in either form: everything after it is under the eyes of early-exit.ts.

import { exitNow, watchForEarlyExit } from './early-exit.ts';
import { main } from './main.ts';

/** Does what the arguments say, and sets the exit code. `simulator` is a test's own (simulator.ts). */
export const start = (args: readonly string[], simulator?: string): void => {
  const finish = watchForEarlyExit();
  // Not awaited: where a script waits for what never comes, Node would add its own warning to ours.
  void main(args, simulator).then((code) => {
    process.exitCode = code;
    finish(code);
    endWhereSomethingIsLeft(code);
  });
};

/** How long whatever a script left running may go on after the end: for what ends by itself. */
const patienceMs = 1_000;

/**
 * A script's forgotten timer or connection would keep us here for ever. Waiting for it keeps nobody: where
 * nothing is left, Node ends at once.
 */
const endWhereSomethingIsLeft = (code: number): void => {
  setInterval(() => {
    if (process.stdout.writableLength === 0 && process.stderr.writableLength === 0) exitNow(code);
  }, patienceMs).unref();
};
