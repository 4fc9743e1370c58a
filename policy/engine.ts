// Runs a policy: keeps each module's states by key, hears the most severe verdict, and remembers who is
// suspended. The same engine stands in the simulator and in a mail system. Deciding reads only; `learn` is
// where anything changes.

import type { Policy } from './module.ts';
import { clear, entriesOf, jointKey, ownKey, place, type Seat, seatFor, seen, stateOf } from './seat.ts';
import { type Signal, type SignalKind, signalKinds } from './signal.ts';
import type { Attempt, Submission } from './submission.ts';
import { type Milliseconds, never } from './units.ts';
import { type Dispatch, go, pass, type Reason, severity, type Verdict, type VerdictKind } from './verdict.ts';
import type { AccountId, PoolName, TenantId } from './words.ts';

/** A standing refusal of all that an account, or a tenant, submits. */
export interface Suspension {
  /** When it ends by itself; `never` where a person must release. */
  readonly until: Milliseconds;
  readonly reason: Reason;
}

/** All an engine knows, as plain JSON and apart from the engine; `restore` takes it back. */
export interface Snapshot {
  readonly policy: string;
  readonly states: Readonly<Record<string, readonly (readonly [key: string | number, state: object])[]>>;
  readonly suspended: {
    readonly accounts: readonly (readonly [AccountId, Suspension])[];
    readonly tenants: readonly (readonly [TenantId, Suspension])[];
  };
}

/** A module of the policy threw. `cause` is what it threw. */
export class ModuleFault extends Error {
  override readonly name = 'ModuleFault';
  readonly module: string;
  readonly verb: 'decide' | 'dispatch' | 'learn';

