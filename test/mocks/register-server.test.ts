// The mock registers as seen by a bare DNS asker.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import packet, { type OptAnswer } from 'dns-packet';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import {
  type RegisterServer, type RegisterServerOptions, startRegisterServer, zoneName,
} from '../../mocks/index.ts';
import type { ZoneAnswer } from '../../sim/index.ts';
import { askUdp, framed, overTcp, overUdp, query, rcode } from './raw-dns.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0)) await one.close();
});

const listed: ZoneAnswer = {
  codes: ['127.0.0.2', '127.0.0.4'], txt: 'see https://help.example/', ttlS: 900, failure: 'none',
};
const clean: ZoneAnswer = { codes: [], txt: '', ttlS: 60, failure: 'none' };
const long: ZoneAnswer = { codes: ['127.0.0.2'], txt: 'x'.repeat(700), ttlS: 900, failure: 'none' };
const book: Record<string, ZoneAnswer> = { '192.0.2.10': listed, '192.0.2.66': long, '2001:db8::1': listed };
const lookup = (address: string): ZoneAnswer => book[address] ?? clean;

const start = async (options: Partial<RegisterServerOptions> = {}): Promise<RegisterServer> => {
  const server = await startRegisterServer({ zones: [{ zone: 'psbl.rbl.test', lookup }], ...options });
  opened.push(server);
  return server;
};
const opt = (udpPayloadSize: number, ednsVersion = 0): OptAnswer => ({
  type: 'OPT', name: '.', udpPayloadSize, extendedRcode: 0, ednsVersion, flags: 0, flag_do: false,
  options: [],
});

test('listens on loopback, and refuses to listen anywhere else', async () => {
  expect((await start()).host).toBe('127.0.0.1');
  for (const host of ['0.0.0.0', '192.0.2.10', '::', 'localhost']) {
    await expect(start({ host })).rejects.toMatchObject({ name: 'MockServerError', code: 'not-loopback' });
  }
});

test('serves zones under rbl.test and no other', async () => {
  const foreign = ['zen.spamhaus.org', 'rbl.test', 'evilrbl.test', 'PSBL.rbl.test', 'a.rbl.test.example', ''];
  for (const zone of foreign) {
    await expect(start({ zones: [{ zone, lookup }] })).rejects.toMatchObject({ code: 'bad-zone' });
  }
  const twice = [{ zone: 'a.rbl.test', lookup }, { zone: 'a.rbl.test', lookup }];
  await expect(start({ zones: twice })).rejects.toMatchObject({ code: 'bad-zone' });
});

test('says in words that its port is busy', async () => {
  const { port } = await start();
  await expect(start({ port })).rejects.toMatchObject({
    code: 'port-busy', message: expect.stringContaining(`port ${port} of 127.0.0.1 is busy`),
  });
});

test('a listed address has its A records and its TXT, with their TTL', async () => {
  const { port } = await start();
  const reply = await askUdp(port, '10.2.0.192.psbl.rbl.test', 'A');
  expect(reply).toMatchObject({ id: 7, flag_qr: true, flag_aa: true, flag_rd: true });
  expect(reply).toMatchObject({ flag_ra: false, flag_tc: false });
  expect(reply.answers).toMatchObject([
    { type: 'A', name: '10.2.0.192.psbl.rbl.test', data: '127.0.0.2', ttl: 900 },
    { type: 'A', data: '127.0.0.4', ttl: 900 },
  ]);
  const [txt] = (await askUdp(port, '10.2.0.192.psbl.rbl.test', 'TXT')).answers!;
  expect(txt).toMatchObject({ type: 'TXT', ttl: 900, data: [Buffer.from(listed.txt)] });
});

test('a listed address has no records of other types, which is not NXDOMAIN', async () => {
  const { port } = await start();
  for (const type of ['AAAA', 'MX', 'NS']) {
    const reply = await askUdp(port, '10.2.0.192.psbl.rbl.test', type);
    expect([rcode(reply), reply.answers!.length, reply.authorities![0]!.type]).toEqual([0, 0, 'SOA']);
  }
});

test('an address that is not listed is NXDOMAIN, and the SOA says for how long to believe it', async () => {
  const reply = await askUdp((await start()).port, '11.2.0.192.psbl.rbl.test', 'A');
  expect(rcode(reply)).toBe(3);
  expect(reply.flag_aa).toBe(true);
  const soa = { type: 'SOA', name: 'psbl.rbl.test', ttl: 60, data: { minimum: 60 } };
  expect(reply.authorities).toMatchObject([soa]);
});

