// The DNS client against the mock registers, and against servers that misbehave.

import { createSocket, type RemoteInfo } from 'node:dgram';
import { once } from 'node:events';
import packet from 'dns-packet';
import { afterEach, expect, test } from 'vitest';
import { type RegisterZone, startRegisterServer } from '../../mocks/index.ts';
import type { ZoneAnswer } from '../../sim/index.ts';
import { DnsClient, type DnsClientOptions } from '../../testbed/index.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const clientOf = (options: DnsClientOptions = {}): DnsClient => {
  const client = new DnsClient(options);
  opened.push(client);
  return client;
};
/** A zone whose name servers are dead, and what its server tells of the queries it swallows. */
const serveDead = async (onSilence: (query: Buffer) => void): Promise<number> => {
  const lookup = (): ZoneAnswer => ({ codes: [], txt: '', ttlS: 0, failure: 'timeout' });
  const server = await startRegisterServer({ zones: [{ zone: 'psbl.rbl.test', lookup }], onSilence });
  opened.push(server);
  return server.port;
};
const serve = async (lookup: RegisterZone['lookup']): Promise<number> => {
  const server = await startRegisterServer({ zones: [{ zone: 'psbl.rbl.test', lookup }] });
  opened.push(server);
  return server.port;
};

/** A UDP server that does as it is told with each query. */
type Answering = (query: Buffer, send: (reply: Buffer) => void, from: RemoteInfo) => void;
const misbehave = async (answer: Answering) => {
  const udp = createSocket('udp4');
  udp.on('message', (query, from) => {
    answer(query, (reply) => udp.send(reply, from.port, from.address), from);
  });
  udp.bind(0, '127.0.0.1');
  await once(udp, 'listening');
  opened.push({ close: () => udp.close() });
  return udp.address().port;
};
const soundReply = (query: Buffer, codes: readonly string[]): Buffer => {
  const { id, questions } = packet.decode(query);
  const { name, type } = questions![0]!;
  const answers = type === 'A' ? codes.map((data) => ({ type: 'A' as const, name, ttl: 300, data })) : [];
  return packet.encode({ type: 'response', id: id!, questions: questions!, answers });
};

test('refuses a server that is not loopback, before it sends anything', () => {
  for (const host of ['192.0.2.1', '8.8.8.8', 'localhost', '0.0.0.0', '']) {
    const refused = expect.objectContaining({ name: 'DnsClientError', code: 'not-loopback' });
    expect(() => new DnsClient({ host })).toThrow(refused);
  }
});

test('brings back what the zone says, listed or not, of IPv4 and IPv6', async () => {
  const listed: ZoneAnswer = {
    codes: ['127.0.0.2', '127.0.0.9'], txt: 'Gelistet: häufig', ttlS: 900, failure: 'none',
  };
  const clean: ZoneAnswer = { codes: [], txt: '', ttlS: 60, failure: 'none' };
  const mute: ZoneAnswer = { codes: ['127.0.0.2'], txt: '', ttlS: 5, failure: 'none' };
  const book: Record<string, ZoneAnswer> = {
    '192.0.2.10': listed, '2001:db8::10': listed, '192.0.2.12': mute,
  };
  const port = await serve((address) => book[address] ?? clean);
  const client = clientOf();
  expect(await client.lookup(port, 'psbl.rbl.test', '192.0.2.10')).toEqual(listed);
  expect(await client.lookup(port, 'psbl.rbl.test', '2001:db8:0::10')).toEqual(listed);
  expect(await client.lookup(port, 'psbl.rbl.test', '192.0.2.11')).toEqual(clean);
  expect(await client.lookup(port, 'psbl.rbl.test', '192.0.2.12')).toEqual(mute);
});

test('gives up the very question that it is told was swallowed, and no other', async () => {
  const client = clientOf({ timeoutMs: 600_000 });
  const port = await serveDead((query) => client.giveUp(query));
  const asked = ['192.0.2.10', '192.0.2.11'].map((ip) => client.consult(port, 'psbl.rbl.test', ip));
  expect((await Promise.all(asked)).map(({ failure }) => failure)).toEqual(['timeout', 'timeout']);
  // Told of another's question under the same id, it goes on waiting, and takes the answer.
  const listed: ZoneAnswer = { codes: ['127.0.0.2'], txt: 'yes', ttlS: 60, failure: 'none' };
  const strange = await misbehave((query, send) => {
    const { id } = packet.decode(query);
    const questions = [{ name: 'other.rbl.test', type: 'A' as const }];
    client.giveUp(packet.encode({ type: 'query', id: id!, questions }));
    send(soundReply(query, ['127.0.0.2']));
  });
  const heard = await client.lookup(strange, 'psbl.rbl.test', '192.0.2.10');
  expect({ ...heard, txt: '', ttlS: 0 }).toEqual({ ...listed, txt: '', ttlS: 0 });
});

