// One private Postfix: its own folder, ports of loopback, and a clock that the run moves. Nothing of the
// machine's own Postfix is read or touched.

import { execFile } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { chown } from 'node:fs/promises';
import { connect } from 'node:net';
import { once } from 'node:events';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Clock, epochAfter } from '../clock/clock.ts';
import { cellClock } from '../clock/cell-clock.ts';
import { handIn } from './hand-in.ts';
import { LogFollower } from './log-follower.ts';
import { freePort } from './free-port.ts';
import { type Handed, type Mta, MtaError, type Received, type Status } from './mta.ts';
import { mainCf, masterCf, type PostfixSettings, receiversMap, sendersMap } from './postfix-config.ts';
import { readLogLine } from './postfix-log.ts';

const run = promisify(execFile);

/** Real time that Postfix may take for anything we wait for. */
const patienceMs = 30_000;

export type PostfixOptions =
  Omit<PostfixSettings, 'folder' | 'submissionPort'> & { readonly epoch: number };

/** Starts it. Rejects with an MtaError where Postfix is missing or does not start; nothing is left then. */
export const startPostfix = async (options: PostfixOptions): Promise<Mta> => {
  if (userInfo().uid !== 0) throw new MtaError('Postfix: only root may start it. Run this as root.');
  const folder = mkdtempSync(join(tmpdir(), 'sharedfate-postfix-'));
  chmodSync(folder, 0o755);
  const settings: PostfixSettings = { ...options, folder, submissionPort: await freePort() };
  const clock = new Clock(cellClock(join(folder, 'clock')), epochAfter(options.epoch, Date.now()));
  const postfix = new Postfix(settings, clock);
  try {
    await postfix.start();
  } catch (error) {
    await postfix.close();
    throw error;
  }
  return postfix;
};

class Postfix implements Mta {
  readonly name = 'postfix';
  readonly triesTogether = true;
  readonly log: string;
  readonly #settings: PostfixSettings;
  readonly #clock: Clock;
  /**
   * What was said of each message, by its own id. That in the queue is no name: while time stands still it
   * comes again as soon as its message is gone.
   */
  readonly #statuses = new Map<string, Status[]>();
  /** The message that has an id in the queue now, or had it last. */
  readonly #messageOf = new Map<string, string>();
  readonly #queueIdOf = new Map<string, string>();
  #log: LogFollower | null = null;
  #trouble = '';

  constructor(settings: PostfixSettings, clock: Clock) {
    this.#settings = settings;
    this.#clock = clock;
    this.log = join(settings.folder, 'log', 'mail.log');
  }

