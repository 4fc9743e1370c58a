// The laws every policy module keeps, whatever it measures, as one check to run on each: invented traffic of
// three accounts, two tenants and two pools goes through the engine, and what the module says of it is
// compared.

import fc from 'fast-check';
import { expect } from 'vitest';
import {
  type Milliseconds, minutes, type Module, policy, PolicyEngine, type ReplyClass, severity, type Signal,
  type Submission, type Verdict,
} from '../../policy/index.ts';
import { attemptOf, complaint, outcome, poll, released, submissionOf, submitted } from './build.ts';

export interface LawOptions {
  /** A key that was silent for this long, and is not suspended, passes again. */
  readonly recoversAfter: Milliseconds;
  /** Characters that the state of one key takes as JSON, at most, after 60 events. */
  readonly bound: number;
  /** A module with a lower limit, whose verdict on the same state must never be milder. */
  readonly stricter?: () => Module<object>;
}

interface Step {
  readonly gap: number;
  readonly account: number;
  readonly event: Event;
}

type Event =
  | {
      readonly kind: 'submit';
      readonly recipients: readonly number[];
      readonly list: number;
      readonly allowance: number;
    }
  | { readonly kind: 'signal'; readonly make: (who: Who) => Signal; readonly text: string };

interface Who {
  readonly account: number;
  readonly tenant: number;
  readonly pool: string;
}

/** Accounts 0 and 1 are one tenant's, on the shared pool; account 2 is another's, on another pool. */
const whoIs = (account: number): Who =>
  account === 2 ? { account, tenant: 1, pool: 'other' } : { account, tenant: 0, pool: 'shared' };

// Ties, slice edges and long silences are common; so are repeats of the same few addresses.
const gap = fc.constantFrom(0, 0, 1, 1_000, 1_000, 59_999, 60_000, 300_000, 600_000, 3_600_000, 10_800_000);
const classes: readonly ReplyClass[] = ['unknownUser', 'unknownUser', 'dnsblBlock', 'ipBlock', 'expired'];
const signal = (text: string, make: (who: Who) => Signal): Event => ({ kind: 'signal', make, text });

const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      recipients: fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 4 }),
      list: fc.constantFrom(0, 7),
      allowance: fc.constantFrom(0, 0, 0, 3, 600),
    }),
  },
  fc.record({ receiver: fc.nat({ max: 3 }), copies: fc.integer({ min: 1, max: 3 }), class: fc.constantFrom(...classes) })
    .chain((parts) => fc.constantFrom<Event>(
      signal(`delivered ${JSON.stringify(parts)}`, (who) => outcome('delivered', { ...who, ...parts })),
      signal(`bounced ${JSON.stringify(parts)}`, (who) => outcome('bounced', { ...who, ...parts })),
      signal(`deferred ${JSON.stringify(parts)}`, (who) => outcome('deferred', { ...who, ...parts })),
      signal(`complained ${JSON.stringify(parts)}`, (who) => complaint({ ...who, receiver: parts.receiver })),
    )),
  fc.constantFrom<Event>(
    signal('listed', (who) => poll('listed', 'west', '192.0.2.10', who.pool)),
    signal('delisted', (who) => poll('delisted', 'west', '192.0.2.10', who.pool)),
    signal('released', (who) => released(who.account, who.tenant)),
  ),
);

const stepsOf = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ gap, account: fc.nat({ max: 2 }), event }), { maxLength });

const engineOf = (module: Module<object>): PolicyEngine => new PolicyEngine(policy('laws', [module]));
const rankOf = (verdict: Verdict): number => severity.indexOf(verdict.kind);

/** Plays the steps from `start`; what is said of each submission, and when it ended. */
const play = (
  engine: PolicyEngine, steps: readonly Step[], start = 0, after?: (submission: Submission, now: Milliseconds) => void,
): { heard: { step: Step; verdict: Verdict }[]; now: Milliseconds } => {
  const heard: { step: Step; verdict: Verdict }[] = [];
  let now = start as Milliseconds;
  for (const step of steps) {
    now = Math.max(0, now + step.gap) as Milliseconds;
    const who = whoIs(step.account);
    if (step.event.kind === 'signal') {
      engine.learn(step.event.make(who), now);
      continue;
    }
    const submission = submissionOf({ ...who, ...step.event });
    const verdict = engine.decide(submission, now);
    engine.learn(submitted(submission, verdict), now);
    heard.push({ step, verdict });
    after?.(submission, now);
  }
  return { heard, now };
};

const probes = [0, 1, 2].flatMap((account) => [
  submissionOf({ ...whoIs(account), recipients: [99] }),
  submissionOf({ ...whoIs(account), recipients: [1, 50, 51, 52], list: 7 }),
]);
const attempts = [0, 2].flatMap((account) => [0, 1, 2, 3].flatMap((receiver) =>
  [attemptOf({ ...whoIs(account), receiver }), attemptOf({ ...whoIs(account), receiver, list: 7 })]));

/** All a policy would say now, of submissions and of attempts. */
const opinion = (engine: PolicyEngine, now: Milliseconds): unknown[] => [
  ...probes.map((probe) => engine.decide(probe, now)), ...attempts.map((attempt) => engine.dispatch(attempt, now)),
];

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
  clockMayStepBack(make);
  idleKeyRecovers(make, options.recoversAfter);
  stateIsPlainAndSmall(make, options.bound);
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
  const refusals: readonly Verdict[] = [{ kind: 'defer', reason }, { kind: 'hold', reason }, { kind: 'reject', reason }];
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
    const among = play(engineOf(make()), steps).heard.filter((one) => isOwn(one.step)).map((one) => one.verdict);
    expect(among).toEqual(alone);
  }));
};

const clockMayStepBack = (make: () => Module<object>): void => {
  const back = fc.constantFrom(-10_800_000, -3_600_000, -60_000, -1, 0, 1_000);
  const wild = fc.array(fc.record({ gap: back, account: fc.nat({ max: 2 }), event }), { maxLength: 20 });
  fc.assert(fc.property(stepsOf(40), wild, back, (steps, strange, step) => {
    const engine = engineOf(make());
    const { now } = play(engine, steps);
    const earlier = Math.max(0, now + Math.min(step, 0)) as Milliseconds;
    for (const probe of probes) {
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
    play(engineOf(module), steps);
    for (const state of states) {
      expect(isPlain(state)).toBe(true);
      expect(JSON.stringify(state).length).toBeLessThanOrEqual(bound);
    }
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
export const assertStricterLetsLessThrough = (loose: () => Module<object>, strict: () => Module<object>): void => {
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
