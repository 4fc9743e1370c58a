// The progress line: what it says, and where it keeps silent.

import { describe, expect, test } from 'vitest';
import { boardOn, boardSize } from '../../cli/board.ts';
import type { Crew } from '../../cli/crew.ts';
import { isSet, progressLine, showProgress, spanText } from '../../cli/progress.ts';
import { Pace, showPace } from '../../cli/sweeping/carry-out.ts';

const crew: Crew = {
  board: boardOn(new SharedArrayBuffer(boardSize(2))),
  workers: 2,
  stop: () => undefined,
  finished: () => ({ seeds: 3, events: 1_000_000 }),
  report: Promise.resolve({ results: [], assumptions: [] }),
};
const screen = (isTTY: boolean) => {
  const written: string[] = [];
  return { written, isTTY, columns: 40, write: (text: string) => written.push(text) };
};

test('says which seed, how fast, and how long still', () => {
  expect(progressLine({ seeds: 3, done: 4, events: 2_000_000 }, 20, 10)).toBe(
    'seed 4/20   200 k events/s   about 40 s left',
  );
  expect(progressLine({ seeds: 0, done: 0, events: 0 }, 20, 0)).toBe('seed 1/20   0 events/s');
  expect([spanText(59), spanText(61), spanText(7_300)]).toEqual(['59 s', '1 m 1 s', '2 h 2 m']);
});

describe('draws', () => {
  test('on a terminal, no wider than it, and wipes the line at the end', () => {
    const terminal = screen(true);
    showProgress(crew, 20, 1_000, terminal, {})();
    expect(terminal.written[0]).toContain('seed 4/20');
    expect(terminal.written[0]!.length).toBeLessThan(40 + '\r\u001b[2K'.length);
    expect(terminal.written.at(-1)).toBe('\r\u001b[2K');
  });
  test('as wide as usual on a terminal that knows no size', () => {
    const terminal = { ...screen(true), columns: 0 };
    showProgress(crew, 20, 1_000, terminal, {})();
    expect(terminal.written[0]).toMatch(/events\/s$/);
  });
  test('a sweep as wide on such a terminal, so that no digit is lost of how many runs there are', () => {
    const pace = new Pace(Array.from({ length: 30 }, (_, index) =>
      ({ key: String(index), scenario: 0, policy: 'default', settings: [], seed: '1' })), new Map());
    const drawnOn = (columns: number): string | undefined => {
      const terminal = { ...screen(true), columns };
      const console = { errors: terminal, environment: {}, note: () => undefined };
      showPace(pace, console, () => undefined)();
      return terminal.written[0];
    };
    expect(drawnOn(0)).toBe('\r\u001b[2Krun 1/30');
    expect(drawnOn(6)).toBe('\r\u001b[2Krun 1');
  });
  test('nothing into a pipe or where CI is set', () => {
    const pipe = screen(false);
    const ci = screen(true);
    showProgress(crew, 20, 1_000, pipe, {})();
    showProgress(crew, 20, 1_000, ci, { CI: 'true' })();
    expect([...pipe.written, ...ci.written]).toEqual([]);
  });
});

test('CI counts as set when it is anything but empty, false or 0', () => {
  expect(['1', 'true', 'yes'].map(isSet)).toEqual([true, true, true]);
  expect([undefined, '', 'false', '0'].map(isSet)).toEqual([false, false, false, false]);
});

test('two workers write to one board without touching each other or the stop sign', () => {
  const board = boardOn(new SharedArrayBuffer(boardSize(2)));
  board.tell(0, 5e12, 7);
  board.tell(1, 3, 9);
  expect([board.now(0), board.events(0), board.now(1), board.events(1), board.isStopped()]).toEqual([
    5e12,
    7,
    3,
    9,
    false,
  ]);
  board.stop();
  expect([board.now(0), board.isStopped()]).toEqual([5e12, true]);
});
