// Runs a policy: keeps each module's states by key, hears the most severe verdict, and remembers who is
// suspended. The same engine stands in the simulator and in a mail system. Deciding reads only; `learn` is
// where anything changes.

import { gravestDispatch } from './dispatching.ts';
import {
  gravest,
  gravestOfReceivers,
  keyNamedBy,
  learnOf,
  learnPerReceiver,
  type Overhear,
  partiesOf,
  type Party,
  tell,
} from './hearing.ts';
import type { Key, Policy } from './module.ts';
import { clear, jointKey, ownKey, putState, type Shelf, shelvesFor, statesOf } from './shelf.ts';
import { type Signal, type SignalKind, signalKinds } from './signal.ts';
import { assertModules } from './soundness.ts';
import type { Attempt, Submission } from './submission.ts';
import { type Milliseconds, never } from './units.ts';
import { type Dispatch, go, pass, type Reason, type Verdict } from './verdict.ts';
import type { AccountId, TenantId } from './words.ts';

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
  /** When a person last released each; left out by engines that did not remember it. */
  readonly released?: {
    readonly accounts: readonly (readonly [AccountId, Milliseconds])[];
    readonly tenants: readonly (readonly [TenantId, Milliseconds])[];
  };
}

const ignore: Overhear = () => undefined;

/** Why an account is shut of which nothing but the signal is known. */
const byHand: Reason = { module: 'desk', rule: 'suspended', seen: 1, limit: 0 };

export class PolicyEngine {
  readonly policy: Policy;
  readonly #overhear: Overhear;
  readonly #shelves: readonly Shelf[];
  readonly #dispatchers: readonly Party[];
  readonly #hearing: ReadonlyMap<SignalKind, readonly Party[]>;
  readonly #hearSubmitted: readonly Party[];
  readonly #hearDelivered: readonly Party[];
  readonly #accounts = new Map<AccountId, Suspension>();
  readonly #tenants = new Map<TenantId, Suspension>();
  // When a person last released each: what was sent before that is settled.
  readonly #freedAccounts = new Map<AccountId, Milliseconds>();
  readonly #freedTenants = new Map<TenantId, Milliseconds>();

