// A host as small as can be: it asks an engine about each queued message, waits as told, and hands slots
// back.

import { expect } from 'vitest';
import {
  type Milliseconds, type Module, noSlots, policy, PolicyEngine, type Slot,
} from '../../policy/index.ts';
import { attempted, attemptOf, outcome } from '../../laws/build.ts';

export const engineOf = (module: Module<object>): PolicyEngine =>
  new PolicyEngine(policy('shaped', [module]));

interface Queued {
  readonly number: number;
  at: number;
  slots: readonly Slot[];
  asked: number;
}

/**
 * Sends messages that come at these times; when each goes, in the order they go, and how often it was asked.
 */
export const send = (engine: PolicyEngine, times: readonly number[], pool = 'shared') => {
  const queue: Queued[] = times.map((at, number) => ({ number, at, slots: noSlots, asked: 0 }));
  const gone: { number: number; at: number; asked: number }[] = [];
  while (queue.length > 0) {
    queue.sort((one, two) => one.at - two.at || one.number - two.number);
    const message = queue[0]!;
    const now = message.at as Milliseconds;
    const said = engine.dispatch(attemptOf({ slots: message.slots, pool }), now);
    engine.learn(attempted(said, { pool }, message.slots), now);
    message.asked += 1;
    if (said.kind !== 'wait') {
      gone.push({ number: message.number, at: now, asked: message.asked });
      queue.shift();
      continue;
    }
    expect(said.until).toBeGreaterThan(now);
    message.slots = said.slot === undefined ? noSlots : [said.slot];
    message.at = said.until;
  }
  return gone;
};

export const allAt = (count: number, at = 0): number[] => Array.from({ length: count }, () => at);
export const refusal = (engine: PolicyEngine, now: number, parts: Parameters<typeof outcome>[1] = {}): void =>
  engine.learn(outcome('deferred', { class: 'rateLimit', ...parts }), now as Milliseconds);
