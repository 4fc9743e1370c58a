// What becomes of a copy that was taken: who hears a complaint, and who is told of a missing mailbox.

import { describe, expect, test } from 'vitest';
import { type AddressKey, milliseconds, zero } from '../../../../policy/index.ts';
import { receiverPreset } from '../../../../sim/presets/index.ts';
import type { Envelope } from '../../../../sim/world/platform/outbound.ts';
import { arrive } from '../../../../sim/world/receivers/arrival.ts';
import { pressButton } from '../../../../sim/world/receivers/complaints.ts';
import { handlingTime } from '../../../../sim/world/receivers/loops.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, hour, mail, minute, mute, worldOf } from '../stage.ts';
import type { ReceiverInput } from './there.ts';
import { there } from './there.ts';

const at = (preset: ReceiverInput['preset']): World =>
  worldOf({
    receivers: [{ name: 'there', preset, share: '100%' }],
    tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
  });

/** So many copies that nobody asked for reach a mailbox of a kind; how many events come of it. */
const arrivals = (world: World, copies: number, key: AddressKey, domain = 0): number => {
  const message = mail(world, [key]);
  const { tenant, account, pool } = message.submission;
  const before = world.agenda.size;
  for (let number = 0; number < copies; number += 1) {
    const copy = { ...message, nature: 'unwanted', number, domain };
    const envelope = { message: copy, tenant, account, pool, receiver: 0, address: 0, recipients: [key] };
    arrive(world, envelope as unknown as Envelope, there(world), key);
  }
  return world.agenda.size - before;
};

describe('the button', () => {
  const press = (world: World, domain: number): void =>
    pressButton(world, {
      kind: 'button', account: world.accounts[0]!, receiver: there(world).id, address: 0, domain, sent: 0,
      taken: zero,
    });

  test('counts against the sending domain too, where there is one', () => {
    const world = at('gmail');
    press(world, 3);
    press(world, -1);
    expect([...there(world).domains].map(([domain, it]) => [domain, it.complaints])).toEqual([[3, 1]]);
    expect(there(world).reputations[0]!.complaints).toBe(2);
  });

  test('is told of by Yahoo two minutes later, by Gmail to nobody', () => {
    const told = (preset: 'yahoo' | 'gmail'): number => {
      const world = at(preset);
      const before = world.agenda.size;
      press(world, 0);
      return world.agenda.size - before;
    };
    expect([told('yahoo'), told('gmail')]).toEqual([1, 0]);
    expect(handlingTime(receiverPreset('yahoo'), milliseconds(0))).toBe(2 * minute);
  });

  test('at Orange goes to Signal Spam, which reports at midnight', () => {
    expect(handlingTime(receiverPreset('orange'), milliseconds(5 * hour))).toBe(19 * hour);
  });

  test('is pressed by 4 in 1,000 who get unwanted mail, by nobody who finds it in the junk folder', () => {
    const world = at('yahoo');
    const key = address(world);
    // Complaints, letters and reports: 40 of the former on average, standard deviation 6.3.
    expect(Math.abs(arrivals(world, 10_000, key) - 40)).toBeLessThan(4 * 6.5);
    there(world).junked = 'content';
    expect(arrivals(world, 10_000, key)).toBe(0);
  });
});

test('a mailbox found missing after the mail was taken is told to its sender, if there is one', () => {
  const world = at('yahoo');
  const key = address(world, 'unknown');
  expect(arrivals(world, 5, key)).toBe(5);
  expect(arrivals(world, 5, key, -1)).toBe(0);
});
