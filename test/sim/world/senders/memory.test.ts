// What senders cost in memory: so much each, and nothing a message.

import { expect, test } from 'vitest';
import { type Incident, offices, thief, who } from '../incidents/trouble.ts';
import { day, worldOf } from '../stage.ts';
import { group, write } from './writing.ts';

test('what the world remembers of its senders does not grow with what they send', () => {
  const tenants = [
    group({ kind: 'office', perDay: 200 }, { name: 'people', count: 3 }),
    group({ kind: 'shop', perDay: 300 }, { name: 'shops', count: 2 }),
    group({ kind: 'script', every: '10m' }, { name: 'jobs' }),
    group({ kind: 'newsletter', size: 300, every: '1d', first: '1h', pace: '300/h' }, { name: 'papers' }),
    offices,
  ];
  const incidents: Incident[] = [
    thief({ length: '200d', rate: '100/h', whenBlocked: 'move' }),
    {
      kind: 'careless', at: '1h', who, size: 200, pace: '100/h', rounds: 390, every: '1d',
      bounces: 'ignored',
    },
  ];
  const world = worldOf({ tenants, incidents });
  /** Places in all arrays and records that hang on the actors and the addresses, each counted once. */
  const placesOf = (): number => {
    const seen = new Set<object>();
    const count = (value: unknown): number => {
      if (typeof value !== 'object' || value === null || seen.has(value) || value === world) return 0;
      seen.add(value);
      if (ArrayBuffer.isView(value)) return value.byteLength / 8;
      const parts = Object.values(value);
      return parts.reduce<number>((sum, part) => sum + count(part), parts.length);
    };
    return count(world.actors) + world.streams.size;
  };
  let messages = 0;
  const until = (to: number): number => {
    write(world, to, ({ actor }) => {
      messages += 1;
      return actor.truth === 'abusive' && messages % 2 === 0;
    });
    return placesOf();
  };
  const early = until(20 * day);
  const after20 = messages;
  const late = until(120 * day);
  expect(messages).toBeGreaterThan(5 * after20);
  // One number a campaign, for how much of it went out, is all that is added.
  expect(late - early).toBeLessThanOrEqual(2 * 101);
});
