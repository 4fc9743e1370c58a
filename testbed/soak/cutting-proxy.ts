// Stands between a client and a server on loopback, and cuts connections where it hurts: in the middle of a
// request or of a reply, or between the two.

import { connect, createServer, type Server, type Socket } from 'node:net';
import { type Endpoint, connectTo } from '../hosts/endpoint.ts';
import type { Chance } from './chance.ts';

export type Cut = 'request' | 'reply' | 'before the reply';

export class CuttingProxy {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #chance: Chance;
  readonly #onCut: (cut: Cut) => void;
  #next: Cut | undefined;

  /** `onCut` hears of each cut as it is made. */
  constructor(target: () => Endpoint, chance: Chance, onCut: (cut: Cut) => void) {
    this.#chance = chance;
    this.#onCut = onCut;
    this.#server = createServer((near) => this.#join(near, connectTo(target())));
  }

  async listen(at: { readonly port: number } | { readonly path: string }): Promise<void> {
    const where = 'path' in at ? { path: at.path } : { port: at.port, host: '127.0.0.1' };
    await new Promise<void>((done, fail) => {
      this.#server.once('error', fail);
      this.#server.listen(where, done);
    });
  }

  get port(): number {
    const address = this.#server.address();
    return address === null || typeof address === 'string' ? 0 : address.port;
  }

  /** The next bytes that pass that way are cut. */
  arm(cut: Cut): void {
    this.#next = cut;
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((done) => this.#server.close(() => done()));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #join(near: Socket, far: Socket): void {
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) {
      this.#sockets.add(socket);
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', () => {
        this.#sockets.delete(socket);
        end();
      });
    }
    near.on('data', (bytes) => this.#pass(bytes, far, 'request', end));
    far.on('data', (bytes) => this.#pass(bytes, near, 'reply', end));
  }

  #pass(bytes: Buffer, to: Socket, way: 'request' | 'reply', end: () => void): void {
    const isCut = this.#next === way || (this.#next === 'before the reply' && way === 'reply');
    if (!isCut || to.connecting) return void to.write(bytes);
    const cut = this.#next!;
    this.#next = undefined;
    this.#onCut(cut);
    const length = cut === 'before the reply' ? 0 : 1 + this.#chance.below(Math.max(1, bytes.length - 1));
    if (length === 0) return end();
    to.write(bytes.subarray(0, length), end);
  }
}

/** Whether somebody listens at a port of loopback. */
export const listensAt = (port: number): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      done(true);
    });
    socket.once('error', () => done(false));
  });
