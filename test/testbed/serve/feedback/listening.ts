// A served policy that listens to what comes back to it, and lines of Postfix's log to come back.

import { type Module, pass, policy, type Policy, type Signal } from '../../../../policy/index.ts';
import {
  type Feedback, type FeedbackOptions, startFeedback,
} from '../../../../testbed/serve/feedback/feedback.ts';
import { atWork, type AtWork } from '../at-work.ts';

export const hearing = (heard: Signal[]): Policy => {
  const module: Module<object> = {
    name: 'ear', key: 'platform', fresh: () => ({}), decide: () => pass,
    learn: (_, signal) => void heard.push(signal),
  };
  return policy('hearing', [module]);
};

export interface Listening extends AtWork {
  readonly heard: Signal[];
  readonly feedback: Feedback;
  end(): Promise<void>;
}

export const listening = async (options: Partial<FeedbackOptions>, state?: string): Promise<Listening> => {
  const heard: Signal[] = [];
  const at = await atWork(hearing(heard), state === undefined ? {} : { state });
  heard.length = 0;
  const feedback = startFeedback(at.served, {
    usualPool: 'shared', addresses: new Map([['shared', '192.0.2.10']]), mark: 'X-Whose', registers: [],
    registerEveryMs: 3_600_000, ...options,
  }, (text) => at.told.push(text));
  await feedback.look();
  const end = async (): Promise<void> => {
    await feedback.stop();
    await at.served.close();
  };
  return { ...at, heard, feedback, end };
};

export const line = (program: string, text: string): string =>
  `Nov 22 06:00:01 mx1 postfix/${program}[811]: ${text}\n`;
export const fate = (queue: string, to: string, dsn: string, status: string): string =>
  line('smtp', `${queue}: to=<${to}>, relay=mx.x.test[192.0.2.9]:25, delay=0.5, delays=0.1/0/0.2/0.2, ` +
    `dsn=${dsn}, status=${status}`);
export const unknown = '(host mx.x.test[192.0.2.9] said: 550 5.1.1 <b@x.test>: Recipient address rejected: ' +
  'User unknown in local recipient table (in reply to RCPT TO command))';

export const kinds = (heard: readonly Signal[]): string[] => heard.map(({ kind }) => kind);
