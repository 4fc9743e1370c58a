// The record of a culprit's mail, against plain lists of the same.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addAbuse, emptyRecord, endsShutOut, type Far, farOf, noteShutOut, noteStopper, stopperFrom, timesOf,
} from '../../../../sim/world/measures/abuse-record.ts';

const message = fc.record({
  gap: fc.constantFrom(0, 1, 60_000.5), far: fc.constantFrom<Far>(0, 1, 2),
  stopper: fc.constantFrom('', 'brake rate', 'brake share', 'watch listed'),
});

test('gives back what was written, however many messages there are (oracle: plain lists)', () => {
  fc.assert(fc.property(fc.array(message, { maxLength: 400, size: 'max' }), (messages) => {
    const record = emptyRecord();
    let now = 0;
    const times = messages.map(({ gap, far, stopper }, index) => {
      now += gap;
      expect(addAbuse(record, now)).toBe(index);
      record.far[index] = far;
      if (stopper !== '') noteStopper(record, index, stopper);
      return now;
    });
    expect([...timesOf(record)]).toEqual(times);
    expect([...farOf(record)]).toEqual(messages.map(({ far }) => far));
    for (const from of [0, 1, 63, 64, 65, 200])
      expect(stopperFrom(record, from)).toBe(
        messages.slice(from).find(({ stopper }) => stopper !== '')?.stopper ?? '',
      );
  }));
});

test('takes eleven bytes a message, and at most twice that while it grows', () => {
  const record = emptyRecord();
  for (let index = 0; index < 100_000; index += 1) {
    addAbuse(record, index);
    noteStopper(record, index, `brake ${index % 3}`);
  }
  const { times, far, stoppers, names } = record;
  expect(times.byteLength + far.byteLength + stoppers.byteLength).toBeLessThan(2 * 11 * 100_000);
  expect(names).toHaveLength(4);
});

test('ends shut out where its last message came back so, in whatever order the clients give up', () => {
  const record = emptyRecord();
  expect(endsShutOut(record)).toBe(false);
  for (let place = 0; place < 3; place += 1) addAbuse(record, place);
  expect(endsShutOut(record)).toBe(false);
  noteShutOut(record, 2);
  noteShutOut(record, 0);
  expect(endsShutOut(record)).toBe(true);
  addAbuse(record, 3);
  expect(endsShutOut(record)).toBe(false);
});
