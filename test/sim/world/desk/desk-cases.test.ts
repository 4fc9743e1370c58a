// Cases of the abuse desk: whom it suspects when an address is listed, and who stays shut for how long.

import { describe, expect, test } from 'vitest';
import { type Module, never, policy, type Reason } from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import type { Account, Culprit } from '../../../../sim/world/senders/cast.ts';
import { conclude } from '../../../../sim/world/desk/desk.ts';
import { recover, shut } from '../../../../sim/world/desk/accounts.ts';
import { begin } from '../../../../sim/world/incidents/incidents.ts';
import { takeEvidence } from '../../../../sim/world/registers/register.ts';
import { counted, rememberAccusation } from '../../../../sim/world/measures/tally.ts';
import { tellStory } from '../../../../sim/world/measures/story.ts';
import type { World } from '../../../../sim/world/world.ts';
import {
  address,
  advance,
  advanceUntil,
  type Circumstances,
  day,
  hour,
  mail,
  minute,
  mute,
  worldOf,
} from '../stage.ts';

type Desk = NonNullable<PlanInput['desk']>;

/**
 * Five tenants of two accounts, all mute; one strict register; a desk as in the plan, save what a test
 * says.
 */
const platform = (
  desk: Desk = {},
  changes: Partial<PlanInput> = {},
  circumstances: Circumstances = {},
): World =>
  worldOf(
    {
      registers: [{ name: 'watch', preset: 'barracuda-brbl', rule: { trapThreshold: 1, expiry: '90d' } }],
      tenants: [{ name: 'offices', count: 5, accounts: 2, pool: 'shared', stream: mute }],
      desk,
      ...changes,
    },
    circumstances,
  );

const reason: Reason = { module: 'brake', rule: 'bounces', seen: 30, limit: 25 };

/** As when a policy shuts an account: the engine refuses its mail, and the desk has a case. */
const suspend = (world: World, account: Account): void => {
  world.engine.suspend(account.id, reason);
  shut(world, account, reason, 'policy');
};

const isShut = (world: World, { tenant, id }: Account): boolean =>
  world.engine.suspension(tenant.id, id, world.agenda.now) !== undefined;

describe('listings', () => {
  const listed = (world: World): void => {
    const register = world.registers[0]!;
    takeEvidence(world, register, 0, false);
    advanceUntil(world, () => register.dossiers[0]!.published, world.agenda.now + 3 * hour);
  };
  /** Hard bounces to its name, as the desk sees them. */
  const bounces = (world: World, account: Account, count: number): void => {
    const actor = world.actors.find((one) => one.account === account)!;
    for (let one = 0; one < count; one += 1) mail(world, [address(world, 'unknown')], actor);
  };

  test('are seen at the first poll after the cached answer is out, and worked in office hours', () => {
    const world = platform({ poll: '15m' });
    advance(world, 9 * hour);
    // With a cause in sight, delisting is asked for at once.
    bounces(world, world.accounts[2]!, 40);
    listed(world);
    const published = world.agenda.now;
    const told = () => world.tally.timeline.find(({ what }) => what.startsWith('sees'));
    advanceUntil(world, () => told() !== undefined, published + day);
    const { negativeS } = world.registers[0]!.preset.ttl;
    expect(told()!.at - published).toBeLessThanOrEqual(negativeS * 1_000 + 15 * minute);
    advance(world, told()!.at + 40 * minute);
    expect(world.desk.requests).toBe(1);
  });

  test('with no evidence against anyone accuse nobody; delisting is asked for after a second look', () => {
    const world = platform();
    advance(world, 9 * hour);
    listed(world);
    const looked = () => world.tally.timeline.filter(({ what }) => what.startsWith('finds no cause'));
    advanceUntil(world, () => looked().length > 0, day);
    const first = world.agenda.now;
    expect(world.desk.requests).toBe(0);
    advanceUntil(world, () => world.desk.requests > 0, day);
    // Four hours later, and ten minutes for the forms.
    expect(world.agenda.now - first).toBe(4 * hour + 10 * minute);
    expect(world.tally.accusations).toEqual([]);
    expect(tellStory(world, '', 0).metrics['delist.without_cause'].value).toBe(1);
  });

  test('lead to the account with the most evidence, rightly or wrongly, and that is counted', () => {
    for (const guilty of [true, false]) {
      const world = platform();
      advance(world, 9 * hour);
      const [suspect, other] = [world.accounts[2]!, world.accounts[5]!];
      if (guilty)
        suspect.tenant.culprit = {
          tenant: suspect.tenant, account: suspect, accounts: [suspect], cause: 'compromised',
          detectedAt: -1, times: [], left: [], onset: 0, over: false,
        } as unknown as Culprit;
      bounces(world, suspect, 40);
      bounces(world, other, 20);
      listed(world);
      advance(world, 15 * hour);
      expect(
        isShut(world, suspect) || world.tally.timeline.some(({ what }) => what.includes('reopens')),
      ).toBe(true);
      expect(world.tally.accusations.map(({ tenant, right }) => [tenant, right])).toEqual([
        [suspect.tenant, guilty],
        // Once the first is cleared, the desk looks again, and the next in line is wronged too.
        ...(guilty ? [] : [[other.tenant, false]]),
      ]);
      const { metrics } = tellStory(world, '', 0);
      expect(metrics['attribution.wrongly_accused'].value).toBe(guilty ? 0 : 2);
      expect(metrics['attribution.wrong_before'].value).toBe(guilty ? 0 : 2);
      expect(metrics['attribution.correct'].value).toBe(guilty ? 1 : 0);
    }
  });

  test('laid at the door of one who is shut are told, and counted, once however often somebody looks', () => {
    const world = platform();
    const suspect = world.accounts[2]!;
    advance(world, 9 * hour);
    bounces(world, suspect, 40);
    world.engine.suspend(suspect.id, reason);
    shut(world, suspect, reason, 'desk');
    const work = { kind: 'address', address: 0 } as const;
    for (let looks = 0; looks < 3; looks += 1) conclude(world, work, 0);
    expect(world.tally.accusations).toHaveLength(1);
    expect(world.tally.timeline.filter(({ what }) => what.includes('shut already'))).toHaveLength(1);
  });

  test('find complaints that came in on a day on which the account sent nothing', () => {
    const world = platform();
    const suspect = world.accounts[2]!;
    advance(world, 9 * hour);
    bounces(world, suspect, 1);
    advance(world, 4 * day + 7 * hour);
    for (let count = 0; count < 8; count += 1) {
      world.agenda.after(0 as typeof world.agenda.now, {
        kind: 'complaint',
        account: suspect,
        receiver: world.receivers[0]!.id,
      });
    }
    listed(world);
    advance(world, 4 * day + 17 * hour);
    expect(world.tally.accusations.map(({ tenant }) => tenant)).toEqual([suspect.tenant]);
  });
});

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

  test('and judged wrongly is heard on appeal', () => {
    const world = platform();
    advance(world, 9 * hour);
    suspend(world, world.accounts[0]!);
    recover(world, world.accounts[0]!);
    expect(isShut(world, world.accounts[0]!)).toBe(false);
    expect(world.tally.timeline.at(-1)!.what).toContain('appeal');
  });
});
