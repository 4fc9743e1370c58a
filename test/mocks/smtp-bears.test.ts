// What a mock receiver bears, as real receivers do: TLS, sizes, long lines, resets, slow and broken peers, a
// thousand of them at once, and garbage without end.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { connect as secure } from 'node:tls';
import { afterEach, expect, test } from 'vitest';
import {
  type Peer, type ReceivedMessage, type ReceiverBehaviour, type SmtpReceiver, startSmtpReceiver,
} from '../../mocks/index.ts';
import type { Reply } from '../../policy/index.ts';
import { RawSmtp } from './raw-smtp.ts';

const ok: Reply = { code: 250, enhanced: '2.0.0', text: 'ok', class: 'accepted' };
const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const start = async (behaviour: Partial<ReceiverBehaviour> = {}, more: object = {}) => {
  const messages: ReceivedMessage[] = [];
  const whole: ReceiverBehaviour = {
    connect: () => null, mail: () => null, recipient: () => null,
    data: (_peer, message) => (messages.push(message), ok), ...behaviour,
  };
  const receiver = await startSmtpReceiver({ name: 'gmail.test', behaviour: whole, ...more });
  opened.push(receiver);
  return { receiver, messages };
};

const ready = async ({ port }: SmtpReceiver): Promise<RawSmtp> => {
  const raw = await RawSmtp.ready(port);
  opened.push({ close: () => raw.end() });
  return raw;
};

test('offers STARTTLS where asked to, with a certificate of its own, and takes mail under it', async () => {
  const { receiver, messages } = await start({}, { starttls: true });
  const raw = await RawSmtp.open(receiver.port);
  await raw.reply();
  expect(await raw.ask('EHLO x')).toContain('STARTTLS');
  expect(await raw.ask('STARTTLS')).toMatch(/^220 /);
  const tls = secure({ socket: raw.socket, rejectUnauthorized: false, servername: 'gmail.test' });
  await once(tls, 'secureConnect');
  const { subject, subjectaltname, valid_to: until } = tls.getPeerCertificate();
  expect(subject.CN).toBe('gmail.test');
  expect(subjectaltname).toBe('DNS:gmail.test, DNS:localhost, IP Address:127.0.0.1');
  expect(Date.parse(until)).toBeGreaterThan(Date.parse('2049-01-01'));
  tls.write('EHLO x\r\nMAIL FROM:<a@t1.test>\r\nRCPT TO:<b@gmail.test>\r\nDATA\r\nhello\r\n.\r\nQUIT\r\n');
  let heard = '';
  for await (const chunk of tls as AsyncIterable<Buffer>) heard += chunk.toString();
  expect(heard).toContain('250 2.0.0 ok\r\n221');
  expect(heard).not.toContain('STARTTLS');
  expect(messages).toHaveLength(1);
});

test('two receivers have two certificates, and one without STARTTLS does not know the word', async () => {
  const certificate = async (port: number): Promise<string> => {
    const raw = await RawSmtp.ready(port);
    await raw.ask('STARTTLS');
    const tls = secure({ socket: raw.socket, rejectUnauthorized: false });
    await once(tls, 'secureConnect');
    const { fingerprint256 } = tls.getPeerCertificate();
    tls.destroy();
    return fingerprint256;
  };
  const one = (await start({}, { starttls: true })).receiver;
  const two = (await start({}, { starttls: true })).receiver;
  expect(await certificate(one.port)).not.toBe(await certificate(two.port));
  expect(await (await ready((await start()).receiver)).ask('STARTTLS')).toMatch(/^500 /);
});

test('a handshake that fails costs that peer alone', async () => {
  const { receiver } = await start({}, { starttls: true });
  const raw = await ready(receiver);
  await raw.ask('STARTTLS');
  const gone = once(raw.socket, 'close');
  raw.socket.on('error', () => {});
  raw.socket.resume();
  raw.write('this is no handshake\r\n\r\n');
  await gone;
  expect(await (await ready(receiver)).ask('NOOP')).toMatch(/^250 /);
});

test('a peer that leaves in the middle of a handshake, or after it, is not counted as open', async () => {
  const { receiver } = await start({}, { starttls: true });
  const halfway = await ready(receiver);
  await halfway.ask('STARTTLS');
  const whole = await ready(receiver);
  await whole.ask('STARTTLS');
  const tls = secure({ socket: whole.socket, rejectUnauthorized: false });
  await once(tls, 'secureConnect');
  expect(receiver.connections).toBe(2);
  halfway.end();
  tls.destroy();
  await expect.poll(() => receiver.connections).toBe(0);
});

test('a message that says at MAIL that it is too large is refused there', async () => {
  const { receiver } = await start({}, { largest: 1_000 });
  const raw = await ready(receiver);
  expect(await raw.ask('MAIL FROM:<a@t1.test> SIZE=1001')).toMatch(/^552 /);
  expect(await raw.ask('MAIL FROM:<a@t1.test> SIZE=many')).toMatch(/^501 /);
  expect(await raw.ask('MAIL FROM:<a@t1.test> SIZE=1000')).toBe('250 Accepted');
});

