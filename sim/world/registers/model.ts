// What a rule model answers of an address, whatever its rule: does it belong on the register, until when, and
// what does the zone say. One file a model under rules/, each a record of these functions.

import type { World } from '../world.ts';
import type { Evidence, TrapEvidence } from './evidence.ts';
import type { Register } from './register.ts';

export interface RuleModel {
  /** Mail it counts: none, that of the receivers that ask it, or that of all receivers. */
  readonly counts: 'nothing' | 'from-askers' | 'from-all';
  /** Length of the prefix of addresses it takes together: 32 for each by itself. */
  readonly prefix: number;
  /** Whether a trap hit is evidence to it at all, its content looked at. */
  takes(world: World, register: Register, hit: TrapEvidence): boolean;
  /** Why an address belongs on the register by what is known now; null where it does not. */
  reason(world: World, register: Register, address: number): string | null;
  /** When a listing ends if nothing more happens: milliseconds since the run began, or infinity. */
  endsAt(world: World, register: Register, address: number): number;
  /** Something was held against an address. */
  noted(world: World, register: Register, address: number, kind: Evidence['kind']): void;
  /** A copy from an address was counted. */
  counted(world: World, register: Register, address: number, spam: boolean): void;
  /** A look that the model had asked for (`register-look`) is due. */
  look(world: World, register: Register, address: number): void;
  /** A decision to list an address was made. */
  listed(world: World, register: Register, address: number): void;
  /** The A records of an address the zone names. */
  codes(world: World, register: Register, address: number): readonly string[];
  /** Those of an address it does not name: white and neutral codes, of the few registers that have them. */
  otherCodes(world: World, register: Register, address: number): readonly string[];
}

const nothing = (): void => {};
const none: readonly string[] = [];

/**
 * What most models do: count no mail, take addresses one by one, keep a listing its time after the last hit.
 */
export const plain: Omit<RuleModel, 'reason'> = {
  counts: 'nothing',
  prefix: 32,
  takes: () => true,
  endsAt: (_world, { rule, dossiers }, address) =>
    rule.expiry === null ? Number.POSITIVE_INFINITY : dossiers[address]!.lastHit + rule.expiry,
  noted: nothing,
  counted: nothing,
  look: nothing,
  listed: nothing,
  codes: (_world, register) => register.codes,
  otherCodes: () => none,
};

/** `1 trap hit`, `3 trap hits`. */
export const several = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;
