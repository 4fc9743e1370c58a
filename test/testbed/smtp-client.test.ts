// The SMTP client against the mock receiver: what was said is what was heard.

import { createServer, type AddressInfo, type Socket } from 'node:net';
import { once } from 'node:events';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  type Peer, type ReceiverBehaviour, type SmtpReceiver, startSmtpReceiver,
} from '../../mocks/index.ts';
import type { Reply } from '../../policy/index.ts';
import { buildMessage, SendingAddresses, SmtpClient } from '../../testbed/index.ts';

const reply = (code: number, enhanced: string, text: string): Reply =>
  ({ code, enhanced, text, class: 'policy' });
const ok = reply(250, '2.0.0', 'ok');
const willing: ReceiverBehaviour = {
  connect: () => null, mail: () => null, recipient: () => null, data: () => ok,
};

const opened: { close(): unknown }[] = [];
let addresses: SendingAddresses;
let client: SmtpClient<string>;
beforeEach(() => {
  addresses = new SendingAddresses();
  client = new SmtpClient({ addresses, classify: () => 'policy' });
  opened.push(client);
});
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const start = async (behaviour: Partial<ReceiverBehaviour>): Promise<SmtpReceiver> => {
  const whole = { ...willing, ...behaviour };
  const receiver = await startSmtpReceiver({ name: 'mx.gmail.test', behaviour: whole });
  opened.push(receiver);
  return receiver;
};
const gone = reply(550, '5.1.1', 'unknown');
/** Nobody has an address that begins with u. */
const unlessU = (_peer: Peer, address: string): Reply | null => (address.startsWith('u') ? gone : null);
const message = buildMessage({
  from: 'a@t.test', to: ['r@gmail.test'], subject: 'x', date: 0, messageId: '1@t.test',
});
const deliver = (port: number, recipients: readonly string[] = ['r@gmail.test'], from = '192.0.2.10') =>
  client.deliver({ receiver: 'gmail', port, from, envelope: { sender: 'a@t.test', recipients }, message });

test('refuses an address that is not loopback, before it connects anywhere', () => {
  const others = ['192.0.2.1', '0.0.0.0', 'localhost', 'gmail.test', '::ffff:192.0.2.1', '128.0.0.1', ''];
  for (const host of others) {
    expect(() => new SmtpClient({ addresses, classify: () => 'policy', host })).toThrow(
      expect.objectContaining({ name: 'SmtpClientError', code: 'not-loopback' }),
    );
  }
});

test('brings back one reply a recipient, in their order', async () => {
  const { port } = await start({
    recipient: (_peer, address) =>
      address.startsWith('u') ? reply(550, '5.1.1', `${address}: unknown`)
      : address.startsWith('f') ? reply(452, '4.2.2', 'full')
      : null,
  });
  expect(await deliver(port, ['u1@gmail.test', 'r1@gmail.test', 'f1@gmail.test', 'u2@gmail.test'])).toEqual([
    reply(550, '5.1.1', 'u1@gmail.test: unknown'),
    ok,
    reply(452, '4.2.2', 'full'),
    reply(550, '5.1.1', 'u2@gmail.test: unknown'),
  ]);
});

test('a recipient named twice gets its reply twice', async () => {
  const { port } = await start({ recipient: unlessU });
  const named = ['r@gmail.test', 'u@gmail.test', 'r@gmail.test', 'u@gmail.test'];
  expect(await deliver(port, named)).toEqual([ok, gone, ok, gone]);
});

test('asks what kind of refusal it is of whoever knows the receiver', async () => {
  const { port } = await start({ mail: () => reply(451, '4.7.500', 'server busy') });
  const seen: unknown[] = [];
  const judging = new SmtpClient<string>({ addresses, classify: (...all) => (seen.push(all), 'transient') });
  opened.push(judging);
  const [first] = await judging.deliver({
    receiver: 'outlook', port, from: '192.0.2.10', message,
    envelope: { sender: '', recipients: ['r@gmail.test'] },
  });
  expect(first!.class).toBe('transient');
  expect(seen).toEqual([['outlook', 451, '4.7.500', 'server busy']]);
});

test('a refusal at the greeting, at MAIL or at DATA stands for all not refused before', async () => {
  const two = ['r1@gmail.test', 'r2@gmail.test'];
  const refused = reply(554, '5.7.1', 'listed');
  for (const phase of ['connect', 'mail', 'data'] as const) {
    const { port } = await start({ [phase]: () => refused });
    expect(await deliver(port, two), phase).toEqual([refused, refused]);
  }
  const { port } = await start({ recipient: unlessU, data: () => refused });
  expect(await deliver(port, ['u@gmail.test', ...two])).toEqual([gone, refused, refused]);
});

test('a 421 at a recipient ends the session for all that are not refused yet', async () => {
  const closing = reply(421, '4.7.1', 'excessive volume');
  const asked: string[] = [];
  let data = 0;
  const { port } = await start({
    recipient: (peer, address) => {
      asked.push(address);
      return address.startsWith('c') ? closing : unlessU(peer, address);
    },
    data: () => ((data += 1), ok),
  });
  const recipients = ['r1@gmail.test', 'u1@gmail.test', 'c1@gmail.test', 'r2@gmail.test'];
  expect(await deliver(port, recipients)).toEqual([closing, gone, closing, closing]);
  expect(asked).toEqual(recipients.slice(0, 3));
  expect(data).toBe(0);
  expect(await deliver(port)).toEqual([ok]);
});

