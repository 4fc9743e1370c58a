// A limit for which a suspension settles what led to it: once it has ended, the count begins anew, as in
// products that reopen an account at a stated time.

import type { Module } from '../module.ts';

/**
 * The same module, which forgets what it has counted of an account when that is shut, as on a release.
 * Without it what is still in the window would shut the account again with its first message after the
 * suspension: a day's limit reached at noon is full until noon, and a sliding count keeps a little more than
 * its window.
 */
export const settledOnceShut = <State extends object>(module: Module<State>): Module<State> => ({
  ...module,
  ...(module.hears !== undefined && { hears: [...new Set([...module.hears, 'submitted'] as const)] }),
  learn(state, signal, now) {
    const { hears } = module;
    if (signal.kind === 'submitted' && signal.verdict.kind === 'suspend') {
      module.learn(state, { kind: 'released', tenant: signal.tenant, account: signal.account }, now);
    } else if (hears === undefined || hears.includes(signal.kind)) {
      module.learn(state, signal, now);
    }
  },
});
