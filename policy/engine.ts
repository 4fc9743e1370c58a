// Runs a policy: keeps each module's states by key, hears the most severe verdict, and remembers who is suspended.
// The same engine stands in the simulator and in a mail system. Deciding reads only; `learn` is where anything changes.

import type { Key, Module, Policy } from './module.ts';
import type { Signal } from './signal.ts';
import type { Attempt, Submission } from './submission.ts';
import { type Milliseconds, never } from './units.ts';
import { type Dispatch, go, pass, type Reason, severity, type Verdict } from './verdict.ts';
import type { AccountId, TenantId } from './words.ts';

/** A standing refusal of all that an account, or a tenant, submits. */
export interface Suspension {
  /** When it ends by itself; `never` where a person must release. */
  readonly until: Milliseconds;
  readonly reason: Reason;
}

/** All an engine knows, as plain JSON; `restore` takes it back. */
export interface Snapshot {
  readonly policy: string;
  readonly states: Readonly<Record<string, readonly (readonly [key: string | number, state: object])[]>>;
  readonly suspended: {
    readonly accounts: readonly (readonly [AccountId, Suspension])[];
    readonly tenants: readonly (readonly [TenantId, Suspension])[];
  };
}

/** A module with the states it has so far. Keys are identities, `tenant * 65536 + receiver`, or a pool's name. */
interface Seat {
  readonly module: Module<object>;
  readonly states: Map<string | number, object>;
}

/** Receivers a platform may tell apart, for the joint key below to be unique. */
export const mostReceivers = 65_536;

const rank = Object.fromEntries(severity.map((kind, index) => [kind, index])) as Record<Verdict['kind'], number>;

export class PolicyEngine {
  readonly policy: Policy;
  readonly #seats: readonly Seat[];
  readonly #dispatchers: readonly Seat[];
  readonly #accounts = new Map<AccountId, Suspension>();
  readonly #tenants = new Map<TenantId, Suspension>();

  constructor(policy: Policy) {
    this.policy = policy;
    this.#seats = policy.modules.map((module) => ({ module, states: new Map() }));
    this.#dispatchers = this.#seats.filter((seat) => seat.module.dispatch !== undefined);
  }

  /** The most severe of the modules' verdicts; `reject` while account or tenant is suspended. Changes nothing. */
  decide(submission: Submission, now: Milliseconds): Verdict {
    const suspension = this.suspension(submission.tenant, submission.account, now);
    if (suspension !== undefined) return { kind: 'reject', reason: suspension.reason };
    let heard: Verdict = pass;
    for (const seat of this.#seats) {
      if (seat.module.key === 'receiver' || seat.module.key === 'tenant+receiver') {
        for (const [index, receiver] of submission.receivers.entries()) {
          if (submission.receivers.indexOf(receiver) < index) continue;
          const key = seat.module.key === 'receiver' ? receiver : jointKey(submission.tenant, receiver);
          heard = graver(heard, seat.module.decide(stateOf(seat, key), submission, now));
        }
      } else {
        const key = ownKey(seat.module.key, submission);
        heard = graver(heard, seat.module.decide(stateOf(seat, key), submission, now));
      }
    }
    return heard;
  }

  /** What the modules with a say in dispatch make of an attempt: the latest wait, else another pool, else go. */
  dispatch(attempt: Attempt, now: Milliseconds): Dispatch {
    let heard: Dispatch = go;
    for (const seat of this.#dispatchers) {
      const key =
        seat.module.key === 'receiver' ? attempt.receiver
        : seat.module.key === 'tenant+receiver' ? jointKey(attempt.tenant, attempt.receiver)
        : ownKey(seat.module.key, attempt);
      const said = seat.module.dispatch!(stateOf(seat, key), attempt, now);
      if (said.kind === 'wait') {
        if (heard.kind !== 'wait' || said.until > heard.until) heard = said;
      } else if (said.kind === 'pool' && heard.kind === 'go') {
        heard = said;
      }
    }
    return heard;
  }

