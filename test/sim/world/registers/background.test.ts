// How long an address stands on each register for honest mail alone, with nobody at the desk: the slips of
// 5,600 office messages a day from each of 200 addresses over 120 days, through the real traps and registers.

import { expect, test } from 'vitest';
import { registerPresets } from '../../../../sim/presets/index.ts';
import { trapReached } from '../../../../sim/world/registers/traps.ts';
import type { Envelope } from '../../../../sim/world/platform/outbound.ts';
import { isTrap } from '../../../../sim/world/senders/addresses.ts';
import { advance, day, worldOf } from '../stage.ts';

const days = 120;
const ips = Array.from({ length: 200 }, (_, index) => `192.0.2.${index + 1}`);
/** All but those that take a whole range together, as these lie in one. */
const ids = registerPresets
  .filter(({ id, model }) => model !== 'escalation' && id !== 'bbfh')
  .map(({ id }) => id);
/** 250 offices of 30 messages a day, five days a week, at 1.3 recipients. */
const copiesPerDay = 5_600 * 1.3;

/** Share of the time that a mean address stands on each register. */
const sharesListed = (): ReadonlyMap<string, number> => {
  const world = worldOf({
    length: `${days}d`,
    pools: [{ name: 'shared', addresses: ips }],
    signals: { ownTraps: '0%' },
    desk: { staff: 0, poll: `${days}d` },
    registers: ids.map((id) => ({ name: id, preset: id })),
  });
  const slips = world.addresses.open('slips', { kind: 'opt-in' });
  const wrong = Math.round(copiesPerDay * world.addresses.slipShare(slips));
  let number = 0;
  for (let today = 0; today < days; today += 1) {
    for (const address of ips.keys()) {
      for (let slip = 0; slip < wrong; slip += 1) {
        const key = world.addresses.key(slips, number);
        number += 1;
        const kind = world.addresses.kindOf(key);
        if (!isTrap(kind)) continue;
        const message = { actor: { culprit: null }, submission: { nullSender: false }, nature: 'wanted' };
        const envelope = { message: { ...message, luck: 1, number }, address } as unknown as Envelope;
        trapReached(world, envelope, key, kind);
      }
    }
    advance(world, (today + 1) * day);
  }
  const spent = new Map(ids.map((id) => [id, 0]));
  for (const { register, listed, delisted } of world.tally.listings)
    spent.set(register, spent.get(register)! + (delisted ?? days * day) - listed);
  return new Map([...spent].map(([id, time]) => [id, time / (ips.length * days * day)]));
};

/**
 * Least and most. Of wanted mail SORBS named 7.9 % to 11 % (calibration.json, 2007), Hostkarma 1.5 %, Spam
 * Eating Monkey 0.7 % (spamtips.org, 2011), careful lists a hundredth of a percent (calibration.json, XBL and
 * SBL in 2005). Wide enough for luck of three standard errors. TQMcube has the rule of SORBS and two days
 * more.
 */
const bounds: Readonly<Record<string, readonly [number, number]>> = {
  'sorbs-spam': [0.06, 0.15],
  tqmcube: [0.06, 0.16],
  s5h: [0.01, 0.06],
  'rblsde-nix-longer': [0.005, 0.035],
  'barracuda-brbl': [0.002, 0.03],
  'uceprotect-1': [0.001, 0.015],
};

test('honest mail alone stands a tenth of the time on harsh registers, hardly ever on careful ones', () => {
  const shares = sharesListed();
  const outside = [...shares].filter(([id, share]) => {
    const [least, most] = bounds[id] ?? [0, 0.001];
    return share < least || share > most;
  });
  expect(Object.fromEntries(outside)).toEqual({});
  const inOrder = ['sorbs-spam', 's5h', 'rblsde-nix-longer', 'uceprotect-1'].map((id) => shares.get(id)!);
  expect(inOrder).toEqual(inOrder.toSorted((one, other) => other - one));
});
