// What we do when our own address is listed: bulk waits, people's mail finds its way, and all of it ends.

import { describe, expect, test } from 'vitest';
import {
  type Dispatch, go, hours, later, type Milliseconds, minutes, pass, registerWatch, type Signal, zero,
} from '../../policy/index.ts';
import { longestHold, recheck } from '../../policy/modules/register-watch.ts';
import { attemptOf, outcome, poll, submissionOf } from '../../laws/build.ts';

const parameters = { avoidFor: hours(6), alternative: 'alternative', bulkWaits: hours(1) };
const alone = { avoidFor: hours(6), bulkWaits: hours(1) };

const watching = (signals: readonly Signal[], options: Parameters<typeof registerWatch>[0] = parameters) => {
  const module = registerWatch(options);
  const state = module.fresh();
  for (const signal of signals) module.learn(state, signal, zero);
  return {
    decide: (list: number, now: Milliseconds = zero) => module.decide(state, submissionOf({ list }), now),
    dispatch: (parts: Parameters<typeof attemptOf>[0], now: Milliseconds = zero): Dispatch =>
      module.dispatch!(state, attemptOf(parts), now),
  };
};
const west = poll('listed', 'west');
const refusal = (reply: 'dnsblBlock' | 'ipBlock' | 'spamBlock', receiver = 3): Signal =>
  outcome('bounced', { receiver, class: reply });

describe('while a register lists the pool', () => {
  test('bulk is paced and waits, people pass and go', () => {
    const watch = watching([west]);
    expect(watch.decide(7))
      .toMatchObject({ kind: 'pace', until: hours(1), reason: { rule: 'listings', seen: 1 } });
    expect(watch.decide(0)).toBe(pass);
    expect(watch.dispatch({ list: 7 })).toMatchObject({ kind: 'wait', until: hours(1) });
    expect(watch.dispatch({ list: 0 })).toBe(go);
  });

  test('bulk is held for two days at most, then takes its chance', () => {
    const watch = watching([west]);
    expect(watch.dispatch({ list: 7 }, later(zero, (longestHold - 1) as Milliseconds)).kind).toBe('wait');
    expect(watch.dispatch({ list: 7 }, longestHold)).toBe(go);
  });

  test('it ends when the last listing does, however often each was reported', () => {
    const both = [west, west, poll('listed', 'east'), poll('listed', 'west', '192.0.2.11')];
    const gone = [poll('delisted', 'west'), poll('delisted', 'east')];
    expect(watching([...both, ...gone]).decide(7).kind).toBe('pace');
    expect(watching([...both, ...gone, poll('delisted', 'west', '192.0.2.11')]).decide(7)).toBe(pass);
    expect(watching([poll('delisted', 'never-listed')]).decide(7)).toBe(pass);
  });
});

describe('a receiver that refused citing a block', () => {
  test("is avoided for six hours: people's mail takes the alternative pool, bulk waits", () => {
    for (const kind of ['dnsblBlock', 'ipBlock'] as const) {
      const watch = watching([refusal(kind)]);
      expect(watch.dispatch({ receiver: 3 })).toMatchObject({ kind: 'pool', pool: 'alternative' });
      expect(watch.dispatch({ receiver: 3, list: 7 })).toMatchObject({ kind: 'wait', until: recheck });
      expect(watch.dispatch({ receiver: 3 }, later(zero, (hours(6) - 1) as Milliseconds)).kind).toBe('pool');
      expect(watch.dispatch({ receiver: 3 }, hours(6))).toBe(go);
      expect(watch.dispatch({ receiver: 2 })).toBe(go);
      expect(watch.dispatch({ receiver: 300 })).toBe(go);
    }
  });

  test('no other refusal is a block', () => {
    const watch = watching([refusal('spamBlock'), outcome('bounced', { receiver: 3 })]);
    expect(watch.dispatch({ receiver: 3 })).toBe(go);
  });

  test('without an alternative, or in it, mail waits, in short steps and not past the end', () => {
    for (const watch of [watching([refusal('ipBlock')], alone), watching([refusal('ipBlock')])]) {
      const pool = 'alternative';
      expect(watch.dispatch({ receiver: 3, pool })).toMatchObject({ kind: 'wait', until: minutes(15) });
      expect(watch.dispatch({ receiver: 3, pool }, later(hours(5), minutes(50))))
        .toMatchObject({ kind: 'wait', until: hours(6) });
    }
  });

  test('a delisting ends it where a register was cited, not where the block is its own', () => {
    const ended = watching([west, refusal('dnsblBlock', 3), refusal('ipBlock', 4), poll('delisted', 'west')]);
    expect(ended.dispatch({ receiver: 3 })).toBe(go);
    expect(ended.dispatch({ receiver: 4 }).kind).toBe('pool');
  });
});

test('refuses parameters out of range', () => {
  expect(() => registerWatch({ ...parameters, avoidFor: hours(49) }))
    .toThrow('register-watch: avoidFor is 176400000 ms; it is a span from 1m to 2d in whole ms.');
});
