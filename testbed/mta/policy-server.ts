// Answers the mail server's policy requests from the engine of the run, in the way that `sharedfate serve`
// answers them, while virtual time stands still.

import type { Verdict } from '../../policy/index.ts';
import { writeAction } from '../delegation/action.ts';
import { AttributeReader } from '../delegation/attribute-reader.ts';
import type { Attributes } from '../delegation/attributes.ts';
import { actionFor } from '../serve/answer.ts';
import { type LoopbackServer, startLoopbackServer } from './loopback-server.ts';

/** `judge` says what the policy makes of the message that is being handed in. */
export const startPolicyServer = (
  judge: (asked: Attributes) => Verdict, failed: (error: unknown) => void,
): Promise<LoopbackServer> =>
  startLoopbackServer((socket) => {
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

/** What is held until a time is let go by the run; one sending address serves all pools. */
const always = { canRelease: true, pools: new Map<string, string>() };
