// What a run asks of a mail server that stands between the tenants and the receivers. Postfix and Haraka are
// such; the world does not know which it is.

/** What one account hands in. */
export interface Handed {
  /** The account it logs in as. */
  readonly login: string;
  /** The loopback address that its mail program connects from. */
  readonly client: string;
  /** Empty for a message without a sender. */
  readonly sender: string;
  readonly recipients: readonly string[];
  /** As in the message's header, without the angle brackets; no other message has it. */
  readonly messageId: string;
  readonly message: Buffer;
}

/** What became of it at the way in: it has a name in the queue, or the client was told why not. */
export type Received =
  | { readonly kind: 'queued'; readonly id: string }
  | { readonly kind: 'refused'; readonly said: string };

/** What the mail server says of one recipient after it has done something about it. */
export interface Status {
  readonly recipient: string;
  readonly fate: 'sent' | 'deferred' | 'bounced' | 'expired';
  /** The receiver's reply, from its code on; empty where there was none. */
  readonly said: string;
  /** It put the recipient off without asking the receiver, for it had no luck there just before. */
  readonly untried: boolean;
}

export interface Mta {
  readonly name: string;
  /** The file of its log, where that is one of Postfix's kind. */
  readonly log?: string;
  /** Whether all that is left of a message is tried at once; else each receiver's part waits for itself. */
  readonly triesTogether: boolean;
  /** Hands a message in, as its account's mail program does. */
  submit(handed: Handed): Promise<Received>;
  /**
   * Waits until so much was said of a message's recipients since it was handed in, one status each time one
   * is tried or put off, and returns all of it, oldest first.
   */
  statuses(id: string, count: number): Promise<readonly Status[]>;
  /** Virtual time has come so far. */
  moveTo(now: number): void;
  /** Has it look into its deferred queue, and try what is due. */
  retry(): Promise<void>;
  /** Has it try one message now, due or not. */
  flush(id: string): Promise<void>;
  /** When it tries a recipient again, in milliseconds since the run began; undefined if never. */
  nextTry(id: string, recipient: string): number | undefined;
  /** Keeps queued messages from being tried, lets them go again, throws them away. */
  hold(ids: readonly string[]): Promise<void>;
  release(ids: readonly string[]): Promise<void>;
  remove(ids: readonly string[]): Promise<void>;
  /** Ends all its processes and removes its files. */
  close(): Promise<void>;
}

/** The mail server is missing, does not start, or has stopped doing its work; the message says which. */
export class MtaError extends Error {
  override readonly name = 'MtaError';
}
