// Greylisting: a triplet of client network, sender and recipient that is new is put off for a while; one that
// comes back in time is let in and remembered. Memory is bounded, as a real greylist's is by its age.

import type { AddressKey } from '../../../policy/index.ts';
import { greylistPresets, type ReceiverPreset } from '../../presets/index.ts';

export interface GreylistTimes {
  readonly delayMs: number;
  /** A triplet that comes back later than this begins anew. */
  readonly retryMs: number;
  /** A triplet let in is remembered for so long after it last came. */
  readonly ageMs: number;
  /** A client is let in for good after so many triplets of it were; infinite for never. */
  readonly trustAfter: number;
}

/** Places for triplets: 24 bytes each. A new one takes the place of the older of two when all is taken. */
const places = 32_768;
/** How many outgoing addresses one greylist can tell apart. */
const clients = 4_096;

export class Greylist {
  readonly times: GreylistTimes;
  readonly #tags = new Float64Array(places);
  /** When a triplet first came; for one let in, minus the time it last came, less one. */
  readonly #since = new Float64Array(places);
  /** Triplets let in, by client network. */
  readonly #trust = new Int32Array(clients);

  constructor(times: GreylistTimes) {
    this.times = times;
  }

  /** Whether this triplet is to be put off now. `network` is a small number of the client's /24. */
  putsOff(network: number, domain: number, key: AddressKey, now: number): boolean {
    const { delayMs, retryMs, ageMs, trustAfter } = this.times;
    if (this.#trust[network % clients]! >= trustAfter) return false;
    const tag = tagOf(network, domain, key);
    const first = tag % places;
    const second = first ^ 1;
    const place = this.#tags[first] === tag ? first : this.#tags[second] === tag ? second : -1;
    if (place >= 0) {
      const since = this.#since[place]!;
      if (since < 0) {
        const isFresh = now + since + 1 <= ageMs;
        this.#since[place] = isFresh ? -now - 1 : now;
        return !isFresh;
      }
      const waited = now - since;
      if (waited < delayMs) return true;
      if (waited > retryMs) {
        this.#since[place] = now;
        return true;
      }
      this.#since[place] = -now - 1;
      this.#trust[network % clients]! += 1;
      return false;
    }
    const free = Math.abs(this.#since[first]!) <= Math.abs(this.#since[second]!) ? first : second;
    this.#tags[free] = tag;
    this.#since[free] = now;
    return true;
  }
}

/** A number for a triplet; two of them share one with a chance of 1 in 2^52. Never 0. */
const tagOf = (network: number, domain: number, key: AddressKey): number => {
  let high = Math.imul(network + 1, 0x9e37_79b1) ^ Math.imul(domain + 2, 0x85eb_ca6b);
  let low = (key | 0) ^ Math.imul(Math.floor(key / 4_294_967_296) + 1, 0xc2b2_ae35);
  low = Math.imul(low ^ (low >>> 15), 0x2c1b_3c6d) ^ high;
  high = Math.imul(high ^ (low >>> 13), 0x297a_2d39) ^ (low >>> 16);
  low = Math.imul(low ^ (high >>> 11), 0x1656_67b1);
  return ((high >>> 0) % 1_048_576) * 4_294_967_296 + (low >>> 0) + 1;
};

const postgrey = greylistPresets.find((preset) => preset.id === 'postgrey')!;

/**
 * Postgrey's windows where a receiver states none: back within 2 days, remembered for 35, a client trusted
 * after 5. Mimecast: back within 12 h; that it trusts no client is an assumption.
 */
const timesOf = (presetId: string, delayMs: number): GreylistTimes => {
  const own = greylistPresets.find((preset) => preset.id === presetId);
  const retryS = own?.expireS ?? postgrey.retryWindowS!;
  const trustAfter = own === undefined ? postgrey.autoWhitelistAfter! : Number.POSITIVE_INFINITY;
  return { delayMs, retryMs: retryS * 1_000, ageMs: postgrey.maxAgeS! * 1_000, trustAfter };
};

/**
 * The greylist of a receiver: the plan's delay, else its preset's; null for none. Microsoft's 900 s are for
 * addresses it does not know (limits.ts).
 */
export const greylistOf = (preset: ReceiverPreset, planMs: number | undefined): Greylist | null => {
  const presetMs = preset.id === 'm365' || preset.greylistS === null ? undefined : preset.greylistS * 1_000;
  const delayMs = planMs ?? presetMs;
  return delayMs === undefined ? null : greylistWith(preset, delayMs);
};

export const greylistWith = (preset: ReceiverPreset, delayMs: number): Greylist =>
  new Greylist(timesOf(preset.id, delayMs));
