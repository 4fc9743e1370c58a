// Each preset does what its product's own page says: the last message that passes, the first that does not,
// and what becomes of it. Numbers stand here as they were read, not as the preset has them.

import { describe, expect, test } from 'vitest';
import {
  days, hours, type Milliseconds, minutes, type Policy, PolicyEngine, presets, seconds, type Verdict,
} from '../../policy/index.ts';
import { attemptOf, outcome, scanned, submissionOf, submitted } from '../../laws/build.ts';

/** Sends messages through a preset, and keeps what is said of each. */
class Sender {
  readonly engine: PolicyEngine;
  now = 0 as Milliseconds;
  next = 0;
  constructor(preset: string) {
    this.engine = new PolicyEngine(presets[preset]!.policy);
  }

  /** Messages evenly over a span, each to that many new people; their verdicts. */
  send(
    messages: number, span: Milliseconds, { account = 0, tenant = 0, to = 1 } = {},
  ): readonly Verdict[] {
    return Array.from({ length: messages }, () => {
      const recipients = Array.from({ length: to }, () => (this.next += 1));
      const submission = submissionOf({ account, tenant, recipients });
      const verdict = this.engine.decide(submission, this.now);
      this.engine.learn(submitted(submission, verdict), this.now);
      this.now = Math.round(this.now + span / messages) as Milliseconds;
      return verdict;
    });
  }

  wait(span: Milliseconds): this {
    this.now = (this.now + span) as Milliseconds;
    return this;
  }

  unknownUsers(copies: number): this {
    for (let number = 0; number < copies; number += 1) {
      this.engine.learn(outcome('bounced', { class: 'unknownUser' }), this.now);
    }
    return this;
  }
}

const kinds = (verdicts: readonly Verdict[]): readonly string[] =>
  [...new Set(verdicts.map(({ kind }) => kind))];

const ruleOf = (verdict: Verdict): string => verdict.kind === 'pass' ? '' : verdict.reason.module;

