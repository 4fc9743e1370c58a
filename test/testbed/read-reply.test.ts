// Replies off the wire, taken apart.

import { expect, test } from 'vitest';
import { readReply } from '../../testbed/index.ts';

test('parts code, enhanced code and text', () => {
  expect(readReply('550 5.1.1 no such user')).toEqual({ code: 550, enhanced: '5.1.1', text: 'no such user' });
  expect(readReply('450 4.7.650 slow down')).toEqual({ code: 450, enhanced: '4.7.650', text: 'slow down' });
  expect(readReply('554 no thanks')).toEqual({ code: 554, enhanced: '', text: 'no thanks' });
  expect(readReply('250 2.0.0')).toEqual({ code: 250, enhanced: '2.0.0', text: '' });
  expect(readReply('421')).toEqual({ code: 421, enhanced: '', text: '' });
});

test('what only looks like an enhanced code stays in the text', () => {
  for (const text of ['5.7.1.2 is not welcome', '3.7.1 x', '5.1 x', '5.7.1234 x', '5.7.1: x']) {
    expect(readReply(`550 ${text}`)).toEqual({ code: 550, enhanced: '', text });
  }
});

test('joins the lines of a longer reply, each without its codes', () => {
  expect(readReply('421-4.7.28 unusual rate\n421-5.6.7 in short\n421 4.7.28 see the help page')).toEqual({
    code: 421, enhanced: '4.7.28', text: 'unusual rate\n5.6.7 in short\nsee the help page',
  });
});

test('takes nothing else for a reply', () => {
  for (const text of ['', 'hello', '55 x', '5500 x']) expect(() => readReply(text)).toThrow(TypeError);
});
