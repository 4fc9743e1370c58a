// Recipients and what becomes of mail to them. Addresses lie in spaces: one per address book, mailing list or
// stolen list. A key is space and index in one safe integer, so whoever holds a key, even one that came back
// over the wire, can tell where the address lives and whether anyone reads it. Nothing is stored per address.

import type { AddressKey, ReceiverId } from '../../../policy/index.ts';
import type { Luck } from '../../luck.ts';
import { type ListQuality, lists } from '../../presets/lists.ts';
import type { ListPlan } from '../../plan/schema.ts';
import { purpose } from '../purposes.ts';

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

/** What the addresses of a space are like. Spaces opened alike share one record. */
interface Population {
  /**
   * `sound`: all are people. `mixed`: each address is what its list's quality says. `slips`: none is right;
   * they are the mistyped and outdated ones among honest mail, in the proportions of the quality.
   */
  readonly kind: 'sound' | 'mixed' | 'slips';
  readonly quality: ListQuality;
  /** The receiver all of them are at; -1 where they spread over all receivers by share. */
  readonly only: ReceiverId | -1;
  /** Share of them that are not people with room in their mailbox, were all of them as the quality says. */
  readonly wrong: number;
}

const spaceSize = 268_435_456;

/**
 * Numbers from here on, of spaces and of actors, are for incidents: one tenant more or less must not move
 * their luck.
 */
export const apart = 2 ** 24;

/**
 * Spaces of one world, numbered as they are opened, those of incidents by the plan. 2^24 of each, of 2^28
 * addresses.
 */
export class Addresses {
  readonly #luck: Luck;
  /** By number of the space; and the number that the luck of its addresses goes by. */
  readonly #spaces: Population[] = [];
  readonly #lucks: number[] = [];
  readonly #apart: Population[] = [];
  readonly #populations: Population[] = [];
  /** Cumulated shares of the receivers, the last one 1. */
  readonly #mix: readonly number[];

  constructor(luck: Luck, shares: readonly number[]) {
    this.#luck = luck;
    let sum = 0;
    this.#mix = shares.map((share) => (sum += share));
  }

  open(
    kind: Population['kind'], list: ListPlan, only: ReceiverId | -1 = -1, luck: number = this.#spaces.length,
  ): SpaceId {
    this.#lucks.push(luck);
    this.#spaces.push(this.#population(kind, qualityOf(list), only));
    return (this.#spaces.length - 1) as SpaceId;
  }

  /** A space of an incident's, by its number among these. */
  openApart(place: number, kind: Population['kind'], list: ListPlan, only: ReceiverId | -1): SpaceId {
    this.#apart[place] = this.#population(kind, qualityOf(list), only);
    return (apart + place) as SpaceId;
  }

  #population(kind: Population['kind'], quality: ListQuality, only: ReceiverId | -1): Population {
    const names = Object.keys(quality) as (keyof ListQuality)[];
    const known = this.#populations.find((one) =>
      one.kind === kind && one.only === only && names.every((name) => one.quality[name] === quality[name]));
    if (known !== undefined) return known;
    const { unknown, full, pristine, recycled, typo } = quality;
    const population = { kind, quality, only, wrong: unknown + full + pristine + recycled + typo };
    this.#populations.push(population);
    return population;
  }

  /** What the luck of a space's addresses goes by. */
  #luckOf(id: number): number {
    return id < apart ? this.#lucks[id]! : id;
  }

  #space(id: number): Population | undefined {
    return id < apart ? this.#spaces[id] : this.#apart[id - apart];
  }

  /** How much of the mail meant for people goes to one of these slips instead. */
  slipShare(slips: SpaceId): number {
    return this.#space(slips)!.wrong;
  }

  key(space: SpaceId, index: number): AddressKey {
    return (space * spaceSize + (index % spaceSize)) as AddressKey;
  }

  receiverOf(key: AddressKey): ReceiverId {
    const id = Math.floor(key / spaceSize);
    const only = this.#space(id)!.only;
    if (only !== -1) return only;
    const luck = this.#luck.draw(this.#luckOf(id), key - id * spaceSize, purpose.addressReceiver);
    const drawn = luck * this.#mix[this.#mix.length - 1]!;
    let receiver = 0;
    while (drawn >= this.#mix[receiver]! && receiver < this.#mix.length - 1) receiver += 1;
    return receiver as ReceiverId;
  }

  kindOf(key: AddressKey): AddressKind {
    const id = Math.floor(key / spaceSize);
    const space = this.#space(id);
    if (space === undefined) return 'unknown';
    if (space.kind === 'sound') return 'person';
    const { unknown, full, pristine, recycled, typo } = space.quality;
    let drawn = this.#luck.draw(this.#luckOf(id), key - id * spaceSize, purpose.addressKind);
    if (space.kind === 'slips') drawn *= space.wrong;
    if ((drawn -= unknown) < 0) return 'unknown';
    if ((drawn -= full) < 0) return 'full';
    if ((drawn -= pristine) < 0) return 'pristine';
    if ((drawn -= recycled) < 0) return 'recycled';
    if ((drawn -= typo) < 0) return 'typo';
    return space.kind === 'slips' ? 'unknown' : 'person';
  }
}

/** A list's preset with what the plan says otherwise. */
export const qualityOf = ({ kind, ...changed }: ListPlan): ListQuality => {
  const { unknown, full, pristine, recycled, typo } = lists[kind];
  const base = { unknown, full, pristine, recycled, typo };
  for (const name of Object.keys(base) as (keyof ListQuality)[]) base[name] = changed[name] ?? base[name];
  return base;
};

export const isTrap = (kind: AddressKind): kind is TrapKind =>
  kind !== 'person' && kind !== 'unknown' && kind !== 'full';

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
