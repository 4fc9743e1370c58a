// What a mock receiver asks of whoever decides for it: the answers, phase by phase, to one peer at a time.

import type { Reply } from '../policy/index.ts';

/** The other end of one connection. The same record is passed for as long as the connection lives. */
export interface Peer {
  /** Loopback address and port it connects from; with `xclient`, the address it says it stands for. */
  readonly address: string;
  readonly port: number;
  /** The port it connected to: two connections to different servers may share their own port. */
  readonly serverPort: number;
  /** The name of its HELO or EHLO, lower case; empty before that. */
  readonly helo: string;
}

/**
 * A message received in full. Its recipients are the accepted ones, in order, repeated ones as often as
 * repeated.
 */
export interface ReceivedMessage {
  readonly sender: string;
  readonly recipients: readonly string[];
  /** Headers and body as handed over, dots unstuffed. */
  readonly content: Buffer;
}

/** Null accepts. A 2yz reply accepts too, but its text is sent only for `data`. */
export type Answer = Reply | null | Promise<Reply | null>;

/**
 * What a receiver answers, phase by phase. `connect` is asked once for each attempt: at the greeting for the
 * first message of a connection, at MAIL for each message after it. A 421 closes the connection in any phase.
 */
export interface ReceiverBehaviour {
  connect(peer: Peer): Answer;
  mail(peer: Peer, sender: string): Answer;
  recipient(peer: Peer, address: string): Answer;
  data(peer: Peer, message: ReceivedMessage): Reply | Promise<Reply>;
  /** The connection of a peer that was asked about is gone. */
  left?(peer: Peer): void;
}

export type ReceiverPhase = Exclude<keyof ReceiverBehaviour, 'left'>;
