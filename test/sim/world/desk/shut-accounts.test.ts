// Accounts that were shut, rightly or wrongly: who stays so, for how long, and what becomes of their mail.

import { describe, expect, test } from 'vitest';
import { type Module, never, policy } from '../../../../policy/index.ts';
import type { Account } from '../../../../sim/world/senders/cast.ts';
import { concludeAppeal, recover, shut } from '../../../../sim/world/desk/accounts.ts';
import { begin } from '../../../../sim/world/incidents/incidents.ts';
import { counted, rememberAccusation } from '../../../../sim/world/measures/tally.ts';
import { tellStory } from '../../../../sim/world/measures/story.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, advanceUntil, day, hour, mail, minute, mute } from '../stage.ts';
import { isShut, platform, reason } from './offices.ts';

/** As when a policy shuts an account: the engine refuses its mail, and the desk has a case. */
const suspend = (world: World, account: Account): void => {
  world.engine.suspend(account.id, reason);
  shut(world, account, reason, 'policy');
};

describe('an account that was shut', () => {
  const culprit = (world: World, cause: 'compromised' | 'spammer'): Account => {
    const who = { group: 'offices', member: 2 } as const;
    const list = { kind: 'harvested' } as const;
    const [start, length] = [world.agenda.now, (5 * day) as typeof world.agenda.now];
    const incident =
      cause === 'compromised'
        ? {
            kind: cause,
            at: start,
            who,
            how: 'weak-password' as const,
            rate: 20,
            ramp: 0 as typeof length,
            length,
            list,
            whenBlocked: 'keep' as const,
            pause: 0 as typeof length,
          }
        : { kind: cause, at: start, who, warmup: 0 as typeof length, warmupRate: 0, rate: 20, length, list,
            tactic: 'blast' as const, spread: 1, whenBlocked: 'keep' as const, pause: 0 as typeof length };
    world.plan.incidents.push(incident);
    begin(world, world.plan.incidents.length - 1);
    return world.culprits[0]!.account;
  };

  test('and is a spammer’s who still warms up is let out, and to blame him is wrong', () => {
    const world = platform({ rightly: '100%' });
    advance(world, 9 * hour);
    const account = culprit(world, 'spammer');
    world.culprits[0]!.onset = (3 * day) as typeof world.agenda.now;
    rememberAccusation(world, account);
    expect(world.tally.accusations.map(({ right }) => right)).toEqual([false]);
    expect(world.culprits[0]!.detectedAt).toBe(-1);
    suspend(world, account);
    advance(world, 10 * hour);
    expect(isShut(world, account)).toBe(false);
  });

  test('and was stolen loses what it sent since then and lies in the queue, its owner’s mail too', () => {
    const world = platform(
      { staff: 0 }, { tenants: [{ name: 'offices', count: 5, pool: 'shared', stream: mute }] },
    );
    advance(world, 9 * hour);
    const account = world.tenants[2]!.accounts[0]!;
    const owner = world.actors.find((one) => one.account === account)!;
    world.engine.suspend(account.id, reason);
    shut(world, account, reason, 'policy');
    const kept = mail(world, [address(world)], owner);
    advance(world, 10 * hour);
    const stolen = culprit(world, 'compromised');
    expect(stolen).toBe(account);
    mail(world, [address(world)], owner);
    expect(world.outbound.frozen).toHaveLength(2);
    advance(world, 10 * hour);
    recover(world, account);
    advance(world, 11 * hour);
    expect(kept.delivered).toBe(1);
    expect(counted(world.tally, 'lost', account.tenant.id)).toBe(1);
    expect(world.outbound.frozen).toEqual([]);
  });

  test('and was stolen opens again once its owner has it back, and the thief writes no more', () => {
    // With this seed the person judges rightly, as in 97 of 100 cases.
    const world = platform({}, {}, { seed: 'two' });
    advance(world, 9 * hour);
    const account = culprit(world, 'compromised');
    advance(world, 10 * hour);
    suspend(world, account);
    advanceUntil(world, () => !isShut(world, account), 10 * day);
    expect(world.culprits[0]!.over).toBe(true);
    const sent = world.culprits[0]!.abuse.count;
    advance(world, world.agenda.now + 2 * day);
    expect(world.culprits[0]!.abuse.count).toBe(sent);
  });

  test('and is a spammer’s stays shut for good, also where the policy’s own suspension runs out', () => {
    const world = platform();
    advance(world, 9 * hour);
    const account = culprit(world, 'spammer');
    const until = (world.agenda.now + 6 * hour) as typeof world.agenda.now;
    const submission = {
      tenant: account.tenant.id,
      account: account.id,
      pool: 'shared', recipients: [], receivers: [], id: 0, bytes: 0, list: 0, allowance: 0, source: 0,
      nullSender: false, urgent: false, signedUp: -1,
    };
    const verdict = { kind: 'suspend', scope: 'account', until, reason } as const;
    world.engine.learn(
      { kind: 'submitted', tenant: account.tenant.id, account: account.id, submission, verdict },
      world.agenda.now,
    );
    shut(world, account, reason, 'policy');
    advance(world, 100 * day);
    expect(world.tally.timeline.some(({ what }) => what.startsWith('closes'))).toBe(true);
    expect(isShut(world, account)).toBe(true);
  });

  test('together with its innocent neighbours of the same tenant stays shut when they are cleared', () => {
    const stop: Module<object> = {
      name: 'stop',
      key: 'tenant',
      fresh: () => ({}),
      learn: () => {},
      decide: () => ({ kind: 'suspend', scope: 'tenant', until: never, reason }),
    };
    const world = platform({ staff: 1 }, {}, { policy: policy('stop', [stop]) });
    advance(world, 9 * hour);
    const account = culprit(world, 'spammer');
    advanceUntil(world, () => isShut(world, account), 2 * day);
    advance(world, 100 * day);
    expect(isShut(world, account)).toBe(true);
  });

  test('and was innocent counts as shut for just that time; one still shut, up to the end', () => {
    const world = platform({}, { length: '3d' });
    advance(world, 9 * hour);
    suspend(world, world.accounts[0]!);
    advance(world, 2 * day + 19 * hour);
    suspend(world, world.accounts[2]!);
    advance(world, 3 * day);
    const { hits, metrics } = tellStory(world, '', 0);
    expect(Object.fromEntries(hits.map((hit) => [hit.tenant, hit.suspendedMs]))).toEqual({
      'offices-1': 40 * minute,
      'offices-2': 5 * hour,
    });
    expect(metrics['fp.tenants'].value).toBe(2 / 5);
  });

  test('and was found to be a thief’s stays shut until that is mended, whatever its owner writes', () => {
    let reopened = 0;
    for (let number = 0; number < 40; number += 1) {
      const world = platform({ rightly: '60%' }, {}, { seed: `appeal ${number}` });
      advance(world, 9 * hour);
      const account = culprit(world, 'compromised');
      suspend(world, account);
      advanceUntil(world, () => world.desk.recovering.has(account.tenant.id) || !isShut(world, account), day);
      if (!isShut(world, account)) {
        reopened += 1;
        continue;
      }
      for (let appeal = 0; appeal < 20; appeal += 1) concludeAppeal(world, account);
      expect(isShut(world, account)).toBe(true);
      recover(world, account);
      expect(isShut(world, account)).toBe(false);
    }
    // The first look errs as often as the plan says: 16 of 40.
    expect(Math.abs(reopened - 16)).toBeLessThan(4 * 3.1);
  });

  test('and judged wrongly is heard on appeal', () => {
    const world = platform();
    advance(world, 9 * hour);
    suspend(world, world.accounts[0]!);
    recover(world, world.accounts[0]!);
    expect(isShut(world, world.accounts[0]!)).toBe(false);
    expect(world.tally.timeline.at(-1)!.what).toContain('appeal');
  });
});
