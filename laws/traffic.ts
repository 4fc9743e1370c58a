// Invented traffic for the laws of policy modules: accounts, tenants and pools with every kind of signal.

import fc from 'fast-check';
import {
  type Dispatch, type Milliseconds, type Module, policy, PolicyEngine, type ReplyClass, severity, type Signal,
  type Submission, type Verdict,
} from '../policy/index.ts';
import {
  attempted, attemptOf, complaint, login, outcome, poll, released, scanned, submissionOf, submitted,
  telemetry, trapped,
} from './build.ts';

export interface Step {
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
      readonly source: number;
      readonly signedUp: number;
      readonly nullSender: boolean;
    }
  | { readonly kind: 'signal'; readonly make: (who: Who) => Signal; readonly text: string };

interface Who {
  readonly account: number;
  readonly tenant: number;
  readonly pool: string;
}

/** Accounts 0 and 1 are one tenant's, on the shared pool; account 2 is another's, on another pool. */
export const whoIs = (account: number): Who =>
  account === 2 ? { account, tenant: 1, pool: 'other' } : { account, tenant: 0, pool: 'shared' };

// Ties, slice edges and long silences are common; so are repeats of the same few addresses.
export const gap = fc.constantFrom(
  0, 0, 1, 1_000, 1_000, 59_999, 60_000, 300_000, 600_000, 3_600_000, 10_800_000,
);
const classes: readonly ReplyClass[] = ['unknownUser', 'unknownUser', 'dnsblBlock', 'ipBlock', 'expired'];
const signal = (text: string, make: (who: Who) => Signal): Event => ({ kind: 'signal', make, text });

const inLine: Dispatch = {
  kind: 'wait', until: 7_200_000 as Milliseconds, slot: { module: 'shaping', number: 3 },
  reason: { module: 'shaping', rule: 'attempts/1h', seen: 2, limit: 1 },
};

export const event: fc.Arbitrary<Event> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('submit' as const),
      recipients: fc.array(fc.nat({ max: 12 }), { minLength: 1, maxLength: 4 }),
      list: fc.constantFrom(0, 7),
      allowance: fc.constantFrom(0, 0, 0, 3, 600),
      source: fc.nat({ max: 5 }),
      signedUp: fc.constantFrom(-1, -1, 0, 3_600_000),
      nullSender: fc.constantFrom(false, false, true),
    }),
  },
  fc.record({
    receiver: fc.nat({ max: 3 }), copies: fc.integer({ min: 1, max: 3 }), class: fc.constantFrom(...classes),
    text: fc.constantFrom('no such user', 'you send too fast', 'go away'),
  }).chain((parts) => fc.constantFrom<Event>(
      signal(`delivered ${JSON.stringify(parts)}`, (who) => outcome('delivered', { ...who, ...parts })),
      signal(`bounced ${JSON.stringify(parts)}`, (who) => outcome('bounced', { ...who, ...parts })),
      signal(`deferred ${JSON.stringify(parts)}`, (who) => outcome('deferred', { ...who, ...parts })),
      signal(`complained ${JSON.stringify(parts)}`, (who) => complaint({ ...who, receiver: parts.receiver })),
    )),
  fc.constantFrom<Event>(
    signal('listed', (who) => poll('listed', 'west', '192.0.2.10', who.pool)),
    signal('delisted', (who) => poll('delisted', 'west', '192.0.2.10', who.pool)),
    signal('released', (who) => released(who.account, who.tenant)),
    signal('trapped', (who) => trapped(who)),
    signal('spam verdict', (who) => scanned(true, who)),
    signal('ham verdict', (who) => scanned(false, who)),
    signal('login from a new place', (who) => login({ ...who, newPlace: true })),
    signal('failed login', (who) => login({ ...who, failed: true })),
    signal('red', (who) => telemetry('red', who)),
    signal('green', (who) => telemetry('green', who)),
    signal('an attempt begins', (who) => attempted({ kind: 'go' }, who)),
    signal('an attempt waits in line', (who) => attempted(inLine, who)),
  ),
);

// Of any length up to that: by default most lists are short, and hardly any limit would be reached.
export const stepsOf = (maxLength: number): fc.Arbitrary<Step[]> =>
  fc.array(fc.record({ gap, account: fc.nat({ max: 2 }), event }), { maxLength, size: 'max' });

export const engineOf = (module: Module<object>): PolicyEngine => new PolicyEngine(policy('laws', [module]));
export const rankOf = (verdict: Verdict): number => severity.indexOf(verdict.kind);

export interface Heard {
  readonly step: Step;
  readonly submission: Submission;
  readonly verdict: Verdict;
}

/** Plays the steps from `start`; what is said of each submission, and when it ended. */
export const play = (
  engine: PolicyEngine, steps: readonly Step[], start = 0,
  after?: (submission: Submission, now: Milliseconds) => void,
): { heard: Heard[]; now: Milliseconds } => {
  const heard: Heard[] = [];
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
    heard.push({ step, submission, verdict });
    after?.(submission, now);
  }
  return { heard, now };
};

export const probes = [0, 1, 2].flatMap((account) => [
  submissionOf({ ...whoIs(account), recipients: [99] }),
  submissionOf({ ...whoIs(account), recipients: [1, 50, 51, 52], list: 7 }),
  submissionOf({ ...whoIs(account), nullSender: true }),
]);
const attempts = [0, 2].flatMap((account) => [0, 1, 2, 3].flatMap((receiver) =>
  [attemptOf({ ...whoIs(account), receiver }), attemptOf({ ...whoIs(account), receiver, list: 7 })]));

/** All a policy would say now, of submissions and of attempts. */
export const opinion = (engine: PolicyEngine, now: Milliseconds): unknown[] => [
  ...probes.map((probe) => engine.decide(probe, now)),
  ...attempts.map((attempt) => engine.dispatch(attempt, now)),
];
