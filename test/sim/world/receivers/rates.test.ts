// Stated error rates of filters and stated shares of complaints, held to by so many trials that a rate off by
// 5 % would fail: the bound is 2.5 % of the rate and four standard errors, so luck fails 1 in 16,000.

import { expect, test } from 'vitest';
import { milliseconds } from '../../../../policy/index.ts';
import type { Envelope } from '../../../../sim/world/platform/outbound.ts';
import { complain, complaintShare } from '../../../../sim/world/receivers/complaints.ts';
import { contentDraw } from '../../../../sim/world/receivers/content-filter.ts';
import type { Truth } from '../../../../sim/world/senders/cast.ts';
import { isFoundOutLater } from '../../../../sim/world/receivers/phases.ts';
import { address } from '../stage.ts';
import { flood, there, withReceiver } from './there.ts';

/** Trials of which four standard errors are 2.5 % of the share. */
const trialsFor = (share: number): number => Math.ceil(((1 - share) / share) * (4 / 0.025) ** 2);

const near = (count: number, trials: number, share: number): void => {
  expect(Math.abs(count / trials - share)).toBeLessThan(0.025 * share);
};

test.each([
  ['gmail', 'abusive', 0.9],
  ['gmail', 'unwanted', 0.45],
  ['orange', 'wanted', 0.002],
  ['spamassassin-scoring', 'abusive', 0.6],
] as const)('%s takes %s mail for spam with a share of %d', (preset, nature, share) => {
  const world = withReceiver(preset);
  const { filter, luck } = there(world);
  const trials = trialsFor(share);
  let count = 0;
  const mail = { domain: 0, nature: nature as Truth, luck: 3, number: 0 };
  for (; mail.number < trials; mail.number += 1)
    if (contentDraw(world.luck, luck, mail) < filter.share[nature]) count += 1;
  near(count, trials, share);
}, 20_000);

test('a plan’s own rates take the place of the preset’s', () => {
  const { share } = there(withReceiver('gmail', { says: { caught: '50%', wrong: '1%' } })).filter;
  expect(share).toEqual({ wanted: 0.01, feigned: 0.01, unwanted: 0.25, abusive: 0.5 });
});

test('what the filter does is what it draws: junk at Gmail, a refusal at Orange', () => {
  const counts = (preset: 'gmail' | 'orange'): readonly number[] => {
    const world = withReceiver(preset, { says: { caught: '40%', wrong: '0%' } });
    let junked = 0;
    for (let sent = 0; sent < 80; sent += 1) {
      flood(world, 1, 'abusive');
      if (there(world).junked === 'content') junked += 1;
    }
    return [junked, there(world).reputations[0]!.spam];
  };
  const [junked, seen] = counts('gmail');
  expect(junked).toBe(seen);
  expect(Math.abs(junked! - 32)).toBeLessThan(18);
});

test.each([
  'unwanted', 'abusive',
] as const)('of %s copies in an inbox the stated share draws a complaint', (nature) => {
  const world = withReceiver('yahoo');
  const share = complaintShare[nature];
  const trials = trialsFor(share);
  const message = { domain: 0, number: 0, nature, actor: { id: 5, account: null } };
  const envelope = { message, address: 0 } as unknown as Envelope;
  const key = address(world);
  for (; message.number < trials; message.number += 1)
    complain(world, envelope, there(world), key);
  let count = 0;
  world.agenda.after(milliseconds(20 * 86_400_000), { kind: 'end' });
  for (let kind = ''; kind !== 'end'; kind = world.agenda.take().kind) if (kind === 'button') count += 1;
  near(count, trials, share);
}, 20_000);

test('3 in 100 unknown users are found out only after the copy was taken', () => {
  const world = withReceiver('gmail');
  const trials = trialsFor(0.03);
  let count = 0;
  const space = world.addresses.open('mixed', { kind: 'clean' });
  for (let index = 0; index < trials; index += 1)
    if (isFoundOutLater(world, there(world), world.addresses.key(space, index))) count += 1;
  near(count, trials, 0.03);
});
