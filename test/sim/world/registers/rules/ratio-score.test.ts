// Ratio registers: enough spam, both in number and in share, among what the receivers that ask them see.

import { describe, expect, test } from 'vitest';
import { errorSeen, mailSeen } from '../../../../../sim/world/registers/feeds.ts';
import { hit, miss, see, slowest, withRegister } from '../one-register.ts';
import { advance, day, hour, isPublished, worldOf } from '../../stage.ts';

describe('a ratio register', () => {
  test('sees nothing of the mail to receivers that do not ask it', () => {
    const world = worldOf({
      registers: [{ name: 'watch', preset: 'cloudmark-csi' }],
      receivers: [
        { name: 'asks', preset: 'yandex', share: '50%', consults: ['watch'] },
        { name: 'does-not', preset: 'yandex', share: '50%', consults: [] },
      ],
    });
    const [asks, doesNot] = world.receivers;
    const register = world.registers[0]!;
    for (let count = 0; count < 100; count += 1) mailSeen(world, doesNot!, 0, true);
    errorSeen(world, doesNot!, 0);
    advance(world, hour + slowest(register));
    expect(isPublished(register)).toBe(false);
    for (let count = 0; count < 100; count += 1) mailSeen(world, asks!, 0, true);
    advance(world, 2 * hour + slowest(register));
    expect(isPublished(register)).toBe(true);
  });

  test.each(['mailspike', 'hostkarma'] as const)('%s sees mail wherever it is looked at', (preset) => {
    const world = worldOf({
      registers: [{ name: 'watch', preset }],
      receivers: [
        { name: 'asks', preset: 'postscreen-strict', share: '50%', consults: ['watch'] },
        { name: 'looks', preset: 'yandex', share: '50%', consults: [] },
      ],
    });
    const register = world.registers[0]!;
    for (let count = 0; count < 100; count += 1) mailSeen(world, world.receivers[1]!, 0, true);
    advance(world, hour + slowest(register));
    expect(isPublished(register)).toBe(true);
  });

  test('forgets mail once its window has passed', () => {
    const stage = withRegister({}, 'cloudmark-csi');
    see(stage, 9, 9);
    advance(stage.world, 26 * hour);
    see(stage, 9, 9);
    advance(stage.world, 30 * hour);
    expect(isPublished(stage.register)).toBe(false);
    see(stage, 1, 1);
    advance(stage.world, 34 * hour);
    expect(isPublished(stage.register)).toBe(true);
  });

  test('that honest mail dilutes stays silent where the same spam alone would list', () => {
    const alone = withRegister({}, 'mailspike');
    const diluted = withRegister({}, 'mailspike');
    see(diluted, 200, 0);
    for (const stage of [alone, diluted]) {
      see(stage, 20, 20);
      advance(stage.world, 2 * hour);
    }
    expect([isPublished(alone.register), isPublished(diluted.register)]).toEqual([true, false]);
    expect(alone.world.tally.listings[0]!.cause).toBe('5 of 5 messages spam');
  });

  test('takes no trap hits: it knows traps by the mail it sees', () => {
    const stage = withRegister({}, 'hostkarma');
    hit(stage, 50);
    advance(stage.world, day);
    expect(stage.world.tally.listings).toEqual([]);
  });
});

describe('Free.fr’s block', () => {
  const lengthAfter = (unknown: number): number => {
    const stage = withRegister({}, 'free-fr-internal');
    miss(stage, unknown);
    advance(stage.world, stage.register.decides);
    const dossier = stage.register.dossiers[0]!;
    const from = dossier.listedAt;
    expect(dossier.decided).toBe(true);
    while (dossier.decided) advance(stage.world, stage.world.agenda.now + hour / 4);
    return (stage.world.agenda.now - from) / hour;
  };

  test('grows with errors, to 24 hours at most', () => {
    const lengths = [50, 100, 200, 5_000].map(lengthAfter);
    expect(lengths).toEqual([6, 12, 24, 24]);
  });
});
