// Greylisting by the documented windows.

import { describe, expect, test } from 'vitest';
import { address, advance, hour, minute, second } from '../stage.ts';
import {
  letter, post, type ReceiverInput, send, withReceiver,
} from './there.ts';

describe('greylisting', () => {
  test.each([
    ['mimecast', 60 * second, 12 * hour],
    ['barracuda', 300 * second, 48 * hour],
  ] as const)('%s lets a triplet in that comes back in time only', (preset, least, most) => {
    const world = withReceiver(preset);
    const [early, right, late] = [1, 2, 3].map(() => address(world, 'person'));
    for (const key of [early!, right!, late!]) expect(send(world, key)[0]!.class).toBe('greylist');
    advance(world, least - 1);
    expect(send(world, early!)[0]!.code).toBe(451);
    advance(world, least);
    expect(send(world, right!)[0]!.code).toBe(250);
    expect(send(world, right!)[0]!.code).toBe(250);
    advance(world, most + 1);
    expect(send(world, late!)[0]!.code).toBe(451);
  });

  test('another sender to the same person is another triplet', () => {
    const world = withReceiver('mimecast');
    const key = address(world, 'person');
    post(world, letter('wanted', 1), [key]);
    advance(world, 2 * minute);
    expect(post(world, letter('wanted', 2), [key])[0]!.code).toBe(451);
    expect(post(world, letter('wanted', 1), [key])[0]!.code).toBe(250);
  });

  test('a client of which five triplets came back is trusted by Postgrey, by Mimecast never', () => {
    const after = (says: ReceiverInput['preset']): number => {
      const world = withReceiver(says, { says: { greylist: '5m' } });
      const keys = Array.from({ length: 5 }, () => address(world, 'person'));
      send(world, ...keys);
      advance(world, 5 * minute);
      send(world, ...keys);
      return send(world, address(world, 'person'))[0]!.code;
    };
    expect(after('small-postfix')).toBe(250);
    expect(after('mimecast')).toBe(451);
  });
});
