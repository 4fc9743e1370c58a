// What a person who looks into one account does about the tenant's others: closes all that a spammer has, and
// shuts those of a victim that look as bad.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { concludeAccount, shut } from '../../../../sim/world/desk/accounts.ts';
import { leastSuspicion, suspicion } from '../../../../sim/world/desk/evidence.ts';
import type { Account } from '../../../../sim/world/senders/cast.ts';
import type { World } from '../../../../sim/world/world.ts';
import { advance, advanceUntil, day, hour } from '../stage.ts';
import { isShut, platform, reason } from './offices.ts';

type Incident = NonNullable<PlanInput['incidents']>[number];
const who = { group: 'offices', member: 2 } as const;

const abuseOf = (world: World, account: Account): number =>
  world.actors.filter((one) => one.account === account && one.culprit !== null)
    .reduce((sum, one) => sum + one.count, 0);

/** An hour after trouble began: a person who is always right, and does nothing else, looks at its account. */
const looked = (incident: Incident) => {
  const world = platform({ staff: 0, rightly: '100%' }, { incidents: [incident] });
  advance(world, 10 * hour);
  const { account, tenant } = world.culprits[0]!;
  const other = tenant.accounts.find((one) => one !== account)!;
  world.engine.suspend(account.id, reason);
  shut(world, account, reason, 'policy');
  const before = {
    sent: abuseOf(world, other), suspicion: suspicion(world, other), isShut: isShut(world, other),
  };
  concludeAccount(world, account);
  return { world, account, other, before };
};

describe('whoever looks into an account', () => {
  test('of a spammer closes all he has, and nothing of his leaves any more', () => {
    const { world, account, other, before } = looked({
      kind: 'spammer', at: '9h', who, warmup: '0s', warmupRate: '1/h', rate: '200/h', length: '5d',
      tactic: 'accounts', spread: 2,
    });
    expect(before.sent).toBeGreaterThan(50);
    expect(before.isShut).toBe(false);
    expect([isShut(world, account), isShut(world, other)]).toEqual([true, true]);
    const { far, count } = world.culprits[0]!.abuse;
    advance(world, 2 * day);
    expect(world.culprits[0]!.abuse.count).toBeGreaterThan(count + 1_000);
    expect(world.culprits[0]!.abuse.far.subarray(count, world.culprits[0]!.abuse.count)
      .every((one) => one === 0)).toBe(true);
    expect(far.subarray(0, count).some((one) => one > 0)).toBe(true);
    expect(world.culprits[0]!.over).toBe(true);
  });

  test('that malware uses shuts the others that look as bad, and opens all once the PC is clean', () => {
    const { world, account, other, before } = looked({
      kind: 'infected', at: '9h', who, rate: '600/h', accounts: 2, length: '5d',
    });
    expect(before.suspicion).toBeGreaterThan(leastSuspicion);
    expect([before.isShut, isShut(world, other)]).toEqual([false, true]);
    expect(world.tally.accusations.map(({ right }) => right)).toEqual([true]);
    advanceUntil(world, () => !isShut(world, account), 10 * day);
    expect(isShut(world, other)).toBe(false);
    expect(world.culprits[0]!.over).toBe(true);
  });

  test('that was stolen lets a colleague be whose mail looks honest', () => {
    const { world, account, other } = looked({
      kind: 'compromised', at: '9h', who, how: 'weak-password', rate: '600/h', length: '5d',
    });
    expect([isShut(world, account), isShut(world, other)]).toEqual([true, false]);
  });
});
