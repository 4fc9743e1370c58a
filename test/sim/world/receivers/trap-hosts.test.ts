// Traps have hosts of their own, which take all mail; a recycled one lies behind its provider's filters.

import { expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import type { AddressKind } from '../../../../sim/world/senders/addresses.ts';
import { address, advance, mail, minute, mute, worldOf } from '../stage.ts';
import { list, register } from './there.ts';

type Refusing = PlanInput['receivers'][number];

const receivers: readonly Omit<Refusing, 'name' | 'share'>[] = [
  { preset: 'orange', caught: '100%', wrong: '100%' },
  { preset: 'small-postfix', consults: ['spamhaus-css'] },
  { preset: 'm365', consults: ['spamhaus-css'] },
  { preset: 'yandex', greylist: '5m' },
];

/** Copies delivered of one message to these, a minute on, by a receiver that turns people's mail away. */
const deliveredTo = (receiver: Omit<Refusing, 'name' | 'share'>, ...kinds: AddressKind[]): number => {
  const world = worldOf({
    receivers: [{ name: 'there', share: '100%', ...receiver }],
    registers: [register('spamhaus-css')],
    tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
  });
  list(world, 'spamhaus-css');
  const message = mail(world, kinds.map((kind) => address(world, kind)));
  advance(world, minute);
  return message.delivered;
};

test.each(receivers)('$preset turns away people’s and recycled traps’ mail; trap hosts take it', (there) => {
  for (const kind of ['pristine', 'typo', 'parked', 'backscatter'] as const)
    expect(deliveredTo(there, kind), kind).toBe(1);
  for (const kind of ['person', 'recycled'] as const) expect(deliveredTo(there, kind), kind).toBe(0);
  expect(deliveredTo(there, 'person', 'pristine', 'person', 'typo')).toBe(2);
});
