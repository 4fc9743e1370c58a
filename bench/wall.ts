// Wall time of a whole program, in seconds: it is what one waits for.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { exitCodes } from '../cli/exit-codes.ts';

/** What a gate says of a run that went well. */
const outcomes: readonly unknown[] = [exitCodes.gateFailed, exitCodes.noData];

/** Rejects where the program is not there or ends with a fault. */
export const secondsOf = async (program: string, args: readonly string[]): Promise<number> => {
  const began = process.hrtime.bigint();
  await promisify(execFile)(program, args).catch((cause: { readonly code?: unknown }) => {
    if (!outcomes.includes(cause.code)) throw cause;
  });
  return Number(process.hrtime.bigint() - began) / 1e9;
};
