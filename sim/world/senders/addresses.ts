// Recipients and what becomes of mail to them. Addresses lie in spaces: one per address book, mailing list or
// stolen list. A key is space and index in one safe integer, so whoever holds a key, even one that came back
// over the wire, can tell where the address lives and whether anyone reads it. Nothing is stored per address.

import type { AddressKey, ReceiverId } from '../../../policy/index.ts';
import type { Luck } from '../../luck.ts';
import type { ListQuality } from '../../presets/lists.ts';
import { purpose } from '../purposes.ts';
import { type ListGiven, qualityOf } from './list-quality.ts';

/**
 * Kinds of trap. `parked` is a domain nobody uses, whose mail is taken and read by nobody; `backscatter` a
 * forged sender's address that only answers to forged mail reach.
 */
export type TrapKind = 'pristine' | 'recycled' | 'typo' | 'parked' | 'backscatter';
/** What stands behind an address. `full` is a person whose mailbox takes nothing for now. */
export type AddressKind = 'person' | 'unknown' | 'full' | TrapKind;

declare const space: unique symbol;
/** The number of a space. */
export type SpaceId = number & { readonly [space]: true };

/**
 * Where the addresses of a space are: at one receiver, by cumulated shares of all of them, or (-1) by
 * size.
 */
export type Whereabouts = ReceiverId | -1 | readonly number[];

/**
 * A list that lives: of `size` addresses at the time `since`, some leave and others join, per
 * millisecond.
 */
export interface Ageing {
  readonly since: number;
  readonly size: number;
  readonly leaving: number;
  readonly joining: number;
}

/** What the addresses of a space are like. Spaces opened alike share one record. */
interface Population {
  /**
   * `sound`: all are people. `mixed`: each address is what its list's quality says. `slips`: none is right;
   * they are the mistyped and outdated ones among honest mail, in the proportions of the quality.
   */
  readonly kind: 'sound' | 'mixed' | 'slips';
  readonly quality: ListQuality;
  readonly where: Whereabouts;
  readonly ageing: Ageing | null;
  /** Share of them that are not people with room in their mailbox, were all of them as the quality says. */
  readonly wrong: number;
}

const spaceSize = 268_435_456;
const yearMs = 31_536_000_000;
const halfYearMs = yearMs / 2;

/**
 * Share of dead mailboxes that become recycled traps: that of a stale list (lists.ts), 6 of 126; an
 * assumption. It takes them half a year to a year, in which they bounce (registers.json, trapTypes,
 * recycled).
 */
const recycledShare = 0.05;

/** Spaces of one world, numbered as they are opened: 2^25 of them, of 2^28 addresses. */
export class Addresses {
  readonly #luck: Luck;
  readonly #clock: { readonly now: number };
  /** By number of the space; and the number that the luck of its addresses goes by. */
  readonly #spaces: Population[] = [];
  readonly #lucks: number[] = [];
  readonly #populations: Population[] = [];
  /** Cumulated shares of the receivers. */
  readonly #mix: readonly number[];

  /** `clock` tells the time, for addresses whose owners leave. */
  constructor(luck: Luck, shares: readonly number[], clock: { readonly now: number }) {
    this.#luck = luck;
    this.#clock = clock;
    this.#mix = cumulated(shares);
  }

