// An operator changes a number of a rule, or takes a rule out, and mail goes on: what a module makes of the
// states that it left with other parameters.

import { describe, expect, test } from 'vitest';
import {
  type Dispatch, hours, minutes, type Module, type PolicyEngine, type ReplyRule, replyRules, type Snapshot,
} from '../../policy/index.ts';
import { attemptOf, outcome } from '../../laws/build.ts';
import { engineOf } from './small-host.ts';

/** Another engine, with another module, that goes on from where this one is. */
const changedTo = (module: Module<object>, before: PolicyEngine): PolicyEngine => {
  const engine = engineOf(module);
  engine.restore(JSON.parse(JSON.stringify(before.snapshot())) as Snapshot);
  return engine;
};

describe('rules by text', () => {
  const shut: ReplyRule = { match: 'shut', action: { kind: 'suspend' }, during: hours(5) };
  const hear = (engine: PolicyEngine, text: string, minute: number): void =>
    engine.learn(outcome('deferred', { text }), minutes(minute));
  const saysAt = (engine: PolicyEngine, minute: number): Dispatch['kind'] =>
    engine.dispatch(attemptOf(), minutes(minute)).kind;
  const busy = (replies: number): ReplyRule =>
    ({ ...shut, match: 'busy', after: { replies, within: hours(1) } });

  test('of which the one was taken out that was heard: the states are refused by name', () => {
    const engine = engineOf(replyRules({ rules: [shut, busy(2)] }));
    hear(engine, 'busy', 0);
    const without = replyRules({ rules: [shut] });
    expect(() => changedTo(without, engine)).toThrow('module reply-rules: the snapshot does not fit: ');
    const heard = engineOf(replyRules({ rules: [shut, busy(2)] }));
    hear(heard, 'shut', 0);
    expect(saysAt(changedTo(without, heard), 1)).toBe('wait');
  });

  test('of which one is set off by fewer replies than before: by the next', () => {
    const engine = engineOf(replyRules({ rules: [busy(9)] }));
    for (let minute = 0; minute < 8; minute++) hear(engine, 'busy', minute);
    const changed = changedTo(replyRules({ rules: [busy(3)] }), engine);
    expect(saysAt(changed, 8)).toBe('go');
    hear(changed, 'busy', 8);
    expect(saysAt(changed, 9)).toBe('wait');
  });

  test('of which one takes more replies than before: by that many', () => {
    const engine = engineOf(replyRules({ rules: [busy(3)] }));
    for (let minute = 0; minute < 2; minute++) hear(engine, 'busy', minute);
    const changed = changedTo(replyRules({ rules: [busy(4)] }), engine);
    hear(changed, 'busy', 2);
    expect(saysAt(changed, 3)).toBe('go');
    hear(changed, 'busy', 3);
    expect(saysAt(changed, 4)).toBe('wait');
  });
});