  /** Passes a signal to every module whose key it can be attributed to, and keeps the register of suspensions. */
  learn(signal: Signal, now: Milliseconds): void {
    if (signal.kind === 'submitted') this.#uphold(signal.verdict, signal.submission);
    if (signal.kind === 'released') this.#release(signal.tenant, signal.account);
    for (const seat of this.#seats) {
      switch (seat.module.key) {
        case 'account':
          if ('account' in signal) seat.module.learn(stateOf(seat, signal.account), signal, now);
          break;
        case 'tenant':
          if ('tenant' in signal) seat.module.learn(stateOf(seat, signal.tenant), signal, now);
          break;
        case 'pool':
          if ('pool' in signal) seat.module.learn(stateOf(seat, signal.pool), signal, now);
          else if (signal.kind === 'submitted') seat.module.learn(stateOf(seat, signal.submission.pool), signal, now);
          break;
        case 'platform':
          seat.module.learn(stateOf(seat, 0), signal, now);
          break;
        case 'receiver':
        case 'tenant+receiver':
          learnPerReceiver(seat, signal, now);
          break;
        default:
          seat.module.key satisfies never;
      }
    }
  }

  /** The suspension that now stands against an account, its own or its tenant's; undefined where none does. */
  suspension(tenant: TenantId, account: AccountId, now: Milliseconds): Suspension | undefined {
    if (this.#accounts.size === 0 && this.#tenants.size === 0) return undefined;
    return inForce(this.#accounts.get(account), now) ?? inForce(this.#tenants.get(tenant), now);
  }

  /** Shuts an account by hand, as the desk does, until it is released. */
  suspend(account: AccountId, reason: Reason): void {
    this.#accounts.set(account, { until: never, reason });
  }

  snapshot(): Snapshot {
    return {
      policy: this.policy.name,
      states: Object.fromEntries(this.#seats.map((seat) => [seat.module.name, [...seat.states]])),
      suspended: { accounts: [...this.#accounts], tenants: [...this.#tenants] },
    };
  }

  /** Takes back a snapshot of a policy of the same name; modules it does not mention start fresh. */
  restore(snapshot: Snapshot): void {
    if (snapshot.policy !== this.policy.name) {
      throw new Error(`policy ${this.policy.name}: the snapshot is of policy ${snapshot.policy}. Load that one's.`);
    }
    for (const seat of this.#seats) {
      seat.states.clear();
      for (const [key, state] of snapshot.states[seat.module.name] ?? []) seat.states.set(key, state);
    }
    this.#accounts.clear();
    this.#tenants.clear();
    for (const [account, suspension] of snapshot.suspended.accounts) this.#accounts.set(account, suspension);
    for (const [tenant, suspension] of snapshot.suspended.tenants) this.#tenants.set(tenant, suspension);
  }

  #uphold(verdict: Verdict, submission: Submission): void {
    if (verdict.kind !== 'suspend') return;
    const suspension = { until: verdict.until, reason: verdict.reason };
    if (verdict.scope === 'account') this.#accounts.set(submission.account, suspension);
    else this.#tenants.set(submission.tenant, suspension);
  }

  #release(tenant: TenantId, account: AccountId): void {
    this.#accounts.delete(account);
    this.#tenants.delete(tenant);
  }
}

const jointKey = (tenant: number, receiver: number): number => tenant * mostReceivers + receiver;

const ownKey = (key: Exclude<Key, 'receiver' | 'tenant+receiver'>, of: Submission | Attempt): string | number => {
  switch (key) {
    case 'account': return of.account;
    case 'tenant': return of.tenant;
    case 'pool': return of.pool;
    case 'platform': return 0;
  }
};

const stateOf = (seat: Seat, key: string | number): object => {
  const known = seat.states.get(key);
  if (known !== undefined) return known;
  const fresh = seat.module.fresh();
  seat.states.set(key, fresh);
  return fresh;
};

const learnPerReceiver = (seat: Seat, signal: Signal, now: Milliseconds): void => {
  const keyOf = (tenant: TenantId, receiver: number): number =>
    seat.module.key === 'receiver' ? receiver : jointKey(tenant, receiver);
  if (signal.kind === 'submitted') {
    for (const receiver of new Set(signal.submission.receivers)) {
      seat.module.learn(stateOf(seat, keyOf(signal.tenant, receiver)), signal, now);
    }
  } else if ('receiver' in signal) {
    seat.module.learn(stateOf(seat, keyOf(signal.tenant, signal.receiver)), signal, now);
  }
};

const inForce = (suspension: Suspension | undefined, now: Milliseconds): Suspension | undefined =>
  suspension !== undefined && suspension.until > now ? suspension : undefined;

/** The graver of two verdicts; the first where they are alike, save that the later of two paces holds. */
const graver = (one: Verdict, two: Verdict): Verdict => {
  if (one.kind === 'pace' && two.kind === 'pace') return two.until > one.until ? two : one;
  return rank[two.kind] > rank[one.kind] ? two : one;
};
