// Who is shut: the standing refusals of accounts and tenants, and when a person last released each. An engine
// keeps one such register.

import type { Key } from './module.ts';
import type { Signal } from './signal.ts';
import type { Submission } from './submission.ts';
import { type Milliseconds, never } from './units.ts';
import type { Reason, Verdict } from './verdict.ts';
import type { AccountId, TenantId } from './words.ts';

/** A standing refusal of all that an account, or a tenant, submits. */
export interface Suspension {
  /** When it ends by itself; `never` where a person must release. */
  readonly until: Milliseconds;
  readonly reason: Reason;
}

/** A register as plain JSON: its part of an engine's snapshot. */
export interface SuspensionsHeld {
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

export class Suspensions {
  readonly #accounts = new Map<AccountId, Suspension>();
  readonly #tenants = new Map<TenantId, Suspension>();
  // When a person last released each: what was sent before that is settled.
  readonly #freedAccounts = new Map<AccountId, Milliseconds>();
  readonly #freedTenants = new Map<TenantId, Milliseconds>();

  /** What stands against an account now, its own or its tenant's; undefined where nothing does. */
  inForce(tenant: TenantId, account: AccountId, now: Milliseconds): Suspension | undefined {
    if (this.#accounts.size === 0 && this.#tenants.size === 0) return undefined;
    return inForce(this.#accounts.get(account), now) ?? inForce(this.#tenants.get(tenant), now);
  }

  /** Shuts an account until a person releases it. */
  shut(account: AccountId, reason: Reason): void {
    this.#accounts.set(account, { until: never, reason });
  }

  isShutForGood(account: AccountId): boolean {
    return this.#accounts.get(account)?.until === never;
  }

  /** Carries out a verdict that suspends. */
  uphold(verdict: Verdict & { readonly kind: 'suspend' }, { account, tenant }: Submission): void {
    const suspension = { until: verdict.until, reason: verdict.reason };
    if (verdict.scope === 'account') extend(this.#accounts, account, suspension);
    else extend(this.#tenants, tenant, suspension);
  }

  release(tenant: TenantId, account: AccountId, now: Milliseconds): void {
    this.#accounts.delete(account);
    this.#tenants.delete(tenant);
    this.#freedAccounts.set(account, now);
    this.#freedTenants.set(tenant, now);
  }

  /** Whether a signal is about mail from before the last release of the account, or tenant, it names. */
  isSettled(signal: Signal, key: Key): boolean {
    if (this.#freedAccounts.size === 0 || !('sent' in signal)) return false;
    const freed =
      key === 'account' ? this.#freedAccounts.get(signal.account)
      : key === 'tenant' ? this.#freedTenants.get(signal.tenant)
      : undefined;
    return freed !== undefined && signal.sent <= freed;
  }

  held(): SuspensionsHeld {
    return {
      suspended: { accounts: [...this.#accounts], tenants: [...this.#tenants] },
      released: { accounts: [...this.#freedAccounts], tenants: [...this.#freedTenants] },
    };
  }

  /** Takes back what `held` gave, and forgets all else. */
  restore({ suspended, released }: SuspensionsHeld): void {
    refill(this.#accounts, suspended.accounts);
    refill(this.#tenants, suspended.tenants);
    refill(this.#freedAccounts, released?.accounts ?? []);
    refill(this.#freedTenants, released?.tenants ?? []);
  }
}

const refill = <Id, Value>(map: Map<Id, Value>, entries: readonly (readonly [Id, Value])[]): void => {
  map.clear();
  for (const [id, value] of entries) map.set(id, value);
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
