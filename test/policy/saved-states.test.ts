// Whatever numbers a saved state has, its module refuses them by name, or keeps to its own cells: those of
// its neighbours in the row, and of other accounts, stay as they are.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  alert, canarySlice, contentShare, defaultPolicy, distinctSources, evidence, hours, type Milliseconds,
  minutes, type Module, newTenant, outcomeRatio, pass, policy, PolicyEngine, providerShare, type Signal,
  type Snapshot, uniqueRecipients, volume, volumeHistory,
} from '../../policy/index.ts';
import { complaint, outcome, submissionOf, submitted } from '../../laws/build.ts';

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

test.each(modules.map((module) => [module.name, module] as const))('%s', (name, module) => {
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
