// Every attempt of a run, copy by copy, as two runs of the same seed can be compared by: luck belongs to the
// message, so the same copy meets the same fate, unless something is different about the attempt.

import { type Envelope, lookingAt, type Transport } from '../../sim/index.ts';

export interface Attempt {
  /** Virtual time at which its reply was asked for. */
  readonly at: number;
  readonly receiver: number;
  readonly address: number;
  readonly code: number;
  readonly class: string;
  readonly text: string;
}

/** By copy and try: `actor.message.recipient.try`. */
export type Attempts = Map<string, Attempt>;

const copyName = ({ message }: Envelope, recipient: number): string =>
  `${message.actor.id}.${message.number}.${recipient}`;

/** A transport that writes down what another one answers, at the time that `when` tells. */
export const recording = (
  inner: Transport, attempts: Attempts, when: (envelope: Envelope) => number,
): Transport =>
  lookingAt(inner, (envelope, replies) => {
    replies.forEach((reply, index) => {
      const name = `${copyName(envelope, envelope.recipients[index]!)}.${envelope.tries}`;
      const { code, text } = reply;
      const { receiver, address } = envelope;
      attempts.set(name, { at: when(envelope), receiver, address, code, class: reply.class, text });
    });
  });
