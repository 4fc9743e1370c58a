// The mock receiver as seen by a bare socket.

import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterEach, expect, test } from 'vitest';
import {
  type Peer, type ReceivedMessage, type ReceiverBehaviour, type SmtpReceiver, startSmtpReceiver,
} from '../../mocks/index.ts';
import type { Reply } from '../../policy/index.ts';
import { RawSmtp } from './raw-smtp.ts';

const reply = (code: number, enhanced: string, text: string): Reply =>
  ({ code, enhanced, text, class: 'policy' });
const ok = reply(250, '2.0.0', 'ok');
const willing: ReceiverBehaviour = {
  connect: () => null, mail: () => null, recipient: () => null, data: () => ok,
};

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const start = async (behaviour: Partial<ReceiverBehaviour>, more: object = {}): Promise<SmtpReceiver> => {
  const whole = { ...willing, ...behaviour };
  const receiver = await startSmtpReceiver({ name: 'mx.gmail.test', behaviour: whole, ...more });
  opened.push(receiver);
  return receiver;
};
const ready = async (receiver: SmtpReceiver): Promise<RawSmtp> => {
  const raw = await RawSmtp.ready(receiver.port);
  opened.push({ close: () => raw.end() });
  return raw;
};
const open = async (receiver: SmtpReceiver): Promise<RawSmtp> => {
  const raw = await RawSmtp.open(receiver.port);
  opened.push({ close: () => raw.end() });
  return raw;
};

test('listens on loopback, and refuses to listen anywhere else', async () => {
  expect((await start({})).host).toBe('127.0.0.1');
  for (const host of ['0.0.0.0', '192.0.2.10', '::', 'localhost', '127.0.0.1.example.com', '']) {
    const refused = { name: 'MockServerError', code: 'not-loopback' };
    await expect(start({}, { host })).rejects.toMatchObject(refused);
  }
});

test('says in words that its port is busy', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  opened.push({ close: () => other.close() });
  await once(other, 'listening');
  const { port } = other.address() as AddressInfo;
  await expect(start({}, { port })).rejects.toMatchObject({
    code: 'port-busy', message: expect.stringContaining(`port ${port} of 127.0.0.1 is busy`),
  });
});

test('sends exactly the enhanced code of its reply, once, and none where the reply has none', async () => {
  const replies: Record<string, Reply> = {
    with: reply(550, '5.1.1', 'no such user'),
    without: reply(550, '', 'no such user'),
    doubled: reply(452, '4.2.2', '4.2.2 mailbox full'),
    lines: reply(421, '4.7.28', 'unusual rate\nsee the help page'),
  };
  const receiver = await start({ recipient: (_peer, address) => replies[address.split('@')[0]!] ?? null });
  const raw = await ready(receiver);
  await raw.ask('MAIL FROM:<a@tenant.test>');
  expect(await raw.ask('RCPT TO:<with@gmail.test>')).toBe('550 5.1.1 no such user');
  expect(await raw.ask('RCPT TO:<without@gmail.test>')).toBe('550 no such user');
  expect(await raw.ask('RCPT TO:<doubled@gmail.test>')).toBe('452 4.2.2 mailbox full');
  expect(await raw.ask('RCPT TO:<fine@gmail.test>')).toBe('250 Accepted');
  await raw.ask('DATA');
  expect(await raw.ask('Subject: x\r\n\r\nx\r\n.')).toBe('250 2.0.0 ok');
  await raw.ask('MAIL FROM:<a@tenant.test>');
  const lines = '421-4.7.28 unusual rate\n421 4.7.28 see the help page';
  expect(await raw.ask('RCPT TO:<lines@gmail.test>')).toBe(lines);
});

test('does not promise enhanced codes on every reply, for it gives only those it is told', async () => {
  const raw = await open(await start({}));
  await raw.reply();
  expect(await raw.ask('EHLO out.platform.test')).not.toContain('ENHANCEDSTATUSCODES');
});

test('a refusal to connect is the greeting of a new connection, and closes it', async () => {
  const raw = await open(await start({ connect: () => reply(421, '4.7.0', 'too many connections') }));
  expect(await raw.reply()).toBe('421 4.7.0 too many connections');
  expect(await raw.reply()).toBe('');
});

test('on a connection in use, the connect phase is asked at MAIL, once for each message', async () => {
  const asked: string[] = [];
  let listed = false;
  const raw = await ready(await start({
    connect: () => (asked.push('connect'), listed ? reply(554, '5.7.1', 'listed') : null),
    mail: () => (asked.push('mail'), null),
  }));
  expect(await raw.ask('MAIL FROM:<a@tenant.test>')).toBe('250 Accepted');
  expect(asked).toEqual(['connect', 'mail']);
  await raw.ask('RSET');
  await raw.ask('MAIL FROM:<a@tenant.test>');
  await raw.ask('RSET');
  listed = true;
  expect(await raw.ask('MAIL FROM:<a@tenant.test>')).toBe('554 5.7.1 listed');
  expect(asked).toEqual(['connect', 'mail', 'connect', 'mail', 'connect']);
  listed = false;
  expect(await raw.ask('MAIL FROM:<a@tenant.test>')).toBe('250 Accepted');
});

test('a 421 at MAIL closes the connection', async () => {
  const raw = await ready(await start({ mail: () => reply(421, '4.7.0', 'try later') }));
  expect(await raw.ask('MAIL FROM:<a@tenant.test>')).toBe('421 4.7.0 try later');
  expect(await raw.reply()).toBe('');
});

