// Living mocks at the controls: what can be done by hand shows in DNS and SMTP at once.

import { connect } from 'node:net';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { control, done, lookUp, portOf, startLiving, stateOf } from './living.ts';
import { RawSmtp } from '../../mocks/raw-smtp.ts';

test('an address listed by hand shows in DNS at once, and no longer once it is delisted', async () => {
  const mocks = await startLiving();
  for (const address of ['192.0.2.10', '203.0.113.9', '2001:db8::9']) {
    expect(await lookUp(mocks, 'psbl', address)).toBe(3);
    await done(mocks, '/list', { register: 'psbl', address });
    expect(await lookUp(mocks, 'psbl', address)).toEqual(['127.0.0.2']);
    expect((await stateOf(mocks)).registers[0]!.listed).toContain(address);
    await done(mocks, '/delist', { register: 'psbl', address });
    expect(await lookUp(mocks, 'psbl', address)).toBe(3);
  }
});

test('a listing by hand has receivers refuse mail from the address', async () => {
  const mocks = await startLiving();
  const answer = async (): Promise<string> => {
    const raw = await RawSmtp.ready(portOf(mocks, 'small'));
    await raw.ask('MAIL FROM:<a@example.net>');
    const said = await raw.ask('RCPT TO:<bob@small.test>');
    raw.end();
    return said;
  };
  expect(await answer()).toBe('250 Accepted');
  await done(mocks, '/list', { register: 'psbl', address: '192.0.2.10' });
  // The receiver's own cache holds until the negative TTL is over.
  await done(mocks, '/clock', { by: '1d' });
  expect(await answer()).toMatch(/^554 5\.7\.1 .*192\.0\.2\.10.*psbl/);
});

test('moving the clock has delistings happen at their time', async () => {
  const mocks = await startLiving();
  await done(mocks, '/clock', { to: '4d' });
  await done(mocks, '/list', { register: 'css', address: '192.0.2.10' });
  const { expiry } = (await stateOf(mocks)).registers[1]!.rule;
  await done(mocks, '/clock', { by: `${expiry - 60_000}ms` });
  expect(await lookUp(mocks, 'css', '192.0.2.10')).toEqual(['127.0.0.3']);
  await done(mocks, '/clock', { by: '1d' });
  expect(await lookUp(mocks, 'css', '192.0.2.10')).toBe(3);
  expect((await stateOf(mocks)).clock.ms).toBe(5 * 86_400_000 + expiry - 60_000);
});

test('the desk of a platform that does not rest has its addresses delisted', async () => {
  const mocks = await startLiving({ quiet: false });
  await done(mocks, '/clock', { to: '4d' });
  await done(mocks, '/list', { register: 'css', address: '192.0.2.11' });
  const { expiry } = (await stateOf(mocks)).registers[1]!.rule;
  await done(mocks, '/clock', { by: `${expiry - 60_000}ms` });
  expect(await lookUp(mocks, 'css', '192.0.2.11')).toBe(3);
});

test("what the plan has in store happens when the clock gets there, and ends at its end", async () => {
  const mocks = await startLiving();
  const psbl = async () => (await stateOf(mocks)).registers[0]!;
  const before = (await psbl()).rule.expiry;
  await done(mocks, '/clock', { to: '2d' });
  expect((await psbl()).rule.expiry).toBe(86_400_000);
  expect(before).not.toBe(86_400_000);
  await done(mocks, '/clock', { to: '3d' });
  expect(await lookUp(mocks, 'css', '192.0.2.10')).toBe(5);
  await done(mocks, '/clock', { by: '2h' });
  expect(await lookUp(mocks, 'css', '192.0.2.10')).toBe(3);
});

