// How the world reaches receivers and registers, and foreign software that has a say in the policy. In memory
// the answer is there at once; on the wire, and from a daemon, it comes later, and virtual time stands still
// until it does.

import type { Milliseconds, Reply, Submission } from '../../policy/index.ts';
import type { Message } from './platform/message.ts';
import type { Envelope } from './platform/outbound.ts';
import type { Register } from './registers/register.ts';

/**
 * What a register's zone says of an address: its A records (none is NXDOMAIN), the TXT, and how long to
 * believe it.
 */
export interface ZoneAnswer {
  readonly codes: readonly string[];
  readonly txt: string;
  /** Seconds: the record's TTL, or the negative TTL of the zone's SOA where there is no record. */
  readonly ttlS: number;
  /**
   * Why there is no answer: the name servers stay silent until the asker gives up, or refuse the question.
   * Then there are no codes, and nothing is known of the address.
   */
  readonly failure: 'none' | 'timeout' | 'refused';
}

export interface Transport {
  /** Hands the envelope to its receiver from `envelope.address`: one reply per recipient, in their order. */
  deliver(envelope: Envelope): readonly Reply[] | Promise<readonly Reply[]>;
  /** Asks a register's published zone about one of the world's addresses (by index), past every cache. */
  ask(register: Register, address: number): ZoneAnswer | Promise<ZoneAnswer>;
  /**
   * Where a mail server of its own stands between: a message is handed in there before it is judged, and the
   * judgement asked by it. Left out where the world is its own mail server.
   */
  handIn?(message: Message): Promise<void>;
  /** When that mail server tries a deferred envelope again; undefined where it says nothing of it. */
  nextTry?(envelope: Envelope): number | undefined;
}

/** A transport that looks at every answer of another one to an attempt, and hands it on. */
export const lookingAt = (
  inner: Transport, look: (envelope: Envelope, replies: readonly Reply[]) => void,
): Transport => {
  const seen = (envelope: Envelope, replies: readonly Reply[]): readonly Reply[] => {
    look(envelope, replies);
    return replies;
  };
  const { handIn, nextTry } = inner;
  return {
    ask: (register, address) => inner.ask(register, address),
    deliver(envelope) {
      const replies = inner.deliver(envelope);
      return replies instanceof Promise
        ? replies.then((said) => seen(envelope, said))
        : seen(envelope, replies);
    },
    ...(handIn === undefined ? {} : { handIn: (message) => handIn.call(inner, message) }),
    ...(nextTry === undefined ? {} : { nextTry: (envelope) => nextTry.call(inner, envelope) }),
  };
};

/**
 * Foreign software with a say in the policy, such as a daemon. The answer itself is given by a module of the
 * policy that speaks for it, so the engine weighs it like any other.
 */
export interface PolicyHost {
  /** The module that speaks for it; for errors. */
  readonly name: string;
  /**
   * Resolves once its module has the answer to this submission at this time; the next question comes only
   * then. A rejection ends the run as a fault of the policy.
   */
  ask(submission: Submission, now: Milliseconds): Promise<void>;
}