describe('a preset says', () => {
  test('cpanel: 300 an hour at once, 75 in the next hour, the rest discarded', () => {
    const sender = new Sender('cpanel');
    expect(kinds(sender.send(300, minutes(20)))).toEqual(['pass']);
    const waiting = sender.send(75, minutes(5), { account: 1 });
    expect(kinds(waiting)).toEqual(['pace']);
    expect(waiting[0]).toMatchObject({ until: minutes(20) + hours(1) });
    expect(kinds(sender.send(10, minutes(5)))).toEqual(['reject']);
    expect(kinds(sender.wait(minutes(30)).send(1, minutes(1)))).toEqual(['pass']);
  });
  test('cpanel: five failures stop a tenant for the hour where they are half of its mail', () => {
    const sender = new Sender('cpanel');
    sender.send(10, minutes(1));
    for (let copy = 0; copy < 5; copy += 1) sender.engine.learn(outcome('delivered'), sender.now);
    expect(kinds(sender.unknownUsers(4).send(1, minutes(1)))).toEqual(['pass']);
    const [stopped] = sender.unknownUsers(1).send(1, minutes(1));
    expect([stopped!.kind, ruleOf(stopped!)]).toEqual(['reject', 'failed-and-deferred']);
    expect(kinds(sender.wait(hours(2)).send(1, minutes(1)))).toEqual(['pass']);
  });
  test('cpanel: a 501st different recipient within an hour is told of, and goes', () => {
    const told = new Sender('cpanel').send(101, minutes(30), { to: 5 });
    expect(kinds(told.slice(0, 100))).toEqual(['pass']);
    expect([told[100]!.kind, ruleOf(told[100]!)]).toEqual(['alert', 'potential-spammer']);
  });
  test('plesk: a domain has 100 an hour, whichever of its mailboxes sends', () => {
    const sender = new Sender('plesk');
    expect(kinds(sender.send(60, minutes(10), { account: 0 }))).toEqual(['pass']);
    expect(kinds(sender.send(40, minutes(10), { account: 1 }))).toEqual(['pass']);
    expect(kinds(sender.send(5, minutes(1), { account: 2 }))).toEqual(['reject']);
    expect(kinds(sender.send(1, minutes(1), { account: 9, tenant: 1 }))).toEqual(['pass']);
  });
  test('directadmin: 1,000 a day an address; 26 bounces within a day shut it until a person looks', () => {
    const sender = new Sender('directadmin');
    expect(kinds(sender.send(1_000, hours(10)))).toEqual(['pass']);
    expect(kinds(sender.send(1, minutes(1)))).toEqual(['reject']);
    const other = new Sender('directadmin');
    expect(kinds(other.unknownUsers(25).send(1, minutes(1)))).toEqual(['pass']);
    expect(other.unknownUsers(1).send(1, minutes(1))[0]).toMatchObject({ kind: 'suspend', scope: 'account' });
  });
  test('blockcracking: mail is frozen from the 100th nonexistent recipient of an hour', () => {
    const sender = new Sender('blockcracking');
    expect(kinds(sender.unknownUsers(99).send(1, minutes(1)))).toEqual(['pass']);
    expect(kinds(sender.unknownUsers(1).send(1, minutes(1)))).toEqual(['hold']);
  });
  test('csf: tells of the 101st message of an hour, and stops none', () => {
    const said = new Sender('csf').send(150, minutes(50));
    expect(kinds(said.slice(0, 100))).toEqual(['pass']);
    expect(kinds(said.slice(100))).toEqual(['alert']);
  });
  test('policyd-rate-limit: 10 recipients a minute and 150 a day', () => {
    const sender = new Sender('policyd-rate-limit');
    expect(kinds(sender.send(10, seconds(30)))).toEqual(['pass']);
    expect(kinds(sender.send(5, seconds(20)))).toEqual(['defer']);
    expect(kinds(sender.wait(minutes(2)).send(140, hours(2)))).toEqual(['pass']);
    expect(ruleOf(sender.send(1, minutes(1))[0]!)).toBe('recipients-day');
  });
  test('postfwd: warns from the 101st message of an hour, refuses from the 301st recipient', () => {
    const said = new Sender('postfwd').send(302, minutes(50));
    expect(kinds(said.slice(0, 100))).toEqual(['pass']);
    expect(kinds(said.slice(100, 300))).toEqual(['alert']);
    expect(said[300]).toMatchObject({ kind: 'defer', also: [{ kind: 'alert' }] });
  });
  test('mox: 200 strangers a day, 1,000 messages a day', () => {
    const sender = new Sender('mox');
    expect(kinds(sender.send(200, hours(3)))).toEqual(['pass']);
    expect(ruleOf(sender.send(1, minutes(1))[0]!)).toBe('first-time-recipients');
    const friends = new Sender('mox');
    const toOne = Array.from({ length: 1_001 }, () => {
      friends.next = 0;
      return friends.send(1, minutes(1))[0]!;
    });
    expect(kinds(toOne.slice(0, 1_000))).toEqual(['pass']);
    expect(toOne[1_000]).toMatchObject({ kind: 'defer', reason: { module: 'messages-day' } });
  });
  test('rspamd-ratelimit: 100 at once, then one a minute', () => {
    const sender = new Sender('rspamd-ratelimit');
    expect(kinds(sender.send(100, seconds(1)))).toEqual(['pass']);
    expect(kinds(sender.send(20, seconds(20)))).toEqual(['defer']);
    const later = sender.wait(minutes(10)).send(12, seconds(1)).map(({ kind }) => kind);
    expect(later.filter((kind) => kind === 'pass')).toHaveLength(10);
  });
  test('haraka-limit: 50 recipients in five minutes by the clock', () => {
    const sender = new Sender('haraka-limit');
    expect(kinds(sender.send(50, minutes(3)))).toEqual(['pass']);
    expect(kinds(sender.send(5, minutes(1)))).toEqual(['defer']);
    expect(kinds(sender.wait(minutes(1)).send(50, minutes(3)))).toEqual(['pass']);
  });
  test('microsoft-365: the 501st recipient of an hour shuts the account until the next day', () => {
    const sender = new Sender('microsoft-365').wait(hours(30));
    expect(kinds(sender.send(500, minutes(50)))).toEqual(['pass']);
    expect(sender.send(1, minutes(1))[0]).toMatchObject({ kind: 'suspend', until: days(2) });
    expect(kinds(sender.wait(hours(10)).send(1, minutes(1)))).toEqual(['reject']);
    expect(kinds(sender.wait(hours(8)).send(1, minutes(1)))).toEqual(['pass']);
  });
  test('microsoft-365: the next day begins anew, though 24 hours have not passed', () => {
    const sender = new Sender('microsoft-365').wait(hours(12));
    expect(kinds(sender.send(1_000, hours(3)))).toEqual(['pass']);
    expect(sender.send(1, hours(9))[0]).toMatchObject({ kind: 'suspend', until: days(1) });
    expect(kinds(sender.send(100, hours(1)))).toEqual(['pass']);
  });
  test('microsoft-365-2021: the 501st recipient of an hour leaves by the high-risk pool', () => {
    const sender = new Sender('microsoft-365-2021');
    expect(kinds(sender.send(500, minutes(50)))).toEqual(['pass']);
    expect(sender.send(1, minutes(1))[0]).toMatchObject({ kind: 'divert', pool: 'high-risk' });
  });
  test('postal: tells of the 451st message of an hour, and keeps the 501st', () => {
    const said = new Sender('postal').send(501, minutes(50));
    expect(kinds(said.slice(0, 450))).toEqual(['pass']);
    expect(kinds(said.slice(450, 500))).toEqual(['alert']);
    expect(said[500]).toMatchObject({ kind: 'hold', reason: { module: 'send-limit' } });
  });
  test('momentum: an hour of 2,000 attempts with 10 % bounces stops a tenant, one of 1,999 does not', () => {
    const swept = (attempts: number, bounced: number): Verdict => {
      const sender = new Sender('momentum');
      sender.unknownUsers(bounced);
      for (let at = bounced; at < attempts; at += 1) sender.engine.learn(outcome('delivered'), sender.now);
      return sender.wait(hours(1)).send(1, minutes(1))[0]!;
    };
    expect(swept(2_000, 200)).toMatchObject({ kind: 'suspend', scope: 'tenant', until: hours(5) });
    expect(swept(2_000, 199).kind).toBe('pace');
    expect(swept(2_000, 59).kind).toBe('pass');
    expect(swept(1_999, 1_000).kind).toBe('pass');
  });
  test('amazon-ses: 5 % hard bounces are looked into, 10 % pause the tenant, over enough mail', () => {
    const sender = new Sender('amazon-ses');
    for (let copy = 0; copy < 950; copy += 1) sender.engine.learn(outcome('delivered'), sender.now);
    expect(kinds(sender.unknownUsers(49).send(1, minutes(1)))).toEqual(['pass']);
    expect(ruleOf(sender.unknownUsers(1).send(1, minutes(1))[0]!)).toBe('bounce-review');
    const [paused] = sender.unknownUsers(56).send(1, minutes(1));
    expect(paused).toMatchObject({ kind: 'suspend', scope: 'tenant' });
  });
  test('uwumail: 25 hard bounces within an hour shut an account for an hour, three spam verdicts too', () => {
    const bouncing = new Sender('uwumail');
    expect(kinds(bouncing.unknownUsers(24).send(1, minutes(1)))).toEqual(['pass']);
    const until = bouncing.now + hours(1);
    expect(bouncing.unknownUsers(1).send(1, minutes(1))[0]).toMatchObject({ kind: 'suspend', until });
    // The bounces it was shut for do not shut it again.
    expect(kinds(bouncing.wait(hours(1)).send(1, minutes(1)))).toEqual(['pass']);
    const loud = new Sender('uwumail');
    expect(kinds(loud.send(500, minutes(20)))).toEqual(['pass']);
    expect(kinds(loud.send(10, minutes(1)))).toEqual(['defer']);
    for (let verdict = 0; verdict < 3; verdict += 1) loud.engine.learn(scanned(true), loud.now);
    expect(kinds(loud.send(1, minutes(1)))).toEqual(['suspend']);
  });
  test('kumomta: Yahoo at its second TSS04 within an hour is left alone for two hours', () => {
    const sender = new Sender('kumomta');
    const tss04 = (): void => sender.engine.learn(outcome('deferred', {
      class: 'reputationDefer',
      text: '[TSS04] Messages from 192.0.2.1 temporarily deferred due to unexpected volume',
    }), sender.now);
    const said = (): string => sender.engine.dispatch(attemptOf(), sender.now).kind;
    expect(said()).toBe('go');
    tss04();
    expect(sender.engine.dispatch(attemptOf(), sender.now)).toEqual({ kind: 'go', connections: 1 });
    tss04();
    expect(sender.engine.dispatch(attemptOf(), sender.now)).toMatchObject({ kind: 'wait', until: hours(2) });
    sender.wait(hours(2));
    expect(said()).toBe('go');
  });
  test('zonemta: an address called listed is not used at that receiver for six hours', () => {
    const sender = new Sender('zonemta');
    sender.engine.learn(outcome('bounced', { class: 'dnsblBlock', address: '192.0.2.9' }), sender.now);
    expect(sender.wait(hours(5)).engine.dispatch(attemptOf(), sender.now))
      .toMatchObject({ kind: 'avoid', addresses: ['192.0.2.9'] });
    expect(sender.engine.dispatch(attemptOf({ receiver: 3 }), sender.now).kind).toBe('go');
    expect(sender.wait(hours(1)).engine.dispatch(attemptOf(), sender.now).kind).toBe('go');
  });
  test('spot: four spam verdicts in a row shut an account; one among thirty does not', () => {
    // ln((1 - 0.01) / 0.01) / ln(0.9 / 0.2) = 3.06: the fourth decides.
    const zombie = new Sender('spot');
    const said = Array.from({ length: 5 }, () => {
      const [verdict] = zombie.send(1, minutes(1));
      zombie.engine.learn(scanned(true), zombie.now);
      return verdict!.kind;
    });
    expect(said).toEqual(['pass', 'pass', 'pass', 'pass', 'suspend']);
    const sound = new Sender('spot');
    sound.send(15, minutes(15));
    sound.engine.learn(scanned(true), sound.now);
    expect(kinds(sound.send(15, minutes(15)))).toEqual(['pass']);
  });
});

describe('every preset', () => {
  const all = Object.entries(presets);
  test.each(all)('%s says whence it comes and when it was read', (name, preset) => {
    expect(preset.product).not.toBe('');
    expect(preset.source.length).toBeGreaterThan(10);
    expect(preset.read).toMatch(/^2026-\d\d-\d\d$/);
    if (name !== 'default') expect(preset.policy.name).toBe(name);
  });
  test.each(all)('%s builds at every end of every range', (_, { policy }) => {
    const build = (values: Readonly<Record<string, number>>): Policy => policy.withSettings!(values);
    for (const { max, min, name } of policy.settings ?? []) {
      for (const end of [min, max]) expect(build({ [name]: end }).modules.length).toBeGreaterThan(0);
    }
  });
});
