// The people behind a register: whom they hear, when they answer, and what they remember.

import { describe, expect, test } from 'vitest';
import { registerPresets } from '../../../../sim/presets/index.ts';
import { answerRequest, askToDelist, canBeAsked } from '../../../../sim/world/registers/register.ts';
import { longerByRelapse } from '../../../../sim/world/registers/trust.ts';
import { advance, advanceUntil, day, hour, isPublished, minute, worldOf } from '../stage.ts';
import { hit, slowest, type Stage, withRegister } from './one-register.ts';

/** Asks, and tells how long the answer took. */
const waitFor = ({ world, register }: Stage, withCause = false): number => {
  const asked = world.agenda.now;
  askToDelist(world, register, 0, withCause);
  return advanceUntil(world, () => !register.dossiers[0]!.asked, asked + 400 * day) - asked;
};

describe('an answer', () => {
  test('of a machine comes when the preset says, half of them by the typical time', () => {
    for (const { id, delist, model } of registerPresets) {
      // SpamRATS wants a proper reverse name first.
      if (model === 'policy+abuse' || !delist.channel.startsWith('self-service')) continue;
      if (delist.typicalS === null) continue;
      const stage = withRegister({}, id);
      const waits = Array.from({ length: 41 }, () => waitFor(stage) / 1_000);
      const least = delist.minS ?? delist.typicalS / 4;
      expect(Math.min(...waits), id).toBeGreaterThanOrEqual(least - 1);
      expect(Math.max(...waits), id).toBeLessThanOrEqual((delist.maxS ?? delist.typicalS * 4) + 1);
      // 41 draws: fewer than 8 or more than 33 on one side happen less than once in 20,000 times.
      const soon = waits.filter((wait) => wait <= delist.typicalS!).length;
      expect(soon, id).toBeGreaterThan(7);
      expect(soon, id).toBeLessThan(34);
    }
  });

  test('of SpamRATS waits until the owner of the network has set a proper reverse name', () => {
    const stage = withRegister({}, 'spamrats-dyna');
    const waits = Array.from({ length: 20 }, () => waitFor(stage));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(4 * hour);
    expect(Math.max(...waits)).toBeGreaterThan(day);
  });

  test('of people comes no sooner than the preset says, and in office hours', () => {
    for (const id of ['barracuda-brbl', 'mailspike', 'validity-rpbl', 'sorbs-spam', 'talos-sbrs']) {
      const stage = withRegister({}, id);
      for (let request = 0; request < 20; request += 1) {
        const wait = waitFor(stage);
        // The owner of the network has left the letter lying, so nobody answered: one may ask again.
        if (wait === 3 * day && id === 'sorbs-spam') continue;
        expect(wait, id).toBeGreaterThanOrEqual(stage.register.preset.delist.minS! * 1_000);
        const ofDay = stage.world.agenda.now % day;
        expect(ofDay, id).toBeGreaterThanOrEqual(9 * hour);
        expect(ofDay, id).toBeLessThanOrEqual(17 * hour);
        // Time 0 is a Monday.
        expect(Math.floor(stage.world.agenda.now / day) % 7, id).toBeLessThan(5);
      }
    }
  });

  test('of the SBL’s team, which works around the clock, also comes at night', () => {
    const stage = withRegister({}, 'spamhaus-sbl');
    const night = Array.from({ length: 20 }, () => {
      waitFor(stage);
      return stage.world.agenda.now % day;
    }).filter((ofDay) => ofDay < 9 * hour || ofDay > 17 * hour);
    expect(night.length).toBeGreaterThan(5);
  });

  test('takes longer where only the owner of the network may ask, who passes words on', () => {
    const stage = withRegister({}, 'spamhaus-sbl');
    for (let request = 0; request < 10; request += 1)
      expect(waitFor(stage)).toBeGreaterThanOrEqual(4 * hour + 3_600_000);
  });

  test('that is due already is not asked for twice', () => {
    const { world, register } = withRegister();
    askToDelist(world, register, 0);
    const pending = world.agenda.size;
    askToDelist(world, register, 0);
    expect(world.agenda.size).toBe(pending);
  });
});

/** Lists the address, asks, and lets the answer fall. */
const listAndAsk = (stage: Stage, withCause = false): boolean => {
  const { world, register } = stage;
  hit(stage);
  advance(world, world.agenda.now + slowest(register));
  register.dossiers[0]!.withCause = withCause;
  register.dossiers[0]!.askedAt = world.agenda.now;
  const agreed = answerRequest(world, register, 0);
  advance(world, world.agenda.now + register.preset.publish.maxS * 1_000);
  return agreed;
};

