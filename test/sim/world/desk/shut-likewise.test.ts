// What is on record of accounts that the desk shuts along with another: since when, how long and why;
// what the policy hears of it, and what becomes of their mail.

import { beforeEach, describe, expect, test } from 'vitest';
import { type AccountId, later, milliseconds, type Module, never, policy } from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import { concludeAccount, shut } from '../../../../sim/world/desk/accounts.ts';
import { suspicion } from '../../../../sim/world/desk/evidence.ts';
import type { Account } from '../../../../sim/world/senders/cast.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, hour, mail } from '../stage.ts';
import { isShut, platform, reason } from './offices.ts';

type Incident = NonNullable<PlanInput['incidents']>[number];
const who = { group: 'offices', member: 2 } as const;
const spammer: Incident = {
  kind: 'spammer', at: '9h', who, warmup: '0s', warmupRate: '1/h', rate: '200/h', length: '5d',
  tactic: 'accounts', spread: 2,
};
const malware: Incident = { kind: 'infected', at: '9h', who, rate: '600/h', accounts: 2, length: '5d' };

/** Accounts that the policy was told somebody has shut; it stops nobody itself. */
const heard: AccountId[] = [];
const ear: Module<object> = {
  name: 'ear', key: 'account', fresh: () => ({}), decide: () => ({ kind: 'pass' }),
  learn: (_, signal) => {
    if (signal.kind === 'suspended') heard.push(signal.account);
  },
};
beforeEach(() => {
  heard.length = 0;
});

/** An hour after trouble began the policy shuts one account, for an hour; nobody has looked yet. */
const begun = (incident: Incident) => {
  const circumstances = { policy: policy('ear', [ear]) };
  const world = platform({ staff: 0, rightly: '100%' }, { incidents: [incident] }, circumstances);
  advance(world, 10 * hour);
  const { account, tenant } = world.culprits[0]!;
  const other = tenant.accounts.find((one) => one !== account)!;
  const from = { tenant: tenant.id, account: account.id };
  const verdict = {
    kind: 'suspend', scope: 'account', until: later(world.agenda.now, milliseconds(hour)), reason,
  } as const;
  const submission = {
    ...from, pool: 'shared', recipients: [], receivers: [], id: 0, bytes: 0, list: 0, allowance: 0, source: 0,
    nullSender: false, urgent: false, signedUp: -1,
  };
  world.engine.learn({ kind: 'submitted', ...from, submission, verdict }, world.agenda.now);
  shut(world, account, reason, 'policy');
  return { world, account, other };
};

const said = (world: World, words: string): number =>
  world.tally.timeline.filter(({ what }) => what.startsWith(words)).length;

const standing = (world: World, { tenant, id }: Account) =>
  world.engine.suspension(tenant.id, id, world.agenda.now);

describe('all that a spammer has', () => {
  test('is shut for no time to end, from now on, as the policy hears of what was open', () => {
    const { world, account, other } = begun(spammer);
    const { now } = world.agenda;
    concludeAccount(world, account);
    const closed = { until: never, reason: { module: 'desk', rule: 'spammer', seen: 1, limit: 0 } };
    expect([account, other].map((one) => standing(world, one))).toEqual([closed, closed]);
    expect([other.shutSince, other.blamedAt]).toEqual([now, now]);
    expect(heard).toEqual([other.id]);
  });

  test('loses what waits in the queue, and nothing waits any more', () => {
    const { world, account, other } = begun(spammer);
    const actor = world.actors.find((one) => one.account === other && one.culprit !== null)!;
    world.engine.suspend(other.id, reason);
    const waiting = mail(world, [address(world)], actor);
    expect(world.outbound.frozen).toHaveLength(1);
    concludeAccount(world, account);
    expect(world.outbound.frozen).toEqual([]);
    expect([waiting.open, waiting.delivered]).toEqual([0, 0]);
  });
});

describe('what else of a victim looks as bad', () => {
  test('is shut for the evidence, as tenant and policy are told, and without a case of its own', () => {
    const { world, account, other } = begun(malware);
    const { now } = world.agenda;
    const before = said(world, 'suspends');
    concludeAccount(world, account);
    const why = { module: 'desk', rule: 'evidence' };
    expect(standing(world, other)).toMatchObject({ until: never, reason: why });
    expect([other.shutSince, other.blamedAt, other.caseOpen]).toEqual([now, now, false]);
    expect(said(world, 'suspends') - before).toBe(1);
    expect(heard).toEqual([other.id]);
  });

  test('is let be where somebody has looked into it today, and nothing has come since', () => {
    const { world, account, other } = begun(malware);
    world.desk.cleared.set(other.id, { at: world.agenda.now, suspicion: suspicion(world, other) });
    concludeAccount(world, account);
    expect(isShut(world, other)).toBe(false);
  });

  test('is shut though it is another trouble than the one that was found', () => {
    const { world, account, other } = begun({ ...malware, accounts: 1 });
    const { ledger, agenda } = world;
    for (let bounce = 0; bounce < 20; bounce += 1) ledger.addBounced(other.id, agenda.now);
    concludeAccount(world, account);
    expect(isShut(world, other)).toBe(true);
    expect(world.culprits[0]!.accounts).not.toContain(other);
  });
});
