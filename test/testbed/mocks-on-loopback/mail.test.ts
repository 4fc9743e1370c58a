// Real mail to living mocks: who is behind a recipient, which address a connection stands for, and what mail
// leads to.

import { connect, type Socket } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import type { Mocks } from '../../../testbed/mocks-on-loopback/start.ts';
import { RawSmtp } from '../../mocks/raw-smtp.ts';
import { alsoClose, done, input, lookUp, portOf, startLiving, stateOf } from './living.ts';

const open = async (mocks: Mocks, receiver: string): Promise<RawSmtp> => {
  const raw = await RawSmtp.ready(portOf(mocks, receiver));
  alsoClose({ close: () => raw.end() });
  return raw;
};

/** The replies to recipients of one message, and the last word on it. */
const send = async (
  raw: RawSmtp, recipients: readonly string[], text = 'Subject: x\r\n\r\nhello', sender = 'a@example.net',
): Promise<readonly string[]> => {
  await raw.ask(`MAIL FROM:<${sender}>`);
  const replies: string[] = [];
  for (const recipient of recipients) replies.push(await raw.ask(`RCPT TO:<${recipient}>`));
  await raw.ask('DATA');
  return [...replies, await raw.ask(`${text}\r\n.`)];
};

test('a recipient says by its first word who it is; anyone else is a person', async () => {
  const mocks = await startLiving();
  const raw = await open(mocks, 'small');
  const [person, unknown, full, last] =
    await send(raw, ['robert@small.test', 'unknown-1@small.test', 'full.7@small.test']);
  expect(person).toBe('250 Accepted');
  expect(unknown).toMatch(/^550 5\.1\.1 .*unknown-1@small\.test/);
  expect(full).toMatch(/^452 4\.2\.2 /);
  expect(last).toBe('250 2.0.0 ok');
  const { copies, messages, replies } = (await stateOf(mocks)).receivers[0]!;
  expect({ copies, messages, replies }).toEqual({
    copies: 1, messages: 1, replies: { '250 2.0.0': 1, '452 4.2.2': 1, '550 5.1.1': 1 },
  });
});

test('a trap is silent, and its registers list the address that mail came from', async () => {
  const mocks = await startLiving();
  const traps = Array.from({ length: 30 }, (_, index) => `pristine-${index}@gmail.test`);
  const replies = await send(await open(mocks, 'gmail'), traps);
  expect(new Set(replies)).toEqual(new Set(['250 Accepted', '250 2.0.0 ok']));
  await done(mocks, '/clock', { by: '3h' });
  expect(await lookUp(mocks, 'psbl', '192.0.2.10')).toEqual(['127.0.0.2']);
  expect(await lookUp(mocks, 'psbl', '192.0.2.11')).toBe(3);
});

test('complaints wear out the name of the address at a provider that judges', async () => {
  const mocks = await startLiving();
  const raw = await open(mocks, 'gmail');
  const text = 'Subject: x\r\n\r\nbuy';
  const replies = async (count: number): Promise<Set<string>> => {
    const said = new Set<string>();
    for (let index = 0; index < count; index += 1) {
      const answer = await raw.ask('MAIL FROM:<a@example.net>');
      if (!answer.startsWith('250')) return said.add(answer.slice(0, 10));
      await raw.ask(`RCPT TO:<complains-${index}@gmail.test>`);
      await raw.ask('DATA');
      said.add((await raw.ask(`${text} ${index}\r\n.`)).slice(0, 10));
    }
    return said;
  };
  expect([...(await replies(200))]).toEqual(['250 2.0.0 ']);
  await done(mocks, '/clock', { by: '1d' });
  expect([...(await replies(100))]).toContain('421 4.7.28');
});

test('GTUBE and our header make a message spam to the content filter; others are wanted', async () => {
  const mocks = await startLiving({ input: {
    ...input, receivers: [{ name: 'strict', preset: 'yandex', share: '100%', caught: '100%' }],
    incidents: [],
  } });
  const raw = await open(mocks, 'strict');
  const gtube = 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X';
  const last = async (text: string) => (await send(raw, ['bob@gmx.test'], text)).at(-1)!.slice(0, 3);
  expect(await last('Subject: hi\r\n\r\nhello')).toBe('250');
  expect(await last(`Subject: hi\r\n\r\n${gtube}`)).toBe('554');
  expect(await last('x-sharedfate-content: Abusive\r\nSubject: hi\r\n\r\nhello')).toBe('554');
});

