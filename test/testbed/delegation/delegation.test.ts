// Postfix policy delegation, written and read: in pieces, merged, cut short, overlong and as garbage.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readAction, writeAction } from '../../../testbed/delegation/action.ts';
import { AttributeReader, type Reading } from '../../../testbed/delegation/attribute-reader.ts';
import { attributeNames, DelegationError, writeRequest } from '../../../testbed/delegation/attributes.ts';

const readings = (pieces: readonly Buffer[], reader = new AttributeReader()): Reading[] => {
  const heard: Reading[] = [];
  for (const piece of pieces) reader.take(piece, (reading) => heard.push(reading));
  return heard;
};

const listIn = (reading: Reading | undefined): Record<string, string> | undefined =>
  reading?.kind === 'list' ? Object.fromEntries(reading.attributes) : undefined;

const kinds = (heard: readonly Reading[]): string[] => heard.map(({ kind }) => kind);

const request = writeRequest({
  protocol_state: 'RCPT', sender: 'a@t1.test', recipient: 'b=c@d.test', sasl_username: 'a@t1.test',
  size: 1_234,
});

test('a request carries the 29 attributes of Postfix 3.7, in its order', () => {
  const lines = request.split('\n');
  expect(lines.slice(-2)).toEqual(['', '']);
  expect(lines.slice(0, -2).map((line) => line.split('=')[0])).toEqual(attributeNames);
  expect(attributeNames).toHaveLength(29);
  expect(lines).toContain('request=smtpd_access_policy');
  expect(lines).toContain('client_name=unknown');
  expect(lines).toContain('recipient_count=0');
  expect(lines).toContain('queue_id=');
  expect(lines).toContain('size=1234');
});

test('what was written is read again, values with = and beyond ASCII included', () => {
  const text = writeRequest({
    protocol_state: 'END-OF-MESSAGE', sender: 'jörg@bücher.test', recipient: 'b=c@d.test',
  });
  expect(listIn(readings([Buffer.from(text)])[0])).toMatchObject({
    request: 'smtpd_access_policy', protocol_state: 'END-OF-MESSAGE', sender: 'jörg@bücher.test',
    recipient: 'b=c@d.test', sasl_username: '',
  });
});

test('requests are the same however their bytes are cut and merged (property)', () => {
  fc.assert(fc.property(
    fc.array(fc.stringMatching(/^[ -~é€]{0,12}$/u), { minLength: 1, maxLength: 4 }),
    fc.array(fc.nat({ max: 40 })),
    (senders, cuts) => {
      const whole = Buffer.from(senders.map((sender) =>
        writeRequest({ protocol_state: 'RCPT', sender })).join(''));
      const pieces: Buffer[] = [];
      let from = 0;
      for (const cut of cuts) {
        pieces.push(whole.subarray(from, from + cut));
        from += cut;
      }
      pieces.push(whole.subarray(from));
      const heard = readings(pieces);
      expect(heard.map((reading) => listIn(reading)?.['sender'])).toEqual(senders);
    },
  ));
});

test('any bytes at all do no harm: each empty line ends one list or one complaint (property)', () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 60 })), (chunks) => {
    const reader = new AttributeReader({ line: 20, list: 60 });
    readings(chunks.map((chunk) => Buffer.from(chunk)), reader);
    // Out of the middle, whatever that was, and then all is well again.
    readings([Buffer.from('\n\n')], reader);
    expect(reader.isInside).toBe(false);
    expect(listIn(readings([Buffer.from('a=b\n\n')], reader)[0])).toEqual({ a: 'b' });
  }));
});

test('lines that end in CR LF are read like those of Postfix', () => {
  expect(listIn(readings([Buffer.from('a=b\r\nc=\r\n\r\n')])[0])).toEqual({ a: 'b', c: '' });
});

test('a name that comes twice has its last value', () => {
  expect(listIn(readings([Buffer.from('a=1\na=2\n\n')])[0])).toEqual({ a: '2' });
});

test.each([
  ['an empty request', '\n', 'it is empty'],
  ['a line without =', 'sender\n\n', '"sender" is not name=value'],
  ['a line without a name', '=x\n\n', '"=x" is not name=value'],
  ['a NUL', 'a=x\0y\n\n', String.raw`"a=x\u0000y" holds a NUL`],
  ['a line that is too long', `a=${'x'.repeat(20_000)}\nb=1\n\n`, 'a line is longer than 16384 bytes'],
  ['too many lines', `${'a=0123456789\n'.repeat(6_000)}\n`, 'it is longer than 65536 bytes'],
])('%s is told, and the next request is read as if nothing had been', (_what, text, why) => {
  const heard = readings([Buffer.from(text), Buffer.from(request)]);
  expect(heard[0]).toEqual({ kind: 'malformed', why });
  expect(kinds(heard)).toEqual(['malformed', 'list']);
});

test('an endless line is not held in memory', () => {
  const reader = new AttributeReader();
  const piece = Buffer.alloc(65_536, 'x');
  const before = process.memoryUsage().arrayBuffers;
  for (let times = 0; times < 3_000; times++) reader.take(piece, () => {});
  // Of 197 MB; what was let go may not have been collected yet.
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(120_000_000);
  expect(readings([Buffer.from('\n\n')], reader)).toEqual([
    { kind: 'malformed', why: 'a line is longer than 16384 bytes' },
  ]);
});

test('knows whether a peer that goes breaks off in the middle', () => {
  const reader = new AttributeReader();
  for (const [piece, inside] of [['a', true], ['=b\n', true], ['\n', false]] as const) {
    reader.take(Buffer.from(piece), () => {});
    expect(reader.isInside).toBe(inside);
  }
});

test('an action is written in one line and read again', () => {
  for (const action of [
    { verb: 'DUNNO', text: '' },
    { verb: 'DEFER_IF_PERMIT', text: '4.7.1 too much mail = wait' },
    { verb: '450', text: '4.7.1 x' },
  ]) {
    const [reading] = readings([Buffer.from(writeAction(action))]);
    expect(reading?.kind === 'list' && readAction(reading.attributes)).toEqual(action);
  }
  expect(readAction(new Map([['action', ' dunno']]))).toEqual({ verb: 'DUNNO', text: '' });
});

test('a value that the protocol cannot carry is refused, and a reply without an action is none', () => {
  expect(() => writeRequest({ protocol_state: 'RCPT', sender: 'a\nb=c' })).toThrow(DelegationError);
  expect(() => writeAction({ verb: 'DEFER', text: 'a\n\naction=OK' })).toThrow(DelegationError);
  expect(() => readAction(new Map([['actoin', 'OK']]))).toThrow('the reply holds "actoin" and no action');
  expect(() => readAction(new Map([['action', '']]))).toThrow(DelegationError);
});
