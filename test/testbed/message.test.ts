// The message that goes over the wire, byte for byte.

import { expect, test } from 'vitest';
import { buildMessage } from '../../testbed/index.ts';

const parts = {
  from: 'a1@t1.test', to: ['r1@gmail.test', 'r2@gmail.test'], subject: 'Message 7',
  date: Date.UTC(2027, 0, 4, 9, 30), messageId: '7.0@out.platform.test',
};

test('has the headers of a real message, lines ended by CRLF', () => {
  expect(buildMessage(parts).toString()).toBe([
    'From: <a1@t1.test>',
    'To: <r1@gmail.test>,',
    ' <r2@gmail.test>',
    'Subject: Message 7',
    'Date: Mon, 04 Jan 2027 09:30:00 +0000',
    'Message-ID: <7.0@out.platform.test>',
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=us-ascii',
    '',
    'Hello.',
    '',
  ].join('\r\n'));
});

test('names its list where it is of one', () => {
  const message = buildMessage({ ...parts, listId: 'l9.t1.test' }).toString();
  expect(message).toContain('\r\nList-Id: <l9.t1.test>\r\n');
});

test('is filled up to its size by less than a line too much, and is the same every time', () => {
  for (const bytes of [0, 300, 301, 5_000]) {
    const message = buildMessage({ ...parts, bytes });
    expect(message.length).toBeGreaterThanOrEqual(bytes);
    expect(message.length).toBeLessThan(Math.max(buildMessage(parts).length + 1, bytes + 77));
    expect(message).toEqual(buildMessage({ ...parts, bytes }));
  }
});

test('keeps every line within the limits of RFC 5322, however many recipients', () => {
  const to = Array.from({ length: 500 }, (_, index) => `r${index}@gmail.test`);
  const lines = buildMessage({ ...parts, to, bytes: 20_000 }).toString().split('\r\n');
  expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(78);
});

test('refuses a header that would smuggle another in', () => {
  expect(() => buildMessage({ ...parts, subject: 'x\r\nBcc: <r3@gmail.test>' })).toThrow(TypeError);
  expect(() => buildMessage({ ...parts, from: 'a@t.test>\nX: <' })).toThrow(TypeError);
});
