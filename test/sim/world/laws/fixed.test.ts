// What a policy is shown it cannot change while the laws are watched: who tries is named, and nothing is left
// open.

import { expect, test } from 'vitest';
import {
  type AddressKey, type Attempt, go, type Milliseconds, type Module, noSlots, pass, policy, type ReceiverId,
  type Signal, type Submission,
} from '../../../../policy/index.ts';
import { PolicyFault, runSeed } from '../../../../sim/run.ts';
import { plan } from './listing-plan.ts';

const reason = { module: 'meddler', rule: 'all', seen: 1, limit: 0 };
const meddlers: readonly (readonly [what: string, verbs: Partial<Module<object>>])[] = [
  ['a message', { decide: (_, submission) => {
    (submission as { bytes: number }).bytes = 0;
    return pass;
  } }],
  ['its recipients', { decide: (_, { recipients }: Submission) => {
    (recipients as AddressKey[]).length = 0;
    return pass;
  } }],
  ['a signal', { learn: (_, signal: Signal) => {
    if (signal.kind === 'delivered') (signal as { copies: number }).copies = 0;
  } }],
  ['an attempt', { dispatch: (_, attempt: Attempt) => {
    (attempt as { copies: number }).copies = 0;
    return go;
  } }],
  ['the part of a message', { key: 'receiver', decide: (_, { receivers }: Submission) => {
    (receivers as ReceiverId[])[0] = 0 as ReceiverId;
    return pass;
  } }],
  ['a verdict', { decide: () => ({ kind: 'alert', reason: { ...reason } }), learn: (_, signal: Signal) => {
    if (signal.kind === 'submitted' && signal.verdict.kind === 'alert') {
      (signal.verdict.reason as { seen: number }).seen = 0;
    }
  } }],
  ['a slot', { dispatch: (_, { slots }: Attempt, now) => {
    const until = (now + 1_000) as Milliseconds;
    if (slots.length === 0) return { kind: 'wait', until, slot: { module: 'meddler', number: 1 }, reason };
    (slots[0] as { number: number }).number = 2;
    return go;
  } }],
  ['the slot of an attempt', {
    dispatch(_, { slots }: Attempt, now) {
      const until = (now + 1_000) as Milliseconds;
      return { kind: 'wait', until, slot: slots[0] ?? { module: 'meddler', number: 1 }, reason };
    },
    learn: (_, signal: Signal) => {
      if (signal.kind !== 'attempted' || signal.slots.length === 0) return;
      (signal.slots[0] as { number: number }).number = 2;
    },
  }],
  ['what was said of an attempt', {
    dispatch: (_, __, now) => ({ kind: 'wait', until: now, reason }),
    learn: (_, signal: Signal) => {
      if (signal.kind === 'attempted') (signal.said as { kind: string }).kind = 'go';
    },
  }],
];

test.each(meddlers)('a policy that changes %s it is shown is named', (_, verbs) => {
  const meddler: Module<object> = {
    name: 'meddler', key: 'account', fresh: () => ({}), decide: () => pass, learn: () => undefined, ...verbs,
  };
  const start = (): unknown => runSeed({
    plan, seed: 'law', policy: policy('test', [meddler]), traces: new Map(), check: true,
  });
  expect(start).toThrow(PolicyFault);
  expect(start).toThrow(/meddler.*read only/);
});

/** Throws where something in a value could be written to. A reply is the receiver's. */
const demandFrozen = (value: unknown, where: string): void => {
  if (typeof value !== 'object' || value === null) return;
  if (!Object.isFrozen(value)) throw new Error(`${where} is open`);
  for (const [name, held] of Object.entries(value)) {
    if (name !== 'reply') demandFrozen(held, `${where}.${name}`);
  }
};

const keys = ['account', 'tenant', 'tenant+receiver', 'receiver', 'pool', 'platform'] as const;
test.each(keys)('all is frozen that a module by %s is shown, and known by being the same', (key) => {
  const shown = new Set<string>();
  const look = (what: object, kind: string): void => {
    demandFrozen(what, kind);
    shown.add(kind);
  };
  const onlooker: Module<object> = {
    name: 'onlooker', key, fresh: () => ({}),
    decide(_, submission) {
      look(submission, 'submission');
      const remark = { kind: 'alert', reason: { ...reason } } as const;
      return submission.id % 2 === 0 ? pass : Object.freeze({ ...remark, also: [remark] });
    },
    dispatch(_, attempt, now) {
      look(attempt, 'attempt');
      expect(attempt.slots.length === 0).toBe(attempt.slots === noSlots);
      if (attempt.slots.length > 0) return go;
      const slot = { module: 'onlooker', number: attempt.copies };
      const until = (now + 1_000) as Milliseconds;
      return Object.freeze({ kind: 'wait', until, slot, reason: { ...reason } });
    },
    learn(_, signal) {
      look(signal, signal.kind);
      if (signal.kind === 'attempted' && signal.said.kind === 'go') expect(signal.said).toBe(go);
      if (signal.kind === 'submitted') {
        if (signal.verdict.kind === 'pass') expect(signal.verdict).toBe(pass);
        if ('also' in signal.verdict) expect(signal.verdict.also).toBeInstanceOf(Array);
      }
    },
  };
  runSeed({ plan, seed: 'law', policy: policy('test', [onlooker]), traces: new Map(), check: true });
  expect([...shown]).toEqual(expect.arrayContaining(['submission', 'attempt', 'submitted', 'attempted']));
});

test('a policy that writes to what it said itself is not refused', () => {
  const said = { kind: 'pace' as const, until: 0 as Milliseconds, reason: { ...reason, module: 'own' } };
  const own: Module<object> = {
    name: 'own', key: 'account', fresh: () => ({}), learn: () => undefined,
    decide(_, submission, now) {
      said.until = (now + 1_000) as Milliseconds;
      said.reason.seen = submission.id;
      return said;
    },
  };
  const start = (): unknown => runSeed({
    plan, seed: 'law', policy: policy('test', [own]), traces: new Map(), check: true,
  });
  expect(start).not.toThrow();
});
