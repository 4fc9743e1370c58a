// How the world reaches receivers and registers. In memory the answer is there at once; on the wire it comes
// later, by real SMTP and DNS, and virtual time stands still until it does.

import type { Reply } from '../../policy/index.ts';
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
}
