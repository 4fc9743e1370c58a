// Of several verdicts the most severe is heard, and what milder rules remarked or divert goes along.

import { describe, expect, test } from 'vitest';
import {
  type Milliseconds, milliseconds, type Module, never, pass, policy, PolicyEngine, type Reason, type Verdict,
  zero,
} from '../../policy/index.ts';
import { submissionOf } from '../../laws/build.ts';

const at = (time: number): Milliseconds => milliseconds(time);
const because = (module: string): Reason => ({ module, rule: 'test', seen: 2, limit: 1 });

/** A module that always says the same. */
const says = (name: string, verdict: Verdict): Module<object> =>
  ({ name, key: 'account', fresh: () => ({}), decide: () => verdict, learn: () => {} });

const verdicts: Record<Verdict['kind'], Verdict> = {
  pass,
  shadow: { kind: 'shadow', would: 'reject', reason: because('shadow') },
  alert: { kind: 'alert', reason: because('alert') },
  divert: { kind: 'divert', pool: 'high-risk', reason: because('divert') },
  pace: { kind: 'pace', until: at(10), reason: because('pace') },
  defer: { kind: 'defer', reason: because('defer') },
  hold: { kind: 'hold', reason: because('hold') },
  reject: { kind: 'reject', reason: because('reject') },
  suspend: { kind: 'suspend', scope: 'account', until: never, reason: because('suspend') },
};

const engineSaying = (...said: Verdict[]): PolicyEngine =>
  new PolicyEngine(policy('test', said.map((verdict, index) => says(`module-${index}`, verdict))));

describe('the most severe verdict is heard', () => {
  const order = ['pass', 'divert', 'pace', 'defer', 'hold', 'reject', 'suspend'] as const;
  const remarks = ['shadow', 'alert'] as const;
  for (const remark of remarks) {
    test(`${remark} is heard over pass, and goes along with what is graver`, () => {
      expect(engineSaying(pass, verdicts[remark]).decide(submissionOf(), zero)).toBe(verdicts[remark]);
      for (const graver of order.slice(1)) {
        for (const two of [[verdicts[remark], verdicts[graver]], [verdicts[graver], verdicts[remark]]]) {
          const heard = engineSaying(...two).decide(submissionOf(), zero);
          expect(heard).toEqual({ ...verdicts[graver], also: [verdicts[remark]] });
        }
      }
    });
  }

  test('remarks of several modules all go along, and an alert takes the trial with it', () => {
    const all = [verdicts.shadow, verdicts.alert, verdicts.defer];
    expect(engineSaying(...all).decide(submissionOf(), zero))
      .toEqual({ ...verdicts.defer, also: [verdicts.alert, verdicts.shadow] });
  });

  for (const [index, graver] of order.entries()) {
    test(`${graver} is heard over all milder ones, whichever module speaks first`, () => {
      for (const milder of order.slice(0, index)) {
        const two = [verdicts[milder], verdicts[graver]];
        expect(engineSaying(...two).decide(submissionOf(), zero)).toMatchObject(verdicts[graver]);
        expect(engineSaying(...two.reverse()).decide(submissionOf(), zero)).toMatchObject(verdicts[graver]);
      }
    });
  }

  for (const waiting of ['pace', 'hold'] as const) {
    test(`${waiting} keeps the pool that a milder rule diverts to; a refusal has no use for one`, () => {
      for (const two of [[verdicts.divert, verdicts[waiting]], [verdicts[waiting], verdicts.divert]]) {
        const heard = engineSaying(...two).decide(submissionOf(), zero);
        expect(heard).toEqual({ ...verdicts[waiting], pool: 'high-risk' });
      }
      const refused = engineSaying(verdicts.divert, verdicts[waiting], verdicts.reject);
      expect(refused.decide(submissionOf(), zero)).toBe(verdicts.reject);
    });
  }

  test('of two alike the first is heard', () => {
    const two = { kind: 'defer', reason: because('second') } as const;
    expect(engineSaying(verdicts.defer, two).decide(submissionOf(), zero)).toBe(verdicts.defer);
  });

  test('of two suspensions the one that ends later is heard, whichever module speaks first', () => {
    const short = { ...verdicts.suspend, until: at(20), reason: because('short') } as Verdict;
    for (const two of [[short, verdicts.suspend], [verdicts.suspend, short]]) {
      expect(engineSaying(...two).decide(submissionOf(), zero)).toBe(verdicts.suspend);
    }
  });

  test('of two paces the later is heard', () => {
    const late = { kind: 'pace', until: at(20), reason: because('late') } as const;
    expect(engineSaying(verdicts.pace, late).decide(submissionOf(), zero)).toBe(late);
    expect(engineSaying(late, verdicts.pace).decide(submissionOf(), zero)).toBe(late);
  });
});
