// Which registers a message in a trap is told to.

import { expect, test } from 'vitest';
import type { AddressKey } from '../../../../policy/index.ts';
import type { Envelope } from '../../../../sim/world/platform/outbound.ts';
import { registerPresets } from '../../../../sim/presets/index.ts';
import type { TrapKind } from '../../../../sim/world/senders/addresses.ts';
import { trapReached } from '../../../../sim/world/registers/traps.ts';
import { worldOf } from '../stage.ts';

interface Sent {
  readonly nature: 'wanted' | 'abusive';
  readonly nullSender: boolean;
}

const honest: Sent = { nature: 'wanted', nullSender: false };

const trapAt = (number: number): AddressKey => (268_435_456 + number) as AddressKey;

/** As much of an envelope as traps look at. */
const envelopeOf = ({ nature, nullSender }: Sent, number: number): Envelope => {
  const message = { actor: { culprit: null }, submission: { nullSender }, nature, luck: 1, number };
  return { message, address: 0 } as unknown as Envelope;
};

/** Registers with anything held against the address, after a thousand messages to traps of a kind. */
const toldOf = (kind: TrapKind, sent: Sent): string[] => {
  const world = worldOf({
    registers: registerPresets.map(({ id }) => ({ name: id, preset: id, coverage: '50%' })),
  });
  for (let number = 0; number < 100; number += 1) {
    trapReached(world, envelopeOf(sent, number), trapAt(number), kind);
  }
  return world.registers.filter(({ dossiers }) => dossiers[0]!.hitsEver > 0).map(({ name }) => name);
};

test('typo traps, which honest mail meets, report to the hardliners alone, and never to Abusix', () => {
  expect(toldOf('typo', honest)).toEqual([
    'spamcop-scbl', 'sorbs-spam', 'rblsde-nix-longer', 'tqmcube',
    'spamrats-dyna', 'spamrats-noptr',
  ]);
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
    for (const kind of ['pristine', 'recycled', 'typo'] as const)
      trapReached(world, envelopeOf(honest, 1), trapAt(1), kind);
    return world.registers.map(({ dossiers }) => dossiers[0]!.hitsEver);
  };
  expect(hitsOf(['uceprotect-1', 'uceprotect-2', 'uceprotect-3'])).toEqual([2, 2, 2]);
  expect(hitsOf(['uceprotect-2'])).toEqual([2]);
});

test('a parked domain reports to nobody', () => {
  expect(toldOf('parked', honest)).toEqual([]);
});
