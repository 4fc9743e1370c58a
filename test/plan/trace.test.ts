// Traces: what rows become, and how broken ones are told.

import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PlanMistakes } from '../../sim/plan/problems.ts';
import { readPlan } from '../../sim/plan/read.ts';
import { checkTraces, parseTrace } from '../../sim/trace.ts';
import { goodPlan } from './sample.ts';

const head = 'unix_time,sender,recipients\n';

const told = (text: string): readonly string[] => {
  try {
    parseTrace(text, 't.csv');
    return [];
  } catch (error) {
    if (error instanceof PlanMistakes) return error.message.split('\n');
    throw error;
  }
};

test('the Enron trace has 21,635 messages of 152 senders, the first at its real time', () => {
  const trace = parseTrace(readFileSync('scenarios/traces/enron.csv', 'utf8'), 'enron.csv');
  expect([trace.rows, trace.senders, trace.times[0]]).toEqual([21_635, 152, 910_930_020_000]);
  expect(trace.starts[trace.rows]).toBe(trace.to.length);
});

test('senders are numbered by label, rows sorted by time, ties kept in the order of the file', () => {
  const trace = parseTrace(`${head}30,10,7\r\n20,9,7 8\r\n20,10,9\r\n`, 't.csv');
  expect(trace.labels).toEqual(['9', '10']);
  expect([...trace.times]).toEqual([20_000, 20_000, 30_000]);
  expect([...trace.from]).toEqual([0, 1, 1]);
  expect([...trace.starts]).toEqual([0, 2, 3, 4]);
  expect([...trace.to]).toEqual([0, 1, 2, 0]);
});

test('any rows come back out as they went in', () => {
  const row = fc.record({
    time: fc.nat({ max: 50 }),
    sender: fc.nat({ max: 5 }),
    to: fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 4 }),
  });
  fc.assert(
    fc.property(fc.array(row, { minLength: 1 }), (rows) => {
      const trace = parseTrace(
        head + rows.map(({ time, sender, to }) => `${time},${sender},${to.join(' ')}`).join('\n'),
        't.csv',
      );
      const people = [...new Set(rows.flatMap(({ to }) => to))].sort((one, two) => one - two);
      const back = Array.from({ length: trace.rows }, (_, index) => ({
        time: trace.times[index]! / 1_000,
        sender: Number(trace.labels[trace.from[index]!]),
        to: [...trace.to.slice(trace.starts[index], trace.starts[index + 1])].map((number) => people[number]),
      }));
      expect(back).toEqual(rows.toSorted((one, two) => one.time - two.time));
    }),
  );
});

describe('a broken row is told by its line', () => {
  test.each([
    ['yesterday,1,2', 't.csv: line 3 has the time "yesterday"; a time is in seconds since 1970.'],
    ['-5,1,2', 't.csv: line 3 has the time "-5"; a time is in seconds since 1970.'],
    ['910930020000,1,2', 't.csv: line 3 has the time "910930020000"; a time is in seconds since 1970.'],
    [
      '5,1',
      't.csv: line 3 has 2 fields; a row is unix_time,sender,recipients. Recipients are separated by spaces.',
    ],
    [
      '5,1,2,3',
      't.csv: line 3 has 4 fields; a row is unix_time,sender,recipients. Recipients are separated by spaces.',
    ],
    ['5,,2', 't.csv: line 3 has the sender ""; a sender is one label.'],
    ['5,1,', 't.csv: line 3 has no recipients; a message has at least one.'],
  ])('%s', (row, line) => {
    expect(told(`${head}1,1,1\n${row}\n2,2,2\n`)).toEqual([line]);
  });

  test('the first ten of many are shown, and all are counted', () => {
    const lines = told(head + 'x,1,2\n'.repeat(25));
    expect(lines).toHaveLength(11);
    expect(lines[10]).toBe('t.csv: 15 more of the kind; 25 in all.');
  });

  test('a file of something else is told by its header, an empty one by its lack of rows', () => {
    expect(told('a,b\n1,2\n')).toEqual([
      't.csv: line 1 is "a,b"; it is the header unix_time,sender,recipients.',
    ]);
    expect(told('')).toEqual(['t.csv: line 1 is ""; it is the header unix_time,sender,recipients.']);
    expect(told(head)).toEqual(['t.csv: has no rows; a trace has at least one.']);
  });
});

describe('a plan and its trace must agree', () => {
  const plan = (count: number, epoch: string) =>
    readPlan(
      {
        ...goodPlan(),
        epoch,
        incidents: [],
        tenants: [{ name: 'people', count, pool: 'shared', stream: { kind: 'trace', file: 't.csv' } }],
      },
      'x.ts',
    );
  const traces = new Map([['t.csv', parseTrace(`${head}86400,1,2\n90000,2,1\n`, 't.csv')]]);

  test('on the number of senders', () => {
    expect(checkTraces(plan(2, '1970-01-01T00:00:00Z'), traces)).toEqual([]);
    expect(checkTraces(plan(3, '1970-01-01T00:00:00Z'), traces)).toMatchObject([
      {
        path: 'tenants[0].count (group "people")',
        saw: 'is 3',
        allowed: 't.csv has 2 senders, each a tenant',
        advice: 'Say 2.',
      },
    ]);
  });

  test('on the time: a run that plays no row at all is refused', () => {
    expect(checkTraces(plan(2, '1970-01-03T00:00:00Z'), traces)).toMatchObject([
      { saw: 'plays none of its 2 rows: 2 before the epoch, the rest after the end' },
    ]);
  });
});
