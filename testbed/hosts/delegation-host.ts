// A daemon that speaks Postfix policy delegation, as a policy host: asked for each recipient in turn, as
// Postfix asks, and again at the end of the message where a profile wants that.

import { pass, type Verdict } from '../../policy/index.ts';
import type { World } from '../../sim/index.ts';
import type { Action } from '../delegation/action.ts';
import type { Clock } from '../clock/clock.ts';
import { DelegationClient, type DelegationClientOptions } from './delegation-client.ts';
import type { RunningHost } from './host.ts';
import { RequestWriter } from './request-values.ts';
import { ActionReader, graver, isRefusal } from './verdict-of-action.ts';

export interface DelegationHostOptions extends DelegationClientOptions {
  /** The module that speaks for it. */
  readonly name: string;
  readonly clock: Clock;
  readonly world: World;
  /** Whether it is asked once more when the whole message is there. */
  readonly endOfMessage?: boolean;
  /** What the daemon said as it died, for the error; empty while it lives. */
  readonly epitaph?: () => string;
  /** Ends what answers. */
  readonly close?: () => Promise<void>;
}

export const delegationHost = (options: DelegationHostOptions): RunningHost => {
  const { name, clock, world, endOfMessage = false } = options;
  const client = new DelegationClient(options);
  const writer = new RequestWriter(world);
  const reader = new ActionReader(name);
  const ask = (request: string): Promise<Action> => client.ask(request);

  return {
    async judge(submission, now) {
      clock.set(now);
      clock.hold();
      try {
        writer.begin(submission);
        let heard: Verdict = pass;
        // A mail program that is refused one recipient gives the message up there and then.
        for (let at = 0; at < submission.recipients.length && !isRefusal(heard); at += 1) {
          heard = graver(heard, reader.verdictOf(await ask(writer.recipient(submission, at))));
        }
        if (!endOfMessage || isRefusal(heard)) return heard;
        return graver(heard, reader.verdictOf(await ask(writer.endOfMessage(submission))));
      } catch (error) {
        const epitaph = options.epitaph?.() ?? '';
        if (epitaph !== '' && error instanceof Error) error.message += `; it had said: ${epitaph}`;
        throw error;
      } finally {
        clock.release();
      }
    },
    async close() {
      client.close();
      await options.close?.();
      clock.close();
    },
  };
};
