// A Redis on a free port of loopback that writes down each command before it answers, so that it can be
// killed and started again with all that it had said.

import { join } from 'node:path';
import { mkdirSync } from 'node:fs';
import { programPath } from '../hosts/programs.ts';
import { freePort } from '../mta/free-port.ts';
import type { Child } from './children.ts';
import { listensAt } from './cutting-proxy.ts';
import { comesTrue, type Context } from './load.ts';

/** Longest that it takes to read its file, in milliseconds. */
const patienceMs = 300_000;

export class AofRedis {
  readonly url: string;
  readonly #context: Context;
  readonly #port: number;
  readonly #folder: string;
  #child: Child | undefined;

  private constructor(context: Context, port: number) {
    [this.#context, this.#port, this.url] = [context, port, `redis://127.0.0.1:${port}`];
    this.#folder = join(context.folder, 'redis');
    mkdirSync(this.#folder);
  }

  static async start(context: Context): Promise<AofRedis> {
    const redis = new AofRedis(context, await freePort());
    await redis.start();
    return redis;
  }

  async start(): Promise<void> {
    this.#child = this.#context.children.start('redis', [
      programPath('redis-server')!, '--port', String(this.#port), '--bind', '127.0.0.1',
      '--dir', this.#folder, '--save', '', '--appendonly', 'yes', '--appendfsync', 'always',
    ]);
    if (!(await comesTrue(patienceMs, () => listensAt(this.#port)))) throw new Error('Redis does not start');
  }

  /** As a power cut would. */
  async kill(): Promise<void> {
    await this.#child?.kill();
  }
}