test('each fault of a register shows to who asks it, and heals', async () => {
  const mocks = await startLiving();
  const said: Record<string, unknown> = {
    'refused': 5, 'list-world-127.0.0.2': ['127.0.0.2'], 'domain-expired-wildcard': ['203.0.113.80'],
    'resolver-blocked': ['127.255.255.254'], 'quota-exceeded': ['127.255.255.255'],
  };
  for (const [fault, answer] of Object.entries(said)) {
    await done(mocks, '/fault', { register: 'psbl', fault });
    expect((await stateOf(mocks)).registers[0]!.faults).toEqual([fault]);
    expect(await lookUp(mocks, 'psbl', '198.51.100.7'), fault).toEqual(answer);
    await done(mocks, '/heal', { register: 'psbl' });
    expect(await lookUp(mocks, 'psbl', '198.51.100.7'), fault).toBe(3);
  }
  await done(mocks, '/list', { register: 'psbl', address: '192.0.2.10' });
  await done(mocks, '/list', { register: 'psbl', address: '203.0.113.9' });
  await done(mocks, '/fault', { register: 'psbl', fault: 'graceful-empty' });
  expect(await lookUp(mocks, 'psbl', '192.0.2.10')).toBe(3);
  expect(await lookUp(mocks, 'psbl', '203.0.113.9')).toBe(3);
});

test('dead name servers say nothing at all', async () => {
  const mocks = await startLiving();
  await done(mocks, '/fault', { register: 'psbl', fault: 'ns-blackhole' });
  const answers = ['psbl', 'css'].map((name) => lookUp(mocks, name, '192.0.2.10').then(() => name));
  const first = await Promise.race(answers);
  expect(first).toBe('css');
  expect((await stateOf(mocks)).registers[0]!.queries).toBe(1);
});

test('a fault that was healed by hand does not end a later one at its time', async () => {
  const mocks = await startLiving();
  await done(mocks, '/fault', { register: 'psbl', fault: 'refused', length: '1h' });
  expect((await control(mocks, '/fault', { register: 'psbl', fault: 'ns-blackhole' })).body.error).toBe(
    'psbl suffers from refused until 0d 01:00:00.000, and one fault would undo the other. Heal it first.',
  );
  await done(mocks, '/heal', { register: 'psbl' });
  await done(mocks, '/fault', { register: 'psbl', fault: 'list-world-127.0.0.2', length: '5h' });
  await done(mocks, '/clock', { by: '2h' });
  expect(await lookUp(mocks, 'psbl', '198.51.100.7')).toEqual(['127.0.0.2']);
  await done(mocks, '/clock', { by: '4h' });
  expect(await lookUp(mocks, 'psbl', '198.51.100.7')).toBe(3);
});

test('rules of registers and of receivers change by hand, and back again', async () => {
  const mocks = await startLiving();
  const expiry = async () => (await stateOf(mocks)).registers[0]!.rule.expiry;
  await done(mocks, '/upgrade', { register: 'psbl', to: { expiry: '3d' } });
  expect(await expiry()).toBe(3 * 86_400_000);
  await done(mocks, '/upgrade', { register: 'psbl', to: { expiry: '4h' }, length: '1h' });
  expect(await expiry()).toBe(4 * 3_600_000);
  await done(mocks, '/clock', { by: '1h' });
  expect(await expiry()).toBe(3 * 86_400_000);
  await done(mocks, '/upgrade', { receiver: 'small', to: { greylist: '5m' } });
  const raw = await RawSmtp.ready(portOf(mocks, 'small'));
  await raw.ask('MAIL FROM:<a@example.net>');
  expect(await raw.ask('RCPT TO:<bob@small.test>')).toMatch(/^450 /);
  raw.end();
});

test('any incident of a plan can befall the world, its culprits too', async () => {
  const mocks = await startLiving({ quiet: false });
  const incident = {
    kind: 'compromised', who: { group: 'offices', member: 0 }, how: 'weak-password', rate: '600/h',
    length: '5h',
  };
  expect(await done(mocks, '/incident', incident)).toMatchObject({ incident: 'compromised' });
  await done(mocks, '/clock', { by: '6h' });
  expect((await stateOf(mocks)).registers[0]!.listed.length).toBeGreaterThan(0);
});

