// Gives an address a rest at the receiver that blocks it: retries and further mail leave by the pool's other
// addresses meanwhile. ZoneMTA does so for six hours where a receiver says that the address is listed.

import type { Module } from '../../module.ts';
import type { ReplyClass } from '../../signal.ts';
import { days, hours, later, type Milliseconds, minutes } from '../../units.ts';
import { go, pass } from '../../verdict.ts';
import type { IpAddress } from '../../words.ts';
import { spanInRange } from '../parameters.ts';

export interface AddressRestParameters {
  /** Its name in reasons; `address-rest` if left out. */
  readonly name?: string;
  /** 1 minute to 7 days; 6 hours if left out, as in ZoneMTA. */
  readonly restFor?: Milliseconds;
  /** Replies that speak of the address; `dnsblBlock` and `ipBlock` if left out. */
  readonly on?: readonly ReplyClass[];
}

export interface AddressRestState {
  addresses: IpAddress[];
  /** Until when each of them rests. */
  until: number[];
}

/** Addresses remembered of one receiver; beyond that the one that soonest comes back is forgotten. */
export const mostAddresses = 64;

const blocks: readonly ReplyClass[] = ['dnsblBlock', 'ipBlock'];

/**
 * An address that a receiver turned away for its own sake is not used there until `restFor` after the last
 * such reply; where all addresses of a pool rest, they are used as if none did. Throws a RangeError for a
 * parameter out of range.
 */
export const addressRest = (parameters: AddressRestParameters = {}): Module<AddressRestState> => {
  const name = parameters.name ?? 'address-rest';
  const restFor = spanInRange(name, 'restFor', parameters.restFor ?? hours(6), minutes(1), days(7));
  const on = parameters.on ?? blocks;
  return {
    name,
    key: 'receiver',
    hears: ['deferred', 'bounced'],
    fresh: () => ({ addresses: [], until: [] }),
    decide: () => pass,
    dispatch({ addresses, until }, _attempt, now) {
      if (!until.some((end) => end > now)) return go;
      const resting = addresses.filter((_, index) => until[index]! > now);
      const reason = { module: name, rule: 'addresses refused', seen: resting.length, limit: 0 };
      return { kind: 'avoid', addresses: resting, reason };
    },
    learn(state, signal, now) {
      if (signal.kind !== 'deferred' && signal.kind !== 'bounced') return;
      if (signal.address === '' || !on.includes(signal.reply.class)) return;
      const place = placeOf(state, signal.address);
      state.until[place] = Math.max(state.until[place] ?? 0, later(now, restFor));
    },
  };
};

const placeOf = ({ addresses, until }: AddressRestState, address: IpAddress): number => {
  const known = addresses.indexOf(address);
  if (known >= 0) return known;
  if (addresses.length < mostAddresses) return addresses.push(address) - 1;
  const first = until.indexOf(Math.min(...until));
  addresses[first] = address;
  until[first] = 0;
  return first;
};
