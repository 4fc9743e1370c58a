// One private Haraka: its own folder, ports of loopback, a clock that the run moves, and a plugin of ours by
// which it is told what to hold and tells what becomes of each copy (testbed/haraka/loop-plugin.cjs).

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync,
} from 'node:fs';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Clock, epochAfter } from '../clock/clock.ts';
import { cellClock } from '../clock/cell-clock.ts';
import { freePort } from './free-port.ts';
import { configureHaraka } from './haraka-config.ts';
import { handIn } from './hand-in.ts';
import { type Handed, type Mta, MtaError, type Received, type Status } from './mta.ts';
import type { PostfixOptions } from './postfix.ts';

/** Real time that Haraka may take for anything we wait for. */
const patienceMs = 30_000;

const home = fileURLToPath(new URL('../haraka/', import.meta.url));
const program = join(home, 'node_modules', 'Haraka', 'bin', 'haraka');

/** Starts it. Rejects with an MtaError where it is not installed or does not start; nothing is left then. */
export const startHaraka = async (options: PostfixOptions): Promise<Mta> => {
  if (!existsSync(program)) {
    throw new MtaError(`Haraka is not installed: npm ci --omit=optional --prefix ${home}`);
  }
  const haraka = new Haraka(options, mkdtempSync(join(tmpdir(), 'sharedfate-haraka-')), await freePort());
  try {
    await haraka.start();
  } catch (error) {
    await haraka.close();
    throw error;
  }
  return haraka;
};

type Told =
  | { readonly kind: 'status'; readonly id: string; readonly status: Status; readonly due?: number }
  | { readonly kind: 'obeyed' };

class Haraka implements Mta {
  readonly name = 'haraka';
  readonly triesTogether = false;
  readonly #options: PostfixOptions;
  readonly #folder: string;
  readonly #port: number;
  readonly #clock: Clock;
  readonly #statuses = new Map<string, Status[]>();
  /** By message and recipient: when it is due. */
  readonly #next = new Map<string, Map<string, number>>();
  #server: Server | null = null;
  #plugin: Socket | null = null;
  #process: ChildProcess | null = null;
  #obeyed = 0;
  #heard: () => void = () => undefined;

  constructor(options: PostfixOptions, folder: string, port: number) {
    this.#options = options;
    this.#folder = folder;
    this.#port = port;
    this.#clock = new Clock(cellClock(join(folder, 'clock')), epochAfter(options.epoch, Date.now()));
  }

  async start(): Promise<void> {
    this.#server = createServer((socket) => this.#listenTo(socket));
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    const { policyPort, receivers, senders, sendFrom } = this.#options;
    const loop = {
      loopPort: (this.#server.address() as AddressInfo).port, policyPort, sendFrom,
      receivers: Object.fromEntries(receivers), senders: Object.fromEntries(senders),
    };
    configureHaraka(this.#folder, this.#port, home, this.#options);
    const log = openSync(join(this.#folder, 'haraka.log'), 'a');
    this.#process = spawn(process.execPath, [program, '-c', this.#folder], {
      stdio: ['ignore', log, log],
      // Nothing of ours but this: Haraka behaves otherwise where NODE_ENV says that it is being tested.
      env: {
        PATH: process.env['PATH'], HOME: this.#folder, ...this.#clock.environment,
        SHAREDFATE_LOOP: JSON.stringify(loop),
      },
    });
    closeSync(log);
    await this.#until(() => this.#plugin !== null, 'does not start');
    const deadline = performance.now() + patienceMs;
    while (!(await this.#listens())) {
      if (performance.now() > deadline) throw new MtaError('Haraka: does not take connections.');
      await this.#pause();
    }
  }

  #listenTo(socket: Socket): void {
    this.#plugin = socket;
    socket.setEncoding('utf8');
    socket.on('error', () => {});
    let begun = '';
    socket.on('data', (text: string) => {
      const lines = (begun + text).split('\n');
      begun = lines.pop()!;
      for (const line of lines) this.#hear(JSON.parse(line) as Told);
      this.#heard();
    });
  }

  #hear(told: Told): void {
    if (told.kind === 'obeyed') {
      this.#obeyed += 1;
      return;
    }
    const { id, status } = told;
    const known = this.#statuses.get(id);
    if (known === undefined) this.#statuses.set(id, [status]);
    else known.push(status);
    if (told.due === undefined) return;
    // A message to several receivers is several in Haraka's queue, each due at a time of its own.
    const next = this.#next.get(id) ?? new Map<string, number>();
    this.#next.set(id, next.set(status.recipient, told.due - this.#clock.epoch));
  }

  async submit(handed: Handed): Promise<Received> {
    this.#clock.hold();
    try {
      const said = await handIn(this.#port, handed);
      return said.code >= 300
        ? { kind: 'refused', said: said.text }
        : { kind: 'queued', id: handed.messageId };
    } finally {
      this.#clock.release();
    }
  }

  async statuses(id: string, count: number): Promise<readonly Status[]> {
    const isSo = (): boolean => (this.#statuses.get(id) ?? []).length >= count;
    await this.#until(isSo, `says nothing more of message ${id}`);
    return this.#statuses.get(id) ?? [];
  }

  moveTo(now: number): void {
    this.#clock.set(now);
  }

  retry(): Promise<void> {
    return this.#bid('retry', []);
  }

  flush(id: string): Promise<void> {
    return this.#bid('flush', [id]);
  }

  nextTry(id: string, recipient: string): number | undefined {
    return this.#next.get(id)?.get(recipient);
  }

  async hold(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#bid('hold', ids);
  }

  release(ids: readonly string[]): Promise<void> {
    return this.#bid('flush', ids);
  }

  async remove(ids: readonly string[]): Promise<void> {
    if (ids.length > 0) await this.#bid('remove', ids);
  }

  async #bid(kind: string, ids: readonly string[]): Promise<void> {
    const before = this.#obeyed;
    this.#plugin!.write(`${JSON.stringify({ kind, ids })}\n`);
    await this.#until(() => this.#obeyed > before, `does not do as told (${kind})`);
  }

  async #listens(): Promise<boolean> {
    const socket = connect(this.#port, '127.0.0.1');
    try {
      await once(socket, 'data');
      return true;
    } catch {
      return false;
    } finally {
      socket.destroy();
    }
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, 20);
      this.#heard = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async #until(isSo: () => boolean, trouble: string): Promise<void> {
    const deadline = performance.now() + patienceMs;
    while (!isSo()) {
      if (this.#process !== null && this.#process.exitCode !== null) {
        throw new MtaError(`Haraka: it has ended: ${this.#lastWords()}`);
      }
      if (performance.now() > deadline) {
        throw new MtaError(`Haraka: ${trouble} in ${patienceMs / 1_000} s. ${this.#lastWords()}`);
      }
      await this.#pause();
    }
  }

  #lastWords(): string {
    try {
      return readFileSync(join(this.#folder, 'haraka.log'), 'utf8').trim().split('\n').slice(-2).join(' ');
    } catch {
      return '';
    }
  }

  async close(): Promise<void> {
    if (this.#process !== null && this.#process.exitCode === null) {
      this.#process.kill('SIGKILL');
      await once(this.#process, 'exit');
    }
    this.#plugin?.destroy();
    this.#server?.close();
    this.#clock.close();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
