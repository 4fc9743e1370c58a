// `postfix-policy:<place>`: any daemon that speaks Postfix policy delegation and that its user has started
// already. We neither start nor stop it, so its counts go on from one run to the next.

import { existsSync } from 'node:fs';
import type { World } from '../../sim/index.ts';
import { cellClockAt } from '../clock/cell-clock.ts';
import { Clock, realClock } from '../clock/clock.ts';
import { daemonEpoch } from './daemon-clock.ts';
import { delegationHost } from './delegation-host.ts';
import { readEndpoint } from './endpoint.ts';
import type { Profile } from './host.ts';

/**
 * `127.0.0.1:10040`, `unix:/path`, either followed by `?clock=<file>`: the file that the daemon was started
 * to take its time from (`sharedfate daemons --clock`). Without it the daemon goes by the real time. Throws a
 * RangeError that says what is wrong.
 */
export const ownDaemon = (place: string): Profile<Record<string, never>> => {
  const [where = '', query] = place.split('?', 2);
  const endpoint = readEndpoint(where);
  const clockFile = query === undefined ? undefined : /^clock=(.+)$/.exec(query)?.[1];
  if (query !== undefined && clockFile === undefined) {
    throw new RangeError(`${JSON.stringify(`?${query}`)} says nothing; expected ?clock=<file>`);
  }
  return {
    name: 'postfix-policy',
    product: 'a policy delegation daemon of your own',
    parameters: {},
    missing: () =>
      clockFile === undefined || existsSync(clockFile) ? []
      : [{ name: clockFile, install: `sharedfate daemons --clock ${clockFile}` }],
    start(_, world: World) {
      const backend = clockFile === undefined ? realClock() : cellClockAt(clockFile);
      const clock = new Clock(backend, daemonEpoch(world));
      return Promise.resolve(delegationHost({
        name: 'postfix-policy', clock, world, endpoint, endOfMessage: false,
      }));
    },
  };
};