describe('a self-service page', () => {
  test('removes without a question, and the next hit lists again', () => {
    const stage = withRegister();
    expect(listAndAsk(stage)).toBe(true);
    expect(isPublished(stage.register)).toBe(false);
    hit(stage);
    advance(stage.world, stage.world.agenda.now + slowest(stage.register));
    expect(isPublished(stage.register)).toBe(true);
  });

  test('of PSBL has no ration, that of NiX grants three within 30 days', () => {
    const grants = (id: 'psbl' | 'nixspam'): boolean[] => {
      const stage = withRegister({ trapThreshold: 1 }, id);
      return Array.from({ length: 5 }, () => listAndAsk(stage));
    };
    expect(grants('psbl')).toEqual([true, true, true, true, true]);
    expect(grants('nixspam')).toEqual([true, true, true, false, false]);
  });

  test('of the XBL refuses while the infection shows', () => {
    const stage = withRegister({}, 'spamhaus-xbl');
    expect(listAndAsk(stage)).toBe(false);
    advance(stage.world, stage.world.agenda.now + day);
    expect(answerRequest(stage.world, stage.register, 0)).toBe(true);
  });
});

describe('people', () => {
  test('refuse within a day of the last hit, and agree after it', () => {
    const stage = withRegister({}, 'barracuda-brbl');
    hit(stage);
    advance(stage.world, day - 1);
    expect(answerRequest(stage.world, stage.register, 0)).toBe(false);
    expect(stage.register.dossiers[0]!.decided).toBe(true);
    advance(stage.world, day);
    expect(answerRequest(stage.world, stage.register, 0)).toBe(true);
    expect(stage.register.dossiers[0]!.decided).toBe(false);
  });

  test('agree sooner to who shows the root cause, unless a later hit proves him wrong', () => {
    const stage = withRegister({}, 'barracuda-brbl');
    expect(listAndAsk(stage, true)).toBe(true);
    const liar = withRegister({}, 'barracuda-brbl');
    hit(liar);
    advance(liar.world, 2 * hour);
    askToDelist(liar.world, liar.register, 0, true);
    advance(liar.world, 2 * hour + minute);
    hit(liar);
    expect(answerRequest(liar.world, liar.register, 0)).toBe(false);
  });

  test('lose trust by relapses: slower answers, longer listings, refusal; root causes win it back', () => {
    const stage = withRegister({}, 'barracuda-brbl');
    const { world, register } = stage;
    const dossier = register.dossiers[0]!;
    /** Taken off after two quiet days, then listed again. */
    const relapse = (): boolean => {
      advance(world, world.agenda.now + 2 * day);
      const agreed = answerRequest(world, register, 0);
      hit(stage);
      advance(world, world.agenda.now + slowest(register));
      return agreed;
    };
    hit(stage);
    advance(world, slowest(register));
    const first = waitFor(withRegister({}, 'barracuda-brbl'));
    expect([relapse(), relapse(), relapse()]).toEqual([true, true, true]);
    expect(dossier.relapses).toBe(3);
    expect(longerByRelapse(dossier)).toBe(2.5);
    expect(relapse()).toBe(false);
    expect(waitFor(stage)).toBeGreaterThan(first);
    advance(world, world.agenda.now + 2 * day);
    Object.assign(dossier, { withCause: true, askedAt: world.agenda.now });
    expect(answerRequest(world, register, 0)).toBe(true);
    expect(dossier.relapses).toBe(2);
  });

  test('at TQMcube expedite once and never again', () => {
    const stage = withRegister({}, 'tqmcube');
    expect(listAndAsk(stage, true)).toBe(true);
    expect(listAndAsk(stage, true)).toBe(false);
  });
});

test('the registers that can be asked are those whose preset names a channel that is free', () => {
  const world = worldOf({ registers: registerPresets.map(({ id }) => ({ name: id, preset: id })) });
  const mute = world.registers.filter((register) => !canBeAsked(register)).map(({ name }) => name);
  expect(mute).toEqual([
    'spamcop-scbl', 'uceprotect-1', 'uceprotect-2', 'uceprotect-3', 'rblsde-nix-longer', 'bbfh',
    'backscatterer', 'abusix-noip', 'free-fr-internal',
  ]);
});

test('an operator who cannot be reached answers weeks later, and refuses', () => {
  const stage = withRegister({ expiry: '300d' }, 'sorbs-spam', 'one', {
    incidents: [
      { kind: 'register-fault', at: '1h', register: 'watch', fault: 'operator-unreachable', length: '60d' },
    ],
  });
  hit(stage);
  advance(stage.world, 2 * hour);
  const wait = waitFor(stage);
  expect(wait).toBeGreaterThan(7 * day);
  expect(stage.register.dossiers[0]!.decided).toBe(true);
});