  constructor(module: string, verb: ModuleFault['verb'], cause: unknown) {
    super(`module ${module} threw in ${verb}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
    this.module = module;
    this.verb = verb;
  }
}

const rank = Object.fromEntries(severity.map((kind, index) => [kind, index])) as Record<VerdictKind, number>;

export class PolicyEngine {
  readonly policy: Policy;
  readonly #seats: readonly Seat[];
  readonly #dispatchers: readonly Seat[];
  readonly #hearing: Readonly<Record<SignalKind, readonly Seat[]>>;
  readonly #accounts = new Map<AccountId, Suspension>();
  readonly #tenants = new Map<TenantId, Suspension>();

  constructor(policy: Policy) {
    this.policy = policy;
    this.#seats = policy.modules.map(seatFor);
    this.#dispatchers = this.#seats.filter((seat) => seat.module.dispatch !== undefined);
    this.#hearing = Object.fromEntries(signalKinds.map((kind) => [
      kind, this.#seats.filter(({ module }) => module.hears === undefined || module.hears.includes(kind)),
    ])) as unknown as Record<SignalKind, readonly Seat[]>;
  }

  /**
   * The most severe of the modules' verdicts; `reject` while account or tenant is suspended. Changes nothing.
   */
  decide(submission: Submission, now: Milliseconds): Verdict {
    const suspension = this.suspension(submission.tenant, submission.account, now);
    if (suspension !== undefined) return { kind: 'reject', reason: suspension.reason };
    const seats = this.#seats;
    let heard: Verdict = pass;
    let at = 0;
    try {
      for (; at < seats.length; at++) {
        const seat = seats[at]!;
        if (seat.key === 'receiver' || seat.key === 'tenant+receiver') {
          heard = gravestOfReceivers(heard, seat, submission, now);
        } else {
          const said = seat.module.decide(seen(seat, ownKey(seat.key, submission)), submission, now);
          if (said !== pass) heard = graver(heard, said);
        }
      }
    } catch (cause) {
      throw new ModuleFault(seats[at]!.module.name, 'decide', cause);
    }
    return heard;
  }

  /**
   * What the modules with a say in dispatch make of an attempt: the latest wait, else another pool, else go.
   */
  dispatch(attempt: Attempt, now: Milliseconds): Dispatch {
    const seats = this.#dispatchers;
    let heard: Dispatch = go;
    let at = 0;
    try {
      for (; at < seats.length; at++) {
        const seat = seats[at]!;
        const key =
          seat.key === 'receiver' ? attempt.receiver
          : seat.key === 'tenant+receiver' ? jointKey(attempt.tenant, attempt.receiver)
          : ownKey(seat.key, attempt);
        const said = seat.module.dispatch!(seen(seat, key), attempt, now);
        if (said.kind === 'wait') {
          if (heard.kind !== 'wait' || said.until > heard.until) heard = said;
        } else if (said.kind === 'pool' && heard.kind === 'go') {
          heard = said;
        }
      }
    } catch (cause) {
      throw new ModuleFault(seats[at]!.module.name, 'dispatch', cause);
    }
    return heard;
  }

  /**
   * Passes a signal to every module whose key it can be attributed to, and keeps the register of suspensions.
   */
  learn(signal: Signal, now: Milliseconds): void {
    if (signal.kind === 'submitted') this.#uphold(signal.verdict, signal.submission);
    else if (signal.kind === 'released') this.#release(signal.tenant, signal.account);
    // A poll of a register names no one; where it is undefined, modules for accounts and tenants hear
    // nothing.
    const named = namedBy(signal);
    const pool = poolOf(signal);
    const seats = this.#hearing[signal.kind];
    let at = 0;
    try {
      for (; at < seats.length; at++) {
        const seat = seats[at]!;
        switch (seat.key) {
          case 'account':
            if (named !== undefined) seat.module.learn(stateOf(seat, named.account), signal, now);
            break;
          case 'tenant':
            if (named !== undefined) seat.module.learn(stateOf(seat, named.tenant), signal, now);
            break;
          case 'pool':
            if (pool !== undefined) seat.module.learn(stateOf(seat, pool), signal, now);
            break;
          case 'platform':
            seat.module.learn(stateOf(seat, 0), signal, now);
            break;
          case 'receiver':
          case 'tenant+receiver':
            learnPerReceiver(seat, signal, now);
            break;
          default:
            seat.key satisfies never;
        }
      }
    } catch (cause) {
      throw new ModuleFault(seats[at]!.module.name, 'learn', cause);
    }
  }

  /**
   * The suspension that now stands against an account, its own or its tenant's; undefined where none does.
   */
  suspension(tenant: TenantId, account: AccountId, now: Milliseconds): Suspension | undefined {
    if (this.#accounts.size === 0 && this.#tenants.size === 0) return undefined;
    return inForce(this.#accounts.get(account), now) ?? inForce(this.#tenants.get(tenant), now);
  }

  /** Shuts an account by hand, as the desk does, until it is released. */
  suspend(account: AccountId, reason: Reason): void {
    this.#accounts.set(account, { until: never, reason });
  }

  /** A copy of all it knows; what is learned afterwards does not show in it. */
  snapshot(): Snapshot {
    return copy({
      policy: this.policy.name,
      states: Object.fromEntries(this.#seats.map((seat) => [seat.module.name, entriesOf(seat)])),
      suspended: { accounts: [...this.#accounts], tenants: [...this.#tenants] },
    });
  }

  /**
   * Takes back a snapshot of a policy of the same name, and leaves the snapshot as it is; modules it does not
   * mention start fresh, and states of modules the policy no longer has are dropped. Throws an Error for
   * another policy's.
   */
  restore(snapshot: Snapshot): void {
    if (snapshot.policy !== this.policy.name) {
      const name = this.policy.name;
      throw new Error(`policy ${name}: the snapshot is of policy ${snapshot.policy}. Load one of ${name}.`);
    }
    const held = copy(snapshot);
    for (const seat of this.#seats) {
      clear(seat);
      for (const [key, state] of held.states[seat.module.name] ?? []) place(seat, key, state);
    }
    this.#accounts.clear();
    this.#tenants.clear();
    for (const [account, suspension] of held.suspended.accounts) this.#accounts.set(account, suspension);
    for (const [tenant, suspension] of held.suspended.tenants) this.#tenants.set(tenant, suspension);
  }

  #uphold(verdict: Verdict, submission: Submission): void {
    if (verdict.kind !== 'suspend') return;
    const suspension = { until: verdict.until, reason: verdict.reason };
    if (verdict.scope === 'account') extend(this.#accounts, submission.account, suspension);
    else extend(this.#tenants, submission.tenant, suspension);
  }

  #release(tenant: TenantId, account: AccountId): void {
    this.#accounts.delete(account);
    this.#tenants.delete(tenant);
  }
}

/** The signal itself where it names an account; undefined for a poll of a register. */
const namedBy = (signal: Signal): Named | undefined => {
  switch (signal.kind) {
    case 'listed':
    case 'delisted': return undefined;
    default: return signal;
  }
};
type Named = Extract<Signal, { readonly account: AccountId }>;

/** The pool a signal speaks of; undefined where it speaks of none. */
const poolOf = (signal: Signal): PoolName | undefined => {
  switch (signal.kind) {
    case 'submitted': return signal.submission.pool;
    case 'complained':
    case 'suspended':
    case 'released': return undefined;
    default: return signal.pool;
  }
};

/**
 * States are plain JSON by contract, so JSON copies all of them, and loses nothing that a file would keep.
 */
const copy = (snapshot: Snapshot): Snapshot => JSON.parse(JSON.stringify(snapshot)) as Snapshot;

const gravestOfReceivers = (
  before: Verdict, seat: Seat, submission: Submission, now: Milliseconds,
): Verdict => {
  const receivers = submission.receivers;
  let heard = before;
  for (let at = 0; at < receivers.length; at++) {
    const receiver = receivers[at]!;
    if (receivers.indexOf(receiver) < at) continue;
    const key = seat.key === 'receiver' ? receiver : jointKey(submission.tenant, receiver);
    heard = graver(heard, seat.module.decide(seen(seat, key), submission, now));
  }
  return heard;
};

const learnPerReceiver = (seat: Seat, signal: Signal, now: Milliseconds): void => {
  if (signal.kind === 'submitted') {
    for (const receiver of new Set(signal.submission.receivers)) {
      const key = seat.key === 'receiver' ? receiver : jointKey(signal.tenant, receiver);
      seat.module.learn(stateOf(seat, key), signal, now);
    }
  } else if ('receiver' in signal) {
    const key = seat.key === 'receiver' ? signal.receiver : jointKey(signal.tenant, signal.receiver);
    seat.module.learn(stateOf(seat, key), signal, now);
  }
};

/**
 * Sets a suspension, unless one that ends later stands: a verdict on its way must not shorten what a person
 * set.
 */
const extend = <Id>(suspensions: Map<Id, Suspension>, id: Id, suspension: Suspension): void => {
  const standing = suspensions.get(id);
  if (standing === undefined || standing.until <= suspension.until) suspensions.set(id, suspension);
};

const inForce = (suspension: Suspension | undefined, now: Milliseconds): Suspension | undefined =>
  suspension !== undefined && suspension.until > now ? suspension : undefined;

/** The graver of two verdicts; the first where they are alike, save that the later of two paces holds. */
const graver = (one: Verdict, two: Verdict): Verdict => {
  if (one.kind === 'pace' && two.kind === 'pace') return two.until > one.until ? two : one;
  return rank[two.kind] > rank[one.kind] ? two : one;
};