test('keeps one connection for each receiver and sending address, and reuses it', async () => {
  const ports = new Set<number>();
  const one = await start({ data: (peer) => (ports.add(peer.port), ok) });
  const two = await start({ data: (peer) => (ports.add(peer.port), ok) });
  for (let round = 0; round < 5; round += 1) {
    for (const { port } of [one, two]) {
      expect(await deliver(port, undefined, '192.0.2.10')).toEqual([ok]);
      expect(await deliver(port, undefined, '192.0.2.11')).toEqual([ok]);
    }
  }
  expect([one.connections, two.connections, client.connections]).toEqual([2, 2, 4]);
});

test('goes on over the same connection after refusals of every kind', async () => {
  const connections = new Set<number>();
  let now: Partial<Record<keyof ReceiverBehaviour, Reply>> = {};
  const receiver = await start({
    connect: () => now.connect ?? null,
    mail: (peer) => (connections.add(peer.port), now.mail ?? null),
    recipient: () => now.recipient ?? null,
    data: () => now.data ?? ok,
  });
  expect(await deliver(receiver.port)).toEqual([ok]);
  const refused = reply(550, '5.7.1', 'no');
  for (const phase of ['connect', 'mail', 'recipient', 'data'] as const) {
    now = { [phase]: refused };
    expect(await deliver(receiver.port), phase).toEqual([refused]);
    now = {};
    expect(await deliver(receiver.port), `after ${phase}`).toEqual([ok]);
  }
  expect(connections.size).toBe(1);
});

test('connects anew after a 421 closed the connection, in whatever phase', async () => {
  const closing = reply(421, '4.7.0', 'later');
  for (const phase of ['connect', 'mail', 'recipient', 'data'] as const) {
    let closes = true;
    const said = (accepts: Reply | null) => () => (closes ? closing : accepts);
    const { port } = await start({ [phase]: said(phase === 'data' ? ok : null) });
    expect(await deliver(port), phase).toEqual([closing]);
    closes = false;
    expect(await deliver(port), `after ${phase}`).toEqual([ok]);
  }
});

test('connects anew where the server closed an idle connection', async () => {
  const first = await start({});
  expect(await deliver(first.port)).toEqual([ok]);
  await first.close();
  const again = await startSmtpReceiver({ name: 'mx.gmail.test', behaviour: willing, port: first.port });
  opened.push(again);
  expect(await deliver(first.port)).toEqual([ok]);
});

test('the receiver can tell the sending address of a connection, even at its greeting', async () => {
  const seen: string[] = [];
  const tell = async (peer: Peer) => (seen.push(await addresses.of(peer)), null);
  const { port } = await start({ connect: tell, mail: tell });
  await Promise.all(['192.0.2.10', '192.0.2.11', '192.0.2.12'].map((from) => deliver(port, undefined, from)));
  expect(seen.sort()).toEqual([
    '192.0.2.10', '192.0.2.10', '192.0.2.11', '192.0.2.11', '192.0.2.12', '192.0.2.12',
  ]);
});

test('hands over the very bytes of the message, leading dots included', async () => {
  const contents: string[] = [];
  const { port } = await start({ data: (_peer, { content }) => (contents.push(content.toString()), ok) });
  const dotted = Buffer.from('Subject: dots\r\n\r\n.\r\n..\r\n.x\r\n');
  await client.deliver({
    receiver: 'gmail', port, from: '192.0.2.10', message: dotted,
    envelope: { sender: 'a@t.test', recipients: ['r@gmail.test'] },
  });
  expect(contents).toEqual([dotted.toString()]);
});

test('deliveries asked for at once over one connection wait for each other', async () => {
  const { port } = await start({});
  const all = await Promise.all(Array.from({ length: 20 }, () => deliver(port)));
  expect(all).toEqual(new Array(20).fill([ok]));
  expect(client.connections).toBe(1);
});

test('says in words that nobody listens, or that the server broke off without a reply', async () => {
  const other = createServer((socket: Socket) => socket.end()).listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(deliver(port)).rejects.toMatchObject({ name: 'SmtpClientError', code: 'session-broken' });
  other.close();
  await once(other, 'close');
  const unheard = { code: 'cannot-connect', message: expect.stringContaining(`port ${port}`) };
  await expect(deliver(port)).rejects.toMatchObject(unheard);
  await expect(deliver(port, [])).rejects.toMatchObject({ code: 'bad-envelope' });
});

test('whatever a receiver replies comes back as it was, in every phase', async () => {
  let now: { phase: keyof ReceiverBehaviour; said: Reply } = { phase: 'mail', said: ok };
  const say = (phase: keyof ReceiverBehaviour) => () => (now.phase === phase ? now.said : null);
  const { port } = await start({
    connect: say('connect'), mail: say('mail'), recipient: say('recipient'), data: () => say('data')() ?? ok,
  });
  const words = ['mailbox', 'Ünbekannt', '[192.0.2.10]', '5.7.1:', 'https://help.example/?a=1', '-', '550'];
  const word = fc.constantFrom(...words);
  const line = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
  const said = fc.record({
    code: fc.constantFrom(421, 450, 451, 550, 554),
    detail: fc.constantFrom('', '.1.1', '.7.650'),
    text: fc.array(line, { minLength: 1, maxLength: 3 }).map((lines) => lines.join('\n')),
  });
  const phase = fc.constantFrom<(keyof ReceiverBehaviour)[]>('connect', 'mail', 'recipient', 'data');
  await fc.assert(fc.asyncProperty(phase, said, async (at, { code, detail, text }) => {
    now = { phase: at, said: reply(code, detail === '' ? '' : `${Math.floor(code / 100)}${detail}`, text) };
    expect(await deliver(port)).toEqual([now.said]);
  }));
});
