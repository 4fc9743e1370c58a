// How a submission of the simulated world looks to a policy daemon: the attributes of Postfix 3.7, as its
// submission service sends them for a client that has logged in over TLS. docs/DAEMONS.md has the table.

import type { Submission } from '../../policy/index.ts';
import { addressText, type World } from '../../sim/index.ts';
import { type ProtocolState, type RequestValues, writeRequest } from '../delegation/attributes.ts';

/** Strangers' places are hashes beyond every tenant's number (sim/world/incidents/attacker.ts). */
const firstStranger = 2 ** 32;
/** Hosts of a /16 whose last byte is 1 to 254. */
const perSixteen = 256 * 254;

/**
 * The client's address: a tenant's in 198.18.0.0/16, a stranger's in 198.19.0.0/16 (both RFC 2544, no real
 * host has them), and IPv6's 2001:db8::/32 (RFC 3849) for tenants beyond 65,024. Never private: some software
 * does not look at those. Neighbours are in different /24: some software takes a /24 for one client.
 */
export const clientAddress = (source: number): string => {
  const isStranger = source >= firstStranger;
  if (!isStranger && source >= perSixteen) {
    return `2001:db8:${(source >>> 16).toString(16)}:${(source & 0xffff).toString(16)}::1`;
  }
  const place = source % perSixteen;
  return `198.${isStranger ? 19 : 18}.${place & 0xff}.${1 + (place >>> 8)}`;
};

/** The name an account logs in by, and its address as a sender. */
export const accountName = ({ account, tenant }: Pick<Submission, 'account' | 'tenant'>): string =>
  `a${account}@t${tenant}.test`;

export const recipientAddress = ({ receivers }: World, submission: Submission, index: number): string =>
  addressText(submission.recipients[index]!, receivers[submission.receivers[index]!]!.name);

/** The envelope's sender; bounces and autoreplies have none. */
export const senderAddress = (submission: Submission): string =>
  submission.nullSender ? '' : accountName(submission);

/** Writes the requests of one submission, handed in for the `turn`th time of all. */
export class RequestWriter {
  readonly #world: World;
  #turn = 0;
  #common: Omit<RequestValues, 'protocol_state'> = {};

  constructor(world: World) {
    this.#world = world;
  }

  /** A client begins to hand in a message; one that was refused and comes again is another instance. */
  begin(submission: Submission): void {
    this.#turn += 1;
    const host = `c${submission.source % 1_000_000_007}.t${submission.tenant}.test`;
    this.#common = {
      client_address: clientAddress(submission.source), client_name: host, client_port: 49_152,
      reverse_client_name: host, server_address: '127.0.0.1', server_port: 587, helo_name: host,
      sender: senderAddress(submission), instance: `${this.#turn.toString(16)}.${submission.id.toString(16)}.0`,
      size: submission.bytes, sasl_method: 'PLAIN', sasl_username: accountName(submission),
      encryption_protocol: 'TLSv1.3', encryption_cipher: 'TLS_AES_256_GCM_SHA384', encryption_keysize: 256,
    };
  }

  /** The request for one recipient. Postfix has given the message its number once one has been accepted. */
  recipient(submission: Submission, index: number): string {
    return this.#write('RCPT', {
      recipient: recipientAddress(this.#world, submission, index),
      ...(index > 0 && { queue_id: queueId(submission) }),
    });
  }

  /** The request once the whole message is there; it names the recipient where there is but one. */
  endOfMessage(submission: Submission): string {
    const count = submission.recipients.length;
    return this.#write('END-OF-MESSAGE', {
      recipient_count: count, queue_id: queueId(submission),
      ...(count === 1 && { recipient: recipientAddress(this.#world, submission, 0) }),
    });
  }

  #write(state: ProtocolState, values: Omit<RequestValues, 'protocol_state'>): string {
    return writeRequest({ ...this.#common, ...values, protocol_state: state });
  }
}

const queueId = ({ id }: Submission): string => id.toString(16).toUpperCase().padStart(11, '4');
