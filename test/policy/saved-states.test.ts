// Whatever numbers a saved state has, its module refuses them by name, or keeps to its own cells: those of
// its neighbours in the row, and of other accounts, stay as they are.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  alert, canarySlice, complaintRatio, contentShare, defaultPolicy, distinctSources, evidence,
  firstTimeRecipients, hours, hysteresis, type Milliseconds, minutes, type Module, newTenant, onTrial,
  outcomeRatio, pass, policy, PolicyEngine, providerShare, recipientWindow, type Signal, type Snapshot,
  sourceVolume, uniqueRecipients, volume, volumeHistory, zero,
} from '../../policy/index.ts';
import { complaint, outcome, submissionOf, submitted } from '../../laws/build.ts';
import { mixed } from '../../policy/modules/address-memory.ts';

const window = hours(4);
const action = alert;
const modules: readonly Module<object>[] = [
  ...defaultPolicy.modules.filter(({ layout }) => layout !== undefined),
  volume({ of: 'bytes', limit: 1e6, window }),
  volume({ name: 'by-the-clock', of: 'messages', limit: 3, window, byTheClock: true }),
  uniqueRecipients({ limit: 3, window }),
  evidence({ weights: { 'unknown users': 1 }, limit: 2, window, action }),
  outcomeRatio({ of: 'bounces', ratio: 0.3, clearAt: 0.2, window, action }),
  outcomeRatio({ name: 'sweeps', of: 'failures', ratio: 0.3, window, sweeps: true, action }),
  distinctSources({ sources: 3, minimum: 2, window, action }),
  contentShare({
    theta0: 0.2, theta1: 0.9, alpha: 0.01, beta: 0.01, hamBy: 'submission', action, standsFor: window,
  }),
  newTenant({ of: 'recipients', stages: [{ until: hours(500), limit: 3 }], window }),
  canarySlice({ recipients: 10, settle: hours(1), bounces: 0.2, complaints: 0.1, silence: window, action }),
  providerShare({ share: 0.4, minimum: 2, window, action }),
  volumeHistory({
    of: 'messages', each: 'hour', chart: { kind: 'ewma', lambda: 0.8, width: 6 }, weeks: 2, minimum: 2,
    action,
  }),
];

/** What each of them hears, of one account and its tenant. */
const learnAll = (engine: PolicyEngine, who: number, now: number): void => {
  const parts = { tenant: who, account: who, receiver: now % 7 };
  const submission = submissionOf({
    tenant: who, account: who, recipients: [now, 1, 2], receivers: [parts.receiver, 1, 1],
    source: 1 + now % 5, list: 1, signedUp: 0,
  });
  const signals: readonly Signal[] = [
    submitted(submission, pass), outcome('delivered', { ...parts, copies: 2 }), outcome('deferred', parts),
    outcome('bounced', { ...parts, class: 'unknownUser' }), complaint(parts),
  ];
  for (const signal of signals) engine.learn(signal, now as Milliseconds);
  engine.decide(submission, now as Milliseconds);
};

const odd = fc.constantFrom(0, 0, 0, 1, 2, 3, 7, 25, 100, 5_000, 2 ** 31 - 1, -1, -9, -(2 ** 31));

test.each(modules.map((module) => [module.name, module] as const))('a state of %s', (name, module) => {
  const fence = (side: string): Module<object> =>
    volume({ name: side, of: 'recipients', key: module.key as 'account', limit: 1e6, window });
  const build = (): PolicyEngine =>
    new PolicyEngine(policy('test', [fence('before'), module, fence('after')]));
  const lived = build();
  for (let time = 0; time < 40; time += 1) learnAll(lived, time % 4, minutes(time * 7));
  const saved = lived.snapshot();
  const others = saved.states[name]!.filter(([key]) => key !== 1);
  const own = saved.states[name]!.find(([key]) => key === 1)![1] as readonly number[];
  const changes = fc.array(fc.tuple(fc.nat({ max: own.length - 1 }), odd), { minLength: 1, maxLength: 3 });
  let taken = 0;
  fc.assert(fc.property(changes, fc.nat({ max: 400 }), (changed, wait) => {
    const state = [...own];
    for (const [place, number] of changed) state[place] = number;
    const hostile = build();
    const spared = build();
    const withState = (of: Snapshot['states'][string]): Snapshot =>
      ({ ...saved, states: { ...saved.states, [name]: of } });
    spared.restore(withState(others));
    try {
      hostile.restore(withState([...others, [1, state]]));
    } catch (error) {
      expect(String(error)).toContain(`module ${name}: the snapshot does not fit: `);
      return;
    }
    taken += 1;
    for (const time of [300, 330, 331 + wait]) {
      for (const engine of [hostile, spared]) learnAll(engine, 1, minutes(time));
    }
    const [one, two] = [hostile.snapshot().states, spared.snapshot().states];
    for (const side of ['before', 'after']) expect(one[side]).toEqual(two[side]);
    expect(one[name]!.filter(([key]) => key !== 1)).toEqual(two[name]!.filter(([key]) => key !== 1));
  }));
  expect(taken).toBeGreaterThan(0);
});

