// Addresses as a policy sees them: numbers from which nobody reads them back without the secret of this
// platform, which is drawn once and kept with the state.

import { createHmac } from 'node:crypto';
import { isIPv4 } from 'node:net';
import type { AddressKey } from '../../policy/index.ts';

/** Makes numbers of texts: equal texts, of any case, have equal numbers; 53 bits, so no two others do. */
export class Fingerprints {
  readonly #high: number;
  readonly #low: number;
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
    const start = createHmac('sha256', secret).update('addresses').digest();
    this.#high = start.readUInt32BE(0);
    this.#low = start.readUInt32BE(4);
  }

  of(text: string): number {
    // Two FNV-1a hashes from secret starts, each stirred by the other in the end.
    let high = this.#high;
    let low = this.#low;
    const lowered = text.toLowerCase();
    for (let at = 0; at < lowered.length; at++) {
      const code = lowered.charCodeAt(at);
      high = Math.imul(high ^ code, 0x0100_0193);
      low = Math.imul(low ^ code ^ (high >>> 17), 0x0100_0193);
    }
    high = Math.imul(high ^ (high >>> 16) ^ low, 0x85eb_ca6b);
    low = Math.imul(low ^ (low >>> 15) ^ high, 0xc2b2_ae35);
    return ((high ^ (high >>> 13)) & 0x1f_ffff) * 0x1_0000_0000 + ((low ^ (low >>> 16)) >>> 0);
  }

  address(address: string): AddressKey {
    return this.of(address) as AddressKey;
  }

  /** The client's address as a number: an IPv4 address is its own, an IPv6 client goes by its /64. */
  source(address: string): number {
    if (isIPv4(address)) return address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
    return this.of(networkOf(address));
  }

  /** What only this platform can put under a text, to know a header of its own again. */
  seal(text: string): string {
    return createHmac('sha256', this.#secret).update(`mark ${text}`).digest('hex').slice(0, 16);
  }
}

/** The first four groups of an IPv6 address; the text itself for what is no address. */
const networkOf = (address: string): string => {
  const [head = '', tail] = address.toLowerCase().split('::');
  const front = head === '' ? [] : head.split(':');
  const back = tail === undefined || tail === '' ? [] : tail.split(':');
  const missing = tail === undefined ? 0 : Math.max(0, 8 - front.length - back.length);
  const groups = [...front, ...Array.from({ length: missing }, () => '0'), ...back];
  if (groups.length !== 8) return address;
  return `${groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')}/64`;
};
