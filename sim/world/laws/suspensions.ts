// Mail of a shut account does not leave, and only who was shut is released.

import type { AccountId, Milliseconds, Signal } from '../../../policy/index.ts';
import type { World } from '../world.ts';
import { beforeLearning } from './copies.ts';
import type { Law } from './law.ts';

/** Since when each account is shut, and until when; by itself or with its tenant. */
type Shut = Map<AccountId, { readonly since: number; readonly until: number }>;

const follow = (world: World, shut: Shut, signal: Signal): void => {
  const since = world.agenda.now;
  const close = (account: AccountId, until: number): void => {
    const standing = shut.get(account);
    const isOpen = standing === undefined || standing.until <= since;
    shut.set(account, {
      since: isOpen ? since : standing.since, until: Math.max(until, standing?.until ?? 0),
    });
  };
  if (signal.kind === 'submitted' && signal.verdict.kind === 'suspend') {
    const { scope, until } = signal.verdict;
    if (scope === 'account') close(signal.account, until);
    else for (const { id } of world.tenants[signal.tenant]!.accounts) close(id, until);
  } else if (signal.kind === 'suspended') {
    close(signal.account, Number.POSITIVE_INFINITY);
  } else if (signal.kind === 'released') {
    for (const { id } of world.tenants[signal.tenant]!.accounts) shut.delete(id);
  }
};

export const shutMailStays: Law = {
  says: 'no attempt begins for an account that is shut',
  watch(world, fail) {
    const shut: Shut = new Map();
    beforeLearning(world, (signal) => follow(world, shut, signal));
    const suspend = world.engine.suspend.bind(world.engine);
    world.engine.suspend = (account, reason) => {
      if (!shut.has(account)) shut.set(account, { since: world.agenda.now, until: Number.POSITIVE_INFINITY });
      suspend(account, reason);
    };
    const dispatch = world.engine.dispatch.bind(world.engine);
    world.engine.dispatch = (attempt, now: Milliseconds) => {
      const standing = shut.get(attempt.account);
      if (standing !== undefined && standing.since < now && standing.until > now) {
        fail(`account ${attempt.account} has been shut since ${standing.since} ms`);
      }
      return dispatch(attempt, now);
    };
    return {};
  },
};
