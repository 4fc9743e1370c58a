// Lets go what was held until a time: when it has come, the operator's command is given the queue ids, one a
// line. What the command does not take is tried again.

import { spawn } from 'node:child_process';
import type { Ledger } from './ledger.ts';

/** How often what is due is looked for: paces are minutes as a rule. */
const everyMs = 1_000;
/** A release that failed is tried again after that. */
const retryMs = 60_000;
/** A command that takes longer is ended. */
const longestMs = 30_000;
/** Queue ids handed over at once. */
const most = 1_000;

/** Lets go messages by their names in the queue; resolves to what went wrong, or to ''. Rejects never. */
export type LetGo = (queues: readonly string[]) => Promise<string>;

export class Releases {
  readonly #letGo: LetGo;
  readonly #ledger: Ledger;
  readonly #settle: () => void;
  #timer: NodeJS.Timeout | undefined;
  #notBefore = 0;
  #underWay: Promise<void> | undefined;

  /** `release` is a command, or what does it. */
  constructor(release: string | LetGo, ledger: Ledger, settle: () => void) {
    this.#letGo = typeof release === 'string' ? (queues) => handOver(release, queues) : release;
    [this.#ledger, this.#settle] = [ledger, settle];
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), everyMs);
  }

  /** Lets go what is due. Rejects never. */
  look(): Promise<void> {
    this.#underWay ??= this.#look().finally(() => {
      this.#underWay = undefined;
    });
    return this.#underWay;
  }

  async stop(): Promise<void> {
    clearInterval(this.#timer);
    await this.#underWay;
  }

  async #look(): Promise<void> {
    const { memory } = this.#ledger;
    const now = this.#ledger.now();
    if (memory.paced.size === 0 || performance.now() < this.#notBefore) return;
    const queues: string[] = [];
    for (const [queue, until] of memory.paced) {
      if (until <= now && queues.length < most) queues.push(queue);
    }
    if (queues.length === 0) return;
    const trouble = await this.#letGo(queues);
    if (trouble === '') {
      this.#ledger.note({ kind: 'let-go', queues });
      this.#settle();
      return;
    }
    this.#notBefore = performance.now() + retryMs;
    const again = `${queues.length} messages are held on and tried again in ${retryMs / 1_000} s`;
    this.#ledger.tell(`the release command ${trouble}; ${again}.`);
  }
}

/** Runs the command with the ids on its standard input; resolves to what went wrong, or to nothing. */
const handOver = (command: string, queues: readonly string[]): Promise<string> =>
  new Promise((done) => {
    const stdio = ['pipe', 'ignore', 'pipe'] as ['pipe', 'ignore', 'pipe'];
    const child = spawn('/bin/sh', ['-c', command], { stdio, timeout: longestMs });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => {
      if (said.length < 200) said += chunk.toString('utf8');
    });
    child.on('error', (error) => done(`cannot be run: ${error.message}`));
    child.on('close', (code, signal) => {
      const ended = signal === null ? `ended with ${code}` : `was ended by ${signal}`;
      const words = said === '' ? '' : `: ${said.trim().split('\n')[0]!.slice(0, 200)}`;
      done(code === 0 ? '' : `${ended}${words}`);
    });
    // One that does not read what it is given may be right all the same.
    child.stdin.on('error', () => {});
    child.stdin.end(`${queues.join('\n')}\n`);
  });
