// rate-limiter-flexible with its counters in memory: fixed windows that begin with an account's first
// recipient.

import { hours, seconds } from '../../policy/index.ts';
import { npmLimiter } from './npm-limiter.ts';
import { oneDay, wholeSeconds } from './spans.ts';

/** As much of the package as we use. */
interface Exported {
  readonly RateLimiterMemory: new (options: { readonly points: number; readonly duration: number }) => {
    consume(key: string, points: number): Promise<{ readonly consumedPoints: number }>;
    delete(key: string): Promise<boolean>;
  };
}

export const rateLimiterFlexible = npmLimiter({
  name: 'rate-limiter-flexible',
  product: 'rate-limiter-flexible 11.4, RateLimiterMemory by account',
  // It drops what has expired by timers, but asks the time before it believes a counter; with real timers a
  // run leaves some behind, which hold nobody up.
  faked: 'date',
  parameters: {
    limit: {
      default: 300, min: 1, max: 1_000_000, unit: 'recipients', whole: true,
      help: 'recipients an account may write to within the window',
    },
    window: {
      default: hours(1), min: seconds(1), max: oneDay, unit: 'span',
      help: 'time that the limit is counted in, from the first recipient on',
    },
  },
  make(exported, { limit, window }) {
    const { RateLimiterMemory } = exported as Exported;
    const limiter = new RateLimiterMemory({ points: limit, duration: wholeSeconds(window) });
    return {
      async take(account, recipients) {
        try {
          const { consumedPoints } = await limiter.consume(account, recipients);
          return { isAllowed: true, seen: consumedPoints };
        } catch (refusal) {
          // It rejects with its figures where the limit is reached, and with an Error where it failed.
          if (refusal instanceof Error) throw refusal;
          return { isAllowed: false, seen: (refusal as { consumedPoints: number }).consumedPoints };
        }
      },
      async free(account) {
        await limiter.delete(account);
      },
    };
  },
  rule: ({ limit, window }) => ({ rule: `recipients/${wholeSeconds(window)}s`, limit }),
});