test('recipients that no rule names can be as on a list, by the luck of their names', async () => {
  const fatesOf = async (seed: string): Promise<readonly string[]> => {
    const mocks = await startLiving({ recipients: 'purchased', seed });
    const raw = await open(mocks, 'small');
    await raw.ask('MAIL FROM:<a@example.net>');
    const said: string[] = [];
    for (let index = 0; index < 60; index += 1)
      said.push((await raw.ask(`RCPT TO:<p${index}@small.test>`)).slice(0, 3));
    return said;
  };
  const one = await fatesOf('1');
  expect(new Set(one)).toContain('550');
  expect(one.filter((code) => code === '250').length).toBeGreaterThan(20);
  expect(await fatesOf('1')).toEqual(one);
  expect(await fatesOf('2')).not.toEqual(one);
});

/** A connection from one of the addresses of loopback; resolves to all that it hears until it is closed. */
const from = async (mocks: Mocks, receiver: string, localAddress: string, lines: string): Promise<string> => {
  const socket: Socket = connect({ host: '127.0.0.1', port: portOf(mocks, receiver), localAddress });
  let heard = '';
  socket.on('data', (chunk) => (heard += chunk));
  await once(socket, 'data');
  socket.write(lines);
  await once(socket, 'close');
  return heard;
};

test('127.0.1.2 stands for the second address of the world, and XCLIENT for whichever it names', async () => {
  const mocks = await startLiving();
  await done(mocks, '/list', { register: 'psbl', address: '192.0.2.11' });
  const mail = 'EHLO x\r\nMAIL FROM:<a@example.net>\r\nRCPT TO:<bob@small.test>\r\nQUIT\r\n';
  expect(await from(mocks, 'small', '127.0.1.1', mail)).toContain('250 Accepted\r\n250 Accepted');
  expect(await from(mocks, 'small', '127.0.1.2', mail)).toMatch(/554 5\.7\.1 .*192\.0\.2\.11/);
  expect(await from(mocks, 'small', '127.0.0.1', `EHLO x\r\nXCLIENT ADDR=192.0.2.11\r\n${mail}`))
    .toMatch(/554 5\.7\.1 .*192\.0\.2\.11/);
  const unknown = /554 5\.7\.1 127\.0\.1\.9 is no address of this world; connect from 127\.0\.1\.1/;
  expect(await from(mocks, 'small', '127.0.1.9', '')).toMatch(unknown);
});

test('two conversations at once are kept apart, whoever speaks next', async () => {
  const mocks = await startLiving();
  await done(mocks, '/list', { register: 'psbl', address: '192.0.2.11' });
  const good = await open(mocks, 'small');
  const bad = await open(mocks, 'small');
  await bad.ask('XCLIENT ADDR=192.0.2.11');
  await bad.ask('EHLO x');
  await good.ask('MAIL FROM:<a@example.net>');
  await bad.ask('MAIL FROM:<a@example.net>');
  expect(await good.ask('RCPT TO:<bob@small.test>')).toBe('250 Accepted');
  expect(await bad.ask('RCPT TO:<bob@small.test>')).toMatch(/^554 5\.7\.1 /);
  await good.ask('DATA');
  expect(await good.ask('x\r\n.')).toBe('250 2.0.0 ok');
});

test('a receiver holds real connections to the number that it allows an address', async () => {
  const mocks = await startLiving();
  await done(mocks, '/upgrade', { receiver: 'small', to: { connections: 2 } });
  const one = await open(mocks, 'small');
  await open(mocks, 'small');
  const third = await RawSmtp.open(portOf(mocks, 'small'));
  expect(await third.reply()).toMatch(/^421 /);
  expect(await third.reply()).toBe('');
  const gone = once(one.socket, 'close');
  await one.ask('QUIT');
  await gone;
  await expect.poll(async () => {
    const again = alsoClose(await RawSmtp.open(portOf(mocks, 'small')).then((raw) =>
      Object.assign(raw, { close: () => raw.end() })));
    return (await again.reply()).slice(0, 3);
  }).toBe('220');
});

test('with a speed, the clock goes by itself and stops where the scenario ends', async () => {
  const mocks = await startLiving({ speed: 1_000_000 });
  await expect.poll(async () => (await stateOf(mocks)).clock.ms, { timeout: 30_000 }).toBe(10 * 86_400_000);
});
