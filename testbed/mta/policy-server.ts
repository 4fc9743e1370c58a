// Answers the mail server's policy requests from the engine of the run, in the way that `sharedfate serve`
// answers them, while virtual time stands still.

import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Verdict } from '../../policy/index.ts';
import { writeAction } from '../delegation/action.ts';
import { AttributeReader } from '../delegation/attribute-reader.ts';
import type { Attributes } from '../delegation/attributes.ts';
import { actionFor } from '../serve/answer.ts';

export interface PolicyServer {
  readonly port: number;
  close(): Promise<void>;
}

/** `judge` says what the policy makes of the message that is being handed in. */
export const startPolicyServer = async (
  judge: (asked: Attributes) => Verdict, failed: (error: unknown) => void,
): Promise<PolicyServer> => {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', () => {});
    const reader = new AttributeReader();
    socket.on('data', (bytes) => {
      try {
        reader.take(bytes, (reading) => {
          if (reading.kind === 'malformed') throw new TypeError(reading.why);
          const asked = reading.attributes;
          socket.write(writeAction(actionFor(judge(asked), asked.get('queue_id') ?? '', always)));
        });
      } catch (error) {
        failed(error);
        socket.destroy();
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

/** What is held until a time is let go by the run; one sending address serves all pools. */
const always = { canRelease: true, pools: new Map<string, string>() };
