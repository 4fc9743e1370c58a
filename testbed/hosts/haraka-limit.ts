// Haraka's limit plugin in our own process: rate_rcpt_sender, asked for each recipient in turn.

import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { minutes, pass, seconds, type Values, type Verdict } from '../../policy/index.ts';
import type { World } from '../../sim/index.ts';
import { Clock, realClock } from '../clock/clock.ts';
import { daemonEpoch } from './daemon-clock.ts';
import { HarakaPlugin, type HookAnswer, type PluginExports } from './haraka-fixture.ts';
import type { Profile, RunningHost } from './host.ts';
import { recipientAddress, senderAddress } from './request-values.ts';
import { oneDay, wholeSeconds } from './spans.ts';
import { graver, isRefusal } from './verdict-of-action.ts';

/** Haraka's packages have a folder of their own: not everyone wants them. */
const home = fileURLToPath(new URL('../haraka/', import.meta.url));
const packageName = 'haraka-plugin-limit';

const parameters = {
  limit: {
    default: 50, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
    help: 'recipients a sender may write to within the window',
  },
  window: {
    default: minutes(5), min: seconds(1), max: oneDay, unit: 'span',
    help: 'time that the limit is counted in, from the first recipient on',
  },
} as const;

export const harakaLimit: Profile<typeof parameters> = {
  name: 'haraka-limit',
  product: 'haraka-plugin-limit 1.3.2, rate_rcpt_sender',
  parameters,
  missing: () =>
    existsSync(`${home}node_modules/${packageName}`) ? []
    : [{ name: packageName, install: 'npm ci --prefix testbed/haraka' }],
  start: (values, world) => Promise.resolve(startHarakaLimit(values, world)),
};

/** Its keys expire by a clock that lies in our hands as it is: no time need be faked. */
export const startHarakaLimit = ({ limit, window }: Values<typeof parameters>, world: World): RunningHost => {
  const exported = createRequire(`${home}package.json`)(packageName) as PluginExports;
  const clock = new Clock(realClock(), daemonEpoch(world));
  const off = { enabled: false };
  const plugin = new HarakaPlugin('limit', exported, {
    main: { tarpit_delay: 0 },
    concurrency: off, errors: off, recipients: off, unrecognized_commands: off, rate_conn: off,
    rate_rcpt_host: off, rate_rcpt_null: off, rate_rcpt: off, outbound: off, rate_outbound: off,
    rate_rcpt_sender: { enabled: true, default: `${limit}/${wholeSeconds(window)}s` },
  }, clock);
  return {
    async judge(submission, now) {
      clock.set(now);
      clock.hold();
      try {
        const sender = senderAddress(submission);
        let heard: Verdict = pass;
        for (let at = 0; at < submission.recipients.length && !isRefusal(heard); at += 1) {
          const answer = await plugin.ask('rcpt', sender, recipientAddress(world, submission, at));
          heard = graver(heard, verdictOfHook(answer));
        }
        return heard;
      } finally {
        clock.release();
      }
    },
    close() {
      clock.close();
      return Promise.resolve();
    },
  };
};

const verdictOfHook = ({ code, message, number }: HookAnswer): Verdict => {
  const rule = message === '' ? code : `${code}: ${message}`;
  const reason = { module: 'haraka-limit', rule, seen: 1, limit: 0 };
  switch (code) {
    case 'pass': return pass;
    case 'denysoft': return { kind: 'defer', reason };
    case 'deny': return { kind: 'reject', reason };
    case 'other': throw new Error(`the plugin answered ${number}, which has no meaning here`);
    default: return code satisfies never;
  }
};
