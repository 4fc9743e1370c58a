// A limiter from npm as a policy host, in our own process and under faked time: its windows go by the time of
// the run, and its code is the very code that an operator has deployed.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Milliseconds, type Parameters, pass, type Reason, type Values } from '../../policy/index.ts';
import { Clock } from '../clock/clock.ts';
import { type Faked, processClock } from '../clock/process-clock.ts';
import { daemonEpoch } from './daemon-clock.ts';
import type { Profile, Program } from './host.ts';

/** What a limiter says of an account that wants to write to so many more. */
export interface Taken {
  readonly isAllowed: boolean;
  /** What it has counted, this one included. */
  readonly seen: number;
}

/** One limiter at work. */
export interface Limiter {
  take(account: string, recipients: number, now: Milliseconds): Taken | Promise<Taken>;
  /** A person has released the account: what was counted of it is forgotten. */
  free(account: string): void | Promise<void>;
}

export interface NpmLimiter<P extends Parameters> {
  /** Of the package, and of the module that speaks for it. */
  readonly name: string;
  readonly product: string;
  readonly parameters: P;
  /** `all` where it counts by timers; `date` where it only asks what time it is. */
  readonly faked: Faked;
  /** `exported` is what the package exports. */
  make(exported: unknown, values: Values<P>): Limiter;
  /** The rule as reports name it, such as `recipients/1h`, and its limit. */
  rule(values: Values<P>): Pick<Reason, 'rule' | 'limit'>;
}

/** The limiter's profile; the package is the user's own, found from the folder the command is run in. */
export const npmLimiter = <const P extends Parameters>(limiter: NpmLimiter<P>): Profile<P> => ({
  name: limiter.name,
  product: limiter.product,
  parameters: limiter.parameters,
  hears: ['released'],
  missing: () => missingPackage(limiter.name),
  async start(values, world) {
    const exported: unknown = await import(pathToFileURL(packagePath(limiter.name)!).href);
    const clock = new Clock(processClock(limiter.faked), daemonEpoch(world));
    const reason = { module: limiter.name, ...limiter.rule(values) };
    let counts: Limiter;
    try {
      counts = limiter.make(exported, values);
    } catch (error) {
      clock.close();
      throw error;
    }
    let freed: Promise<void> | void = undefined;
    return {
      async judge({ account, recipients }, now) {
        await freed;
        clock.set(now);
        clock.hold();
        try {
          const { isAllowed, seen } = await counts.take(String(account), recipients.length, now);
          return isAllowed ? pass : { kind: 'defer', reason: { ...reason, seen } };
        } finally {
          clock.release();
        }
      },
      learn(signal) {
        if (signal.kind === 'released') freed = counts.free(String(signal.account));
      },
      close() {
        clock.close();
        return Promise.resolve();
      },
    };
  },
});

const missingPackage = (name: string): readonly Program[] =>
  packagePath(name) === undefined ? [{ name: `the package ${name}`, install: `npm install ${name}` }] : [];

/** Where the package begins: beside the user's own work, or beside this tool. */
const packagePath = (name: string): string | undefined => {
  for (const from of [join(process.cwd(), 'package.json'), import.meta.url]) {
    try {
      return createRequire(from).resolve(name);
    } catch {
      // Perhaps at the other place.
    }
  }
  return undefined;
};
