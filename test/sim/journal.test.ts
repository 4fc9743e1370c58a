// Lines of the journal, and the first at which two journals part.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { describeDivergence, firstDivergence, formatEntry, formatTime } from '../../sim/journal.ts';

describe('a line of the journal', () => {
  test('holds nothing that a terminal acts on or that turns the direction of writing', () => {
    const subject = 'a\u001b[2J\u202eb\u2066c\u200f\n\u009b';
    const line = formatEntry({ at: 0, kind: 'bounce', subject, note: '' } as never);
    expect(line).toBe('0d 00:00:00.000 bounce a\\u001b[2J\\u202eb\\u2066c\\u200f\\u000a\\u009b');
  });

  test('begins with the time as days, hours, minutes, seconds and milliseconds', () => {
    expect(formatTime(0)).toBe('0d 00:00:00.000');
    expect(formatTime(((24 + 4) * 60 + 5) * 60_000 + 6_789)).toBe('1d 04:05:06.789');
    expect(formatTime(86_400_000 - 1)).toBe('0d 23:59:59.999');
    expect(formatTime(Number.MAX_SAFE_INTEGER)).toBe('104249991d 08:59:00.991');
  });

  test('names phase, kind, subject and note, and leaves out what was not given', () => {
    expect(formatEntry({ at: 61_000, kind: 'submission', subject: 'office-3', note: '2 recipients' }))
      .toBe('0d 00:01:01.000 submission office-3 2 recipients');
    expect(formatEntry({ at: 5, phase: 0, kind: 'poll', subject: 7, note: '' }))
      .toBe('0d 00:00:00.005 /0 poll 7');
  });

  test('stays one line, and harmless to a terminal, whatever a note holds', () => {
    const note = 'a\nb\r\u001b[31mred\u2028end';
    expect(formatEntry({ at: 0, kind: 'bounce', subject: 'x', note }))
      .toBe('0d 00:00:00.000 bounce x a\\u000ab\\u000d\\u001b[31mred\\u2028end');
  });
});

describe('the first divergence', () => {
  const lines = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 20 });

  test('of a journal and itself is none', () => {
    fc.assert(fc.property(lines, (all) => {
      expect(firstDivergence(all, [...all])).toBeNull();
    }));
  });

  test('is the first line that differs, with what came before it (oracle: a plain search)', () => {
    fc.assert(fc.property(lines, lines, fc.nat({ max: 6 }), (left, right, context) => {
      const longest = Math.max(left.length, right.length);
      let index = 0;
      while (index < longest && left[index] === right[index]) index += 1;
      const expected = index === longest ? null : {
        index,
        left: left[index] ?? null,
        right: right[index] ?? null,
        before: left.slice(Math.max(0, index - context), index),
      };
      expect(firstDivergence(left, right, context)).toEqual(expected);
    }));
  });

  test('reads no further than the difference, and closes both journals', () => {
    const closed: string[] = [];
    function* journal(name: string, oddAt: number): Generator<string> {
      try {
        for (let line = 0; ; line += 1) {
          if (line > oddAt + 5) throw new Error('read too far');
          yield line === oddAt ? `${name} ${line}` : `${line}`;
        }
      } finally {
        closed.push(name);
      }
    }
    expect(firstDivergence(journal('left', 1_000), journal('right', 1_000), 2))
      .toEqual({ index: 1_000, left: 'left 1000', right: 'right 1000', before: ['998', '999'] });
    expect(closed.toSorted()).toEqual(['left', 'right']);
  });

  test('is described with its place, both lines, those before it and what to look for', () => {
    const divergence = { index: 81_204, left: 'x', right: null, before: ['v', 'w'] };
    const told = describeDivergence(divergence, 'memory', 'wire');
    expect(told.split('\n').slice(0, 5)).toEqual([
      'sim: the journals part after event 81 204:',
      '          v',
      '          w',
      '  memory  x',
      '  wire    (the journal ends here)',
    ]);
    expect(told).toContain('Look for a clock');
  });
});
