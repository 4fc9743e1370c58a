// How a submission of the simulated world looks to a policy daemon: the attributes of Postfix 3.7, as its
// submission service sends them for a client that has logged in over TLS. docs/DAEMONS.md has the table.

import type { Submission } from '../../policy/index.ts';
import { addressText, type World } from '../../sim/index.ts';
import { type ProtocolState, requestKind } from '../delegation/attributes.ts';

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

/**
 * Writes the requests of one submission at a time. By hand, piece by piece, since a daemon may answer in a
 * tenth of a millisecond: the general writer's checks cost a fifth of that, and nothing here can hold a line
 * feed.
 */
export class RequestWriter {
  readonly #world: World;
  #turn = 0;
  /** What comes before the recipient in each request of the submission, and after the number of the queue. */
  #before = '';
  #after = '';

  constructor(world: World) {
    this.#world = world;
  }

  /** A client begins to hand in a message; one that was refused and comes again is another instance. */
  begin(submission: Submission): void {
    this.#turn += 1;
    const { source, tenant, id, bytes } = submission;
    const host = `c${source % 1_000_000_007}.t${tenant}.test`;
    const name = accountName(submission);
    this.#before =
      `protocol_name=ESMTP\nclient_address=${clientAddress(source)}\nclient_name=${host}\n` +
      `client_port=49152\nreverse_client_name=${host}\nserver_address=127.0.0.1\nserver_port=587\n` +
      `helo_name=${host}\nsender=${submission.nullSender ? '' : name}\nrecipient=`;
    this.#after =
      `\ninstance=${this.#turn.toString(16)}.${id.toString(16)}.0\nsize=${bytes}\netrn_domain=\nstress=\n` +
      `sasl_method=PLAIN\nsasl_username=${name}\nsasl_sender=\n${overTls}`;
  }

  /** The request for one recipient. Postfix has given the message its number once one has been accepted. */
  recipient(submission: Submission, index: number): string {
    const number = index === 0 ? '' : queueId(submission);
    return this.#write('RCPT', recipientAddress(this.#world, submission, index), 0, number);
  }

  /** The request once the whole message is there; it names the recipient where there is but one. */
  endOfMessage(submission: Submission): string {
    const count = submission.recipients.length;
    const only = count === 1 ? recipientAddress(this.#world, submission, 0) : '';
    return this.#write('END-OF-MESSAGE', only, count, queueId(submission));
  }

  #write(state: ProtocolState, recipient: string, count: number, number: string): string {
    return `request=${requestKind}\nprotocol_state=${state}\n${this.#before}${recipient}\n` +
      `recipient_count=${count}\nqueue_id=${number}${this.#after}`;
  }
}

/** The last attributes: no certificate of the client's, and the usual cipher; and the empty line. */
const overTls =
  'ccert_subject=\nccert_issuer=\nccert_fingerprint=\nccert_pubkey_fingerprint=\n' +
  'encryption_protocol=TLSv1.3\nencryption_cipher=TLS_AES_256_GCM_SHA384\nencryption_keysize=256\n' +
  'policy_context=\n\n';

const queueId = ({ id }: Submission): string => id.toString(16).toUpperCase().padStart(11, '4');
