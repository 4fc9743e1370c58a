// `sharedfate serve` in a process of its own, with its state in a folder: killed, told to end, told to read
// its policy again, and started anew on the same port.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../mta/free-port.ts';
import type { Child } from './children.ts';
import { listensAt } from './cutting-proxy.ts';
import { comesTrue, type Context } from './load.ts';

/** The command, as users start it. */
export const command = fileURLToPath(new URL('../../cli/sharedfate.mjs', import.meta.url));
const source = new URL('fixtures/counting.ts', import.meta.url);

/** The policy as a user has it: a file outside the project that imports from it. */
const policyFile = (folder: string): string => {
  const path = join(folder, 'counting.ts');
  const ours = new URL('../../policy/index.ts', import.meta.url).href;
  writeFileSync(path, readFileSync(source, 'utf8').replace('../../../policy/index.ts', ours));
  return path;
};

/** Longest that a command takes to begin, in milliseconds: among forty others that work, most of a minute. */
const patienceMs = 300_000;

export class Served {
  readonly state: string;
  readonly port: number;
  readonly #context: Context;
  readonly #policy: string;
  #child: Child | undefined;
  #last: Promise<number | null> = Promise.resolve(0);

  private constructor(context: Context, port: number) {
    this.#context = context;
    this.port = port;
    this.#policy = policyFile(context.folder);
    this.state = join(context.folder, 'state');
  }

  static async start(context: Context): Promise<Served> {
    const served = new Served(context, await freePort());
    await served.#begin();
    return served;
  }

  async killed(): Promise<void> {
    this.#child?.signal('SIGKILL');
    await this.#child?.ended;
    await this.#begin();
  }

  /** Told to end politely; its exit code is 0 then. */
  async toldToEnd(): Promise<void> {
    this.#child?.signal('SIGTERM');
    this.#last = this.#child?.ended ?? this.#last;
    const code = await this.#last;
    if (code !== 0) this.#context.figures.fail(`serve ended with ${code} when it was told to`);
    await this.#begin();
  }

  toldToReadAgain(): void {
    this.#child?.signal('SIGHUP');
  }

  /** For good, with all that it has started. */
  async end(): Promise<void> {
    await this.#child?.kill();
  }

  async #begin(): Promise<void> {
    const { children, figures, folder, stop, watch } = this.#context;
    const child = children.start('serve', [
      process.execPath, command, 'serve', this.#policy, '--listen', `127.0.0.1:${this.port}`,
      '--state', this.state, '--log', join(folder, 'verdicts.jsonl'), '--compact-at', '1',
    ]);
    this.#child = child;
    watch.begin('serve', child.pid, 3_000);
    const isUp = await comesTrue(patienceMs, async () => !child.isAlive || await listensAt(this.port));
    if ((!isUp || !child.isAlive) && !stop.aborted) {
      figures.fail(`serve does not start again (${isUp ? 'it ended' : 'it does not listen'}); see serve.log`);
    }
  }
}
