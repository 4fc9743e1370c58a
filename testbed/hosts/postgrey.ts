// postgrey, greylisting what it has not seen before by client network, sender and recipient. On the way out
// it delays each first message of a pair, which mail programs retry and spam bots often do not.

import { writeFileSync } from 'node:fs';
import { minutes, seconds, type Values } from '../../policy/index.ts';
import type { World } from '../../sim/index.ts';
import { type ClockKind, missingClock } from './daemon-clock.ts';
import { startDelegationDaemon } from './delegation-daemon.ts';
import type { Profile, RunningHost } from './host.ts';
import { daemonIdentity, fromDebian, missingOf } from './programs.ts';
import { oneDay, wholeSeconds } from './spans.ts';

const parameters = {
  delay: {
    default: minutes(5), min: seconds(1), max: oneDay, unit: 'span',
    help: 'how long an unknown client, sender and recipient must wait',
  },
  autoWhitelist: {
    default: 5, min: 0, max: 1_000, unit: 'messages', whole: true,
    help: 'messages that came again in time after which a client waits no more; 0 for never',
  },
} as const;

export const postgrey: Profile<typeof parameters> = {
  name: 'postgrey',
  product: 'postgrey 1.37, greylisting by client /24, sender and recipient',
  parameters,
  missing: () => [...missingOf([fromDebian('postgrey')]), ...missingClock(true)],
  start: (values, world) => startPostgrey(values, world),
};

export const startPostgrey = (
  { delay, autoWhitelist }: Values<typeof parameters>, world: World, clock?: ClockKind,
): Promise<RunningHost> =>
  startDelegationDaemon({
    name: 'postgrey', program: 'postgrey',
    arguments(folder, socket) {
      const { user, group } = daemonIdentity();
      // Its packaged lists name hosts of the real world.
      const nobody = folder.file('whitelist');
      writeFileSync(nobody, '');
      return [
        `--unix=${socket}`, `--user=${user}`, `--group=${group}`, `--dbdir=${folder.path}`,
        `--delay=${wholeSeconds(delay)}`, `--auto-whitelist-clients=${autoWhitelist}`,
        `--whitelist-clients=${nobody}`, `--whitelist-recipients=${nobody}`,
        '--hostname=mx.platform.test', '--greylist-text=Greylisted',
      ];
    },
  }, world, clock);
