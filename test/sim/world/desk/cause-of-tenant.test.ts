// A thief's account among others of the same tenant that are shut with it: whichever of them the case is
// about, the cause is removed, once.

import { expect, test } from 'vitest';
import { later, milliseconds, never, type Submission } from '../../../../policy/index.ts';
import { concludeAccount, concludeAppeal, recover, shut } from '../../../../sim/world/desk/accounts.ts';
import type { World } from '../../../../sim/world/world.ts';
import { advance, advanceUntil, day, hour, minute } from '../stage.ts';
import { isShut, platform, reason } from './offices.ts';

const theft = {
  kind: 'compromised', at: '9h', who: { group: 'offices', member: 2 }, how: 'weak-password', rate: '30/h',
  length: '9d',
} as const;

const written = {
  pool: 'shared', recipients: [], receivers: [], id: 0, bytes: 0, list: 0, allowance: 0, source: 0,
  nullSender: false, urgent: false, signedUp: -1,
};

const stolen = (): World => {
  const world = platform({ rightly: '100%' }, {
    tenants: [{ name: 'offices', count: 5, accounts: 3, pool: 'shared', stream: { kind: 'quiet' } }],
    incidents: [theft],
  });
  advance(world, 10 * hour);
  return world;
};

const removals = (world: World): number =>
  world.tally.timeline.filter(({ what }) => what.startsWith('has the cause removed')).length;

test('a tenant shut as a whole opens when the thief is locked out, whichever account the case names', () => {
  const world = stolen();
  const [culprit] = world.culprits as [World['culprits'][number]];
  const accounts = culprit.tenant.accounts.toSorted(
    (one, two) => Number(one === culprit.account) - Number(two === culprit.account));
  for (const one of accounts) {
    world.engine.suspend(one.id, reason);
    shut(world, one, reason, 'policy');
  }
  expect(culprit.account.caseOpen).toBe(false);
  advanceUntil(world, () => !isShut(world, culprit.account), 5 * day);
  expect([culprit.over, culprit.removedAt]).toEqual([true, world.agenda.now]);
  const { count } = culprit.abuse;
  advance(world, world.agenda.now + 2 * day);
  expect(culprit.abuse.count).toBe(count);
});

test('a theft is mended once, and no sooner where colleagues are shut as well, in whatever order', () => {
  const waits = [[0], [0, 1, 2], [2, 1, 0], [1, 0]].map((order) => {
    const world = stolen();
    const [culprit] = world.culprits as [World['culprits'][number]];
    const { tenant } = culprit;
    const own = tenant.accounts.indexOf(culprit.account);
    for (const number of order) {
      const one = tenant.accounts[(own + number) % 3]!;
      world.engine.suspend(one.id, reason);
      shut(world, one, reason, 'policy');
    }
    const found = advanceUntil(world, () => world.desk.recovering.has(tenant.id), 5 * day);
    // Every colleague writes in meanwhile, and is heard.
    for (const number of order) concludeAppeal(world, tenant.accounts[(own + number) % 3]!);
    const mended = advanceUntil(world, () => culprit.over, 5 * day);
    expect(world.desk.recovering.size).toBe(0);
    world.engine.suspend(culprit.account.id, reason);
    advance(world, 9 * day);
    expect([removals(world), isShut(world, culprit.account)]).toEqual([1, true]);
    return mended - found;
  });
  expect(waits[0]).toBeGreaterThan(hour);
  expect(new Set(waits).size).toBe(1);
});

test('a thief whom the policy shuts out for two hours stays so until the cause is removed', () => {
  for (const scope of ['account', 'tenant'] as const) {
    const world = stolen();
    const [culprit] = world.culprits as [World['culprits'][number]];
    const { account, tenant } = culprit;
    const until = later(world.agenda.now, milliseconds(2 * hour));
    const from = { tenant: tenant.id, account: account.id };
    const submission: Submission = { ...written, ...from };
    const verdict = { kind: 'suspend', scope, until, reason } as const;
    world.engine.learn({ kind: 'submitted', ...from, submission, verdict }, world.agenda.now);
    for (const one of scope === 'account' ? [account] : tenant.accounts) shut(world, one, reason, 'policy');
    advance(world, 11 * hour);
    const standing = world.engine.suspension(tenant.id, account.id, world.agenda.now);
    expect(standing).toEqual({ until: never, reason });
    advanceUntil(world, () => !isShut(world, account), 9 * day);
    expect([scope, culprit.over, world.agenda.now]).toEqual([scope, true, culprit.removedAt]);
    expect(world.agenda.now).toBeGreaterThan(until);
    // What stands for another account of the tenant alone ends as the policy said, or with the cause.
    expect(tenant.accounts.some((one) => isShut(world, one))).toBe(false);
  }
});

