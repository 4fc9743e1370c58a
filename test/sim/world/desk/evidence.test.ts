// Whom the desk suspects: by evidence that goes beyond the ordinary, and first of all by what it remembers.

import { describe, expect, test } from 'vitest';
import type { Reason } from '../../../../policy/index.ts';
import { recover, shut } from '../../../../sim/world/desk/accounts.ts';
import type { Account } from '../../../../sim/world/senders/cast.ts';
import { findSuspect, suspicion } from '../../../../sim/world/desk/evidence.ts';
import { noteReport } from '../../../../sim/world/desk/notes.ts';
import { noteBounce, noteComplaint } from '../../../../sim/world/desk/signs.ts';
import type { World } from '../../../../sim/world/world.ts';
import { advance, day, hour, mute, worldOf } from '../stage.ts';

const three = (): World =>
  worldOf({ tenants: [{ name: 'offices', count: 3, pool: 'shared', stream: mute }] });

/** The desk sees so many copies sent, and bounced, by an account today. */
const saw = ({ ledger, agenda }: World, { id }: Account, sent: number, bounced: number): void => {
  ledger.addSent(id, agenda.now, sent);
  for (let one = 0; one < bounced; one += 1) ledger.addBounced(id, agenda.now);
};

const reason: Reason = { module: 'brake', rule: 'bounces', seen: 30, limit: 25 };

describe('evidence', () => {
  test('a newsletter that bounces as honest lists do is no suspect, whatever its size', () => {
    const world = three();
    saw(world, world.accounts[0]!, 4_000, 52);
    expect(suspicion(world, world.accounts[0]!)).toBe(0);
    expect(findSuspect(world, 0)).toBeNull();
  });

  test('25 unknown users among 70 are, and the worst of two is taken', () => {
    const world = three();
    saw(world, world.accounts[1]!, 70, 25);
    saw(world, world.accounts[2]!, 70, 24);
    expect(findSuspect(world, 0)).toBe(world.accounts[1]);
  });

  test('an account shut two days ago comes to mind before any evidence, not one of four days ago', () => {
    const world = three();
    advance(world, day);
    world.engine.suspend(world.accounts[0]!.id, reason);
    shut(world, world.accounts[0]!, reason, 'desk');
    advance(world, 3 * day);
    saw(world, world.accounts[1]!, 70, 40);
    expect(findSuspect(world, 0)).toBe(world.accounts[0]);
    advance(world, 4 * day + hour);
    expect(findSuspect(world, 0)).toBe(world.accounts[1]);
  });

  test('one shut more than half a day before the trouble began did not bring it', () => {
    const world = three();
    advance(world, day);
    world.engine.suspend(world.accounts[0]!.id, reason);
    saw(world, world.accounts[0]!, 70, 50);
    shut(world, world.accounts[0]!, reason, 'desk');
    advance(world, day + 20 * hour);
    expect(findSuspect(world, 0, day + 11 * hour)).toBe(world.accounts[0]);
    expect(findSuspect(world, 0, day + 13 * hour)).toBeNull();
    saw(world, world.accounts[1]!, 70, 40);
    expect(findSuspect(world, 0, day + 13 * hour)).toBe(world.accounts[1]);
  });

  test('one that has its account back is not shut already, and what it did before counts no more', () => {
    const world = three();
    const account = world.accounts[0]!;
    saw(world, account, 70, 40);
    world.engine.suspend(account.id, reason);
    shut(world, account, reason, 'policy');
    recover(world, account);
    expect(account.blamedAt).toBe(-1);
    expect(findSuspect(world, 0)).toBeNull();
    saw(world, account, 70, 40);
    expect(findSuspect(world, 0)).toBe(account);
  });

  test('news of what it sent before it was let out is old; of what it sends since then it is not', () => {
    for (const [sent, suspects] of [[5 * hour, false], [6 * hour, false], [7 * hour, true]] as const) {
      const world = three();
      const account = world.accounts[0]!;
      advance(world, 6 * hour);
      world.engine.suspend(account.id, reason);
      shut(world, account, reason, 'policy');
      recover(world, account);
      advance(world, 8 * hour);
      for (let one = 0; one < 4; one += 1) {
        noteComplaint(world, account.id, sent);
        noteBounce(world, account.id, sent);
        noteReport(world, account, sent);
      }
      expect(findSuspect(world, 0) === account, String(sent)).toBe(suspects);
    }
  });

  test('one that was never let out is judged by all that comes in, however old the mail', () => {
    const world = three();
    advance(world, 6 * hour);
    for (let one = 0; one < 4; one += 1) noteComplaint(world, world.accounts[0]!.id, 0);
    expect(findSuspect(world, 0)).toBe(world.accounts[0]);
  });

  test('an account looks bad since its first bad mail, and anew after it has been quiet', () => {
    const world = three();
    const { id } = world.accounts[0]!;
    const bounced = (times: number): number | undefined => {
      for (let one = 0; one < times; one += 1) noteBounce(world, id, world.agenda.now);
      return world.desk.badSince.get(id);
    };
    advance(world, hour);
    expect(bounced(4)).toBeUndefined();
    expect(bounced(1)).toBe(hour);
    advance(world, 2 * hour);
    expect(bounced(9)).toBe(hour);
    noteComplaint(world, id, 0);
    expect(world.desk.badSince.get(id)).toBe(0);
    advance(world, 9 * day);
    expect(bounced(1)).toBeUndefined();
    expect(bounced(9)).toBe(9 * day);
  });

  test('nor does one that somebody has cleared', () => {
    const world = three();
    shut(world, world.accounts[0]!, reason, 'desk');
    world.accounts[0]!.blamedAt = -1;
    expect(findSuspect(world, 0)).toBeNull();
  });
});

describe('volume', () => {
  test('of a new customer who sends 600 on his first day is nothing odd; ten times as much is', () => {
    const world = three();
    world.accounts[0]!.tenant.since = 0;
    advance(world, hour);
    saw(world, world.accounts[0]!, 600, 0);
    expect(suspicion(world, world.accounts[0]!)).toBe(0);
    saw(world, world.accounts[0]!, 6_000, 0);
    expect(findSuspect(world, 0)).toBe(world.accounts[0]);
  });

  test('beyond four times its usual speaks against a new customer, not one whose past nobody knows', () => {
    const world = three();
    world.accounts[0]!.tenant.since = 0;
    for (const at of [0, day, 2 * day]) {
      advance(world, at + hour);
      saw(world, world.accounts[0]!, 100, 0);
      saw(world, world.accounts[1]!, 100, 0);
    }
    advance(world, 3 * day + hour);
    saw(world, world.accounts[0]!, 3_000, 0);
    saw(world, world.accounts[1]!, 3_000, 0);
    expect(suspicion(world, world.accounts[1]!)).toBe(0);
    expect(findSuspect(world, 0)).toBe(world.accounts[0]);
  });

  test('of a weekly campaign is nothing odd when it comes again; of one five times as large it is', () => {
    for (const [second, suspects] of [[3_000, false], [15_000, true]] as const) {
      const world = three();
      advance(world, 3 * day);
      saw(world, world.accounts[0]!, 3_000, 0);
      advance(world, 10 * day);
      saw(world, world.accounts[0]!, second, 0);
      expect(findSuspect(world, 0) !== null, String(second)).toBe(suspects);
    }
  });
});
