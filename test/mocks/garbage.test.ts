// Floods of garbage at the mock servers: nothing crashes, nothing wrong is answered, and memory does not
// grow.

import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import packet, { type OptAnswer } from 'dns-packet';
import fc from 'fast-check';
import { afterEach, expect, test } from 'vitest';
import { startRegisterServer, startSmtpReceiver } from '../../mocks/index.ts';
import { answerQuery, namedZone } from '../../mocks/register-answers.ts';
import { type Reply } from '../../policy/index.ts';
import type { ZoneAnswer } from '../../sim/index.ts';
import { overTcp, framed, overUdp, query, rcode } from './raw-dns.ts';
import { RawSmtp } from './raw-smtp.ts';

const opened: { close(): unknown }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const listed: ZoneAnswer = { codes: ['127.0.0.2'], txt: 'see help', ttlS: 900, failure: 'none' };
const clean: ZoneAnswer = { codes: [], txt: '', ttlS: 60, failure: 'none' };
const zone = { zone: 'psbl.rbl.test', lookup: (ip: string) => (ip === '192.0.2.10' ? listed : clean) };
const zones = [namedZone(zone), namedZone({ ...zone, zone: 'other.rbl.test' })];
const edns: OptAnswer = {
  type: 'OPT', name: '.', udpPayloadSize: 1232, extendedRcode: 0, ednsVersion: 0,
  flags: packet.DNSSEC_OK, flag_do: true, options: [],
};

const label =
  fc.constantFrom('10', '2', '0', '192', 'psbl', 'PsBl', 'rbl', 'test', 'other', 'www', '', 'a'.repeat(63));
const type = fc.constantFrom('A', 'TXT', 'SOA', 'NS', 'ANY', 'AAAA', 'MX', 'AXFR', 'PTR');
const sound = fc.record({
  labels: fc.array(label, { maxLength: 6 }), tail: fc.constantFrom('.psbl.rbl.test', '.other.rbl.test', ''),
  type, id: fc.nat(65_535), edns: fc.boolean(),
}).map(({ labels, tail, type: asked, id, edns: has }) =>
  query(`${labels.filter((one) => one !== '').join('.')}${tail}`.replace(/^\./, ''), asked,
    { id, additionals: has ? [edns] : [] }));
const broken = fc.tuple(sound, fc.array(fc.tuple(fc.nat(200), fc.nat(255)), { maxLength: 6 }), fc.nat(300))
  .map(([bytes, changes, length]) => {
    const copy = Buffer.from(bytes);
    for (const [at, byte] of changes) if (at < copy.length) copy[at] = byte;
    return copy.subarray(0, Math.max(length, copy.length >> 1));
  });
const noise = fc.uint8Array({ maxLength: 600 }).map((bytes) => Buffer.from(bytes));

test('whatever bytes come, a reply is well formed, repeats the question, and never offers recursion', () => {
  fc.assert(fc.property(fc.oneof(sound, broken, noise), (bytes) => {
    const reply = answerQuery(bytes, 'udp', zones, {});
    if (reply === null || reply instanceof Promise) return reply === null;
    const said = packet.decode(reply);
    expect(reply.length).toBeLessThanOrEqual(1_232);
    expect([said.id, said.flag_qr, said.flag_ra]).toEqual([bytes.readUInt16BE(0), true, false]);
    if (said.questions!.length === 0) return [1, 4].includes(rcode(said));
    const { questions: asked } = packet.decode(Buffer.concat([
      bytes.subarray(0, 6), Buffer.alloc(6), bytes.subarray(12),
    ]));
    expect(said.questions).toEqual(asked);
    return packet.encodingLength(said) > 0;
  }), { numRuns: packets });
});

test('a sound query is never ignored, and its listing never depends on case or EDNS', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 30 }), fc.boolean(), (bits, has) => {
    const name = [...'10.2.0.192.psbl.rbl.test']
      .map((letter, index) => ((bits >> index) & 1 ? letter.toUpperCase() : letter)).join('');
    const asked = query(name, 'A', { additionals: has ? [edns] : [] });
    const reply = answerQuery(asked, 'udp', zones, {}) as Buffer;
    expect(packet.decode(reply).answers).toMatchObject([{ name, data: '127.0.0.2' }]);
  }));
});

test('EDNS comes back with the wish for signatures as it was, and twice it is a mistake', () => {
  const answer = (bytes: Buffer) => packet.decode(answerQuery(bytes, 'udp', zones, {}) as Buffer);
  const [back] = answer(query('psbl.rbl.test', 'SOA', { additionals: [edns] })).additionals as OptAnswer[];
  expect(back).toMatchObject({ type: 'OPT', flag_do: true, udpPayloadSize: 1232, ednsVersion: 0 });
  expect(rcode(answer(query('psbl.rbl.test', 'SOA', { additionals: [edns, edns] })))).toBe(1);
});

