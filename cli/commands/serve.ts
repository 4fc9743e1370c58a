// `sharedfate serve <policy>`: answers Postfix until it is told to end.

import { spawn } from 'node:child_process';
import { unwatchFile, watchFile } from 'node:fs';
import { DoorMistake, placeText } from '../../testbed/serve/door.ts';
import { type FeedbackOptions, startFeedback } from '../../testbed/serve/feedback/feedback.ts';
import { StateMistake } from '../../testbed/serve/saved.ts';
import { serve, type ServeOptions, type Served } from '../../testbed/serve/serve.ts';
import { compact } from '../../testbed/serve/state-files.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserMistake } from '../faults.ts';
import { hasHosts } from '../hosts.ts';
import { onInterrupt } from '../interrupt.ts';
import { loadPolicy, presetName, shownPath } from '../load.ts';
import { readAnew } from '../serving/read-anew.ts';
import {
  readAddresses, readAnonymous, readCount, readMode, readOneOf, readPlace, readPools, readReceivers,
  readRegister, readSpan, readSync, readTenantRule,
} from '../serving/spellings.ts';
import { silentParts } from '../serving/silent-parts.ts';

export interface ServeCommandOptions {
  readonly set: readonly string[];
  readonly listen: readonly string[];
  readonly state?: string;
  readonly adopt?: string;
  readonly sync: string;
  readonly compactAt: string;
  readonly onFault: string;
  readonly timeOut: string;
  readonly connections: string;
  readonly socketMode: string;
  readonly tenant: string;
  readonly receiver: readonly string[];
  readonly anonymous: string;
  readonly usualPool: string;
  readonly pool: readonly string[];
  readonly address: readonly string[];
  readonly release?: string;
  readonly mark?: string | true;
  readonly log?: string;
  readonly mailLog?: string;
  readonly complaints?: string;
  readonly desk?: string;
  readonly register: readonly string[];
  readonly registerEvery: string;
  readonly putTogether?: string;
}

/** Serves; resolves to the exit code once it was told to end. */
export const serveCommand = async (
  spec: string, options: ServeCommandOptions, console: Console,
): Promise<number> => {
  const tell = (text: string): void => console.note(`sharedfate serve: ${text}`);
  const facts = { ...serving(options), tell };
  const sources = feeding(options);
  const policy = await loadPolicy(spec, options.set);
  if (hasHosts(policy)) {
    throw new UserMistake(`policy ${policy.name} is foreign software, which Postfix can ask by itself.`);
  }
  if (options.putTogether !== undefined) {
    if (options.state === undefined) throw new UserMistake('--put-together needs --state.');
    compact(options.state, policy, readCount('--put-together', options.putTogether, 1e9), tell);
    return exitCodes.passed;
  }
  const served = await begin({ ...facts, policy, compact: (upTo, gaveUp) => compactElsewhere(upTo, gaveUp) });
  const feedback = startFeedback(served, sources, tell);
  tell(`policy ${policy.name} answers at ${served.places.map(placeText).join(', ')}; ` +
    `${options.state === undefined ? 'its state ends with it' : `its state is in ${options.state}`}.`);
  for (const line of silentParts(policy, options)) tell(line);

  const stopReloading = reloading(spec, options, served, tell);
  await told();
  tell('ends: answers what has come, and saves.');
  stopReloading();
  await feedback.stop();
  await served.close();
  return exitCodes.passed;
};

const begin = async (options: ServeOptions): Promise<Served> => {
  try {
    return await serve(options);
  } catch (error) {
    if (error instanceof DoorMistake || error instanceof StateMistake) throw new UserMistake(error.message);
    const { code, path } = error as NodeJS.ErrnoException;
    if (path === undefined || code === 'ENOSPC') throw error;
    throw new UserMistake(`${path} cannot be opened (${code}). Choose another place, or change its rights.`);
  }
};

/** Resolves when the process is asked to end; asked again, it ends at once. What was answered is written. */
const told = (): Promise<void> =>
  new Promise((done) => {
    onInterrupt(() => done(), () => {});
  });

