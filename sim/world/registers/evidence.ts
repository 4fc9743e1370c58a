// What registers hold against an address, and how it reaches them.

import type { TrapKind } from '../senders/addresses.ts';
import type { World } from '../world.ts';
import type { Register } from './register.ts';

export type Evidence =
  /** A message reached a trap. */
  | { readonly kind: 'trap'; readonly trap: TrapKind; readonly byCulprit: boolean }
  /** A person reported a message to the register. */
  | { readonly kind: 'report'; readonly byCulprit: boolean };

/** Evidence reaches a register's people. */
export const weighEvidence = (
  _world: World, _register: Register, _address: number, _evidence: Evidence,
): void => {
  throw new RangeError('no evidence yet');
};

/** A look at an address that was due. */
export const lookAgain = (_world: World, _register: Register, _address: number): void => {
  throw new RangeError('no look yet');
};

export const neighbourHit = (_world: World, _index: number): void => {
  throw new RangeError('no neighbour yet');
};
