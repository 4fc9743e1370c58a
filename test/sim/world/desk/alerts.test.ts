// A policy that alerts, and what the desk makes of it: it looks at the account, and nobody else hears of it.

import { describe, expect, test } from 'vitest';
import {
  alert, type Module, pass, policy, shadow, type Verdict, verdictOf, zero,
} from '../../../../policy/index.ts';
import type { PlanInput } from '../../../../sim/plan/schema.ts';
import type { Account } from '../../../../sim/world/senders/cast.ts';
import type { World } from '../../../../sim/world/world.ts';
import { judge } from '../../../../sim/world/platform/submission.ts';
import { address, advance, hour, mail, minute } from '../stage.ts';
import { thief } from '../incidents/trouble.ts';
import { isShut, platform, reason } from './offices.ts';

const always = { staff: 1, opens: '0h', closes: '24h', weekends: true } as const;

const saying = (verdict: Verdict): Module<object> => ({
  name: 'brake', key: 'account', hears: [], fresh: () => ({}), learn: () => {}, decide: () => verdict,
});
const alerting = saying(verdictOf(alert, reason, zero));

const office = (modules: readonly Module<object>[] = [alerting], desk: PlanInput['desk'] = {}): World =>
  platform({ ...always, ...desk }, {}, { policy: policy('alerts', modules) });

/** The first tenant's first account hands a message in. */
const handIn = (world: World): void => void judge(world, { ...mail(world, [address(world)]) });

const looks = (world: World): number => world.desk.workedMs / (10 * minute);

/** Twelve unknown users too many are on record against an account. */
const blacken = (world: World, { id }: Account): void => {
  for (let turn = 0; turn < 12; turn++) world.ledger.addBounced(id, world.agenda.now);
};

describe('an alert', () => {
  test('lets the message go, and has somebody look at the account for ten minutes', () => {
    const world = office();
    handIn(world);
    advance(world, 11 * minute);
    expect(world.tally.census.ended.refused).toBe(0);
    expect(looks(world)).toBe(1);
  });

  test('that comes with every message is one case, and again only four hours after the look', () => {
    const world = office();
    for (let now = 0; now < 12 * 60; now += 5) {
      advance(world, now * minute);
      handIn(world);
    }
    advance(world, 12 * hour);
    expect(looks(world)).toBe(3);
  });

  test('about two accounts of a tenant is one case', () => {
    const world = office();
    handIn(world);
    const message = { ...mail(world, [address(world)]) };
    const twin = message.actor.account.tenant.accounts[1]!;
    void judge(world, { ...message, actor: { ...message.actor, account: twin } });
    advance(world, hour);
    expect(looks(world)).toBe(1);
  });

  test('ends in a suspension where the evidence speaks against the account, and else in nothing', () => {
    const world = office();
    const { account } = world.actors[0]!;
    handIn(world);
    advance(world, 11 * minute);
    expect(isShut(world, account)).toBe(false);
    advance(world, 5 * hour);
    blacken(world, account);
    handIn(world);
    advance(world, 5 * hour + 11 * minute);
    expect(isShut(world, account)).toBe(true);
    expect(world.tally.accusations).toHaveLength(1);
  });

  test('is heard where a graver rule stops the message', () => {
    const world = office([saying({ kind: 'defer', reason }), { ...alerting, name: 'milder' }]);
    handIn(world);
    advance(world, 11 * minute);
    expect(looks(world)).toBe(1);
    const rules = [...world.tally.rules].map(([rule, { innocent }]) => [rule, innocent]);
    expect(rules).toEqual([['brake bounces|defer', 1], ['brake bounces|alert', 1]]);
  });

  test('opens no case at a desk without staff, nor about a rule on trial', () => {
    const nobody = office([alerting], { staff: 0 });
    handIn(nobody);
    advance(nobody, hour);
    expect(nobody.desk.waiting).toBe(0);
    const trial = office([saying(verdictOf(shadow(alert), reason, zero))]);
    handIn(trial);
    advance(trial, hour);
    expect(looks(trial)).toBe(0);
  });
});

describe('what a remark counts as', () => {
  /** A thief writes through the first account from the second hour on, to a list without a fault. */
  const robbed = (modules: readonly Module<object>[], rightly: '0%' | '97%' | '100%'): World => platform(
    { ...always, rightly },
    { incidents: [thief({
      at: '1h', who: { group: 'offices', member: 0 }, rate: '60/h', ramp: '0s', length: '2h',
      list: { kind: 'clean' },
    })] },
    { policy: policy('remarks', modules) },
  );

  test('an alert detects a culprit and hits no tenant; whoever reads abusive mail shuts the account', () => {
    const world = robbed([alerting], '100%');
    advance(world, 2 * hour);
    const [culprit] = world.culprits;
    expect(culprit!.detectedBy).toBe('brake bounces');
    expect(isShut(world, culprit!.account)).toBe(true);
    expect(world.tally.timeline.map(({ what }) => what))
      .toContainEqual(expect.stringContaining('abusive mail read 1 over 0'));
    expect(world.tally.hitsBy.size).toBe(0);
  });

  test('is not shut by somebody who does not see it', () => {
    const world = robbed([alerting], '0%');
    advance(world, hour + 30 * minute);
    expect(isShut(world, world.culprits[0]!.account)).toBe(false);
  });

  test('a rule on trial is a row of its own, detects nobody, stops nothing and hits no tenant', () => {
    const world = robbed([saying(verdictOf(shadow({ kind: 'reject' }), reason, zero))], '97%');
    handIn(world);
    advance(world, 3 * hour);
    expect(world.culprits[0]!.detectedBy).not.toContain('brake');
    const rows = [...world.tally.rules.keys()];
    expect(rows).toContain('brake bounces|shadow');
    expect(world.tally.hitsBy.size).toBe(0);
    expect(world.tally.census.ended.refused).toBe(0);
  });

  test('an alert about the owner’s own mail names the account too, once the thief has come', () => {
    const aboutOwner: Module<object> = {
      ...saying(pass),
      decide: (_state, { source }) => (source < 2 ** 32 ? verdictOf(alert, reason, zero) : pass),
    };
    const world = robbed([aboutOwner], '0%');
    advance(world, 90 * minute);
    const [culprit] = world.culprits;
    const owner = world.actors.find((one) => one.account === culprit!.account)!;
    const { onset } = culprit!;
    culprit!.onset = world.agenda.now + 1;
    void judge(world, { ...mail(world, [address(world)], owner) });
    expect(culprit!.detectedAt).toBe(-1);
    culprit!.onset = onset;
    void judge(world, { ...mail(world, [address(world)], owner) });
    expect(culprit!.detectedBy).toBe('brake bounces');
  });
});
