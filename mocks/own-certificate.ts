// A certificate that a mock receiver makes for itself as it starts, for STARTTLS: P-256, signed by nobody but
// itself, good for its name and loopback. The one that smtp-server brings along is public and has expired.

import { generateKeyPairSync, randomBytes, sign } from 'node:crypto';

export interface Certificate {
  /** Both as PEM. */
  readonly key: string;
  readonly cert: string;
}

/** DER tags (ITU-T X.690, 8) of what a certificate is made of. */
const tags = {
  integer: 0x02, bits: 0x03, octets: 0x04, oid: 0x06, utf8: 0x0c, utcTime: 0x17,
  sequence: 0x30, set: 0x31, version: 0xa0, extensions: 0xa3, dnsName: 0x82, ipAddress: 0x87,
} as const;

/** Object identifiers, encoded: ecdsa-with-SHA256, commonName, subjectAltName. */
const ecdsaSha256 = Buffer.from('2a8648ce3d040302', 'hex');
const commonName = Buffer.from('550403', 'hex');
const subjectAltName = Buffer.from('551d11', 'hex');

/** Longest span that needs no other encoding of dates (RFC 5280, 4.1.2.5): it outlives every clock. */
const notBefore = '000101000000Z';
const notAfter = '491231235959Z';

/** A fresh key and certificate for a name of ASCII; its common name is cut at 64 bytes (RFC 5280, ub). */
export const ownCertificate = (name: string): Certificate => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const algorithm = sequence(der(tags.oid, ecdsaSha256));
  const who = sequence(
    der(tags.set, sequence(der(tags.oid, commonName), der(tags.utf8, Buffer.from(name.slice(0, 64))))),
  );
  const names = sequence(
    der(tags.dnsName, Buffer.from(name)), der(tags.dnsName, Buffer.from('localhost')),
    der(tags.ipAddress, Buffer.from([127, 0, 0, 1])),
  );
  const body = sequence(
    der(tags.version, der(tags.integer, Buffer.from([2]))),
    der(tags.integer, serialNumber()),
    algorithm,
    who,
    sequence(der(tags.utcTime, Buffer.from(notBefore)), der(tags.utcTime, Buffer.from(notAfter))),
    who,
    publicKey.export({ type: 'spki', format: 'der' }),
    der(tags.extensions, sequence(sequence(der(tags.oid, subjectAltName), der(tags.octets, names)))),
  );
  const signature = Buffer.concat([Buffer.from([0]), sign('sha256', body, privateKey)]);
  const whole = sequence(body, algorithm, der(tags.bits, signature));
  const lines = whole.toString('base64').match(/.{1,64}/g)!;
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n'),
  };
};

/** Positive, and never with a leading zero byte. */
const serialNumber = (): Buffer => {
  const bytes = randomBytes(8);
  bytes[0] = (bytes[0]! & 0x3f) | 0x40;
  return bytes;
};

const sequence = (...parts: readonly Buffer[]): Buffer => der(tags.sequence, ...parts);

/** One value: tag, length, content. */
const der = (tag: number, ...parts: readonly Buffer[]): Buffer => {
  const content = Buffer.concat(parts);
  const { length } = content;
  const head = length < 0x80 ? [tag, length]
    : length < 0x100 ? [tag, 0x81, length]
    : [tag, 0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from(head), content]);
};
