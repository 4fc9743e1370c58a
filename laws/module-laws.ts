// The laws every policy module keeps, whatever it measures, as one check to run on each: invented traffic of
// three accounts, two tenants and two pools goes through the engine, and what the module says of it is
// compared.

import fc from 'fast-check';
import { type Milliseconds, minutes, type Module, pass, type Verdict } from '../policy/index.ts';
import { released, submissionOf, submitted } from './build.ts';
import { check, deepFrozen, holds, isPlain, noMilder, same } from './judging.ts';
import { engineOf, event, opinion, play, probes, type Step, stepsOf, whoIs } from './traffic.ts';

export interface LawOptions {
  /** A key that was silent for this long, and is not suspended, passes again. */
  readonly recoversAfter: Milliseconds;
  /** Characters that the state of one key takes as JSON, at most, after 60 events. */
  readonly bound: number;
  /** Judges a window once it is over: a clock that steps back into it finds it not judged yet. */
  readonly judgesWindowsWhenOver?: boolean;
  /** Judges by a share that more mail of the sender's own lowers; from any other a flood frees nobody. */
  readonly isDiluted?: boolean;
  /** A module with a lower limit, whose verdict on the same state must never be milder. */
  readonly stricter?: () => Module<object>;
}

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
  if (options.isDiluted !== true) floodFreesNobody(make);
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
  check(fc.property(stepsOf(60), (steps) => {
    const { module, states } = spied(make);
    const engine = engineOf(module);
    const { now } = play(engine, steps);
    const before = JSON.stringify(engine.snapshot());
    states.forEach(deepFrozen);   // a write would throw
    const first = opinion(engine, now);
    const law = 'deciding changes nothing';
    same(law, opinion(engine, now), first);
    same(law, JSON.stringify(engine.snapshot()), before);
  }));
};

const survivesJson = (make: () => Module<object>): void => {
  check(fc.property(stepsOf(40), stepsOf(20), (past, future) => {
    const one = engineOf(make());
    const { now } = play(one, past);
    const two = engineOf(make());
    two.restore(JSON.parse(JSON.stringify(one.snapshot())));
    const law = 'a state decides the same after it was JSON';
    same(law, opinion(two, now), opinion(one, now));
    same(law, play(two, future, now).heard, play(one, future, now).heard);
  }));
};

const refusalsProlongNothing = (make: () => Module<object>): void => {
  const reason = { module: 'another', rule: 'test', seen: 2, limit: 1 };
  const refusals = (['defer', 'hold', 'reject'] as const).map((kind): Verdict => ({ kind, reason }));
  check(fc.property(stepsOf(60), fc.constantFrom(...refusals), (steps, verdict) => {
    const calm = play(engineOf(make()), steps);
    const pestered = engineOf(make());
    const noisy = play(pestered, steps, 0, (submission, now) => {
      for (let retry = 0; retry < 3; retry++) pestered.learn(submitted(submission, verdict), now);
    });
    same('no refusal prolongs itself by the retries it provokes', noisy.heard, calm.heard);
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
  check(fc.property(stepsOf(80), (steps) => {
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
    same('the mail of other keys changes no verdict', among, alone);
  }));
};

const clockMayStepBack = (make: () => Module<object>, mayFree: boolean): void => {
  const back = fc.constantFrom(-10_800_000, -3_600_000, -60_000, -1, 0, 1_000);
  const wild =
    fc.array(fc.record({ gap: back, account: fc.nat({ max: 2 }), event }), { maxLength: 20, size: 'max' });
  check(fc.property(stepsOf(40), wild, back, (steps, strange, step) => {
    const engine = engineOf(make());
    const { now } = play(engine, steps);
    const earlier = Math.max(0, now + Math.min(step, 0)) as Milliseconds;
    for (const probe of mayFree ? [] : probes) {
      const [before, after] = [engine.decide(probe, earlier), engine.decide(probe, now)];
      noMilder('a clock that steps back frees nobody', before, after);
    }
    play(engine, strange, now);
    holds('a state is plain JSON, whatever the clock did', isPlain(engine.snapshot().states));
  }));
};

const idleKeyRecovers = (make: () => Module<object>, recoversAfter: Milliseconds): void => {
  check(fc.property(stepsOf(60), (steps) => {
    const engine = engineOf(make());
    const { now } = play(engine, steps);
    for (const account of [0, 1, 2]) engine.learn(released(account, whoIs(account).tenant), now);
    const rested = now + recoversAfter as Milliseconds;
    for (const account of [0, 1, 2]) {
      const probe = submissionOf({ ...whoIs(account), recipients: [1_000 + account] });
      same('an idle key recovers', engine.decide(probe, rested).kind, 'pass');
    }
  }));
};

const stateIsPlainAndSmall = (make: () => Module<object>, bound: number): void => {
  check(fc.property(stepsOf(60), (steps) => {
    const { module, states } = spied(make);
    const engine = engineOf(module);
    play(engine, steps);
    const kept = engine.snapshot().states[module.name]!.map(([, state]) => state);
    for (const state of module.layout === undefined ? states : kept) {
      holds('a state is plain JSON', isPlain(state));
      const { length } = JSON.stringify(state);
      holds(`a state has a bound: ${length} characters, of ${bound} at most`, length <= bound);
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
  check(fc.property(stepsOf(60), (steps) => {
    const calm = engineOf(make());
    const curious = engineOf(asked());
    const { heard, now } = play(calm, steps);
    const law = 'what its layout calls calm, it lets pass';
    same(law, play(curious, steps).heard, heard);
    same(law, opinion(curious, now), opinion(calm, now));
  }));
};

/**
 * Who is refused stays refused however much else he sends at the same instant, to whom and from where he
 * chooses: a table that fills up forgets others first.
 */
const floodFreesNobody = (make: () => Module<object>): void => {
  // Always to people he has not written to: who is known already is another matter.
  const kinds = fc.constantFrom<(number: number) => object>(
    () => ({}),
    (number) => ({ source: number }),
    (number) => ({ receivers: [number] }),
    (number) => ({ source: number, account: number, tenant: number }),
  );
  check(fc.property(stepsOf(40), kinds, (steps, variant) => {
    const engine = engineOf(make());
    const { heard, now } = play(engine, steps);
    const last = heard.at(-1);
    const culprits = [...probes, ...(last === undefined ? [] : [last.submission])];
    const before = culprits.map((one) => engine.decide(one, now));
    for (let number = 1_000; number < 1_000 + flood; number++) {
      engine.learn(submitted(submissionOf({ recipients: [number], ...variant(number) }), pass), now);
    }
    culprits.forEach((one, at) => noMilder('a flood frees nobody', engine.decide(one, now), before[at]!));
  }));
};
/** More than the places of most tables; what has more room has a test of its own. */
const flood = 100;

const stricterIsNeverMilder = (make: () => Module<object>, stricter: () => Module<object>): void => {
  check(fc.property(stepsOf(60), (steps) => {
    const loose = engineOf(make());
    const { now } = play(loose, steps);
    const strict = engineOf(stricter());
    strict.restore(loose.snapshot());
    for (const probe of probes) {
      noMilder('a stricter limit is never milder', strict.decide(probe, now), loose.decide(probe, now));
    }
  }));
};

/** Long enough for any window of an hour, with the slice it may be late by, and then some. */
export const anHourAndMore = minutes(90);
