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
import type { Policy } from './module.ts';
import { clear, jointKey, ownKey, putState, type Shelf, shelvesFor, statesOf } from './shelf.ts';
import { type Signal, type SignalKind, signalKinds } from './signal.ts';
import { assertModules } from './soundness.ts';
import type { Attempt, Submission } from './submission.ts';
import { type Suspension, Suspensions, type SuspensionsHeld } from './suspensions.ts';
import type { Milliseconds } from './units.ts';
import { type Dispatch, go, pass, type Reason, type Verdict } from './verdict.ts';
import type { AccountId, TenantId } from './words.ts';

/** All an engine knows, as plain JSON and apart from the engine; `restore` takes it back. */
export interface Snapshot extends SuspensionsHeld {
  readonly policy: string;
  readonly states: Readonly<Record<string, readonly (readonly [key: string | number, state: object])[]>>;
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
  readonly #suspensions = new Suspensions();

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
      if (signal.verdict.kind === 'suspend') this.#suspensions.uphold(signal.verdict, signal.submission);
      learnOf(this.#hearSubmitted, signal, signal.account, signal.tenant, signal.submission.pool, now);
      return;
    }
    if (signal.kind === 'delivered') {
      learnOf(this.#hearDelivered, signal, signal.account, signal.tenant, signal.pool, now);
      return;
    }
    const parties = this.#hearing.get(signal.kind)!;
    if (signal.kind === 'released') this.#suspensions.release(signal.tenant, signal.account, now);
    else if (signal.kind === 'suspended' && !this.#suspensions.isShutForGood(signal.account)) {
      this.suspend(signal.account, byHand);
    }
    for (let at = 0; at < parties.length; at++) {
      const party = parties[at]!;
      const key = party.shelf.key;
      if (key === 'receiver' || key === 'tenant+receiver') {
        learnPerReceiver(party, signal, now);
      } else {
        const named = keyNamedBy(signal, key);
        if (named !== undefined && !this.#suspensions.isSettled(signal, key)) {
          tell(party, named, signal, now);
        }
      }
    }
  }

  /**
   * The suspension that now stands against an account, its own or its tenant's; undefined where none does.
   */
  suspension(tenant: TenantId, account: AccountId, now: Milliseconds): Suspension | undefined {
    return this.#suspensions.inForce(tenant, account, now);
  }

  /**
   * Shuts an account by hand, as the desk does, until it is released, for the reason that its refusals will
   * give. It tells the modules nothing: that is for a `suspended` signal, which shuts the account as well,
   * for no better reason than `desk`, unless it is shut until released already. A host that has a reason
   * calls this first and then lets the policy learn the signal; one that merely replays a log learns.
   */
  suspend(account: AccountId, reason: Reason): void {
    this.#suspensions.shut(account, reason);
  }

  /** A copy of all it knows; what is learned afterwards does not show in it. */
  snapshot(): Snapshot {
    return {
      policy: this.policy.name,
      states: Object.fromEntries(this.#shelves.flatMap((shelf) =>
        shelf.places.map((place) => [place.module.name, statesOf(shelf, place)]))),
      ...this.#suspensions.held(),
    };
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
    for (const shelf of this.#shelves) {
      clear(shelf);
      for (const place of shelf.places) {
        const states = snapshot.states[place.module.name] ?? [];
        for (const [key, state] of states) putState(shelf, place, key, state);
      }
    }
    this.#suspensions.restore(snapshot);
  }
}
