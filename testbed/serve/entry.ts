// What a served policy writes down: everything that its memory changes by, one entry a line, in the order in
// which it happened. Memory is what the entries say and nothing else, so reading them again restores it.

import type {
  AccountId, Milliseconds, PoolName, ReceiverId, Signal, Submission, TenantId, Verdict,
} from '../../policy/index.ts';

/** How far a followed file was read. */
export interface Place {
  /** The file's number in its file system; a rotated file keeps its own. */
  readonly inode: number;
  /** Bytes read. */
  readonly offset: number;
  /** The first bytes of the file, to tell it from a later one with the same number. */
  readonly head: string;
}

export type Listing = { readonly pool: PoolName; readonly address: string; readonly register: string };

interface Timed {
  /** Milliseconds since the policy was first served. */
  readonly t: Milliseconds;
}

export type Entry = Timed & (
  | { readonly kind: 'named'; readonly what: 'tenant'; readonly id: TenantId; readonly name: string }
  | { readonly kind: 'named'; readonly what: 'receiver'; readonly id: ReceiverId; readonly name: string }
  | {
      readonly kind: 'named'; readonly what: 'account'; readonly id: AccountId; readonly name: string;
      readonly tenant: TenantId;
    }
  /** A message was judged, and the policy learned of it. */
  | {
      readonly kind: 'judged';
      readonly submission: Submission;
      readonly verdict: Verdict;
      /** The mail system's name of the transaction, and of the message in its queue; empty where not told. */
      readonly instance: string;
      readonly queue: string;
      /** The pool it leaves by. */
      readonly pool: PoolName;
      /** Fingerprint of the sender's address. */
      readonly sender: number;
    }
  /** The policy learned of something else. */
  | {
      readonly kind: 'heard';
      readonly signal: Signal;
      /** The message in the queue that was taken; left out where it is none of this queue. */
      readonly queue?: string;
    }
  /** The mail system's log says whose a message in the queue is. */
  | {
      readonly kind: 'queued'; readonly queue: string; readonly account: AccountId; readonly pool: PoolName;
    }
  /** It says by what Message-ID (its fingerprint) the message of an account may come back. */
  | {
      readonly kind: 'titled'; readonly title: number; readonly account: AccountId;
      /** The message's name in the queue; left out by logs of old. */
      readonly queue?: string;
    }
  /** It has left the queue for good. */
  | { readonly kind: 'gone'; readonly queue: string }
  /** The mail system holds a message until then, and is to let it go. */
  | { readonly kind: 'paced'; readonly queue: string; readonly until: Milliseconds }
  /** It was let go. */
  | { readonly kind: 'let-go'; readonly queues: readonly string[] }
  /** A followed file was read so far. */
  | { readonly kind: 'read'; readonly file: string; readonly place: Place }
  /** A report that came as a file of its own was read. */
  | { readonly kind: 'report'; readonly name: string }
  /** A person shut or reopened an account. */
  | { readonly kind: 'desk'; readonly does: 'suspend' | 'release'; readonly account: AccountId }
);

/** `Omit` of each member of a union by itself. */
type Untimed<One> = One extends Entry ? Omit<One, 't'> : never;

/** An entry to which the time is still to be put. */
export type News = Untimed<Entry>;
