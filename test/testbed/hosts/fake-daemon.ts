// A policy delegation daemon of our own that behaves as badly as a test asks.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Endpoint } from '../../../testbed/hosts/endpoint.ts';

export interface FakeDaemon {
  readonly endpoint: Endpoint;
  /** Requests so far, as they came. */
  readonly requests: readonly string[];
  /** Connections that were taken. */
  connections(): number;
  close(): Promise<void>;
}

/** `answer` gets each whole request with its number, from 0, and the connection it came over. */
export const fakeDaemon = async (
  answer: (socket: Socket, number: number, request: string) => void,
): Promise<FakeDaemon> => {
  const requests: string[] = [];
  const sockets = new Set<Socket>();
  let taken = 0;
  const server = createServer((socket) => {
    taken += 1;
    sockets.add(socket);
    let text = '';
    socket.on('error', () => undefined);
    socket.on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      text += chunk.toString();
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const request = text.slice(0, end);
        text = text.slice(end + 2);
        requests.push(request);
        answer(socket, requests.length - 1, request);
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: { host: '127.0.0.1', port }, requests, connections: () => taken,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};

/** The attributes of a request, by name. */
export const attributesOf = (request: string): ReadonlyMap<string, string> =>
  new Map(request.split('\n').map((line) => {
    const at = line.indexOf('=');
    return [line.slice(0, at), line.slice(at + 1)] as const;
  }));