  async start(): Promise<void> {
    const { folder } = this.#settings;
    for (const name of ['conf', 'queue', 'data', 'log']) mkdirSync(join(folder, name));
    const write = (name: string, text: string): void => writeFileSync(join(folder, 'conf', name), text);
    write('main.cf', mainCf(this.#settings));
    write('master.cf', masterCf(this.#settings));
    write('receivers', receiversMap(this.#settings));
    write('senders', sendersMap(this.#settings));
    const { stdout } = await this.#command('id', ['-u', 'postfix']).catch(missing);
    await chown(join(folder, 'data'), Number(stdout), -1);
    writeFileSync(this.log, '');
    this.#log = new LogFollower(this.log, (line) => this.#hear(line));
    await this.#command('postfix', ['-c', this.#conf, 'start']).catch(missing);
    await this.#until(() => this.#listens(), 'does not take connections');
  }

  get #conf(): string {
    return join(this.#settings.folder, 'conf');
  }

  #hear(line: string): void {
    const told = readLogLine(line);
    if (told === undefined) return;
    if (told.kind === 'trouble') this.#trouble ||= told.text;
    else if (told.kind === 'begun') {
      this.#messageOf.set(told.id, told.messageId);
      this.#queueIdOf.set(told.messageId, told.id);
      this.#statuses.set(told.messageId, []);
    } else this.#statuses.get(this.#messageOf.get(told.id) ?? '')?.push(told.status);
  }

  async submit(handed: Handed): Promise<Received> {
    this.#clock.hold();
    try {
      const said = await handIn(this.#settings.submissionPort, handed);
      if (said.code >= 300) return { kind: 'refused', said: said.text };
      const { messageId } = handed;
      const isLogged = (): Promise<boolean> => Promise.resolve(this.#queueIdOf.has(messageId));
      await this.#until(isLogged, `took message ${messageId} and does not log it`);
      return { kind: 'queued', id: messageId };
    } finally {
      this.#clock.release();
    }
  }

  async statuses(id: string, count: number): Promise<readonly Status[]> {
    const said = (): readonly Status[] => this.#statuses.get(id) ?? [];
    const isOver = (): boolean => said().length >= count || said().some(({ fate }) => fate === 'expired');
    await this.#until(async () => isOver(), `says nothing more of message ${id}`);
    if (count > 0) await this.#untilPutOff(id);
    return said();
  }

  /**
   * Postfix says that it puts a message off before it does: whatever is asked of it in between is lost, as
   * the message is in no queue to be found in.
   */
  async #untilPutOff(id: string): Promise<void> {
    const isSo = (): boolean => !this.#isLeft(id) || this.#deferredFile(id) !== undefined;
    await this.#until(async () => isSo(), `says that it puts off message ${id}, and does not`);
  }

  /** Whether any recipient was put off when last tried. */
  #isLeft(id: string): boolean {
    const said = this.#statuses.get(id) ?? [];
    if (said.some(({ fate }) => fate === 'expired')) return false;
    const last = new Map(said.map(({ recipient, fate }) => [recipient, fate]));
    return [...last.values()].includes('deferred');
  }

  moveTo(now: number): void {
    this.#clock.set(now);
  }

  retry(): Promise<void> {
    return this.#wake('D');
  }

  async flush(id: string): Promise<void> {
    const said = this.#statuses.get(id)?.length;
    await this.#untilPutOff(id);
    // It has been trying by itself: once is enough.
    if (this.#statuses.get(id)?.length !== said) return;
    await this.#command('postqueue', ['-c', this.#conf, '-i', this.#inQueue(id)]);
  }

  /** Postfix sets a deferred file's time to when it will try it next. */
  nextTry(id: string): number | undefined {
    const file = this.#deferredFile(id);
    return file === undefined ? undefined : Math.round(file.mtimeMs) - this.#clock.epoch;
  }

  #deferredFile(id: string): Stats | undefined {
    const inQueue = this.#inQueue(id);
    const path = join(this.#settings.folder, 'queue', 'deferred', inQueue[0]!, inQueue);
    return statSync(path, { throwIfNoEntry: false });
  }

  hold(ids: readonly string[]): Promise<void> {
    return this.#superintend('-h', ids);
  }

  async release(ids: readonly string[]): Promise<void> {
    await this.#superintend('-H', ids);
    for (const id of ids) await this.flush(id);
  }

  remove(ids: readonly string[]): Promise<void> {
    return this.#superintend('-d', ids);
  }

  async #superintend(flag: string, ids: readonly string[]): Promise<void> {
    // An id in the queue that has gone to another message since is not theirs to touch.
    const own = ids.map((id) => [id, this.#inQueue(id)] as const)
      .filter(([id, inQueue]) => this.#messageOf.get(inQueue) === id);
    if (own.length === 0) return;
    await this.#command('postsuper', ['-c', this.#conf, ...own.flatMap(([, inQueue]) => [flag, inQueue])]);
  }

  #inQueue(id: string): string {
    const found = this.#queueIdOf.get(id);
    if (found === undefined) throw new MtaError(`Postfix: no message ${id} has come in.`);
    return found;
  }

  /** Tells the queue manager to look: `I` into what came in, `D` into what was deferred. */
  async #wake(what: 'I' | 'D'): Promise<void> {
    const socket = connect(join(this.#settings.folder, 'queue', 'public', 'qmgr'));
    await once(socket, 'connect');
    socket.end(what);
    socket.resume();
    await once(socket, 'close');
  }

  async #listens(): Promise<boolean> {
    const socket = connect(this.#settings.submissionPort, '127.0.0.1');
    try {
      await once(socket, 'data');
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }

  async #until(isSo: () => Promise<boolean>, trouble: string): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (!(await isSo())) {
      if (this.#trouble !== '') throw new MtaError(`Postfix: ${this.#trouble}`);
      if (performance.now() > deadline) {
        const waited = `in ${patienceMs / 1_000} s`;
        throw new MtaError(`Postfix: ${trouble} ${waited}; its log ends with: ${this.#log!.last}`);
      }
      await this.#log!.more();
    }
  }

  #command(name: string, args: readonly string[]): Promise<{ stdout: string; stderr: string }> {
    const path = `${process.env['PATH']}:/usr/sbin:/sbin`;
    const env = { ...process.env, ...this.#clock.environment, PATH: path };
    return run(name, args, { env });
  }

  async close(): Promise<void> {
    await this.#command('postfix', ['-c', this.#conf, 'abort']).catch(() => undefined);
    this.#log?.close();
    this.#clock.close();
    rmSync(this.#settings.folder, { recursive: true, force: true });
  }
}

const missing = (error: NodeJS.ErrnoException & { stderr?: string }): never => {
  if (error.code === 'ENOENT') {
    throw new MtaError('Postfix is not installed. On Debian: apt-get install postfix.', { cause: error });
  }
  throw new MtaError(`Postfix does not start: ${error.stderr?.trim() ?? error.message}`, { cause: error });
};