test('knows the ports and the name of its peer', async () => {
  const peers: Peer[] = [];
  const note = (peer: Peer) => (peers.push({ ...peer }), null);
  const receiver = await start({ connect: note, mail: note });
  const raw = await ready(receiver);
  await raw.ask('MAIL FROM:<>');
  const ends = { address: '127.0.0.1', port: raw.socket.localPort, serverPort: receiver.port };
  expect(peers).toEqual([{ ...ends, helo: '' }, { ...ends, helo: 'out.platform.test' }]);
});

test('gives each recipient its own fate, and the message to those it took', async () => {
  const messages: ReceivedMessage[] = [];
  const raw = await ready(await start({
    recipient: async (_peer, address) => (address.startsWith('gone') ? reply(550, '5.1.1', 'gone') : null),
    data: async (_peer, message) => (messages.push(message), ok),
  }));
  raw.write('MAIL FROM:<a@tenant.test>\r\nRCPT TO:<r1@gmail.test>\r\nRCPT TO:<gone@gmail.test>\r\n');
  raw.write('RCPT TO:<r2@gmail.test>\r\nDATA\r\n');
  const codes = [];
  for (let index = 0; index < 5; index += 1) codes.push((await raw.reply()).slice(0, 3));
  expect(codes).toEqual(['250', '250', '550', '250', '354']);
  await raw.ask('Subject: x\r\n\r\n..dot\r\n.');
  expect(messages.map(({ sender, recipients }) => ({ sender, recipients }))).toEqual([
    { sender: 'a@tenant.test', recipients: ['r1@gmail.test', 'r2@gmail.test'] },
  ]);
  expect(messages[0]!.content.toString()).toBe('Subject: x\r\n\r\n.dot\r\n');
});

test('a behaviour that throws is a 451 to the peer and a report to us; the receiver lives on', async () => {
  const seen: unknown[] = [];
  let sound = false;
  const fail = () => {
    if (sound) return null;
    throw new Error('out of luck');
  };
  const receiver = await start(
    { mail: fail, recipient: async () => fail(), data: () => fail() ?? ok },
    { onError: (error: Error, phase: string) => seen.push(`${phase}: ${error.message}`) },
  );
  const raw = await ready(receiver);
  expect(await raw.ask('MAIL FROM:<a@tenant.test>')).toBe('451 4.3.0 local error in processing');
  sound = true;
  await raw.ask('MAIL FROM:<a@tenant.test>');
  sound = false;
  expect(await raw.ask('RCPT TO:<r1@gmail.test>')).toMatch(/^451 /);
  sound = true;
  await raw.ask('RCPT TO:<r1@gmail.test>');
  await raw.ask('DATA');
  sound = false;
  expect(await raw.ask('x\r\n.')).toMatch(/^451 /);
  expect(seen).toEqual(['mail: out of luck', 'recipient: out of luck', 'data: out of luck']);
  sound = true;
  expect(await (await ready(receiver)).ask('MAIL FROM:<a@tenant.test>')).toBe('250 Accepted');
});

test('takes a whole burst of pipelined messages in one piece', async () => {
  const taken: number[] = [];
  const receiver = await start({ data: (_peer, { recipients }) => (taken.push(recipients.length), ok) });
  const raw = await ready(receiver);
  const recipients = Array.from({ length: 50 }, (_, index) => `RCPT TO:<r${index}@gmail.test>\r\n`).join('');
  const one = `MAIL FROM:<a@tenant.test>\r\n${recipients}DATA\r\nSubject: x\r\n\r\nhello\r\n.\r\n`;
  raw.write(one.repeat(100));
  for (let index = 0; index < 100 * 53; index += 1) expect(await raw.reply()).toMatch(/^(250|354) /);
  expect(taken).toEqual(new Array(100).fill(50));
});

test('outlives peers that leave at any point, and never decides on half a message', async () => {
  let decided = 0;
  const receiver = await start({ data: () => ((decided += 1), ok) });
  const script =
    'EHLO x\r\nMAIL FROM:<a@tenant.test>\r\nRCPT TO:<r@gmail.test>\r\nDATA\r\nSubject: x\r\n\r\nhalf';
  for (let cut = 0; cut <= script.length; cut += 4) {
    const raw = await RawSmtp.open(receiver.port);
    await raw.reply();
    raw.socket.on('error', () => {});
    if (cut % 8 === 0) raw.socket.end(script.slice(0, cut));
    else raw.socket.write(script.slice(0, cut), () => raw.socket.resetAndDestroy());
  }
  const raw = await ready(receiver);
  await raw.ask('MAIL FROM:<a@tenant.test>');
  await raw.ask('RCPT TO:<r@gmail.test>');
  await raw.ask('DATA');
  expect(await raw.ask('whole\r\n.')).toBe('250 2.0.0 ok');
  expect(decided).toBe(1);
});

test('refuses a message over its size, and says the size in advance', async () => {
  let decided = 0;
  const receiver = await start({ data: () => ((decided += 1), ok) }, { largest: 1_000 });
  const raw = await open(receiver);
  await raw.reply();
  expect(await raw.ask('EHLO x')).toContain('SIZE 1000');
  await raw.ask('MAIL FROM:<a@tenant.test>');
  await raw.ask('RCPT TO:<r@gmail.test>');
  await raw.ask('DATA');
  expect(await raw.ask(`${'x'.repeat(70)}\r\n`.repeat(20) + '.')).toMatch(/^552 /);
  expect(decided).toBe(0);
});

test('closes with connections open', async () => {
  const receiver = await start({});
  await ready(receiver);
  expect(receiver.connections).toBe(1);
  await receiver.close();
  await expect(RawSmtp.open(receiver.port)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
});