describe('a saved state that its module could not go on with', () => {
  const zeros = (count: number): readonly number[] => Array<number>(count).fill(0);
  const rows = (...numbers: readonly number[]): readonly number[] =>
    [...numbers, ...zeros(112 - numbers.length)];
  const unique = uniqueRecipients({ limit: 3, window: hours(1) });
  const first = firstTimeRecipients({ limit: 3, window: hours(1) });
  const source = sourceVolume({ of: 'messages', limit: 3, window: hours(1) });
  const complaints = complaintRatio({ ratio: 0.01, minimum: 3, window: hours(4) });
  const hourly = volume({ of: 'recipients', limit: 9, window: hours(1) });
  const calm = zeros(12);
  const ends = Array<number>(64).fill(50);
  const cases: readonly (readonly [string, Module<object>, object])[] = [
    ['a leaf without a free place', unique, [16, 8, ...zeros(6), ...Array<number>(16).fill(7)]],
    ['a leaf without a free place, and each address where it is looked for', unique,
      [16, 8, ...zeros(6), ...Array.from({ length: 8 }, (_, place) => [16, place << 13]).flat()]],
    ['more addresses than cells', unique, [0, 6, ...zeros(6)]],
    ['fewer than none', unique, [0, -1, ...zeros(6)]],
    ['more than its leaf holds', unique, [16, 9, ...zeros(6), 0, 1, ...zeros(14)]],
    ['an address where nobody looks', unique, [16, 1, ...zeros(18), 9, 9, 0, 0]],
    ['a leaf longer than any', unique, [20_000, 6, ...zeros(20_006)]],
    ['16 people in groups, as they once were kept', first, [
      80, 16, 16, 0, ...calm, ...Array.from({ length: 80 }, (_, at) => at < 64 ? (at >> 2) + 1 : at - 64),
    ]],
    ['people, and no leaf', first, [0, 5, 5, 0, ...calm]],
    ['fewer people than none', first, [16, -1, -1, 0, ...calm, ...zeros(16)]],
    ['a print of 22 bits', first, [16, 1, 1, 0, ...calm, 0, 32, ...zeros(14)]],
    ['groups that end beyond the leaf', first, [120, 50, 50, 0, ...calm, 99, ...ends, ...zeros(55)]],
    ['a third mark', first, [120, 50, 50, 2, ...calm, ...ends, ...zeros(56)]],
    ['more young people than bear the mark', first, [120, 50, 50, 1, ...calm, ...ends, ...zeros(56)]],
    ['too many young', first,
      [4_160, 4_096, 4_096, 0, ...calm, ...zeros(63), 4_096, ...Array<number>(4_096).fill(1)]],
    ['a slot that is another\'s', first, [0, 0, 0, 0, 0, 9, ...zeros(10)]],
    ['a table without a free row', source, { used: 16, cleared: 0, rows: Array<number>(112).fill(3) }],
    ['three rows', source, { used: 0, cleared: 0, rows: zeros(21) }],
    ['rows of a wrong length', source, { used: 0, cleared: 0, rows: zeros(20) }],
    ['a wrong number of sources', source, { used: 1, cleared: 0, rows: rows() }],
    ['a source where nobody looks', source, { used: 1, cleared: 0, rows: rows(0, 0, 0, 0, 0, 0, 0, 0.5) }],
    ['a slice before all', source, { used: 1, cleared: 0, rows: rows(0.5, -7) }],
    ['no rows', source, {}],
    ['a window before all', source, { used: 0, cleared: 0, rows: [], window: -1 }],
    ['no row of numbers', source, { used: 0, cleared: 0, rows: 'none' }],
    ['more receivers than its leaf has room for', complaints, [24, 0, 6, ...zeros(26 + 24)]],
    ['receivers beyond the third, and no leaf', complaints, [0, 0, 4, ...zeros(26)]],
    ['more receivers than are told apart', complaints, [320, 0, 25, ...zeros(26 + 320)]],
    ['a loop of a receiver that is not there', complaints, [0, 4, 2, ...zeros(26)]],
    ['a count below 0', hourly, [0, 0, 0, -1, ...zeros(8)]],
    ['one inside another module', onTrial(unique), [0, 6, ...zeros(6)]],
    ['one of two that stand together', hysteresis(unique, recipientWindow({ limit: 3, window: hours(1) })),
      [0, 6, ...zeros(6 + 12 + 1)]],
    ['the second of two that stand together',
      hysteresis(hourly, recipientWindow({ limit: 3, window: hours(1) })),
      [...zeros(12), 0, 9, ...zeros(10 + 1)]],
  ];

  test.each(cases)('%s: is refused by name, and leaves nothing', (_, module, state) => {
    const engine = new PolicyEngine(policy('test', [module]));
    const saved = { policy: 'test', states: { [module.name]: [[0, state]] } } as unknown as Snapshot;
    expect(() => engine.restore({ ...saved, suspended: { accounts: [], tenants: [] } }))
      .toThrow(`module ${module.name}: the snapshot does not fit: `);
    const fresh = module.layout === undefined ? [[0, module.fresh()]] : [];
    expect(engine.snapshot().states[module.name]).toEqual(fresh);
    engine.learn(submitted(submissionOf({ source: 7, recipients: [1, 2, 3] }), pass), zero);
    expect(engine.decide(submissionOf({ source: 7, recipients: [1, 2, 3] }), zero)).toBe(pass);
  });

  test('a source where nobody looks is refused, though it was just found there in a smaller table', () => {
    const address = [1, 2, 3, 4, 5, 6, 7, 8].find((one) => (mixed(one) & 16) !== 0)!;
    const other = new PolicyEngine(policy('test', [source]));
    other.learn(submitted(submissionOf({ source: address }), pass), zero);
    const place = (mixed(address) & 15) * 7;
    const table = { used: 1, cleared: 0, rows: [...zeros(place), address, ...zeros(223 - place)] };
    expect(source.accepts!(table)).toBe(false);
  });
});
