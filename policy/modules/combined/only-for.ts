// A rule for some of the mail: bulk, or what new customers send. What else is sent neither meets it nor
// counts for it.

import type { Module } from '../../module.ts';
import type { Submission } from '../../submission.ts';
import { days, type Milliseconds, minutes } from '../../units.ts';
import { go, pass } from '../../verdict.ts';
import { spanInRange } from '../parameters.ts';
import { alike } from './alike.ts';

/**
 * The same module for mail with a List-Id (RFC 2919) alone, on its way in and out. Signals that do not say
 * what kind of mail they are about, such as bounces and complaints, reach it as ever.
 */
export const forBulk = <State extends object>(module: Module<State>): Module<State> => ({
  ...onlyFor(module, ({ list }) => list !== 0),
  ...(module.dispatch !== undefined && {
    dispatch: (state, attempt, now) => attempt.list === 0 ? go : module.dispatch!(state, attempt, now),
  }),
});

/**
 * The same module for tenants who signed up less than `age` ago, 1 hour to 365 days; customers of old never
 * meet it. It has no say in dispatch, for an attempt does not tell a tenant's age. A tenant gets away from it
 * by growing older. Throws a RangeError for an age out of range.
 */
export const forNewTenants = <State extends object>(
  age: Milliseconds, module: Module<State>,
): Module<State> => {
  const limit = spanInRange(module.name, 'age', age, minutes(60), days(365));
  return onlyFor(module, ({ signedUp }, now) => signedUp >= 0 && now - signedUp < limit);
};

const onlyFor = <State extends object>(
  module: Module<State>, isMeant: (submission: Submission, now: Milliseconds) => boolean,
): Module<State> => ({
  ...alike(module),
  decide: (state, submission, now) =>
    isMeant(submission, now) ? module.decide(state, submission, now) : pass,
  learn(state, signal, now) {
    if (signal.kind !== 'submitted' || isMeant(signal.submission, now)) module.learn(state, signal, now);
  },
});