test('an IPv6 address is listed by its nibbles', async () => {
  const { port } = await start();
  expect((await askUdp(port, zoneName('2001:db8::1', 'psbl.rbl.test'), 'A')).answers).toHaveLength(2);
  expect(rcode(await askUdp(port, zoneName('2001:db8::2', 'psbl.rbl.test'), 'A'))).toBe(3);
});

test('has the test entries of RFC 5782, whatever its lookup says', async () => {
  const all = { zone: 'all.rbl.test', lookup: () => listed };
  const none = { zone: 'none.rbl.test', lookup: () => clean };
  const { port } = await start({ zones: [all, none] });
  for (const { zone } of [all, none]) {
    for (const present of ['127.0.0.2', '::ffff:7f00:2']) {
      const name = zoneName(present, zone);
      expect((await askUdp(port, name, 'A')).answers, name).toMatchObject([{ data: '127.0.0.2' }]);
      expect((await askUdp(port, name, 'TXT')).answers).toHaveLength(1);
    }
    for (const absent of ['127.0.0.1', '::ffff:7f00:1']) {
      expect(rcode(await askUdp(port, zoneName(absent, zone), 'A')), absent).toBe(3);
    }
  }
});

test('the zone itself has a SOA and an NS, and no address', async () => {
  const { port } = await start();
  const soa = await askUdp(port, 'psbl.rbl.test', 'SOA');
  expect(soa.answers).toMatchObject([{ type: 'SOA', name: 'psbl.rbl.test' }]);
  const ns = await askUdp(port, 'psbl.rbl.test', 'NS');
  expect(ns.answers).toMatchObject([{ type: 'NS', data: 'ns.psbl.rbl.test' }]);
  const none = await askUdp(port, 'psbl.rbl.test', 'A');
  expect([rcode(none), none.answers!.length]).toEqual([0, 0]);
});

test('part of an address exists but is empty, so that askers who go label by label get through', async () => {
  const { port } = await start();
  expect(rcode(await askUdp(port, '0.192.psbl.rbl.test', 'A'))).toBe(0);
  expect(rcode(await askUdp(port, 'www.psbl.rbl.test', 'A'))).toBe(3);
});

test('names outside its zones are refused, and nothing is ever looked up for anyone', async () => {
  const { port } = await start();
  const foreign = ['example.com', '2.0.0.127.zen.spamhaus.org', 'rbl.test', '10.2.0.192.other.rbl.test', '.'];
  for (const name of foreign) {
    const reply = await askUdp(port, name, 'A');
    expect(rcode(reply), name).toBe(5);
    expect(reply).toMatchObject({ flag_ra: false, flag_aa: false, answers: [] });
  }
});

test('ANY, zone transfers, other classes and other operations get no data', async () => {
  const { port } = await start();
  expect(rcode(await askUdp(port, '10.2.0.192.psbl.rbl.test', 'ANY'))).toBe(5);
  expect(rcode(await askUdp(port, 'psbl.rbl.test', 'AXFR'))).toBe(5);
  const chaos = query('10.2.0.192.psbl.rbl.test', 'A');
  chaos[chaos.length - 1] = 3;
  expect(rcode(packet.decode(await overUdp(port, chaos)))).toBe(5);
  const notify = query('psbl.rbl.test', 'SOA');
  notify[2]! |= 4 << 3;
  expect((await overUdp(port, notify))[3]! & 0xf).toBe(4);
  const none = query('psbl.rbl.test', 'SOA');
  none.writeUInt16BE(0, 4);
  expect((await overUdp(port, none))[3]! & 0xf).toBe(1);
});

test('a question comes back letter by letter as it was spelled, in the answer too', async () => {
  const { port } = await start();
  const spelled = '10.2.0.192.pSBl.RbL.tEsT';
  const sent = query(spelled, 'A');
  const reply = await overUdp(port, sent);
  expect(reply.subarray(12, sent.length)).toEqual(sent.subarray(12));
  expect(packet.decode(reply).answers![0]!.name).toBe(spelled);
});

