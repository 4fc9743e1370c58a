// An account used from many places, and one whose content our own scan takes for spam.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  alert, bernoulliSprt, contentShare, type ContentShareParameters, days, defer, distinctSources,
  type DistinctSourcesParameters, hours, milliseconds, minutes, never, pass, policy, PolicyEngine,
  type Signal,
  suspend, zero,
} from '../../policy/index.ts';
import { released, scanned, submissionOf, submitted } from '../../laws/build.ts';

describe('distinct sources', () => {
  const parameters: DistinctSourcesParameters = { sources: 3, window: hours(1), action: alert };
  type Sent = readonly (readonly [minute: number, source: number])[];
  const said = (more: Partial<DistinctSourcesParameters>, sent: Sent): string[] => {
    const engine = new PolicyEngine(policy('test', [distinctSources({ ...parameters, ...more })]));
    return sent.map(([minute, source]) => {
      const submission = submissionOf({ source });
      const verdict = engine.decide(submission, minutes(minute));
      engine.learn(submitted(submission, verdict), minutes(minute));
      return verdict.kind;
    });
  };

  test('the third place within the window is one too many, the first again is not', () => {
    expect(said({}, [[1, 11], [2, 12], [3, 11], [4, 12], [5, 13]]))
      .toEqual(['pass', 'pass', 'pass', 'pass', 'alert']);
    expect(said({}, [[1, 11], [2, 12], [62, 12], [62, 13]])).toEqual(['pass', 'pass', 'pass', 'pass']);
    expect(said({}, [[1, 11], [2, 12], [60, 13]])).toEqual(['pass', 'pass', 'alert']);
  });

  test('CSF: five messages from three addresses', () => {
    const sent = [[1, 11], [1, 12], [1, 13], [1, 11], [1, 11]] as const;
    expect(said({ minimum: 5 }, sent)).toEqual(['pass', 'pass', 'pass', 'pass', 'alert']);
  });

  test('a refused place is not remembered, so the others go on', () => {
    expect(said({ action: defer }, [[1, 11], [2, 12], [3, 13], [4, 14], [5, 11], [6, 12]]))
      .toEqual(['pass', 'pass', 'defer', 'defer', 'pass', 'pass']);
  });

  test('what has no address of origin counts as no place', () => {
    expect(said({}, [[1, 0], [1, 11], [1, 12], [1, 0]])).toEqual(['pass', 'pass', 'pass', 'pass']);
  });

  test('names how many there are, and forgets them with a release', () => {
    const engine = new PolicyEngine(policy('test', [distinctSources(parameters)]));
    for (const source of [11, 12, 13]) engine.learn(submitted(submissionOf({ source }), pass), zero);
    const reason = { module: 'distinct-sources', rule: 'source addresses/1h', seen: 4, limit: 3 };
    expect(engine.decide(submissionOf({ source: 14 }), minutes(1))).toEqual({ kind: 'alert', reason });
    engine.learn(released(), minutes(1));
    expect(engine.decide(submissionOf({ source: 14 }), minutes(1))).toBe(pass);
  });

  test('counts as a set of those used in the window (oracle: a log)', () => {
    const gaps = fc.constantFrom(0, 1, 600, 1_800, 3_599, 3_600, 3_601);
    const steps = fc.array(fc.tuple(gaps, fc.nat({ max: 6 })), { maxLength: 60 });
    fc.assert(fc.property(steps, (events) => {
      const engine = new PolicyEngine(policy('test', [distinctSources({ ...parameters, sources: 4 })]));
      const log: [number, number][] = [];
      let now = 0;
      for (const [gap, source] of events) {
        now += gap;
        const submission = submissionOf({ source });
        const within = log.filter(([time, one]) => one !== 0 && time + 1 > now - 3_600).map(([, one]) => one);
        const distinct = new Set(source === 0 ? within : [...within, source]).size;
        const verdict = engine.decide(submission, milliseconds(now * 1_000));
        expect(verdict.kind).toBe(distinct >= 4 ? 'alert' : 'pass');
        engine.learn(submitted(submission, verdict), milliseconds(now * 1_000));
        log.push([now, source]);
      }
    }), { numRuns: 400 });
  });
});

describe('the share of spam verdicts', () => {
  // SPOT (Duan and others, INFOCOM 2010): four spam verdicts in a row alarm, three others clear.
  const spot: ContentShareParameters = {
    theta0: 0.2, theta1: 0.9, alpha: 0.01, beta: 0.01, hamBy: 'verdict',
    action: suspend('account'), standsFor: never,
  };
  const after = (parameters: ContentShareParameters, signals: readonly Signal[], now = zero) => {
    const engine = new PolicyEngine(policy('test', [contentShare(parameters)]));
    for (const signal of signals) engine.learn(signal, zero);
    return engine.decide(submissionOf(), now);
  };
  const verdicts = (text: string): Signal[] => [...text].map((one) => scanned(one === 'S'));

  test('alarms and stays so until a person releases', () => {
    expect(after(spot, verdicts('SSS'))).toBe(pass);
    expect(after(spot, verdicts('SSSS'), days(300))).toMatchObject({
      kind: 'suspend',
      reason: { module: 'content-share', rule: 'share of spam verdicts', seen: 0.9, limit: 0.2 },
    });
    expect(after(spot, [...verdicts('SSSS'), released()])).toBe(pass);
    expect(after(spot, verdicts('SSSShhhhhhh')).kind).toBe('suspend');
  });

  test('or for its time, and anew with a new alarm', () => {
    const hour = { ...spot, action: alert, standsFor: hours(1) };
    expect(after(hour, verdicts('SSSS'), minutes(59)).kind).toBe('alert');
    expect(after(hour, verdicts('SSSS'), hours(1))).toBe(pass);
  });

  test('a clear begins the test anew: good years do not buy a bad day', () => {
    expect(after(spot, verdicts(`${'h'.repeat(3_000)}SSSS`)).kind).toBe('suspend');
    expect(after(spot, verdicts('hhSSSS'))).toBe(pass);
  });

  test('decides as the test it is made of (oracle: bernoulliSprt)', () => {
    fc.assert(fc.property(fc.array(fc.boolean(), { maxLength: 60 }), (seen) => {
      const test = bernoulliSprt(spot);
      const state = test.fresh();
      const alarms = seen.filter((one) => test.observe(state, one) === 'alarm').length;
      expect(after(spot, seen.map((one) => scanned(one))).kind).toBe(alarms > 0 ? 'suspend' : 'pass');
    }));
  });

  test('where the scan tells of spam alone, each message let in speaks for the account until then', () => {
    const silent = { ...spot, hamBy: 'submission' } as const;
    const sent = submitted(submissionOf(), pass);
    expect(after(silent, [sent, sent, sent, sent, ...verdicts('SSSS')]).kind).toBe('suspend');
    expect(after(silent, Array.from({ length: 200 }, (_, at) => at % 4 === 3 ? scanned(true) : sent)))
      .toBe(pass);
    const reason = { module: 'another', rule: 'test', seen: 1, limit: 0 };
    const refused = submitted(submissionOf(), { kind: 'defer', reason });
    expect(after(silent, [...verdicts('SSS'), refused, refused, refused, ...verdicts('S')]).kind)
      .toBe('suspend');
  });
});
