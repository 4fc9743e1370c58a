// Limits of new tenants against a slow twin that keeps all mail in a list.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  defer, hold, hours, type Milliseconds, minutes, type Module, newTenant, pass, policy, PolicyEngine, suspend,
  type Verdict,
} from '../../policy/index.ts';
import { released, submissionOf, submitted } from '../../laws/build.ts';

/** Not the first in its row of numbers. */
const tenant = 2;
const refused: Verdict = { kind: 'defer', reason: { module: 'another', rule: 'test', seen: 2, limit: 1 } };
const engineOf = (module: Module<object>): PolicyEngine => new PolicyEngine(policy('test', [module]));
const at = (time: number): Milliseconds => time as Milliseconds;

describe('a new tenant', () => {
  const stages = [{ until: hours(6), limit: 3 }, { until: hours(24), limit: 7 }];
  const mail = fc.record({
    gap: fc.constantFrom(0, 0, minutes(1), minutes(7), minutes(30), hours(1), hours(1) + 1, hours(2)),
    count: fc.integer({ min: 1, max: 4 }), account: fc.constantFrom(3, 4),
    in: fc.constantFrom(true, true, false),
    signedUp: fc.constantFrom(hours(5), hours(5), hours(5), -1),
  });

  const units = ['messages', 'recipients'] as const;
  test.each(units)('of its %s no more than a stage allows, nor much less', (of) => {
    fc.assert(fc.property(fc.array(mail, { maxLength: 40 }), (sent) => {
      const engine = engineOf(newTenant({ of, stages, window: hours(1) }));
      let past: { at: number; amount: number }[] = [];
      let now = hours(5) as number;
      for (const { account: one, count, gap, in: isIn, signedUp } of sent) {
        now += gap;
        const recipients = Array.from({ length: count }, (_, index) => index);
        const submission = submissionOf({ tenant, account: one, recipients, signedUp });
        const amount = of === 'messages' ? 1 : count;
        const within = (span: number): number =>
          past.reduce((sum, mailed) => (now - mailed.at < span ? sum + mailed.amount : sum), amount);
        const age = now - signedUp;
        const stage = signedUp < 0 ? undefined : stages.find(({ until }) => age < until);
        const said = engine.decide(submission, at(now));
        // Remembered for the window and up to an eighth of it longer.
        if (stage === undefined || within(hours(1) * 9 / 8) <= stage.limit) expect(said).toBe(pass);
        else if (within(hours(1)) > stage.limit) {
          expect(said).toMatchObject({ kind: 'defer', reason: { limit: stage.limit } });
        }
        engine.learn(submitted(submission, isIn ? pass : refused), at(now));
        if (isIn && stage !== undefined) past = [...past, { at: now, amount }];
      }
    }));
  });

  test('that a person releases begins anew where the limit shuts, and nowhere else', () => {
    const after = (action: typeof hold): string => {
      const engine = engineOf(newTenant({ of: 'messages', stages, action }));
      const young = submissionOf({ tenant, signedUp: 0 });
      for (let count = 0; count < 3; count++) engine.learn(submitted(young, pass), at(0));
      const full = engine.decide(young, at(1));
      expect(full.kind).toBe(action.kind);
      engine.learn(released(0, tenant), at(2));
      return engine.decide(young, at(3)).kind;
    };
    expect([after(hold), after(suspend('tenant')), after(defer)]).toEqual(['pass', 'pass', 'defer']);
  });
});
