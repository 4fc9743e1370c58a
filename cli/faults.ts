// The three kinds of things that go wrong, and what each prints: the user's mistake, the user's script that
// threw, and a fault of ours. A stack is shown for the last kind only, and only when asked for.

import { PlanMistakes } from '../sim/plan/problems.ts';
import { exitCodes } from './exit-codes.ts';

/** Something in the command or in a file's place that its user can mend: exit code 2. */
export class UserMistake extends Error {
  override readonly name = 'UserMistake';
}

/** A baseline that is missing, or figures of another plan: exit code 22. */
export class OtherPlan extends Error {
  override readonly name = 'OtherPlan';
}

/** One seed came to two different ends: exit code 23. */
export class SeedsDiffer extends Error {
  override readonly name = 'SeedsDiffer';
}

/** A scenario or policy file that threw: exit code 3. */
export class ScriptThrew extends Error {
  override readonly name = 'ScriptThrew';
}

export interface Explanation {
  readonly exitCode: number;
  readonly text: string;
}

/** What to print for an error, and how to end. */
export const explain = (error: unknown, debug: boolean): Explanation => {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof UserMistake || error instanceof PlanMistakes)
    return { exitCode: exitCodes.mistake, text: message };
  // By name: reports are loaded only where they are needed.
  if (error instanceof Error && error.name === 'GateMistake')
    return { exitCode: exitCodes.mistake, text: message };
  if (error instanceof OtherPlan) return { exitCode: exitCodes.otherPlan, text: message };
  if (error instanceof SeedsDiffer) return { exitCode: exitCodes.notRepeatable, text: message };
  if (error instanceof ScriptThrew) return { exitCode: exitCodes.scriptThrew, text: message };
  // By name as well: the mail server that is missing, or has stopped doing its work.
  if (error instanceof Error && error.name === 'MtaError') {
    return { exitCode: exitCodes.mistake, text: `sharedfate: ${message}` };
  }
  const system = systemMistake(error);
  if (system !== undefined) return { exitCode: exitCodes.mistake, text: system };
  const stack = error instanceof Error ? (error.stack ?? message) : message;
  const text =
    debug ?
      `sharedfate: a fault of ours.\n${stack}`
    : `sharedfate: a fault of ours: ${message.split('\n')[0]}. ` +
      'Please report it with the command and the scenario; --debug shows where.';
  return { exitCode: exitCodes.crash, text };
};

/** The operating system's refusals that a user can do something about. */
const systemMistake = (error: unknown): string | undefined => {
  if (!(error instanceof Error)) return undefined;
  const { code, path, address, port } = error as NodeJS.ErrnoException & {
    readonly address?: string;
    readonly port?: number;
  };
  const place = path === undefined ? '' : ` ${path}`;
  switch (code) {
    case 'EADDRINUSE':
      return (
        `sharedfate: ${address ?? 'the address'}:${port ?? '?'} is busy: another program has it. ` +
        'End it, or wait until it has ended.'
      );
    case 'port-busy':
    case 'cannot-listen':
      return `sharedfate: ${error.message}`; // The mocks' own words.
    case 'EACCES':
    case 'EPERM':
      return (
        `sharedfate: no permission for${place === '' ? ` this: ${error.message}` : place}. ` +
        'Change its rights, or choose another place.'
      );
    case 'ENOSPC':
      return `sharedfate: the disk is full${place === '' ? '' : `, at${place}`}. Make room, then run again.`;
    case 'EROFS':
      return `sharedfate:${place} cannot be written: the disk is read-only. Choose another place with --out.`;
    case 'EMFILE':
      return 'sharedfate: too many files are open at once. Raise the limit (ulimit -n), or use fewer --jobs.';
    case 'ERR_WORKER_OUT_OF_MEMORY':
      return (
        'sharedfate: memory ran out. Take fewer seeds at once (--jobs 1) or fewer tenants, look for what ' +
        'the policy never forgets, or give more: NODE_OPTIONS=--max-old-space-size=8192 (in MB).'
      );
    default:
      return undefined;
  }
};
