// A small server on a free port of loopback, for the questions that a mail server asks: who may log in, and
// what the policy says.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';

export interface LoopbackServer {
  readonly port: number;
  /** Cuts the connections and stops listening. */
  close(): Promise<void>;
}

/** `greet` is handed each connection as it comes; one that breaks is nobody's fault. */
export const startLoopbackServer = async (greet: (socket: Socket) => void): Promise<LoopbackServer> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    greet(socket);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
};
