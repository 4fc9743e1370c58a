// A spammer's tenant that somebody has closed for good: whatever still comes in about it, it stays closed.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { concludeAccount, recover, shut } from '../../../../sim/world/desk/accounts.ts';
import { assign } from '../../../../sim/world/desk/caseload.ts';
import { hear } from '../../../../sim/world/desk/mail.ts';
import { advance, advanceUntil, day, hour } from '../stage.ts';
import { isShut, platform, reason } from './offices.ts';

type Incident = NonNullable<PlanInput['incidents']>[number];
const who = { group: 'offices', member: 2 } as const;
const spammer: Incident = {
  kind: 'spammer', at: '9h', who, warmup: '0s', warmupRate: '1/h', rate: '60/h', length: '5d',
};

const closed = () => {
  const world = platform({ staff: 2, rightly: '100%' }, { incidents: [spammer] });
  advance(world, 10 * hour);
  const { account } = world.culprits[0]!;
  world.engine.suspend(account.id, reason);
  shut(world, account, reason, 'policy');
  advanceUntil(world, () => world.desk.closed.has(account.tenant.id), 12 * hour);
  const told = (): readonly string[] =>
    world.tally.timeline.map(({ what }) => what).filter((what) => what.includes('reopens it'));
  return { world, account, told };
};

describe('a tenant closed for good', () => {
  test('stays so when somebody reads another letter about its mail, and nobody looks at it anew', () => {
    const { world, account, told } = closed();
    hear(world, { kind: 'abuse-report', account, sent: 10 * hour });
    advance(world, 3 * day);
    expect(isShut(world, account)).toBe(true);
    expect(told()).toEqual([]);
    expect(account.looks).toBe(1);
  });

  test('stays so whatever case about it comes to be looked at', () => {
    for (const kind of ['account', 'appeal', 'queue', 'report', 'alert'] as const) {
      const { world, account, told } = closed();
      assign(world, { kind, account });
      advance(world, 2 * day);
      expect([kind, isShut(world, account), told()]).toEqual([kind, true, []]);
      expect(account.caseOpen).toBe(false);
    }
  });

  test('stays so when a theft that befell it before is over', () => {
    const stolen: Incident = {
      kind: 'compromised', at: '8h', who, how: 'weak-password', rate: '60/h', length: '1h',
    };
    const world = platform({ staff: 0, rightly: '100%' }, { incidents: [stolen, { ...spammer, at: '11h' }] });
    advance(world, 10 * hour);
    const { account } = world.culprits[0]!;
    world.engine.suspend(account.id, reason);
    shut(world, account, reason, 'policy');
    concludeAccount(world, account);
    expect(world.desk.recovering.has(account.tenant.id)).toBe(true);
    advance(world, 12 * hour);
    const own = world.culprits[1]!.account;
    world.engine.suspend(own.id, reason);
    shut(world, own, reason, 'policy');
    concludeAccount(world, own);
    expect(world.desk.closed.has(own.tenant.id)).toBe(true);
    recover(world, account);
    expect([isShut(world, account), isShut(world, own)]).toEqual([true, true]);
    expect(world.culprits[1]!.removedAt).toBe(-1);
  });
});
