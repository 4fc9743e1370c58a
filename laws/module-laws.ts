// The laws every policy module keeps, whatever it measures, as one check to run on each: invented traffic of
// three accounts, two tenants and two pools goes through the engine, and what the module says of it is
// compared.

import fc from 'fast-check';
import { expect } from 'vitest';
import {
  type Milliseconds, minutes, type Module, type PolicyEngine, severity, type Verdict,
} from '../../policy/index.ts';
import { released, submissionOf, submitted } from './build.ts';
import { engineOf, event, gap, opinion, play, probes, rankOf, type Step, stepsOf, whoIs } from './traffic.ts';

export interface LawOptions {
  /** A key that was silent for this long, and is not suspended, passes again. */
  readonly recoversAfter: Milliseconds;
  /** Characters that the state of one key takes as JSON, at most, after 60 events. */
  readonly bound: number;
  /** Judges a window once it is over: a clock that steps back into it finds it not judged yet. */
  readonly judgesWindowsWhenOver?: boolean;
  /** A module with a lower limit, whose verdict on the same state must never be milder. */
  readonly stricter?: () => Module<object>;
}

const deepFrozen = <Value>(value: Value): Value => {
  if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(deepFrozen);
  return value;
};

/**
 * True where a value is plain JSON: no class instances, no undefined, no number that JSON would turn into
 * null.
 */
const isPlain = (value: unknown): boolean => {
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value === 'string' || typeof value === 'boolean' || value === null) return true;
  if (typeof value !== 'object') return false;
  const maker = Object.getPrototypeOf(value) as unknown;
  return (maker === Object.prototype || maker === Array.prototype) && Object.values(value).every(isPlain);
};

/** Fails, with the traffic that shows it, where the modules that `make` makes break a law. */
export const assertModuleLaws = (make: () => Module<object>, options: LawOptions): void => {
  decidingChangesNothing(make);
  survivesJson(make);
  refusalsProlongNothing(make);
  othersChangeNothing(make);
  clockMayStepBack(make, options.judgesWindowsWhenOver === true);
  idleKeyRecovers(make, options.recoversAfter);
  stateIsPlainAndSmall(make, options.bound);
  calmMeansPass(make);
  if (options.stricter !== undefined) stricterIsNeverMilder(make, options.stricter);
};

/**
 * Has a state of every key at hand by keeping the states itself, as no engine lets one look at the live ones.
 */
const spied = (make: () => Module<object>): { module: Module<object>; states: object[] } => {
  const states: object[] = [];
  const plain = make();
  return { states, module: { ...plain, fresh: () => (states.push(plain.fresh()), states.at(-1)!) } };
};

const decidingChangesNothing = (make: () => Module<object>): void => {
  fc.assert(fc.property(stepsOf(60), (steps) => {
    const { module, states } = spied(make);
    const engine = engineOf(module);
    const { now } = play(engine, steps);
    const before = JSON.stringify(engine.snapshot());
    states.forEach(deepFrozen);   // a write would throw
    const first = opinion(engine, now);
    expect(opinion(engine, now)).toEqual(first);
    expect(JSON.stringify(engine.snapshot())).toBe(before);
  }));
};

const survivesJson = (make: () => Module<object>): void => {
  fc.assert(fc.property(stepsOf(40), stepsOf(20), (past, future) => {
    const one = engineOf(make());
    const { now } = play(one, past);
    const two = engineOf(make());
    two.restore(JSON.parse(JSON.stringify(one.snapshot())));
    expect(opinion(two, now)).toEqual(opinion(one, now));
    expect(play(two, future, now).heard).toEqual(play(one, future, now).heard);
  }));
};

const refusalsProlongNothing = (make: () => Module<object>): void => {
  const reason = { module: 'another', rule: 'test', seen: 2, limit: 1 };
  const refusals = (['defer', 'hold', 'reject'] as const).map((kind): Verdict => ({ kind, reason }));
  fc.assert(fc.property(stepsOf(60), fc.constantFrom(...refusals), (steps, verdict) => {
    const calm = play(engineOf(make()), steps);
    const pestered = engineOf(make());
    const noisy = play(pestered, steps, 0, (submission, now) => {
      for (let retry = 0; retry < 3; retry++) pestered.learn(submitted(submission, verdict), now);
    });
    expect(noisy.heard).toEqual(calm.heard);
  }));
};

const othersChangeNothing = (make: () => Module<object>): void => {
  const isOwn = (step: Step): boolean => {
    switch (make().key) {
      case 'account': return step.account === 0;
      case 'tenant':
      case 'pool': return step.account !== 2;
      default: return true;
    }
  };
  fc.assert(fc.property(stepsOf(80), (steps) => {
    let now = 0;
    const timed = steps.map((step) => ({ ...step, at: (now += step.gap) }));
    let before = 0;
    const own = timed.filter(isOwn).map((step) => {
      const gap = step.at - before;
      before = step.at;
      return { ...step, gap };
    });
    const alone = play(engineOf(make()), own).heard.map((one) => one.verdict);
    const all = play(engineOf(make()), steps).heard;
    const among = all.filter((one) => isOwn(one.step)).map((one) => one.verdict);
    expect(among).toEqual(alone);
  }));
};

