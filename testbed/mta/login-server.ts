// Lets every account log in: a server for Dovecot's authentication protocol, which Postfix asks. Passwords
// are not looked at, for the platform is a simulated one.

import { createServer, type Server, type Socket } from 'node:net';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

export interface LoginServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Read from Dovecot's description of the protocol, version 1.1: one line a command, fields by tabs. */
const greeting = ['VERSION\t1\t1', 'MECH\tPLAIN\tplaintext', 'SPID\t1', 'CUID\t1', 'COOKIE\t00', 'DONE', '']
  .join('\n');

/** Starts on a free port of loopback. */
export const startLoginServer = async (): Promise<LoginServer> => {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    socket.setEncoding('utf8');
    socket.write(greeting);
    let begun = '';
    socket.on('data', (text: string) => {
      const lines = (begun + text).split('\n');
      begun = lines.pop()!;
      for (const line of lines) {
        const reply = answer(line);
        if (reply !== undefined) socket.write(`${reply}\n`);
      }
    });
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

/** `AUTH id PLAIN service=smtp ... resp=BASE64` gets its OK with the name that the response holds. */
export const answer = (line: string): string | undefined => {
  const [command, id, mechanism, ...fields] = line.split('\t');
  if (command !== 'AUTH') return undefined;
  const response = fields.find((field) => field.startsWith('resp='))?.slice('resp='.length);
  if (mechanism !== 'PLAIN' || response === undefined) {
    return `FAIL\t${id}\treason=PLAIN with a response only`;
  }
  const [, user = ''] = Buffer.from(response, 'base64').toString('utf8').split('\0');
  return user === '' || /[\t\n]/.test(user) ? `FAIL\t${id}` : `OK\t${id}\tuser=${user}`;
};
