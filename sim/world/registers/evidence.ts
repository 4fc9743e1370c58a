// What registers hold against an address, and how it reaches them: hits of traps at once, reports when people
// have read their mail, a neighbour's hits where a register takes a whole range together.

import type { TrapKind } from '../senders/addresses.ts';
import type { World } from '../world.ts';
import { forget } from './dossier.ts';
import { paramsOf } from './params.ts';
import { ipNumber } from './ranges.ts';
import { type Register, weigh } from './register.ts';

/** A message reached a trap. */
export interface TrapEvidence {
  readonly kind: 'trap';
  readonly trap: TrapKind;
  readonly byCulprit: boolean;
  /** It had no sender: a bounce or an autoreply. */
  readonly nullSender: boolean;
  /** What a spam bot writes, for those who know its handwriting. */
  readonly botContent: boolean;
}

export type Evidence =
  | TrapEvidence
  /** A person reported a message to the register. */
  | { readonly kind: 'report'; readonly byCulprit: boolean };

/** Evidence reaches a register's people. */
export const weighEvidence = (
  world: World, register: Register, address: number, evidence: Evidence,
): void => {
  if (evidence.kind === 'trap') return takeEvidence(world, register, address, evidence.byCulprit);
  const dossier = register.dossiers[address]!;
  dossier.reports.push(world.agenda.now);
  note(world, register, address, 'report', evidence.byCulprit);
};

/** A message from one of our addresses reached a trap whose owner reports to this register. */
export const takeEvidence = (
  world: World, register: Register, address: number, byCulprit: boolean,
): void => {
  const source = ipNumber(world.ips[address]!);
  hold(world, register, register.ranges[address]!, source, byCulprit);
  for (const parent of register.parents)
    hold(world, parent, parent.ranges[address]!, source, byCulprit);
};

/** A neighbour's message reached a trap: it counts against all of ours that lie in its range. */
export const takeNeighbours = (
  world: World, register: Register, ours: readonly number[], source: number,
): void => {
  hold(world, register, ours, source, null);
};

/** One hit against all addresses of a range. `byCulprit` is null where no message of ours made it. */
const hold = (
  world: World, register: Register, addresses: readonly number[], source: number, byCulprit: boolean | null,
): void => {
  for (const address of addresses) {
    const dossier = register.dossiers[address]!;
    dossier.hits.push(world.agenda.now);
    if (register.model.prefix < 32) dossier.sources.push(source);
    if (byCulprit === null) dossier.neighbourHits += 1;
    note(world, register, address, 'trap', byCulprit ?? false);
  }
};

const note = (
  world: World, register: Register, address: number, kind: Evidence['kind'], byCulprit: boolean,
): void => {
  const { now } = world.agenda;
  const dossier = register.dossiers[address]!;
  forget(dossier, now, register.rule.window);
  const forgetAfterS = paramsOf(register.preset).expiryGrowth?.forgetAfterS ?? 2_592_000;
  const isRepeat = dossier.lastHit >= 0 && now - dossier.lastHit <= forgetAfterS * 1_000;
  dossier.repeats = isRepeat ? dossier.repeats + 1 : 0;
  dossier.lastHit = now;
  dossier.hitsEver += 1;
  if (byCulprit) dossier.culpritHits += 1;
  register.model.noted(world, register, address, kind);
  weigh(world, register, address);
};

/** A look at an address that was due. */
export const lookAgain = (world: World, register: Register, address: number): void => {
  register.model.look(world, register, address);
};

export { neighbourHit } from './neighbours.ts';
