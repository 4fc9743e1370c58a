// What a receiver can know of a message, in memory and on the wire alike: the sending domain, and what its
// content is like. Receivers are handed this and an address, never who is at fault.

import type { Truth } from '../senders/cast.ts';

export interface Mail {
  /** The sending domain, by number of its tenant; -1 where there is no sender (a bounce, an autoreply). */
  readonly domain: number;
  /** What the content is like: a content filter sees it with the errors of its preset. */
  readonly nature: Truth;
  /** What the luck of the message goes by. */
  readonly luck: number;
  readonly number: number;
}
