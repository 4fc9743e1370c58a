// Whose doing something was: counts by tenant, kept while a run goes on and told largest first.

import type { World } from '../world/world.ts';
import { tenantName } from '../world/senders/cast.ts';
import type { Part } from './tale.ts';

/** Who it was where no tenant is known: recipients who report, and neighbours of our addresses. */
export const reports = -1;
export const neighbours = -2;

/** Of one address or listing: how much each had part in it, by tenant's number. */
export type Shares = Map<number, number>;

export const addShare = (shares: Shares, who: number, count = 1): void => {
  shares.set(who, (shares.get(who) ?? 0) + count);
};

/** Bad mail of one address, by tenant; a week's quiet makes an end of it. */
export class BadMail {
  readonly #byTenant = new Map<number, { count: number; last: number }>();

  add(tenant: number, now: number): void {
    const known = this.#byTenant.get(tenant);
    if (known === undefined) this.#byTenant.set(tenant, { count: 1, last: now });
    else {
      known.count = now - known.last > week ? 1 : known.count + 1;
      known.last = now;
    }
  }

  /** Of tenants whose last bad mail is no older than a span, by default a week. */
  within(now: number, span = week): Shares {
    const fresh = [...this.#byTenant].filter(([, { last }]) => now - last <= span);
    return new Map(fresh.map(([tenant, { count }]) => [tenant, count]));
  }
}

const week = 7 * 86_400_000;
const namedAtMost = 4;

/** The largest parts, and the rest of the tenants as one: `14 others`. */
export const partsOf = (world: World, shares: Shares): readonly Part[] => {
  const nameOf = (who: number): string =>
    who === reports ? '' : who === neighbours ? 'neighbours' : tenantName(world.tenants[who]!);
  const all = [...shares].filter(([, count]) => count > 0)
    .sort((one, two) => two[1] - one[1] || one[0] - two[0]);
  const named = all.slice(0, namedAtMost).map(([who, count]) => ({ tenant: nameOf(who), count }));
  const rest = all.slice(namedAtMost);
  if (rest.length === 0) return named;
  const count = rest.reduce((sum, [, many]) => sum + many, 0);
  return [...named, { tenant: `${rest.length} others`, count }];
};
