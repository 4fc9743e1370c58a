// What a policy delegation daemon may do wrong, and what is said of it; and what it may do.

import type { Socket } from 'node:net';
import { expect, test } from 'vitest';
import { DelegationClient } from '../../../testbed/hosts/delegation-client.ts';
import { readEndpoint } from '../../../testbed/hosts/endpoint.ts';
import { fakeDaemon, type FakeDaemon } from './fake-daemon.ts';

const asking = async (
  answer: (socket: Socket, number: number) => void,
  work: (client: DelegationClient, daemon: FakeDaemon) => Promise<void>,
): Promise<void> => {
  const daemon = await fakeDaemon(answer);
  const client = new DelegationClient({ endpoint: daemon.endpoint, patienceMs: 300 });
  try {
    await work(client, daemon);
  } finally {
    client.close();
    await daemon.close();
  }
};

const ask = (client: DelegationClient): Promise<unknown> => client.ask('request=smtpd_access_policy\n\n');

test.each<readonly [string, (socket: Socket) => void, string]>([
  ['says nothing', () => undefined, 'did not answer within 300 ms'],
  ['closes', (socket) => void socket.end(), 'closed the connection and did not answer'],
  ['breaks off', (socket) => void socket.end('action=DUN'), 'closed the connection in the middle of its'],
  ['resets', (socket) => void socket.resetAndDestroy(), 'broke the connection'],
  ['talks nonsense', (socket) => void socket.write('HTTP/1.1 400 Bad Request\n\n'), 'answered nonsense'],
  ['sends an empty list', (socket) => void socket.write('\n\n'), 'answered nonsense: it is empty'],
  ['sends binary', (socket) => void socket.write('action=\0\n\n'), 'answered nonsense'],
  ['names no action', (socket) => void socket.write('akshun=OK\n\n'), 'an answer is one line, action=...'],
  ['sends an empty action', (socket) => void socket.write('action= \n\n'), 'answered without an action'],
  ['sends two lines', (socket) => void socket.write('action=OK\nmore=1\n\n'), 'an answer is one line'],
  ['never ends', (socket) => void socket.write(`action=${'x'.repeat(20_000)}`), 'did not answer within'],
])('a daemon that %s is told by what it did', async (_, answer, words) => {
  await asking(answer, async (client) => {
    await expect(ask(client)).rejects.toThrow(words);
    await expect(ask(client)).rejects.toThrow(/^127\.0\.0\.1:\d+ /);
  });
});

test('one where nobody listens is told as such', async () => {
  const daemon = await fakeDaemon(() => undefined);
  await daemon.close();
  const client = new DelegationClient({ endpoint: daemon.endpoint });
  await expect(ask(client)).rejects.toMatchObject({ code: 'cannot-connect' });
});

test('an answer that nobody asked for fails the next question, whose answer it could be', async () => {
  await asking((socket) => void socket.write('action=OK\n\naction=REJECT\n\n'), async (client) => {
    await ask(client);
    await expect(ask(client)).rejects.toMatchObject({ code: 'unasked' });
  });
});

test('a daemon that closes after each answer is connected to anew', async () => {
  const closing = (socket: Socket): void => void socket.end('action=OK\n\n');
  await asking(closing, async (client, daemon) => {
    for (let turn = 0; turn < 3; turn += 1) expect(await ask(client)).toMatchObject({ verb: 'OK' });
    expect(daemon.connections()).toBe(3);
  });
});

test('one that served before and closes instead of an answer is asked once more, as by Postfix', async () => {
  const answer = (socket: Socket, number: number): void =>
    void (number === 1 ? socket.end() : socket.write('action=OK\n\n'));
  await asking(answer, async (client, daemon) => {
    await ask(client);
    await ask(client);
    expect([daemon.requests.length, daemon.connections()]).toEqual([3, 2]);
  });
});

test('a second question before the answer is refused', async () => {
  await asking(() => undefined, async (client) => {
    const first = ask(client);
    await expect(ask(client)).rejects.toThrow('one question at a time');
    await expect(first).rejects.toThrow('did not answer');
  });
});

test('an answer in pieces, and one with carriage returns, is an answer', async () => {
  const slowly = (socket: Socket): void => {
    socket.write('action=450 4.7.1');
    setImmediate(() => socket.write(' later\r\n'));
    setImmediate(() => setImmediate(() => socket.write('\r\n')));
  };
  await asking(slowly, async (client) => {
    expect(await ask(client)).toEqual({ verb: '450', text: '4.7.1 later' });
  });
});

test.each([
  ['127.0.0.1:10040', { host: '127.0.0.1', port: 10_040 }],
  ['localhost:10040', { host: '127.0.0.1', port: 10_040 }],
  ['[::1]:10040', { host: '::1', port: 10_040 }],
  ['unix:/var/spool/x', { path: '/var/spool/x' }],
  ['/var/spool/x', { path: '/var/spool/x' }],
])('%s is a place', (text, endpoint) => {
  expect(readEndpoint(text)).toEqual(endpoint);
});

test.each([
  ['192.0.2.1:10040', 'not a loopback address'], ['mail.example.test:25', 'is no place'],
  ['127.0.0.1', 'is no place'], ['127.0.0.1:0', 'is no place'], ['127.0.0.1:70000', 'is no place'],
  ['', 'is no place'], ['unix:relative', 'is no place'],
])('%j is none', (text, words) => {
  expect(() => readEndpoint(text)).toThrow(words);
});
