// Gives a rule about an account's or a tenant's record a say in what is queued already: a bad list handed in
// before its first bounce came back would else go out to its end, for the rule is asked of new mail alone.

import type { Module } from '../../module.ts';
import type { Attempt, Submission } from '../../submission.ts';
import { go, severity, type Verdict } from '../../verdict.ts';
import { alike } from './alike.ts';

/**
 * The same module, which also holds at dispatch what an account has in the queue while it would refuse, hold
 * or suspend new mail. The release path: a person looks at the account and lets the queue go, which clears
 * the record of rules that hear `released`, or shuts the account. For rules that judge a record by its
 * outcomes, such as ratios of bounces and complaints: what they are asked about is a message without
 * recipients, which a limit of volume lets pass. Throws a TypeError where the module's state is a receiver's
 * or a pool's, or where it has a say in dispatch already.
 */
export const holdsQueue = <State extends object>(module: Module<State>): Module<State> => {
  const { key, name } = module;
  if (key !== 'account' && key !== 'tenant') {
    const who = 'only a rule about an account or a tenant can hold its queue';
    throw new TypeError(`${name}: ${who}, not one by ${key}.`);
  }
  if (module.dispatch !== undefined) throw new TypeError(`${name}: it has a say in dispatch already.`);
  return {
    ...alike(module),
    decide: (state, submission, now) => module.decide(state, submission, now),
    dispatch(state, attempt, now) {
      const said = module.decide(state, unwritten(attempt), now);
      return isStop(said) ? { kind: 'hold', reason: said.reason } : go;
    },
  };
};

const isStop = (said: Verdict): said is Exclude<Verdict, { readonly kind: 'pass' }> =>
  said.kind !== 'pass' && severity.indexOf(said.kind) >= severity.indexOf('defer');

/** A message that its account might hand in now, to nobody. */
const unwritten = ({ tenant, account, pool, list }: Attempt): Submission => ({
  id: -1, tenant, account, pool, recipients: [], receivers: [], bytes: 0, list, allowance: 0, source: 0,
  nullSender: false, urgent: false, signedUp: -1,
});
