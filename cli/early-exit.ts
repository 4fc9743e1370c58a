// What somebody else's code does when it ends the program: a scenario or policy that calls process.exit, or
// waits for what never comes, would else end a run as if all had gone well.

import { writeSync } from 'node:fs';
import { exitCodes } from './exit-codes.ts';

/** What is being loaded just now, as errors name it; empty while nothing is. */
let loading = '';
/** Whether an ending is our own wish. */
let isMeant = false;
const cleaners: (() => void)[] = [];

/** Runs `load`; if the program ends meanwhile, `what` is told to have ended it. */
export const whileLoading = async <Loaded>(what: string, load: () => Promise<Loaded>): Promise<Loaded> => {
  const before = loading;
  loading = what;
  try {
    return await load();
  } finally {
    loading = before;
  }
};

/** Has `clean` called, should somebody else end the program. */
export const beforeEarlyExit = (clean: () => void): void => {
  cleaners.push(clean);
};

/** Ends the program at once, on our own wish. */
export const exitNow = (code: number): never => {
  isMeant = true;
  return process.exit(code);
};

/**
 * From now on an ending that is not meant says whose it was, and has the exit code of a script that
 * threw. The returned function is called with the exit code when all is done: then that one holds,
 * whoever ends the program afterwards, such as a timer that a script left behind.
 */
export const watchForEarlyExit = (): ((code: number) => void) => {
  let finished: number | undefined;
  // A reader that leaves (`| head`) ends us rightly.
  process.stdout.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code === 'EPIPE') isMeant = true;
  });
  process.on('exit', () => {
    if (isMeant) return;
    if (finished !== undefined) {
      process.exitCode = finished;
      return;
    }
    process.exitCode = exitCodes.scriptThrew;
    const who = loading === '' ? 'the scenario or policy' : loading;
    const what = 'ended the program (process.exit, or a wait for what never comes)';
    writeSync(2, `${who} ${what}; it may only return or throw.\n`);
    for (const clean of cleaners) clean();
  });
  return (code) => {
    finished = code;
  };
};
