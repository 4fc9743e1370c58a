// Which registers a message in a trap is told to.

import { expect, test } from 'vitest';
import type { Envelope } from '../../../../sim/world/platform/outbound.ts';
import { registerPresets } from '../../../../sim/presets/index.ts';
import type { TrapKind } from '../../../../sim/world/senders/addresses.ts';
import { trapReached } from '../../../../sim/world/registers/traps.ts';
import type { World } from '../../../../sim/world/world.ts';
import { worldOf } from '../stage.ts';

interface Sent {
  readonly nature: 'wanted' | 'abusive';
  readonly nullSender: boolean;
}

const honest: Sent = { nature: 'wanted', nullSender: false };

/** As much of an envelope as traps look at. */
const envelopeOf = ({ nature, nullSender }: Sent, number: number): Envelope => {
  const message = { actor: { culprit: null }, submission: { nullSender }, nature, luck: 1, number };
  return { message, address: 0 } as unknown as Envelope;
};

/** Hands over so many messages, each to another trap. */
const reach = (world: World, kind: TrapKind, sent: Sent, messages: number): void => {
  const space = world.addresses.open('mixed', { kind: 'clean' });
  for (let number = 0; number < messages; number += 1)
    trapReached(world, envelopeOf(sent, number), world.addresses.key(space, number), kind);
};

/** Registers with anything held against the address, after a hundred messages to traps of a kind. */
const toldOf = (kind: TrapKind, sent: Sent): string[] => {
  const world = worldOf({
    registers: registerPresets.map(({ id }) => ({ name: id, preset: id, coverage: '50%' })),
  });
  reach(world, kind, sent, 100);
  return world.registers.filter(({ dossiers }) => dossiers[0]!.hitsEver > 0).map(({ name }) => name);
};

test('typo traps, which honest mail meets, report to Spamhaus alone, who lists for no single hit', () => {
  expect(toldOf('typo', honest)).toEqual(['spamhaus-sbl', 'spamhaus-css']);
});

test('recycled traps report to Spamhaus, SpamCop and the harsh, not to all', () => {
  expect(toldOf('recycled', honest)).toEqual([
    'spamhaus-sbl', 'spamhaus-css', 'spamcop-scbl', 'sorbs-spam', 'rblsde-nix-longer',
    'tqmcube', 'bbfh', 'spamrats-dyna', 'spamrats-noptr', 'spamrats-spam', 's5h', 'talos-sbrs',
  ]);
});

test('of hits that all report, a register counts 100 % of pristine, 40 % of recycled, 15 % of typo', () => {
  const shares = (['pristine', 'recycled', 'typo'] as const).map((kind) => {
    const world = worldOf({ registers: [{ name: 'watch', preset: 'spamhaus-css', coverage: '100%' }] });
    reach(world, kind, honest, 2_000);
    return world.registers[0]!.dossiers[0]!.hits.length / 2_000;
  });
  expect(shares[0]).toBe(1);
  // Four standard errors of a share of 2,000.
  expect(Math.abs(shares[1]! - 0.4)).toBeLessThan(0.044);
  expect(Math.abs(shares[2]! - 0.15)).toBeLessThan(0.032);
});

test('registers of backscatter discount no backscatter; Abusix counts three hits in ten', () => {
  const ids = ['backscatterer', 'abusix-combined'] as const;
  const world = worldOf({ registers: ids.map((id) => ({ name: id, preset: id, coverage: '100%' })) });
  reach(world, 'backscatter', { nature: 'wanted', nullSender: true }, 2_000);
  const [all, some] = world.registers.map(({ dossiers }) => dossiers[0]!.hits.length);
  expect(all).toBe(2_000);
  expect(Math.abs(some! / 2_000 - 0.3)).toBeLessThan(0.041);
});

test('a pristine trap counts for bot hunters only where the content is a bot’s', () => {
  const bots = ['spamhaus-xbl', 'spamhaus-dbl', 'dronebl'];
  const spam: Sent = { nature: 'abusive', nullSender: false };
  expect(toldOf('pristine', honest).filter((name) => bots.includes(name))).toEqual([]);
  expect(toldOf('pristine', spam).filter((name) => bots.includes(name))).toEqual(bots);
});

test('mail to forged senders reaches the registers of backscatter and Abusix', () => {
  const answer: Sent = { nature: 'wanted', nullSender: true };
  expect(toldOf('backscatter', answer)).toEqual(['backscatterer', 'sem-backscatter', 'abusix-combined']);
});

test('UCEPROTECT’s levels hear of the same hits, whether the first level is in the plan or not', () => {
  const hitsOf = (ids: string[]): number[] => {
    const world = worldOf({ registers: ids.map((id) => ({ name: id, preset: id, coverage: '100%' })) });
    for (const kind of ['pristine', 'typo'] as const) reach(world, kind, honest, 2);
    return world.registers.map(({ dossiers }) => dossiers[0]!.hitsEver);
  };
  expect(hitsOf(['uceprotect-1', 'uceprotect-2', 'uceprotect-3'])).toEqual([2, 2, 2]);
  expect(hitsOf(['uceprotect-2'])).toEqual([2]);
});

test('a parked domain reports to nobody', () => {
  expect(toldOf('parked', honest)).toEqual([]);
});