test('8-bit content comes through byte by byte, with lines of any length', async () => {
  const { receiver, messages } = await start();
  const raw = await ready(receiver);
  expect(await raw.ask('MAIL FROM:<a@t1.test> BODY=8BITMIME')).toBe('250 Accepted');
  await raw.ask('RCPT TO:<b@gmail.test>');
  await raw.ask('DATA');
  const lines = ['Subject: ü', '', 'é€'.repeat(100_000), '..', 'x'.repeat(70_000), ''];
  const content = Buffer.from(lines.join('\r\n'));
  raw.socket.write(content);
  expect(await raw.ask('.')).toBe('250 2.0.0 ok');
  const stuffed = content.indexOf('\r\n..') + 2;
  const unstuffed = Buffer.concat([content.subarray(0, stuffed), content.subarray(stuffed + 1)]);
  expect(messages[0]!.content.equals(unstuffed)).toBe(true);
});

test('a command line without end is cut off', async () => {
  const { receiver } = await start();
  const raw = await ready(receiver);
  raw.socket.on('error', () => {});
  raw.write('NOOP '.padEnd(100_000, 'x'));
  expect(await raw.reply()).toMatch(/^421 /);
  expect(await (await ready(receiver)).ask('NOOP')).toMatch(/^250 /);
});

test('RSET forgets a message half begun, its recipients too', async () => {
  const { receiver, messages } = await start();
  const raw = await ready(receiver);
  await raw.ask('MAIL FROM:<a@t1.test>');
  await raw.ask('RCPT TO:<gone@gmail.test>');
  expect(await raw.ask('RSET')).toMatch(/^250 /);
  expect(await raw.ask('DATA')).toMatch(/^503 /);
  await raw.ask('MAIL FROM:<b@t1.test>');
  await raw.ask('RCPT TO:<kept@gmail.test>');
  await raw.ask('DATA');
  await raw.ask('x\r\n.');
  expect(messages.map(({ sender, recipients }) => [sender, recipients])).toEqual([
    ['b@t1.test', ['kept@gmail.test']],
  ]);
});

test('a peer that sends byte by byte is heard out', async () => {
  const { receiver, messages } = await start();
  const raw = await RawSmtp.open(receiver.port);
  opened.push({ close: () => raw.end() });
  await raw.reply();
  raw.socket.setNoDelay(true);
  const script = 'EHLO x\r\nMAIL FROM:<a@t1.test>\r\nRCPT TO:<b@gmail.test>\r\nDATA\r\nslow\r\n.\r\nQUIT\r\n';
  for (const byte of script) await new Promise((sent) => raw.socket.write(byte, sent));
  while ((await raw.reply()) !== '');
  expect(messages[0]!.content.toString()).toBe('slow\r\n');
});

test('XCLIENT makes a peer stand for another address, which is asked about anew', async () => {
  const asked: string[] = [];
  const note = ({ address }: Peer) => (asked.push(address), null);
  const { receiver } = await start({ connect: note, left: note }, { xclient: true });
  const raw = await ready(receiver);
  await raw.ask('XCLIENT ADDR=192.0.2.10');
  await raw.ask('EHLO y');
  await raw.ask('MAIL FROM:<a@t1.test>');
  expect(asked).toEqual(['127.0.0.1', '192.0.2.10']);
  await raw.ask('QUIT');
  await expect.poll(() => asked).toEqual(['127.0.0.1', '192.0.2.10', '192.0.2.10']);
  const plain = await ready((await start()).receiver);
  expect(await plain.ask('XCLIENT ADDR=192.0.2.10')).toMatch(/^550 /);
});

test('holds a thousand conversations at once, and closes with all of them open', async () => {
  const left = new Set<number>();
  const { receiver, messages } = await start({ left: ({ port }) => (left.add(port), null) });
  const mail = 'EHLO x\r\nMAIL FROM:<a@t1.test>\r\nRCPT TO:<b@gmail.test>\r\nDATA\r\nhello\r\n.\r\n';
  const sockets = Array.from({ length: 1_000 }, (): Socket => {
    const socket = connect({ host: '127.0.0.1', port: receiver.port });
    socket.on('error', () => {});
    return socket;
  });
  await Promise.all(sockets.map((socket) => new Promise<void>((done) => {
    let heard = '';
    socket.on('data', (chunk) => {
      if (heard === '') socket.write(mail);
      heard += chunk;
      if (heard.includes('2.0.0 ok')) done();
    });
  })));
  expect([messages.length, receiver.connections]).toEqual([1_000, 1_000]);
  const gone = Promise.all(sockets.map((socket) => once(socket, 'close')));
  await receiver.close();
  await gone;
  await expect.poll(() => left.size).toBe(1_000);
});