test('what makes no sense is refused with what was seen and what is allowed', async () => {
  const mocks = await startLiving();
  const ip = '192.0.2.10';
  const cases: readonly [path: string, body: unknown, status: number, words: RegExp][] = [
    ['/list', { register: 'pslb', address: ip }, 422, /no register is called "pslb"\. Did you mean "psbl"\?/],
    ['/list', { register: 'psbl', address: 'a.test' }, 422, /address is "a.test"; it is an IPv4 or IPv6/],
    ['/list', { register: 'psbl' }, 422, /address is missing/],
    ['/list', { register: 'psbl', adress: ip }, 422, /"adress" is not a field here\. Did you mean "address"/],
    ['/list', { register: 'dbl', address: '192.0.2.10' }, 422, /lists names of domains/],
    ['/clock', { by: '4 hours' }, 422, /by is "4 hours", which is not a time; it is a time such as '90m'/],
    ['/clock', { by: 3_600 }, 422, /by is 3600; it is a time/],
    ['/clock', {}, 422, /give one of the two/],
    ['/clock', { to: '11d' }, 422, /the scenario ends at 10d 00:00:00.000; 11d 00:00:00.000 is past that/],
    ['/fault', { register: 'psbl', fault: 'dead' }, 422, /fault is "dead"; it is one of/],
    ['/fault', { register: 'css', fault: 'quota-exceeded' }, 422, /no receiver of this plan asks it/],
    ['/heal', { register: 'psbl' }, 422, /psbl is sound/],
    ['/upgrade', { to: {} }, 422, /give one of the two/],
    ['/upgrade', { register: 'psbl', to: {} }, 422, /changes nothing/],
    ['/incident', { kind: 'compromissed' }, 422, /Did you mean "compromised"/],
    ['/incident', { kind: 'neighbour', at: '1d' }, 422, /at is given; an incident by hand begins now/],
    ['/lists', {}, 404, /POST "\/lists" is nothing here\. Did you mean "\/list"/],
    ['/', {}, 405, /GET reads it/],
    ['/clock', '{"by":', 400, /the request is not JSON/],
    ['/clock', '[1]', 400, /is a list of 1; it is a record/],
    ['/clock', `{"by":"${'1'.repeat(70_000)}"}`, 413, /longer than 65536 bytes/],
  ];
  for (const [path, body, status, words] of cases) {
    const said = await control(mocks, path, body);
    expect([path, said.status], said.body.error).toEqual([path, status]);
    expect(said.body.error).toMatch(words);
  }
  expect((await control(mocks, '/clock', undefined)).status).toBe(405);
  const plain = await control(mocks, '/clock', '{"by":"1h"}', { headers: { 'content-type': 'text/plain' } });
  expect([plain.status, plain.body.error]).toEqual([400, expect.stringContaining('it is application/json')]);
  await done(mocks, '/clock', { to: '1d' });
  expect((await control(mocks, '/clock', { to: '1h' })).body.error).toMatch(/never goes back/);
  expect((await stateOf(mocks)).clock.ms).toBe(86_400_000);
});

test('a page in a browser on this machine cannot reach the control by any name', async () => {
  const mocks = await startLiving();
  for (const host of ['evil.example', 'evil.example:80', '192.0.2.1', '127.0.0.1.evil.example'])
    expect((await control(mocks, '/', undefined, { headers: { host } })).status, host).toBe(403);
  for (const host of ['localhost', 'localhost:1', '127.0.0.1', '127.8.9.1:99', '[::1]:5'])
    expect((await control(mocks, '/', undefined, { headers: { host } })).status, host).toBe(200);
  const page = await control(mocks, '/clock', { by: '1h' }, { headers: { origin: 'http://localhost' } });
  expect(page.status).toBe(403);
  expect((await stateOf(mocks)).clock.ms).toBe(0);
});

test('the control outlives garbage and half requests', async () => {
  const mocks = await startLiving();
  const port = Number(new URL(mocks.control).port);
  const half = 'POST /clock HTTP/1.1\r\nHost: localhost\r\nContent-Length: 99\r\n\r\n{"';
  for (const text of ['\0\x01\x02', 'GET', half]) {
    const socket = connect({ host: '127.0.0.1', port });
    await once(socket, 'connect');
    socket.on('error', () => {});
    socket.end(text);
    socket.resume();
    await once(socket, 'close');
  }
  expect((await stateOf(mocks)).clock.ms).toBe(0);
});

test('the same requests lead to the same world', async () => {
  const one = await startLiving({ quiet: false });
  const two = await startLiving({ quiet: false });
  for (const mocks of [one, two]) {
    await done(mocks, '/list', { register: 'psbl', address: '192.0.2.11' });
    await done(mocks, '/clock', { by: '1d' });
  }
  const free = ({ registers, receivers }: Awaited<ReturnType<typeof stateOf>>) =>
    ({ registers, receivers: receivers.map(({ name, messages }) => ({ name, messages })) });
  expect(free(await stateOf(one))).toEqual(free(await stateOf(two)));
});
