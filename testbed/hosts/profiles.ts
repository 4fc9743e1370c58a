// The policy hosts that can be asked for by name, and what `--policy` says of them.

import type { Parameters, Policy } from '../../policy/index.ts';
import { nearest } from '../../sim/index.ts';
import { harakaLimit } from './haraka-limit.ts';
import { hostPolicy, type Profile, type Program } from './host.ts';
import { ownDaemon } from './own-daemon.ts';
import { policydRateLimit } from './policyd-rate-limit.ts';
import { postfwd } from './postfwd.ts';
import { postgrey } from './postgrey.ts';
import { rateLimiterFlexible } from './rate-limiter-flexible.ts';
import { rspamd } from './rspamd.ts';

/** Those that we start ourselves: `daemon:<name>`. */
export const profiles: Readonly<Record<string, Profile>> = {
  'postfwd': general(postfwd),
  'policyd-rate-limit': general(policydRateLimit),
  'postgrey': general(postgrey),
  'rspamd': general(rspamd),
  'haraka-limit': general(harakaLimit),
  'rate-limiter-flexible': general(rateLimiterFlexible),
};

/** A profile knows the names of its own settings; whoever only lists it need not. */
function general<P extends Parameters>(profile: Profile<P>): Profile {
  return profile as unknown as Profile;
}

/** No host is called that, or nothing can be asked there. */
export class HostNameError extends Error {
  override readonly name = 'HostNameError';
}

/** What a host is made of is not installed. */
export class MissingProgramError extends Error {
  override readonly name = 'MissingProgramError';
}

/**
 * The policy that is nothing but the host of that name, with its settings at their defaults. Throws a
 * HostNameError or a MissingProgramError.
 */
export const policyOfHost = (asked: string): Policy => {
  const [kind = '', name = ''] = asked.split(/:(.*)/s);
  const profile = kind === 'daemon' ? daemonCalled(name) : ownDaemonAt(name);
  const missing = profile.missing();
  if (missing.length > 0) throw new MissingProgramError(`${asked} needs ${missingText(missing)}.`);
  return hostPolicy(asked, profile);
};

const daemonCalled = (name: string): Profile => {
  if (Object.hasOwn(profiles, name)) return profiles[name]!;
  const names = Object.keys(profiles);
  const near = nearest(name, names);
  const advice = near === undefined ? `there are ${names.join(', ')}` : `did you mean daemon:${near}`;
  throw new HostNameError(`no daemon is called ${JSON.stringify(name)}; ${advice}.`);
};

const ownDaemonAt = (place: string): Profile => {
  try {
    return general(ownDaemon(place));
  } catch (error) {
    throw new HostNameError(`postfix-policy: ${(error as Error).message}.`);
  }
};

/** `postfwd1, which is not installed: apt-get install postfwd`. */
const missingText = (programs: readonly Program[]): string =>
  programs.map(({ name, install }) => `${name}, which is not there: ${install}`).join('; ');
