// Puts a policy into service: its state is read, its doors are opened, its feedback is followed. What serves
// is put together here and nowhere else.

import { randomBytes } from 'node:crypto';
import { mkdirSync, statSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Policy } from '../../policy/index.ts';
import { Door, type Place } from './door.ts';
import { Fingerprints } from './fingerprints.ts';
import { Journal, type Sync } from './journal.ts';
import { Ledger } from './ledger.ts';
import { Memory } from './memory.ts';
import { type LetGo, Releases } from './releases.ts';
import { type Origin, StateMistake } from './saved.ts';
import { Service, type ServiceSettings } from './service.ts';
import { Compaction } from './compaction.ts';
import { load, type Tell } from './state-files.ts';
import { lockState } from './state-lock.ts';
import { epochFor, SteadyClock, systemTime, type TimeSource } from './steady-clock.ts';
import { VerdictLog } from './verdict-log.ts';

export interface ServeOptions {
  readonly policy: Policy;
  readonly listen: readonly Place[];
  readonly service: Omit<ServiceSettings, 'canRelease'>;
  /** The tenant whose account a login is. */
  readonly tenantOf: (login: string) => string;
  /** What the policy calls the receiver of a domain; left out, by its domain. */
  readonly receiverOf?: (domain: string) => string;
  /** The folder of the state; without one all is forgotten in the end. */
  readonly state?: string;
  /** The name of another policy, whose state is taken over. */
  readonly adopt?: string;
  readonly sync: Sync;
  /** Bytes of a log at which it is put together with what was saved. */
  readonly compactAt: number;
  /** Puts the logs up to this number together, somewhere else than here; left out, it is done here. */
  readonly compact?: (upTo: number, gaveUp: AbortSignal) => Promise<void>;
  /** What lets held messages go, a command or a function; left out, what would be paced is to come back. */
  readonly release?: string | LetGo;
  /** The file of the verdicts; the stream, where left out. */
  readonly log?: string;
  readonly out: Writable;
  readonly tell: Tell;
  readonly timeOutMs: number;
  readonly mostConnections: number;
  readonly socketMode: number;
  /** For tests: another time than the system's, and a secret that is known. */
  readonly time?: TimeSource;
  readonly secret?: string;
}

export interface Served {
  /** Where it listens. */
  readonly places: readonly Place[];
  readonly ledger: Ledger;
  /** Lets go what is due by now. */
  readonly releases: Releases | undefined;
  /** Serves another policy from now on; returns the modules that could not go on from their states. */
  swap(policy: Policy): readonly string[];
  /** The file of the verdicts was moved away. */
  reopen(): void;
  /** Writes down what has been noted. */
  settle(): void;
  /** Answers what has come, saves, and ends. */
  close(): Promise<void>;
}

/** Rejects with a DoorMistake or a StateMistake where it cannot serve; nothing is left open then. */
export const serve = async (options: ServeOptions): Promise<Served> => {
  const { state, tell, time = systemTime } = options;
  let { policy } = options;
  const fresh = (): Origin => ({
    format: 1, policy: policy.name, epoch: epochFor(time.wall()),
    secret: options.secret ?? randomBytes(16).toString('hex'),
  });
  let unlock: (() => Promise<void>) | undefined;
  let journal: Journal | undefined;
  let log: VerdictLog | undefined;
  let door: Door | undefined;
  try {
    if (state !== undefined) {
      makeFolder(state);
      unlock = await lockState(state);
    }
    const adopt = options.adopt === undefined ? {} : { adopt: options.adopt };
    const loaded = state === undefined ? undefined : load(state, policy, tell, adopt);
    const memory = loaded?.memory ?? new Memory(policy);
    const origin = loaded?.origin ?? fresh();
    const clock = new SteadyClock(time, origin.epoch, memory.last);
    const originNow = (): Origin => ({ ...origin, policy: policy.name });
    const kept = state === undefined ? undefined
      : new Journal(state, loaded!.number + 1, originNow, options.sync, tell);
    journal = kept;
    const verdicts = new VerdictLog(options.log, options.out, tell);
    log = verdicts;
    const ledger = new Ledger({
      memory, clock, prints: new Fingerprints(origin.secret), tenantOf: options.tenantOf, tell,
      receiverOf: options.receiverOf ?? ((domain) => domain),
      record: (entry) => kept?.append(entry),
    });
    const canRelease = options.release !== undefined;
    const service = new Service(ledger, { ...options.service, canRelease }, (line) => verdicts.put(line));

    const compaction = new Compaction(options, () => policy);
    const settle = (): void => {
      kept?.flush();
      verdicts.flush();
      if (kept !== undefined && kept.bytes >= options.compactAt) compaction.of(kept);
    };
    if (loaded !== undefined && loaded.bytes >= options.compactAt) compaction.upTo(loaded.number);

    const opened = new Door({ ...options, answer: (reading) => service.answer(reading), settle });
    door = opened;
    const places: Place[] = [];
    for (const place of options.listen) places.push(await opened.listen(place));
    const releases = canRelease ? new Releases(options.release!, ledger, settle) : undefined;
    releases?.start();
    return {
      places, ledger, releases, settle,
      swap(next) {
        const dropped = ledger.swap(next);
        policy = next;
        compaction.rotate(kept);
        return dropped;
      },
      reopen: () => verdicts.reopen(),
      async close() {
        await opened.close();
        await releases?.stop();
        await compaction.end();
        kept?.close();
        verdicts.close();
        await unlock?.();
      },
    };
  } catch (error) {
    await door?.close();
    journal?.close();
    log?.close();
    await unlock?.();
    throw error;
  }
};

const makeFolder = (path: string): void => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found !== undefined && !found.isDirectory()) {
    throw new StateMistake(`${path} is no folder. Name a folder with --state; it need not be there yet.`);
  }
  if (found !== undefined) return;
  // One level: where a parent is missing the path is more likely mistyped than meant.
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new StateMistake(`${path} cannot be made (${code}). Make its parent, or name another.`);
  }
};
