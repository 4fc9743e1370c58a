// What Postfix tells a policy server of a mail transaction: the attributes of Postfix 3.7, in the order in
// which it sends them, and a request written as Postfix writes it.

/** Read from Postfix 3.7's SMTPD_POLICY_README and seen in the requests of 3.7.11, in this order. */
export const attributeNames = [
  'request', 'protocol_state', 'protocol_name', 'client_address', 'client_name', 'client_port',
  'reverse_client_name', 'server_address', 'server_port', 'helo_name', 'sender', 'recipient',
  'recipient_count', 'queue_id', 'instance', 'size', 'etrn_domain', 'stress', 'sasl_method', 'sasl_username',
  'sasl_sender', 'ccert_subject', 'ccert_issuer', 'ccert_fingerprint', 'ccert_pubkey_fingerprint',
  'encryption_protocol', 'encryption_cipher', 'encryption_keysize', 'policy_context',
] as const;

export type AttributeName = (typeof attributeNames)[number];

/** The attributes of a request, or of a reply, by name. A name that came twice has its last value. */
export type Attributes = ReadonlyMap<string, string>;

/** The value of `request`, the only kind of request there is. */
export const requestKind = 'smtpd_access_policy';

/** Where in the transaction Postfix asks. */
export type ProtocolState =
  'CONNECT' | 'EHLO' | 'HELO' | 'MAIL' | 'RCPT' | 'DATA' | 'END-OF-MESSAGE' | 'VRFY' | 'ETRN';

/** What an attribute of a request is worth; what is left out goes as Postfix sends what it does not know. */
export type RequestValues =
  { readonly protocol_state: ProtocolState } & Partial<Readonly<Record<AttributeName, string | number>>>;

const unknown: Readonly<Partial<Record<AttributeName, string>>> = {
  request: requestKind, protocol_name: 'ESMTP', client_name: 'unknown', reverse_client_name: 'unknown',
  recipient_count: '0', size: '0', encryption_keysize: '0',
};

/**
 * A whole request, the empty line that ends it included. Throws a DelegationError where a value holds a line
 * feed or a NUL, which the protocol cannot carry.
 */
export const writeRequest = (values: RequestValues): string => {
  let text = '';
  for (const name of attributeNames) {
    text += `${name}=${carried(name, values[name] ?? unknown[name] ?? '')}\n`;
  }
  return `${text}\n`;
};

/** What came, or was to be sent, is not Postfix policy delegation; the message says how. */
export class DelegationError extends Error {
  override readonly name = 'DelegationError';
}

export const carried = (name: string, value: string | number): string => {
  const text = String(value);
  if (!/[\n\0]/.test(text)) return text;
  const shown = JSON.stringify(text.slice(0, 80));
  throw new DelegationError(`policy delegation: ${name} is ${shown}; a value has no line feed and no NUL.`);
};
