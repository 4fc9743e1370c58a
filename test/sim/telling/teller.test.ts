// The tale of one tenant: what it says against what the run itself says, and that telling changes nothing.

import { describe, expect, test } from 'vitest';
import { runSeed } from '../../../sim/run.ts';
import type { StepKind, StepOf, Tale } from '../../../sim/telling/tale.ts';
import { Teller } from '../../../sim/telling/teller.ts';
import { beforeLearning } from '../../../sim/world/laws/copies.ts';
import { culprit, looseRules, stolenPlan, tell, tightRules, usualRules } from './stolen.ts';

const stepsOf = <Kind extends StepKind>({ steps }: Tale, kind: Kind): readonly StepOf<Kind>[] =>
  steps.filter((step): step is StepOf<Kind> => step.kind === kind);

describe('the tale of a stolen account', () => {
  const { tale, result } = tell(culprit);

  test('is told of a run that is the same as without a teller, to the last figure', () => {
    const plain = runSeed({ plan: stolenPlan, seed: 'tale-3', policy: usualRules, traces: new Map() });
    expect(JSON.stringify(result)).toBe(JSON.stringify(plain));
  });

  test('goes from onset by abuse, verdict and listing to the reopening, in order of time', () => {
    const order = ['told', 'abuse', 'escaped', 'decision', 'again'];
    const firsts = order.map((kind) => tale.steps.findIndex((step) => step.kind === kind));
    expect(firsts).not.toContain(-1);
    expect(firsts).toEqual([...firsts].sort((one, two) => one - two));
    const times = tale.steps.map(({ at }) => at);
    expect(times).toEqual([...times].sort((one, two) => one - two));
    expect(tale.steps.find((step) => step.at === tale.onset))
      .toMatchObject({ kind: 'told', event: 'incident' });
  });

  test('counts the abuse that was handed in, and what got out', () => {
    expect(stepsOf(tale, 'abuse')[0]!.count).toBe(tale.culprit!.submitted);
    expect(stepsOf(tale, 'escaped')[0]!.count).toBe(tale.culprit!.escaped);
    expect(tale.culprit).toEqual(result.culprits[0]);
  });

  test('gives the verdict that shut it with what the rule saw and was made of', () => {
    const shut = stepsOf(tale, 'verdict').find(({ verdict }) => verdict === 'suspend')!;
    const reason = { rule: 'hard-bounce-ratio unknown users/outcomes in 24h', limit: 0.1, shut: false };
    expect(shut).toMatchObject({ event: 'submission', goesBy: 'account', ...reason });
    expect(shut.seen).toBeGreaterThan(shut.limit);
    expect(shut.from.unknownUsers).toBeGreaterThanOrEqual(6);
    expect(shut.from.span).toBe(86_400_000);
    const after = stepsOf(tale, 'verdict').find((step) => step.shut)!;
    expect(after.abusive + stepsOf(tale, 'verdict').filter((step) => !step.shut)
      .reduce((sum, step) => sum + step.abusive, 0)).toBeLessThanOrEqual(tale.culprit!.submitted);
    expect(after.wanted).toBe(tale.wanted.refused);
  });

  test('lays the listing at its door, and what receivers turned away for it', () => {
    expect(stepsOf(tale, 'decision')[0]).toMatchObject({ register: 'watch', address: '192.0.2.10' });
    expect(stepsOf(tale, 'decision')[0]!.by[0]).toMatchObject({ tenant: culprit });
    const refused = stepsOf(tale, 'refused').find(({ register }) => register === 'watch')!;
    expect(refused.receiver).toBe('plain');
    expect(refused.tenants).toBeGreaterThan(0);
    expect(tale.harm.messages).toBeGreaterThanOrEqual(refused.others);
  });
});

describe('how near a rule came that let a culprit pass', () => {
  test('is what a window lacked of its limit (oracle: the account\'s own submissions, counted)', () => {
    const sent: { at: number; recipients: number }[] = [];
    let teller: Teller | undefined;
    runSeed({
      plan: stolenPlan, seed: 'tale-3', policy: looseRules, traces: new Map(),
      attend(world) {
        teller = new Teller(world, culprit, looseRules);
        const account = world.tenants.find(({ member }) => member === 1)!.accounts[0]!.id;
        beforeLearning(world, (signal) => {
          if (signal.kind !== 'submitted' || signal.account !== account) return;
          sent.push({ at: world.agenda.now, recipients: signal.submission.recipients.length });
        });
        return teller;
      },
    });
    const { culprit: story, near } = teller!.tale();
    const modules = near.map(({ rule }) => rule.split(' ')[0]!);
    expect(new Set(modules)).toEqual(new Set(['hard-bounce-ratio', 'window']));
    // The theft is over before the first day is, so that the window has forgotten nothing.
    const all = sent.filter(({ at }) => at <= story!.ended)
      .reduce((sum, { recipients }) => sum + recipients, 0);
    const window = near.find(({ rule }) => rule.startsWith('window'));
    expect(window).toMatchObject({ of: 'recipients', limit: 400, at: story!.ended, more: 400 + 1 - all });
  });

  test('is not asked of a policy without rules, and a rule that spoke is not among them', () => {
    expect(tell(culprit, { name: 'none', modules: [] }).tale.near).toEqual([]);
    expect(tell(culprit).tale.near.map(({ rule }) => rule.split(' ')[0])).toEqual(['window']);
  });
});

describe('the tale of an innocent', () => {
  test('says which rule hit it, and which of its own messages the number was made of', () => {
    const { result } = tell('offices-1', tightRules);
    const hit = result.hits.find(({ rule }) => rule.startsWith('window'))!;
    const { tale } = tell(hit.tenant, tightRules);
    const verdict = stepsOf(tale, 'verdict')[0]!;
    expect(tale).toMatchObject({ role: 'innocent', onset: null, culprit: null, near: [] });
    expect(verdict).toMatchObject({ verdict: 'defer', rule: 'window recipients/1h', limit: 8, abusive: 0 });
    expect(verdict.from.recipients).toBe(verdict.seen);
    expect(verdict.from.largest.reduce((sum, { recipients }) => sum + recipients, 0))
      .toBeLessThanOrEqual(verdict.from.recipients);
    expect(tale.wanted.deferred).toBe(hit.deferred);
  });

  test('names whose doing the listing was that its mail was refused for', () => {
    const { tale } = tell('offices-1');
    const refused = stepsOf(tale, 'refused').find(({ register }) => register === 'watch')!;
    expect(refused.own).toMatchObject({ abusive: 0 });
    expect(refused.own.wanted).toBeGreaterThan(0);
    expect(stepsOf(tale, 'decision')[0]!.by[0]).toMatchObject({ tenant: culprit });
    expect(stepsOf(tale, 'decision')[0]!.at).toBeLessThan(refused.at);
  });

  test('of a tenant to whom nothing happens has no step', () => {
    const quiet = { ...stolenPlan, incidents: [] };
    const { steps } = tell('offices-4', usualRules, quiet).tale;
    expect(steps.filter(({ kind }) => kind !== 'signal')).toEqual([]);
  });
});

test('no tale is told of a tenant that is not there', () => {
  expect(() => tell('offices-5')).toThrow(/no tenant is called "offices-5"/);
});