test('an owner who was spared the wait for one account waits anew when another is stolen', () => {
  const world = stolen();
  const [culprit] = world.culprits as [World['culprits'][number]];
  const { account } = culprit;
  const due = world.agenda.now + 5 * hour;
  world.agenda.after(milliseconds(2 * hour), { kind: 'recovery', account });
  world.desk.recovering.set(account.tenant.id, milliseconds(due));
  world.agenda.after(milliseconds(5 * hour), { kind: 'recovery', account });
  world.engine.suspend(account.id, reason);
  advance(world, due - 1);
  expect(isShut(world, account)).toBe(true);
  advance(world, due);
  expect(isShut(world, account)).toBe(false);
});

test('what was found in a case about a colleague is on file as well, whoever of the tenant appeals', () => {
  let found = 0;
  for (let number = 0; number < 20; number += 1) {
    const world = platform({ rightly: '60%' }, { incidents: [theft] }, { seed: `colleague ${number}` });
    advance(world, 10 * hour);
    const { account, tenant } = world.culprits[0]!;
    const colleague = tenant.accounts.find((one) => one !== account)!;
    for (const one of [colleague, account]) {
      world.engine.suspend(one.id, reason);
      shut(world, one, reason, 'policy');
    }
    advanceUntil(world, () => world.desk.recovering.has(colleague.tenant.id) || !isShut(world, account), day);
    if (!isShut(world, account)) continue;
    found += 1;
    for (let appeal = 0; appeal < 20; appeal += 1) concludeAppeal(world, colleague);
    expect([isShut(world, account), isShut(world, colleague)]).toEqual([true, true]);
  }
  expect(found).toBeGreaterThan(4);
});

test('a theft that is mended leaves alone a spammer who has signed up since', () => {
  const world = platform({ staff: 0, rightly: '100%' }, {
    incidents: [{ ...theft, at: '8h', length: '2h' }, {
      kind: 'spammer', at: '11h', who: theft.who, warmup: '3d', warmupRate: '1/h', rate: '60/h', length: '5d',
    }],
  });
  advance(world, 9 * hour);
  const { account } = world.culprits[0]!;
  world.engine.suspend(account.id, reason);
  shut(world, account, reason, 'policy');
  concludeAccount(world, account);
  advance(world, 12 * hour);
  recover(world, account);
  const [thief, spammer] = world.culprits as [World['culprits'][number], World['culprits'][number]];
  expect([thief.over, thief.removedAt, isShut(world, account)]).toEqual([true, 12 * hour, false]);
  expect([spammer.over, spammer.removedAt]).toEqual([false, -1]);
  advance(world, 4 * day);
  expect(spammer.abuse.count).toBeGreaterThan(0);
});

test('a thief who is found just after the policy’s suspension ended is shut out all the same', () => {
  // Little speaks against him but what whoever looks reads.
  const world = platform({ rightly: '100%' }, {
    signals: { contentCaught: '0%', loginSeen: '0%' }, incidents: [{ ...theft, list: { kind: 'opt-in' } }],
  });
  advance(world, 10 * hour);
  const { account, tenant } = world.culprits[0]!;
  const from = { tenant: tenant.id, account: account.id };
  const until = later(world.agenda.now, milliseconds(minute));
  const verdict = { kind: 'suspend', scope: 'account', until, reason } as const;
  const submission = { ...written, ...from };
  world.engine.learn({ kind: 'submitted', ...from, submission, verdict }, world.agenda.now);
  shut(world, account, reason, 'policy');
  const found = advanceUntil(world, () => world.desk.recovering.has(account.tenant.id), 11 * hour);
  expect(found).toBeGreaterThan(until);
  expect(world.engine.suspension(tenant.id, account.id, found as typeof until)?.until).toBe(never);
  advanceUntil(world, () => !isShut(world, account), 9 * day);
  expect(world.culprits[0]!.over).toBe(true);
});