  /**
   * `overhear` is told every word of a module but `pass`, and not only the gravest. Throws a TypeError for a
   * policy whose modules are none by the contract.
   */
  constructor(policy: Policy, overhear: Overhear = ignore) {
    assertModules(policy.name, policy.modules);
    this.policy = policy;
    this.#overhear = overhear;
    this.#shelves = shelvesFor(policy.modules);
    this.#dispatchers = partiesOf(this.#shelves, (module) => module.dispatch !== undefined);
    this.#hearing = new Map(signalKinds.map((kind) => [
      kind, partiesOf(this.#shelves, ({ hears }) => hears === undefined || hears.includes(kind)),
    ]));
    this.#hearSubmitted = this.#hearing.get('submitted')!;
    this.#hearDelivered = this.#hearing.get('delivered')!;
  }

  /**
   * The most severe of the modules' verdicts; `reject` while account or tenant is suspended. Changes nothing.
   */
  decide(submission: Submission, now: Milliseconds): Verdict {
    const suspension = this.suspension(submission.tenant, submission.account, now);
    if (suspension !== undefined) return { kind: 'reject', reason: suspension.reason };
    const shelves = this.#shelves;
    let heard: Verdict = pass;
    for (let at = 0; at < shelves.length; at++) {
      const shelf = shelves[at]!;
      if (shelf.key === 'receiver' || shelf.key === 'tenant+receiver') {
        heard = gravestOfReceivers(heard, shelf, submission, now, this.#overhear);
      } else {
        heard = gravest(heard, shelf, ownKey(shelf.key, submission), submission, now, this.#overhear);
      }
    }
    return heard;
  }

  /**
   * What the modules with a say in dispatch make of an attempt: a hold, else the latest wait, else another
   * pool, else addresses to avoid, else go. Changes nothing.
   */
  dispatch(attempt: Attempt, now: Milliseconds): Dispatch {
    const parties = this.#dispatchers;
    let heard: Dispatch = go;
    for (let at = 0; at < parties.length; at++) {
      const party = parties[at]!;
      const kind = party.shelf.key;
      const key =
        kind === 'receiver' ? attempt.receiver
        : kind === 'tenant+receiver' ? jointKey(attempt.tenant, attempt.receiver)
        : ownKey(kind, attempt);
      heard = gravestDispatch(heard, party, key, attempt, now);
      if (heard.kind === 'hold') return heard;
    }
    return heard;
  }

  /** Whether any module learns from such signals; a host need not make up those that nobody hears. */
  hears(kind: SignalKind): boolean {
    return this.#hearing.get(kind)!.length > 0;
  }

  /**
   * Passes a signal to every module whose key it can be attributed to, and keeps the register of suspensions.
   * What is about mail sent before the last release of an account, or of any of its tenant's, is not passed
   * to the modules that keep a state for such: they forgot that mail when they heard of the release.
   */
  learn(signal: Signal, now: Milliseconds): void {
    // The two kinds that come with every message, each with its own fields: what looks the same for all kinds
    // is several times as slow.
    if (signal.kind === 'submitted') {
      this.#uphold(signal.verdict, signal.submission);
      learnOf(this.#hearSubmitted, signal, signal.account, signal.tenant, signal.submission.pool, now);
      return;
    }
    if (signal.kind === 'delivered') {
      learnOf(this.#hearDelivered, signal, signal.account, signal.tenant, signal.pool, now);
      return;
    }
    const parties = this.#hearing.get(signal.kind)!;
    if (signal.kind === 'released') this.#release(signal.tenant, signal.account, now);
    else if (signal.kind === 'suspended' && !this.#isShutForGood(signal.account)) {
      this.suspend(signal.account, byHand);
    }
    for (let at = 0; at < parties.length; at++) {
      const party = parties[at]!;
      const key = party.shelf.key;
      if (key === 'receiver' || key === 'tenant+receiver') {
        learnPerReceiver(party, signal, now);
      } else {
        const named = keyNamedBy(signal, key);
        if (named !== undefined && !this.#isSettled(signal, key)) tell(party, named, signal, now);
      }
    }
  }

  /**
   * The suspension that now stands against an account, its own or its tenant's; undefined where none does.
   */
  suspension(tenant: TenantId, account: AccountId, now: Milliseconds): Suspension | undefined {
    if (this.#accounts.size === 0 && this.#tenants.size === 0) return undefined;
    return inForce(this.#accounts.get(account), now) ?? inForce(this.#tenants.get(tenant), now);
  }

  /**
   * Shuts an account by hand, as the desk does, until it is released, for the reason that its refusals will
   * give. It tells the modules nothing: that is for a `suspended` signal, which shuts the account as well,
   * for no better reason than `desk`, unless it is shut until released already. A host that has a reason
   * calls this first and then lets the policy learn the signal; one that merely replays a log learns.
   */
  suspend(account: AccountId, reason: Reason): void {
    this.#accounts.set(account, { until: never, reason });
  }

  /** A copy of all it knows; what is learned afterwards does not show in it. */
  snapshot(): Snapshot {
    return copy({
      policy: this.policy.name,
      states: Object.fromEntries(this.#shelves.flatMap((shelf) =>
        shelf.places.map((place) => [place.module.name, statesOf(shelf, place)]))),
      suspended: { accounts: [...this.#accounts], tenants: [...this.#tenants] },
      released: { accounts: [...this.#freedAccounts], tenants: [...this.#freedTenants] },
    });
  }

  /**
   * Takes back a snapshot of a policy of the same name, and leaves the snapshot as it is; modules it does not
   * mention start fresh, and states of modules the policy no longer has are dropped. Throws an Error for
   * another policy's, or where a state is none of its module's.
   */
  restore(snapshot: Snapshot): void {
    if (snapshot.policy !== this.policy.name) {
      const name = this.policy.name;
      throw new Error(`policy ${name}: the snapshot is of policy ${snapshot.policy}. Load one of ${name}.`);
    }
    const held = copy(snapshot);
    for (const shelf of this.#shelves) {
      clear(shelf);
      for (const place of shelf.places) {
        for (const [key, state] of held.states[place.module.name] ?? []) putState(shelf, place, key, state);
      }
    }
    this.#accounts.clear();
    this.#tenants.clear();
    for (const [account, suspension] of held.suspended.accounts) this.#accounts.set(account, suspension);
    for (const [tenant, suspension] of held.suspended.tenants) this.#tenants.set(tenant, suspension);
    this.#freedAccounts.clear();
    this.#freedTenants.clear();
    for (const [account, at] of held.released?.accounts ?? []) this.#freedAccounts.set(account, at);
    for (const [tenant, at] of held.released?.tenants ?? []) this.#freedTenants.set(tenant, at);
  }

  #uphold(verdict: Verdict, submission: Submission): void {
    if (verdict.kind !== 'suspend') return;
    const suspension = { until: verdict.until, reason: verdict.reason };
    if (verdict.scope === 'account') extend(this.#accounts, submission.account, suspension);
    else extend(this.#tenants, submission.tenant, suspension);
  }

  #isShutForGood(account: AccountId): boolean {
    return this.#accounts.get(account)?.until === never;
  }

  #release(tenant: TenantId, account: AccountId, now: Milliseconds): void {
    this.#accounts.delete(account);
    this.#tenants.delete(tenant);
    this.#freedAccounts.set(account, now);
    this.#freedTenants.set(tenant, now);
  }

  /** Whether a signal is about mail from before the last release of the account, or tenant, it names. */
  #isSettled(signal: Signal, key: Key): boolean {
    if (this.#freedAccounts.size === 0 || !('sent' in signal)) return false;
    const freed =
      key === 'account' ? this.#freedAccounts.get(signal.account)
      : key === 'tenant' ? this.#freedTenants.get(signal.tenant)
      : undefined;
    return freed !== undefined && signal.sent <= freed;
  }
}

/**
 * States are plain JSON by contract, so JSON copies all of them, and loses nothing that a file would keep.
 */
const copy = (snapshot: Snapshot): Snapshot => JSON.parse(JSON.stringify(snapshot)) as Snapshot;

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
