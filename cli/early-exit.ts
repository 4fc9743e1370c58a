// What somebody else's code does when it ends the program: a scenario or policy that calls process.exit, or
// waits for what never comes, would else end a run as if all had gone well; one that throws where nobody
// waits for it, with a stack.

import { writeSync } from 'node:fs';
import { shownValue } from '../sim/plan/problems.ts';
import { exitCodes } from './exit-codes.ts';
import { explain, type Explanation, ScriptThrew } from './faults.ts';
import { foreignPlace, lineOf } from './line-of.ts';

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
  const end = (thrown: unknown): void => {
    if (finished !== undefined) return exitNow(finished);
    const { exitCode, text } = toldOf(thrown);
    for (const clean of cleaners) clean();
    tell(text);
    return exitNow(exitCode);
  };
  process.on('uncaughtException', end);
  // By itself node would make an Error of what is none.
  process.on('unhandledRejection', end);
  process.on('exit', () => {
    if (isMeant) return;
    if (finished !== undefined) {
      process.exitCode = finished;
      return;
    }
    process.exitCode = exitCodes.scriptThrew;
    const who = loading === '' ? 'the scenario or policy' : loading;
    const what = 'ended the program (process.exit, or a wait for what never comes)';
    for (const clean of cleaners) clean();
    tell(`${who} ${what}; it may only return or throw.`);
  });
  return (code) => {
    finished = code;
  };
};

/** Standard error may be closed, and that changes no exit code. */
const tell = (text: string): void => {
  try {
    writeSync(2, `${text}\n`);
  } catch {
    // Nobody is left to hear it.
  }
};

const toldOf = (thrown: unknown): Explanation => {
  try {
    return explain(uncaught(thrown), process.argv.includes('--debug'));
  } catch {
    return explain(new ScriptThrew(`${allScripts()} threw, where nobody waits for it. ${advice}`), false);
  }
};

const advice = 'Leave no promise, timer or connection behind.';
const allScripts = (): string => [...scripts.values()].join(' or ') || 'the scenario or policy';

/** What nobody caught, as the fault of the script that it was thrown in, if any. */
const uncaught = (thrown: unknown): unknown => {
  // We throw nothing else.
  if (!(thrown instanceof Error)) {
    const value = thrown === undefined ? 'undefined' : shownValue(thrown);
    const what = `threw ${value}, which is no Error, where nobody waits for it`;
    return new ScriptThrew(`${allScripts()} ${what}. ${advice}`);
  }
  const told = (who: string, line: string): ScriptThrew =>
    new ScriptThrew(`${who} threw${line}, where nobody waits for it: ${firstLine(thrown)}. ${advice}`);
  for (const [path, what] of scripts) {
    const line = lineOf(thrown, path);
    if (line !== '') return told(what, line);
  }
  const place = foreignPlace(thrown);
  return place === undefined ? thrown : told(place.file, ` at line ${place.line}`);
};

const firstLine = ({ message }: Error): string => message.split('\n')[0]!;
