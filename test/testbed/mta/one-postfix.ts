// A Postfix of a test's own, between one account and one receiver that puts off whom it has not seen.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { onTestFinished } from 'vitest';
import { startLoginServer } from '../../../testbed/mta/login-server.ts';
import { startLoopbackServer } from '../../../testbed/mta/loopback-server.ts';
import { startPostfix } from '../../../testbed/mta/postfix.ts';
import type { Mta } from '../../../testbed/mta/mta.ts';

export const minute = 60_000;

/** A policy service that has nothing to say. */
const agree = (socket: Socket): void => {
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    if (text.endsWith('\n\n')) socket.write('action=DUNNO\n\n');
  });
};

/** `firstSeen` is called before the receiver answers whom it sees for the first time. */
export const postfixAndOne = async (firstSeen: () => void): Promise<Mta> => {
  const seen = new Set<string>();
  const receiver = new SMTPServer({
    authOptional: true, disabledCommands: ['STARTTLS'],
    onRcptTo({ address }, _session, done) {
      if (seen.has(address)) return done();
      seen.add(address);
      firstSeen();
      done(Object.assign(new Error('4.7.1 greylisted'), { responseCode: 451 }));
    },
    onData(stream, _session, done) {
      stream.resume();
      stream.once('end', () => done());
    },
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver.server, 'listening');
  onTestFinished(() => new Promise((resolve) => receiver.close(() => resolve())));
  const [login, policy] = await Promise.all([startLoginServer(), startLoopbackServer(agree)]);
  onTestFinished(async () => void await Promise.all([login.close(), policy.close()]));
  const { port } = receiver.server.address() as AddressInfo;
  const mta = await startPostfix({
    loginPort: login.port, policyPort: policy.port, sendFrom: ['127.0.0.1'],
    receivers: new Map([['plain.test', port]]), senders: new Map([['t0.test', 0]]), connections: 5,
    times: { firstRetry: 5 * minute, longestRetry: 60 * minute, scan: 5 * minute, giveUp: 7_200 * minute },
    epoch: Date.parse('2027-01-04T07:00:00Z'),
  });
  onTestFinished(() => mta.close());
  return mta;
};

/** The process that moves messages from queue to queue. */
export const queueManagerOf = ({ log }: Mta): number => {
  const queue = join(log!, '../../queue');
  const found = readdirSync('/proc').find((name) => {
    try {
      return readFileSync(`/proc/${name}/comm`, 'utf8') === 'qmgr\n'
        && readlinkSync(`/proc/${name}/cwd`) === queue;
    } catch {
      return false;
    }
  });
  if (found === undefined) throw new Error(`no queue manager works in ${queue}`);
  return Number(found);
};

export const handIn = (mta: Mta, number: number) => mta.submit({
  login: 'a0@t0.test', client: '127.64.0.1', sender: 'a0@t0.test', recipients: [`r${number}@plain.test`],
  messageId: `${number}.0@out.platform.test`,
  message: Buffer.from(`Message-ID: <${number}.0@out.platform.test>\r\nSubject: a test\r\n\r\nhello\r\n`),
});
