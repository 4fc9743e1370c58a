// Whom the desk suspects: by evidence that goes beyond the ordinary, and first of all by what it remembers.

import { describe, expect, test } from 'vitest';
import type { Reason } from '../../../policy/index.ts';
import { shut } from '../../../sim/world/accounts.ts';
import type { Account } from '../../../sim/world/cast.ts';
import { findSuspect, suspicion } from '../../../sim/world/evidence.ts';
import type { World } from '../../../sim/world/world.ts';
import { advance, day, hour, mute, worldOf } from './stage.ts';

const three = (): World =>
  worldOf({ tenants: [{ name: 'offices', count: 3, pool: 'shared', stream: mute }] });

const saw = ({ view }: Account, seen: { sent?: number; bounced?: number; complained?: number }): void => {
  Object.assign(view, seen);
};

const reason: Reason = { module: 'brake', rule: 'bounces', seen: 30, limit: 25 };

describe('evidence', () => {
  test('a newsletter that bounces as honest lists do is no suspect, whatever its size', () => {
    const world = three();
    saw(world.accounts[0]!, { sent: 4_000, bounced: 52 });
    expect(suspicion(world.accounts[0]!)).toBe(0);
    expect(findSuspect(world)).toBeNull();
  });

  test('25 unknown users among 70 are, and the worst of two is taken', () => {
    const world = three();
    saw(world.accounts[1]!, { sent: 70, bounced: 25 });
    saw(world.accounts[2]!, { sent: 70, bounced: 24 });
    expect(findSuspect(world)).toBe(world.accounts[1]);
  });

  test('an account shut two days ago comes to mind before any evidence, one shut four days ago does not', () => {
    const world = three();
    advance(world, day);
    shut(world, world.accounts[0]!, reason, 'desk');
    advance(world, 3 * day);
    saw(world.accounts[1]!, { sent: 70, bounced: 40, complained: 0 });
    world.accounts[1]!.view.day = 3;
    expect(findSuspect(world)).toBe(world.accounts[0]);
    advance(world, 4 * day + hour);
    world.accounts[1]!.view.day = 4;
    expect(findSuspect(world)).toBe(world.accounts[1]);
  });

  test('nor does one that somebody has cleared', () => {
    const world = three();
    shut(world, world.accounts[0]!, reason, 'desk');
    world.accounts[0]!.blamedAt = -1;
    expect(findSuspect(world)).toBeNull();
  });
});
