// How settings of `serve` are spelled, and what is said of those that are not.

import { expect, test } from 'vitest';
import {
  readAddresses, readAnonymous, readCount, readMode, readOneOf, readPlace, readPools, readReceivers,
  readRegister, readSpan, readSync, readTenantRule,
} from '../../../cli/serving/spellings.ts';
import { silentParts } from '../../../cli/serving/silent-parts.ts';
import { acceptEverything, defaultPolicy } from '../../../policy/index.ts';

test('places are loopback or Unix sockets', () => {
  expect(readPlace('127.0.0.1:10040')).toEqual({ kind: 'tcp', host: '127.0.0.1', port: 10_040 });
  expect(readPlace('inet:[::1]:0')).toEqual({ kind: 'tcp', host: '::1', port: 0 });
  expect(readPlace('unix:private/policy')).toEqual({ kind: 'unix', path: 'private/policy' });
  expect(readPlace('./policy')).toEqual({ kind: 'unix', path: './policy' });
});

test('a tenant is the domain of a login, the login, or what a pattern finds', () => {
  expect(readTenantRule('domain')('a@t1.test')).toBe('t1.test');
  expect(readTenantRule('domain')('web7')).toBe('web7');
  expect(readTenantRule('login')('a@t1.test')).toBe('a@t1.test');
  const pattern = readTenantRule('/^([a-z]+)-/');
  expect([pattern('shop-7@x.test'), pattern('7@x.test')]).toEqual(['shop', '7@x.test']);
});

test('who did not log in is nobody, the client, or one account', () => {
  expect(readAnonymous('pass')('192.0.2.1')).toBeUndefined();
  expect(readAnonymous('client')('192.0.2.1')).toBe('192.0.2.1');
  expect(readAnonymous('account:Web')('192.0.2.1')).toBe('web');
});

test('pools, addresses, registers, spans and rights are read', () => {
  const receiverOf = readReceivers(['gmail=gmail.com,Googlemail.com']);
  expect(['googlemail.com', 'x.test'].map(receiverOf)).toEqual(['gmail', 'x.test']);
  expect([...readPools(['high-risk=smtp-b:', 'b=relay:[192.0.2.1]:26'])])
    .toEqual([['high-risk', 'smtp-b:'], ['b', 'relay:[192.0.2.1]:26']]);
  expect([...readAddresses(['shared=192.0.2.10'])]).toEqual([['shared', '192.0.2.10']]);
  expect(readRegister('BL.rbl.test@127.0.0.1:53'))
    .toEqual({ zone: 'bl.rbl.test', host: '127.0.0.1', port: 53 });
  expect([readSync('always'), readSync('never'), readSync('2s')]).toEqual(['always', 'never', 2_000]);
  expect(readMode('660')).toBe(0o660);
});

test.each([
  [() => readPlace('192.0.2.1:10040'), /192.0.2.1 is not loopback; expected .*127.0.0.1 or ::1/],
  [() => readPlace('localhost:10040'), /"localhost:10040" is no place; expected 127.0.0.1:10040 or unix:/],
  [() => readPlace('127.0.0.1:99999'), /is no place/],
  [() => readPlace(`unix:/${'x'.repeat(200)}`), /has 107 bytes at most/],
  [() => readReceivers(['g=gmail.com,']), /--receiver g=gmail.com,: "" is no domain; expected domains/],
  [() => readReceivers(['a=x.test', 'b=x.test']), /--receiver gives x.test to a and b/],
  [() => readTenantRule('domains'), /--tenant "domains" is not known; expected domain, login or/],
  [() => readTenantRule('/(/'), /--tenant \/\(\/: Invalid regular expression/],
  [() => readTenantRule('/a/'), /has no \(group\) that would be the tenant/],
  [() => readAnonymous('no'), /--anonymous "no" is not known; expected pass, client or account:<name>/],
  [() => readPools(['high-risk']), /--pool "high-risk" says nothing; expected name=transport:/],
  [() => readPools(['a=b']), /--pool a=b: expected transport:/],
  [() => readPools(['a=b:', 'a=c:']), /--pool gives a twice/],
  [() => readAddresses(['shared=mx1']), /--address shared=mx1: expected an IPv4 or IPv6 address/],
  [() => readRegister('bl.rbl.test@192.0.2.1:53'), /--register 192.0.2.1:53: 192.0.2.1 is not loopback/],
  [() => readRegister('127.0.0.1:53'), /names no zone/],
  [() => readSync('soon'), /--sync "soon" is not a time/],
  [() => readSpan('--time-out', '1ms', 100), /--time-out 1ms is out of range/],
  [() => readCount('--connections', '-1', 10), /--connections "-1" is out of range; expected 1 to 10/],
  [() => readMode('999'), /--socket-mode "999" is no permission/],
  [() => readOneOf('--on-fault', 'no', ['pass', 'defer']), /--on-fault "no" is not known; expected pass or/],
])('what is spelled otherwise is told: %s', (read, expected) => {
  expect(read).toThrow(expected);
});

test('what of a policy does nothing behind a policy server is said', () => {
  expect(silentParts(acceptEverything, { register: [] })).toEqual([]);
  const lines = silentParts(defaultPolicy, { register: [], mailLog: 'mail.log' });
  expect(lines.join('\n')).toMatch(/complaint-ratio: waits for news that only --complaints brings/);
  expect(lines.join('\n')).toMatch(/register-watch.*: also shapes attempts, about which Postfix asks nobody/);
  expect(lines.join('\n')).not.toMatch(/--mail-log/);
});