const serving = (options: ServeCommandOptions): Omit<ServeOptions, 'policy' | 'tell'> => {
  const places = options.listen.length === 0 ? ['127.0.0.1:10040'] : options.listen;
  return {
    listen: places.map(readPlace),
    tenantOf: readTenantRule(options.tenant),
    receiverOf: readReceivers(options.receiver),
    sync: readSync(options.sync),
    compactAt: readCount('--compact-at', options.compactAt, 1_000_000) * 1_000_000,
    timeOutMs: readSpan('--time-out', options.timeOut, 100),
    mostConnections: readCount('--connections', options.connections, 1_000_000),
    socketMode: readMode(options.socketMode),
    out: process.stdout,
    service: {
      onFault: readOneOf('--on-fault', options.onFault, ['pass', 'defer']),
      anonymous: readAnonymous(options.anonymous),
      pool: options.usualPool,
      pools: readPools(options.pool),
      mark: options.mark === true ? 'X-Sharedfate-Account' : options.mark ?? '',
    },
    ...(options.state !== undefined && { state: options.state }),
    ...(options.adopt !== undefined && { adopt: options.adopt }),
    ...(options.release !== undefined && { release: options.release }),
    ...(options.log !== undefined && { log: options.log }),
  };
};

const feeding = (options: ServeCommandOptions): FeedbackOptions => {
  if (options.register.length > 0 && options.address.length === 0) {
    throw new UserMistake('--register asks about our addresses; name them with --address pool=address.');
  }
  return {
    addresses: readAddresses(options.address),
    usualPool: options.usualPool,
    mark: options.mark === true || options.mark === undefined ? 'X-Sharedfate-Account' : options.mark,
    registers: options.register.map(readRegister),
    registerEveryMs: readSpan('--register-every', options.registerEvery, 1_000),
    ...(options.mailLog !== undefined && { mailLog: options.mailLog }),
    ...(options.complaints !== undefined && { complaints: options.complaints }),
    ...(options.desk !== undefined && { desk: options.desk }),
  };
};

/**
 * The same command once more, for this one task, so that who serves need not stop for it: its exit code says
 * whether all went well.
 */
const compactElsewhere = (upTo: number, gaveUp: AbortSignal): Promise<void> =>
  new Promise((done, fail) => {
    const args = [...process.execArgv, ...process.argv.slice(1), '--put-together', String(upTo)];
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
    const giveUp = (): void => void child.kill('SIGKILL');
    gaveUp.addEventListener('abort', giveUp);
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      if (said.length < 1_000) said += chunk.toString('utf8');
    });
    child.on('error', fail);
    child.on('close', (code) => {
      gaveUp.removeEventListener('abort', giveUp);
      if (code === 0) done();
      else fail(new Error(`the process for it ended with ${code}: ${said.trim().split('\n')[0]}`));
    });
  });

/** How often the policy's file is looked at. */
const lookMs = 1_000;

/** Serves the policy anew when its file changes or SIGHUP comes, if it loads; returns what ends that. */
const reloading = (
  spec: string, options: ServeCommandOptions, served: Served, tell: (text: string) => void,
): (() => void) => {
  const isFile = presetName(spec) === undefined;
  let before: Promise<void> = Promise.resolve();
  const reload = (): void => {
    before = before.then(async () => {
      try {
        const policy = await readAnew(spec, options.set);
        const dropped = served.swap(policy);
        tell(`${shownPath(spec)} was read again: policy ${policy.name} serves from now on.` +
          dropped.map((module) => ` Module ${module} is of another make and starts fresh.`).join(''));
        for (const line of silentParts(policy, options)) tell(line);
      } catch (error) {
        const why = (error as Error).message.split('\n')[0]!.replace(/\.?$/, '.');
        tell(`${shownPath(spec)} is not taken: ${why} The policy that served before goes on.`);
      }
    });
  };
  const hangUp = (): void => {
    served.reopen();
    if (isFile) reload();
  };
  const reopen = (): void => served.reopen();
  process.on('SIGHUP', hangUp);
  process.on('SIGUSR1', reopen);
  if (isFile) {
    watchFile(spec, { interval: lookMs }, (now, then) => {
      // A file that is not there has no time; it is being replaced.
      if (now.mtimeMs !== 0 && (now.mtimeMs !== then.mtimeMs || now.size !== then.size)) reload();
    });
  }
  return () => {
    process.off('SIGHUP', hangUp);
    process.off('SIGUSR1', reopen);
    if (isFile) unwatchFile(spec);
  };
};