  open(
    kind: Population['kind'], list: ListGiven, where: Whereabouts = -1,
    luck: number = this.#spaces.length, ageing: Ageing | null = null,
  ): SpaceId {
    this.#lucks.push(luck >>> 0);
    this.#spaces.push(this.#population(kind, qualityOf(list), where, ageing));
    return (this.#spaces.length - 1) as SpaceId;
  }

  #population(
    kind: Population['kind'], quality: ListQuality, where: Whereabouts, ageing: Ageing | null,
  ): Population {
    const names = Object.keys(quality) as (keyof ListQuality)[];
    const known = this.#populations.findLast((one) =>
      one.kind === kind && one.where === where && agesAlike(one.ageing, ageing) &&
      names.every((name) => one.quality[name] === quality[name]));
    if (known !== undefined) return known;
    const wrong = names.reduce((sum, name) => sum + quality[name], 0);
    const population = { kind, quality, where, ageing, wrong };
    this.#populations.push(population);
    return population;
  }

  /** How much of the mail meant for people goes to one of these slips instead. */
  slipShare(slips: SpaceId): number {
    return this.#spaces[slips]!.wrong;
  }

  key(space: SpaceId, index: number): AddressKey {
    return (space * spaceSize + (index % spaceSize)) as AddressKey;
  }

  spaceOf(key: AddressKey): SpaceId {
    return Math.floor(key / spaceSize) as SpaceId;
  }

  /** Its place in its space. */
  indexOf(key: AddressKey): number {
    return key % spaceSize;
  }

  /**
   * What the luck of an address goes by: a safe integer like its key, but one that hangs on names alone, so
   * that tenants or incidents more or less leave it as it is.
   */
  lotOf(key: AddressKey): number {
    const id = Math.floor(key / spaceSize);
    return (this.#lucks[id]! % 16_777_216) * spaceSize + (key - id * spaceSize);
  }

  /** How many have joined an ageing list within a time. */
  joinedBy(space: SpaceId, time: number): number {
    const { ageing } = this.#spaces[space]!;
    return ageing === null ? 0 : ageing.size * ageing.joining * time;
  }

  receiverOf(key: AddressKey): ReceiverId {
    const id = Math.floor(key / spaceSize);
    const { where } = this.#spaces[id]!;
    if (typeof where === 'number' && where !== -1) return where;
    const mix = typeof where === 'number' ? this.#mix : where;
    const drawn =
      this.#luck.draw(this.#lucks[id]!, key - id * spaceSize, purpose.addressReceiver) * mix[mix.length - 1]!;
    let receiver = 0;
    while (drawn >= mix[receiver]! && receiver < mix.length - 1) receiver += 1;
    return receiver as ReceiverId;
  }

  /** What stands behind an address now. */
  kindOf(key: AddressKey): AddressKind {
    return this.kindAt(key, this.#clock.now);
  }

  kindAt(key: AddressKey, time: number): AddressKind {
    const id = Math.floor(key / spaceSize);
    const space = this.#spaces[id];
    if (space === undefined) return 'unknown';
    if (space.kind === 'sound') return 'person';
    const luck = this.#lucks[id]!;
    const index = key - id * spaceSize;
    const first = kindOnList(space, this.#luck.draw(luck, index, purpose.addressKind));
    if (space.ageing === null || (first !== 'person' && first !== 'unknown')) return first;
    const gone = this.#goneAt(luck, index, space.ageing, first);
    if (time < gone) return 'person';
    return time < this.#trapAt(luck, index, space.ageing.since, gone) ? 'unknown' : 'recycled';
  }

  /** From when on an address of an ageing list bounces, as far as it ever does; null where it never will. */
  deadFrom(key: AddressKey): number | null {
    const id = Math.floor(key / spaceSize);
    const space = this.#spaces[id]!;
    const index = key - id * spaceSize;
    const first = kindOnList(space, this.#luck.draw(this.#lucks[id]!, index, purpose.addressKind));
    if (first === 'unknown') return Number.NEGATIVE_INFINITY;
    if (first !== 'person' || space.ageing === null) return null;
    return this.#goneAt(this.#lucks[id]!, index, space.ageing, first);
  }

  /** When its owner leaves; for ever ago where nobody was there when the list was first mailed. */
  #goneAt(luck: number, index: number, ageing: Ageing, first: AddressKind): number {
    if (first === 'unknown') return Number.NEGATIVE_INFINITY;
    const { since, size, leaving, joining } = ageing;
    const joined = index < size || joining === 0 ? since : since + (index - size) / (size * joining);
    return joined - Math.log(1 - this.#luck.draw(luck, index, purpose.addressGone)) / leaving;
  }

  /** When a dead address starts to take mail as a recycled trap; most never do. */
  #trapAt(luck: number, index: number, since: number, gone: number): number {
    const drawn = this.#luck.draw(luck, index, purpose.addressTurns) / recycledShare;
    if (drawn >= 1) return Number.POSITIVE_INFINITY;
    if (gone === Number.NEGATIVE_INFINITY) return since + drawn * yearMs;
    return gone + halfYearMs + drawn * halfYearMs;
  }
}

const agesAlike = (one: Ageing | null, two: Ageing | null): boolean =>
  one === two ||
  (one !== null && two !== null && one.since === two.since && one.size === two.size &&
    one.leaving === two.leaving && one.joining === two.joining);

/** The kind of an address by the luck it was drawn with, when its list is first mailed. */
const kindOnList = ({ kind, quality, wrong }: Population, luck: number): AddressKind => {
  const { unknown, full, pristine, recycled, typo, parked, backscatter } = quality;
  let drawn = kind === 'slips' ? luck * wrong : luck;
  if ((drawn -= unknown) < 0) return 'unknown';
  if ((drawn -= full) < 0) return 'full';
  if ((drawn -= pristine) < 0) return 'pristine';
  if ((drawn -= recycled) < 0) return 'recycled';
  if ((drawn -= typo) < 0) return 'typo';
  if ((drawn -= parked) < 0) return 'parked';
  if ((drawn -= backscatter) < 0) return 'backscatter';
  return kind === 'slips' ? 'unknown' : 'person';
};

/** Shares summed up from the first on. */
export const cumulated = (shares: readonly number[]): readonly number[] => {
  let sum = 0;
  return shares.map((share) => (sum += share));
};

export const isTrap = (kind: AddressKind): kind is TrapKind =>
  kind !== 'person' && kind !== 'unknown' && kind !== 'full';

/**
 * A trap at a host of its own, which takes all mail; recycled ones stay with the provider they were people
 * at.
 */
export const hasOwnHost = (kind: AddressKind): boolean => kind !== 'recycled' && isTrap(kind);

/** An address as it goes over the wire: `r<key in base 36>@<receiver>.test`. */
export const addressText = (key: AddressKey, receiver: string): string =>
  `r${key.toString(36)}@${receiver}.test`;

/** The key in an address that `addressText` wrote; undefined for any other. */
export const readAddress = (text: string): AddressKey | undefined => {
  const found = /^r([0-9a-z]{1,11})@/i.exec(text);
  if (found === null) return undefined;
  const key = Number.parseInt(found[1]!, 36);
  return Number.isSafeInteger(key) ? (key as AddressKey) : undefined;
};
