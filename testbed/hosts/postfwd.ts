// postfwd, with two rules of the kind that its manual shows: postmaster is warned of many messages, and many
// recipients are refused.

import { hours, minutes, type Values } from '../../policy/index.ts';
import type { World } from '../../sim/index.ts';
import { writeFileSync } from 'node:fs';
import { type ClockKind, missingClock } from './daemon-clock.ts';
import { type DelegationHost, startDelegationDaemon } from './delegation-daemon.ts';
import type { Profile } from './host.ts';
import { daemonIdentity, fromDebian, missingOf } from './programs.ts';
import { oneDay, wholeSeconds } from './spans.ts';

const parameters = {
  limit: {
    default: 300, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
    help: 'recipients an account may write to within the window',
  },
  warnAt: {
    default: 100, min: 1, max: 1_000_000, unit: 'messages', whole: true,
    help: 'messages of an account within the window beyond which postmaster is warned',
  },
  window: {
    default: hours(1), min: minutes(1), max: oneDay, unit: 'span',
    help: 'time that both are counted in, from the first one on',
  },
} as const;

type PostfwdValues = Values<typeof parameters>;

export const postfwd: Profile<typeof parameters> = {
  name: 'postfwd',
  product: 'postfwd 1.35, rate() by sasl_username',
  parameters,
  missing: () => [...missingOf([fromDebian('postfwd1', 'postfwd')]), ...missingClock(true)],
  start: (values, world) => startPostfwd(values, world),
};

export const startPostfwd = (
  { limit, warnAt, window }: PostfwdValues, world: World, clock?: ClockKind,
): Promise<DelegationHost> =>
  startDelegationDaemon({
    name: 'postfwd', program: 'postfwd1', endOfMessage: true, pidFile: 'pid',
    arguments(folder, socket) {
      const seconds = wholeSeconds(window);
      const account = 'sasl_username';
      writeFileSync(folder.file('postfwd.cf'), [
        `id=RECIPIENTS; protocol_state==RCPT; action=rate(${account}/${limit}/${seconds}/` +
          `450 4.7.1 more than ${limit} recipients in ${seconds} s)`,
        'id=MESSAGES; protocol_state==END-OF-MESSAGE; ' +
          `action=rate(${account}/${warnAt}/${seconds}/WARN more than ${warnAt} messages in ${seconds} s)`,
        '',
      ].join('\n'));
      const { user, group } = daemonIdentity();
      // Answers of its cache would not be counted; it writes its log to the standard output (-L).
      return [
        '-d', '-u', user, '-g', group, '--proto', 'unix', '-p', socket, '--pidfile', folder.file('pid'),
        '--file', folder.file('postfwd.cf'), '--cache', '0', '--nodns', '-P', '-L',
      ];
    },
  }, world, clock);
