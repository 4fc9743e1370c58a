// Where the mail system knocks: TCP on loopback, or Unix sockets. Each connection is served in the order of
// its requests; answers leave together, once what they rest on is written down.

import { chmodSync, existsSync, lstatSync, rmSync } from 'node:fs';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { dirname } from 'node:path';
import { AttributeReader, type Reading } from '../delegation/attribute-reader.ts';
import type { Tell } from './state-files.ts';

export type Place =
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
  | { readonly kind: 'unix'; readonly path: string };

export const placeText = (place: Place): string =>
  place.kind === 'unix' ? `unix:${place.path}`
  : place.host.includes(':') ? `[${place.host}]:${place.port}` : `${place.host}:${place.port}`;

/** A place where one cannot listen: which, why, and what to do. */
export class DoorMistake extends Error {
  override readonly name = 'DoorMistake';
}

export interface DoorOptions {
  /** The whole reply to a list of attributes, or to what was none. */
  readonly answer: (reading: Reading) => string;
  /** Called before answers leave: what they rest on is to be written down. */
  readonly settle: () => void;
  readonly tell: Tell;
  /** Milliseconds in which a request that has begun must be whole; who takes longer is cut off. */
  readonly timeOutMs: number;
  /** Connections at once; further ones are closed as they come. */
  readonly mostConnections: number;
  /** Permissions of a Unix socket, such as 0o666. */
  readonly socketMode: number;
}

/** Bytes that a peer may leave unread before no more is read from it. */
const mostUnread = 262_144;
/** Milliseconds in which what peers had sent when the door closes is still read, and then to be finished. */
const graceMs = 100;
const drainMs = 5_000;

export class Door {
  readonly #options: DoorOptions;
  readonly #servers: Server[] = [];
  readonly #sockets = new Map<Socket, AttributeReader>();
  /** Answers that wait for what they rest on. */
  readonly #ready = new Map<Socket, string>();
  #isDue = false;
  #isClosing = false;
  #isEnding = false;
  #turnedAway = 0;

  constructor(options: DoorOptions) {
    this.#options = options;
  }

  get connections(): number {
    return this.#sockets.size;
  }

  /** Opens it at one more place; resolves to the place as it is, with the port that was free for port 0. */
  async listen(place: Place): Promise<Place> {
    const server = createServer((socket) => this.#welcome(socket));
    if (place.kind === 'unix') await clearStale(place.path);
    try {
      await listening(server, place);
    } catch (error) {
      throw inWords(place, error as NodeJS.ErrnoException);
    }
    if (place.kind === 'unix') chmodSync(place.path, this.#options.socketMode);
    server.on('error', (error) => this.#options.tell(`${placeText(place)}: ${error.message}`));
    this.#servers.push(server);
    const address = server.address();
    return place.kind === 'unix' || address === null || typeof address === 'string' ? place
      : { ...place, port: address.port };
  }

  /** Lets nobody in any more, answers what has come, and waits a little for what is half here. */
  async close(): Promise<void> {
    this.#isClosing = true;
    const closed = this.#servers.map((server) => new Promise<void>((done) => server.close(() => done())));
    await new Promise<void>((done) => setTimeout(done, graceMs));
    this.#isEnding = true;
    this.#leave();
    // Who has asked nothing need not notice; a mail system sees it when it asks next, and comes again.
    for (const [socket, reader] of this.#sockets) if (!reader.isInside) socket.destroySoon();
    const late = setTimeout(() => {
      for (const socket of this.#sockets.keys()) socket.destroy();
    }, drainMs);
    await Promise.all(closed);
    clearTimeout(late);
  }

  #welcome(socket: Socket): void {
    const { mostConnections, tell, timeOutMs } = this.#options;
    if (this.#sockets.size >= mostConnections || this.#isClosing) {
      socket.destroy();
      this.#turnedAway += 1;
      if (this.#turnedAway === 1 && !this.#isClosing) {
        tell(`${mostConnections} connections are open; further ones are turned away (--connections).`);
      }
      return;
    }
    const reader = new AttributeReader();
    this.#sockets.set(socket, reader);
    socket.setNoDelay(true);
    let timer: NodeJS.Timeout | undefined;
    socket.on('data', (chunk) => {
      let heard = false;
      reader.take(chunk, (reading) => {
        heard = true;
        this.#ready.set(socket, (this.#ready.get(socket) ?? '') + this.#options.answer(reading));
      });
      if (heard) {
        this.#leaveSoon();
        clearTimeout(timer);
        timer = undefined;
      }
      if (reader.isInside) {
        timer ??= setTimeout(() => {
          tell(`a request was not whole after ${timeOutMs / 1_000} s; its connection is closed.`);
          socket.destroy();
        }, timeOutMs);
      }
    });
    socket.on('drain', () => socket.resume());
    // Who breaks off has had all the answers it will get; half a request is none.
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(timer);
      this.#sockets.delete(socket);
      this.#ready.delete(socket);
    });
  }

  /** After all that has come in this turn, so that one write to the disk is enough for all of it. */
  #leaveSoon(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    setImmediate(() => this.#leave());
  }

  #leave(): void {
    this.#isDue = false;
    this.#options.settle();
    for (const [socket, text] of this.#ready) {
      if (socket.destroyed || socket.writableEnded) continue;
      socket.write(text);
      if (socket.writableLength > mostUnread) socket.pause();
      if (this.#isEnding && !this.#sockets.get(socket)!.isInside) socket.destroySoon();
    }
    this.#ready.clear();
  }
}

const listening = (server: Server, place: Place): Promise<void> =>
  new Promise((done, fail) => {
    server.once('error', fail);
    const where = place.kind === 'unix' ? { path: place.path } : { host: place.host, port: place.port };
    server.listen(where, () => {
      server.off('error', fail);
      done();
    });
  });

/** Removes a Unix socket that nobody listens at any more, as a killed process leaves it. */
const clearStale = async (path: string): Promise<void> => {
  if (!existsSync(dirname(path))) {
    throw new DoorMistake(`unix:${path}: its folder does not exist. Make it, or choose another path.`);
  }
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isSocket()) {
    throw new DoorMistake(`${path} is there and is no socket. Choose another path for --listen, or move it.`);
  }
  const isAlive = await new Promise<boolean>((done) => {
    const socket = connect(path, () => {
      socket.destroy();
      done(true);
    });
    socket.on('error', () => done(false));
  });
  if (isAlive) throw new DoorMistake(`${path} is busy: ${busy}.`);
  rmSync(path);
};

const busy = 'another program listens there. End it, or choose another place';

const inWords = (place: Place, { code, message }: NodeJS.ErrnoException): DoorMistake => {
  const where = placeText(place);
  switch (code) {
    case 'EADDRINUSE':
      return new DoorMistake(`${where} is busy: ${busy}.`);
    case 'EACCES':
      return new DoorMistake(`${where}: no permission to listen there. Choose another place, or its rights.`);
    case 'EADDRNOTAVAIL':
      return new DoorMistake(`${where}: this machine has no such address.`);
    default:
      return new DoorMistake(`${where}: cannot listen there: ${message}.`);
  }
};