test('a client that nobody tells hears nothing of dead name servers', async () => {
  const told: Buffer[] = [];
  const port = await serveDead((query) => void told.push(query));
  const client = clientOf({ timeoutMs: 30, tries: 2 });
  await expect(client.lookup(port, 'psbl.rbl.test', '192.0.2.10')).rejects.toMatchObject({ code: 'timeout' });
  // It asked twice, and each was swallowed.
  expect(told.length).toBe(2);
});

test('asks again over TCP where a reply is cut short', async () => {
  const listed: ZoneAnswer = { codes: ['127.0.0.2'], txt: 'x'.repeat(3_000), ttlS: 900, failure: 'none' };
  const many = Array.from({ length: 60 }, (_, index) => `127.0.0.${index + 2}`);
  const port = await serve((address) => (address === '192.0.2.10' ? listed : { ...listed, codes: many }));
  expect(await clientOf().lookup(port, 'psbl.rbl.test', '192.0.2.10')).toEqual(listed);
  expect(await clientOf().lookup(port, 'psbl.rbl.test', '192.0.2.11')).toEqual({ ...listed, codes: many });
});

test('many questions at once get each their own answer', async () => {
  const port = await serve((address) => ({ codes: ['127.0.0.2'], txt: address, ttlS: 60, failure: 'none' }));
  const client = clientOf();
  const hosts = Array.from({ length: 200 }, (_, index) => `192.0.2.${index + 2}`);
  const answers = await Promise.all(hosts.map((address) => client.lookup(port, 'psbl.rbl.test', address)));
  expect(answers.map((answer) => answer.txt)).toEqual(hosts);
});

test('drops replies of another id, another question or another server, and garbage', async () => {
  const strange = createSocket('udp4');
  opened.push({ close: () => strange.close() });
  const port = await misbehave((query, send, from) => {
    const forged = soundReply(query, ['127.0.0.66']);
    const otherId = Buffer.from(forged);
    otherId.writeUInt16BE((otherId.readUInt16BE(0) + 1) % 65_536, 0);
    send(otherId);
    const otherName = Buffer.from(forged);
    otherName[13]! ^= 1;
    send(otherName);
    send(query);
    send(Buffer.from('garbage'));
    strange.send(forged, from.port, from.address, () => send(soundReply(query, ['127.0.0.2'])));
  });
  expect((await clientOf().lookup(port, 'psbl.rbl.test', '192.0.2.10')).codes).toEqual(['127.0.0.2']);
});

test('asks again where a packet was lost', async () => {
  let queries = 0;
  const port = await misbehave((query, send) => {
    queries += 1;
    if (queries % 2 === 0) send(soundReply(query, ['127.0.0.2']));
  });
  const answer = await clientOf({ timeoutMs: 20 }).lookup(port, 'psbl.rbl.test', '192.0.2.10');
  expect([answer.codes, queries]).toEqual([['127.0.0.2'], 4]);
});

test('says in words that nobody answers, or that the server will not', async () => {
  const silent = await misbehave(() => {});
  const hasty = clientOf({ timeoutMs: 5, tries: 2 });
  await expect(hasty.lookup(silent, 'psbl.rbl.test', '192.0.2.10')).rejects.toMatchObject({
    code: 'timeout', message: expect.stringContaining(`no answer from port ${silent} in 10 ms, 2 tries`),
  });
  const port = await serve(() => ({ codes: [], txt: '', ttlS: 60, failure: 'none' }));
  const client = clientOf();
  await expect(client.lookup(port, 'x.rbl.test', '192.0.2.10')).rejects.toMatchObject({ code: 'refused' });
  const other = await misbehave((query, send) => send(soundReply(query, [])));
  await expect(client.lookup(other, 'x.rbl.test', '192.0.2.10')).rejects.toMatchObject({ code: 'bad-reply' });
});

test('does not ask once it is closed', async () => {
  const client = clientOf();
  await client.close();
  await expect(client.lookup(1, 'psbl.rbl.test', '192.0.2.10')).rejects.toMatchObject({ code: 'closed' });
});
