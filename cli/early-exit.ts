// What somebody else's code does when it ends the program: a scenario or policy that calls process.exit, or
// waits for what never comes, would else end a run as if all had gone well; one that throws where nobody
// waits for it, with a stack.

import { writeSync } from 'node:fs';
import { explain, ScriptThrew } from './faults.ts';
import { exitCodes } from './exit-codes.ts';
import { lineOf } from './line-of.ts';

/** What is being loaded just now, as errors name it; empty while nothing is. */
let loading = '';
/** Scripts that were loaded, or begun to be: as errors name them, by their path. */
const scripts = new Map<string, string>();
/** Whether an ending is our own wish. */
let isMeant = false;
const cleaners: (() => void)[] = [];

/** Loads the script of a path; if the program ends meanwhile, `what` is told to have ended it. */
export const whileLoading = async <Loaded>(
  path: string, what: string, load: () => Promise<Loaded>,
): Promise<Loaded> => {
  const before = loading;
  loading = what;
  scripts.set(path, what);
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
  process.on('uncaughtException', (thrown: unknown) => {
    if (finished !== undefined) return exitNow(finished);
    const { exitCode, text } = explain(uncaught(thrown), false);
    writeSync(2, `${text}\n`);
    for (const clean of cleaners) clean();
    return exitNow(exitCode);
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

/** What nobody caught, as the fault of the script that it was thrown in, if any. */
const uncaught = (thrown: unknown): unknown => {
  const error = thrown instanceof Error ? thrown : new Error(String(thrown));
  for (const [path, what] of scripts) {
    const line = lineOf(error, path);
    if (line === '') continue;
    const told = `${what} threw${line}, where nobody waits for it: ${error.message.split('\n')[0]}`;
    return new ScriptThrew(`${told}. Leave no promise, timer or connection behind.`);
  }
  return error;
};
