// Postfix takes its time: what it says in its log it has not always done yet.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { once } from 'node:events';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { describe, expect, onTestFinished, test } from 'vitest';
import { startLoginServer } from '../../../testbed/mta/login-server.ts';
import { startLoopbackServer } from '../../../testbed/mta/loopback-server.ts';
import { startPostfix } from '../../../testbed/mta/postfix.ts';
import type { Mta } from '../../../testbed/mta/mta.ts';
import { lackingForPostfix } from './lacking.ts';

const minute = 60_000;

/** A policy service that has nothing to say. */
const agree = (socket: Socket): void => {
  socket.setEncoding('utf8');
  socket.on('data', (text: string) => {
    if (text.endsWith('\n\n')) socket.write('action=DUNNO\n\n');
  });
};

/** A Postfix whose one receiver puts off whom it has not seen; `firstSeen` is called before it answers. */
const platform = async (firstSeen: () => void): Promise<Mta> => {
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
const queueManagerOf = ({ log }: Mta): number => {
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

const handIn = (mta: Mta, number: number) => mta.submit({
  login: 'a0@t0.test', client: '127.64.0.1', sender: 'a0@t0.test', recipients: [`r${number}@plain.test`],
  messageId: `${number}.0@out.platform.test`,
  message: Buffer.from(`Message-ID: <${number}.0@out.platform.test>\r\nSubject: a test\r\n\r\nhello\r\n`),
});

describe.skipIf(lackingForPostfix !== '')('Postfix', () => {
  test('tries again a message that it has said to be put off, and has not put there yet', async () => {
    let isHeldUp = false;
    const mta = await platform(() => {
      const manager = queueManagerOf(mta);
      process.kill(manager, 'SIGSTOP');
      isHeldUp = true;
      setTimeout(() => {
        process.kill(manager, 'SIGCONT');
        isHeldUp = false;
      }, 3_000);
    });
    mta.moveTo(minute);
    const id = '1.0@out.platform.test';
    expect(await handIn(mta, 1)).toEqual({ kind: 'queued', id });
    expect((await mta.statuses(id, 1)).map(({ fate }) => fate)).toEqual(['deferred']);
    expect([isHeldUp, mta.nextTry(id, 'r1@plain.test')]).toEqual([false, 6 * minute]);
    mta.moveTo(2 * minute);
    await mta.flush(id);
    expect((await mta.statuses(id, 2)).map(({ fate }) => fate)).toEqual(['deferred', 'sent']);
  }, 60_000);
});