const clockMayStepBack = (make: () => Module<object>, mayFree: boolean): void => {
  const back = fc.constantFrom(-10_800_000, -3_600_000, -60_000, -1, 0, 1_000);
  const wild = fc.array(fc.record({ gap: back, account: fc.nat({ max: 2 }), event }), { maxLength: 20 });
  fc.assert(fc.property(stepsOf(40), wild, back, (steps, strange, step) => {
    const engine = engineOf(make());
    const { now } = play(engine, steps);
    const earlier = Math.max(0, now + Math.min(step, 0)) as Milliseconds;
    for (const probe of mayFree ? [] : probes) {
      expect(rankOf(engine.decide(probe, earlier))).toBeGreaterThanOrEqual(rankOf(engine.decide(probe, now)));
    }
    play(engine, strange, now);
    expect(isPlain(engine.snapshot().states)).toBe(true);
  }));
};

const idleKeyRecovers = (make: () => Module<object>, recoversAfter: Milliseconds): void => {
  fc.assert(fc.property(stepsOf(60), (steps) => {
    const engine = engineOf(make());
    const { now } = play(engine, steps);
    for (const account of [0, 1, 2]) engine.learn(released(account, whoIs(account).tenant), now);
    const rested = now + recoversAfter as Milliseconds;
    for (const account of [0, 1, 2]) {
      const probe = submissionOf({ ...whoIs(account), recipients: [1_000 + account] });
      expect(engine.decide(probe, rested).kind).toBe('pass');
    }
  }));
};

const stateIsPlainAndSmall = (make: () => Module<object>, bound: number): void => {
  fc.assert(fc.property(stepsOf(60), (steps) => {
    const { module, states } = spied(make);
    const engine = engineOf(module);
    play(engine, steps);
    const kept = engine.snapshot().states[module.name]!.map(([, state]) => state);
    for (const state of module.layout === undefined ? states : kept) {
      expect(isPlain(state)).toBe(true);
      expect(JSON.stringify(state).length).toBeLessThanOrEqual(bound);
    }
  }));
};

const calmMeansPass = (make: () => Module<object>): void => {
  const asked = (): Module<object> => {
    const module = make();
    if (module.layout?.calm === undefined) return module;
    const { calm: _, ...layout } = module.layout;
    return { ...module, layout };
  };
  fc.assert(fc.property(stepsOf(60), (steps) => {
    const calm = engineOf(make());
    const curious = engineOf(asked());
    const { heard, now } = play(calm, steps);
    expect(play(curious, steps).heard).toEqual(heard);
    expect(opinion(curious, now)).toEqual(opinion(calm, now));
  }));
};

const stricterIsNeverMilder = (make: () => Module<object>, stricter: () => Module<object>): void => {
  fc.assert(fc.property(stepsOf(60), (steps) => {
    const loose = engineOf(make());
    const { now } = play(loose, steps);
    const strict = engineOf(stricter());
    strict.restore(loose.snapshot());
    for (const probe of probes) {
      expect(rankOf(strict.decide(probe, now))).toBeGreaterThanOrEqual(rankOf(loose.decide(probe, now)));
    }
  }));
};

/**
 * A stricter module lets no more through in all than a looser one does of the same single-recipient messages.
 * (With messages of many recipients it can: who refuses a large one has room for several small ones.)
 */
export const assertStricterLetsLessThrough = (
  loose: () => Module<object>, strict: () => Module<object>,
): void => {
  const traffic = fc.array(fc.tuple(gap, fc.nat({ max: 30 })), { maxLength: 80 });
  const wave = (engine: PolicyEngine, sent: readonly (readonly [number, number])[]): number[] => {
    let now = 0;
    let passed = 0;
    return sent.map(([wait, recipient]) => {
      now += wait;
      const submission = submissionOf({ recipients: [recipient] });
      const verdict = engine.decide(submission, now as Milliseconds);
      engine.learn(submitted(submission, verdict), now as Milliseconds);
      return passed += rankOf(verdict) <= severity.indexOf('pace') ? 1 : 0;
    });
  };
  fc.assert(fc.property(traffic, (sent) => {
    const more = wave(engineOf(loose()), sent);
    wave(engineOf(strict()), sent).forEach((passed, at) => expect(passed).toBeLessThanOrEqual(more[at]!));
  }));
};

/** Long enough for any window of an hour, with the slice it may be late by, and then some. */
export const anHourAndMore = minutes(90);