test('an error code of a register goes out as it is configured', async () => {
  for (const code of ['127.255.255.252', '127.255.255.254', '127.255.255.255']) {
    const lookup = (): ZoneAnswer => ({ ...clean, codes: [code], txt: 'Error: open resolver' });
    const { port, close } = await startRegisterServer({ zones: [{ zone: 'css.rbl.test', lookup }] });
    const reply = packet.decode(await overUdp(port, query('9.113.0.203.css.rbl.test', 'A')));
    expect(reply.answers).toMatchObject([{ data: code, ttl: 60 }]);
    await close();
  }
});

/** 5,000 as a rule; more in a deep check, as all properties. */
const packets = 50 * Number(process.env['PROPERTY_RUNS'] ?? 100);

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** Megabytes that live after the garbage was collected. */
const heap = (): number => {
  collect();
  const { heapUsed, external } = process.memoryUsage();
  return (heapUsed + external) / 1e6;
};

const flood = async (udp: UdpSocket, port: number, packets: readonly Buffer[]): Promise<void> => {
  for (const bytes of packets) await new Promise((sent) => udp.send(bytes, port, '127.0.0.1', sent));
};

test('a flood of garbage at a register leaves no memory behind, and the register answers on', async () => {
  const server = await startRegisterServer({ zones: [zone] });
  opened.push(server);
  const udp = createSocket('udp4');
  opened.push({ close: () => udp.close() });
  udp.on('message', () => {});
  const garbage = fc.sample(fc.oneof(broken, noise), 1_000);
  await flood(udp, server.port, garbage);
  const before = heap();
  for (let round = 0; round < 5; round += 1) await flood(udp, server.port, garbage);
  expect(heap() - before).toBeLessThan(20);
  // The flood may have filled the system's own queue: then a question is lost, and asked again.
  const question = query('10.2.0.192.psbl.rbl.test', 'A', { id: 4242 });
  const heard = new Promise<Buffer>((resolve) => {
    udp.on('message', (reply) => (reply.readUInt16BE(0) === 4242 ? resolve(reply) : undefined));
  });
  const asking = setInterval(() => udp.send(question, server.port, '127.0.0.1'), 50);
  expect(packet.decode(await heard).answers).toHaveLength(1);
  clearInterval(asking);
});

test('over TCP garbage is ignored between queries, and a length without end holds nothing up', async () => {
  const server = await startRegisterServer({ zones: [zone] });
  opened.push(server);
  const hanging = connect({ host: '127.0.0.1', port: server.port });
  opened.push({ close: () => hanging.destroy() });
  hanging.write(Buffer.from([0xff, 0xff, 0x00]));
  const pieces = fc.sample(noise, 200).map(framed);
  const good = framed(query('10.2.0.192.psbl.rbl.test', 'A', { id: 4242 }));
  const replies = await overTcp(server.port, [Buffer.concat([good, ...pieces, good])], 2);
  expect(replies[0]!.id).toBe(4242);
});

test('a flood of garbage at a receiver leaves no memory behind, and the receiver takes mail on', async () => {
  const ok: Reply = { code: 250, enhanced: '2.0.0', text: 'ok', class: 'accepted' };
  let decided = 0;
  const receiver = await startSmtpReceiver({
    name: 'gmail.test', starttls: true, xclient: true,
    behaviour: {
      connect: () => null, mail: () => null, recipient: () => null, data: () => ((decided += 1), ok),
    },
  });
  opened.push(receiver);
  const word = fc.constantFrom(
    'EHLO', 'MAIL FROM:<', 'RCPT TO:<', 'DATA', 'RSET', 'STARTTLS', 'XCLIENT ', '>', '\r\n', '\n', '\0', ' ',
  );
  const line = fc.array(fc.oneof(word, fc.string(), fc.string({ unit: 'binary' })), { maxLength: 20 });
  const scripts = fc.sample(line, 150).map((parts) => parts.join(''));
  const speak = async (script: string): Promise<void> => {
    const socket = connect({ host: '127.0.0.1', port: receiver.port });
    socket.on('error', () => {});
    socket.resume();
    await once(socket, 'data').catch(() => undefined);
    socket.end(script);
    setTimeout(() => socket.destroy(), 20).unref();
    await once(socket, 'close');
  };
  const round = async (): Promise<void> => {
    for (let from = 0; from < scripts.length; from += 30)
      await Promise.all(scripts.slice(from, from + 30).map(speak));
  };
  await round();
  const before = heap();
  await round();
  await round();
  expect(heap() - before).toBeLessThan(20);
  const raw = await RawSmtp.ready(receiver.port);
  await raw.ask('MAIL FROM:<a@t1.test>');
  await raw.ask('RCPT TO:<b@gmail.test>');
  await raw.ask('DATA');
  expect(await raw.ask('whole\r\n.')).toBe('250 2.0.0 ok');
  raw.end();
  expect(decided).toBe(1);
});