test('a reply too long for the asker comes empty and marked, and whole over TCP or EDNS', async () => {
  const { port } = await start();
  const name = '66.2.0.192.psbl.rbl.test';
  const short = await overUdp(port, query(name, 'TXT'));
  expect(short.length).toBeLessThanOrEqual(512);
  expect(packet.decode(short)).toMatchObject({ flag_tc: true, answers: [] });
  const wide = packet.decode(await overUdp(port, query(name, 'TXT', { additionals: [opt(4096)] })));
  expect(wide.flag_tc).toBe(false);
  expect(wide.additionals).toMatchObject([{ type: 'OPT' }]);
  const small = packet.decode(await overUdp(port, query(name, 'TXT', { additionals: [opt(600)] })));
  expect(small.flag_tc).toBe(true);
  const [tcp] = await overTcp(port, [framed(query(name, 'TXT'))], 1);
  expect(tcp!.flag_tc).toBe(false);
  const [record] = tcp!.answers!;
  expect(record?.type === 'TXT' && [record.data].flat().join('')).toBe(long.txt);
});

test('an EDNS version it does not know is BADVERS', async () => {
  const asked = query('10.2.0.192.psbl.rbl.test', 'A', { additionals: [opt(4096, 1)] });
  const reply = packet.decode(await overUdp((await start()).port, asked));
  expect(reply.answers).toHaveLength(0);
  expect(reply.additionals).toMatchObject([{ type: 'OPT', extendedRcode: 1 }]);
});

test('over TCP, queries may come in pieces and several at once, and are answered in order', async () => {
  const { port } = await start();
  const queries = [1, 2, 3, 4].map((id) => query(`${id}.2.0.192.psbl.rbl.test`, 'A', { id }));
  const stream = Buffer.concat(queries.map(framed));
  const pieces = [[0, 1], [1, 20], [20, 90], [90]].map(([start, end]) => stream.subarray(start, end));
  expect((await overTcp(port, pieces, 4)).map((reply) => reply.id)).toEqual([1, 2, 3, 4]);
  const afterNonsense = await overTcp(port, [framed(Buffer.from('nonsense')), stream], 4);
  expect(afterNonsense.map(rcode)).toEqual([3, 3, 3, 3]);
});

test('a lookup that throws is SERVFAIL to the asker and a report to us', async () => {
  const seen: unknown[] = [];
  const fail = () => {
    throw new Error('no such zone file');
  };
  const zones = [{ zone: 'a.rbl.test', lookup: fail }];
  const { port } = await start({ zones, onError: (error) => seen.push(error) });
  expect(rcode(await askUdp(port, '10.2.0.192.a.rbl.test', 'A'))).toBe(2);
  expect(seen).toHaveLength(1);
  expect(rcode(await askUdp(port, '1.0.0.127.a.rbl.test', 'A'))).toBe(3);
});

test('garbage is ignored, whatever it is, and replies are never answered', async () => {
  const { port } = await start();
  const sound = query('10.2.0.192.psbl.rbl.test', 'A', { additionals: [opt(1232)] });
  const udp = createSocket('udp4');
  const answers: Buffer[] = [];
  udp.on('message', (reply) => answers.push(reply));
  const mutated = fc.tuple(fc.nat(sound.length - 1), fc.nat(255)).map(([at, byte]) => {
    const bytes = Buffer.from(sound);
    bytes[at] = byte;
    return bytes;
  });
  const cut = fc.nat(sound.length - 1).map((length) => sound.subarray(0, length));
  const noise = fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes));
  await fc.assert(fc.asyncProperty(fc.oneof(mutated, cut, noise), async (bytes) => {
    await new Promise((sent) => udp.send(bytes, port, '127.0.0.1', sent));
  }));
  const echo = Buffer.from(sound);
  echo[2]! |= 0x80;
  echo.writeUInt16BE(4242, 0);
  udp.send(echo, port, '127.0.0.1');
  const last = query('10.2.0.192.psbl.rbl.test', 'A', { id: 4243 });
  udp.send(last, port, '127.0.0.1');
  while (!answers.some((reply) => reply.readUInt16BE(0) === 4243)) await once(udp, 'message');
  expect(answers.some((reply) => reply.readUInt16BE(0) === 4242)).toBe(false);
  for (const reply of answers) expect(reply[2]! & 0x80).toBe(0x80);
  udp.close();
});
