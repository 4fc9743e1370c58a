// policyd-rate-limit, with the two limits of its default configuration.

import { writeFileSync } from 'node:fs';
import { minutes, seconds, type Values } from '../../policy/index.ts';
import type { World } from '../../sim/index.ts';
import { type ClockKind, missingClock } from './daemon-clock.ts';
import { type DelegationHost, startDelegationDaemon } from './delegation-daemon.ts';
import type { Profile } from './host.ts';
import { daemonIdentity, fromDebian, missingOf } from './programs.ts';
import { oneDay, wholeSeconds } from './spans.ts';

const parameters = {
  limit: {
    default: 10, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
    help: 'recipients an account may write to within the window',
  },
  window: {
    default: minutes(1), min: seconds(1), max: oneDay, unit: 'span',
    help: 'time that the limit is counted in',
  },
  dayLimit: {
    default: 150, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
    help: 'recipients an account may write to within 24 hours',
  },
} as const;

export const policydRateLimit: Profile<typeof parameters> = {
  name: 'policyd-rate-limit',
  product: 'policyd-rate-limit 1.0.1.1, its default limits by sasl_username',
  parameters,
  missing: () => [...missingOf([fromDebian('policyd-rate-limit')]), ...missingClock(true)],
  start: (values, world) => startPolicydRateLimit(values, world),
};

export const startPolicydRateLimit = (
  { limit, window, dayLimit }: Values<typeof parameters>, world: World, clock?: ClockKind,
): Promise<DelegationHost> =>
  startDelegationDaemon({
    name: 'policyd-rate-limit', program: 'policyd-rate-limit',
    arguments(folder, socket) {
      const { user, group } = daemonIdentity();
      const file = folder.file('config.yaml');
      writeFileSync(file, JSON.stringify({
        debug: false, user, group, pidfile: folder.file('pid'),
        backend: 0, sqlite_config: { database: folder.file('db.sqlite3') },
        SOCKET: socket, socket_permission: 0o600,
        limits: [[limit, wholeSeconds(window)], [dayLimit, wholeSeconds(oneDay)]],
        limits_by_id: {}, limit_by_sasl: true, limit_by_sender: false, limit_by_ip: false,
        limited_networks: [],
        success_action: 'dunno', fail_action: 'defer_if_permit Rate limit reach, retry later',
        // Its own default lets mail pass where its database fails, and a run would not notice.
        db_error_action: 'defer_if_permit database error', report: false,
        // It closes connections that were idle by the wall clock, which jumps here.
        delay_to_close: 1_000_000_000,
      }));
      return ['-f', file];
    },
  }, world, clock);
