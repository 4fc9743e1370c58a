// Modules against slow twins of a few lines, that keep everything in lists and are plainly what the module's
// help says; on invented mail of accounts that are not the first in their rows.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  alert, canarySlice, distinctSources, hold, hours, type Milliseconds, minutes, type Module, pass, policy,
  PolicyEngine, providerShare, type Signal, suspend, type Verdict,
} from '../../policy/index.ts';
import { attemptOf, complaint, outcome, released, submissionOf, submitted } from '../../laws/build.ts';

/** Nobody is first in a row of numbers, where a place counted from the wrong end would not show. */
const [tenant, account] = [2, 3];
const refused: Verdict = { kind: 'defer', reason: { module: 'another', rule: 'test', seen: 2, limit: 1 } };
const engineOf = (module: Module<object>): PolicyEngine => new PolicyEngine(policy('test', [module]));
const second = 1_000;
const at = (time: number): Milliseconds => time as Milliseconds;

describe('a canary slice', () => {
  const rule = { recipients: 10, settle: hours(1), bounces: 0.2, complaints: 0.1, silence: hours(3) };

  /** A campaign as the help tells it. */
  class Campaign {
    last = -1; sent = 0; settledAt = -1; delivered = 0; unknown = 0; complained = 0;
    finding: 'on trial' | 'good' | 'bad' = 'on trial';
    // A campaign's last second is counted to its end.
    isOver(now: number): boolean { return this.last < 0 || now >= this.last + second + rule.silence; }
    isSettled(now: number): boolean { return this.settledAt >= 0 && now >= this.settledAt; }
    isBad(now: number): boolean {
      if (this.finding !== 'on trial') return this.finding === 'bad';
      const { complained, delivered, unknown } = this;
      // The rest of a slice that is under way may yet turn out well.
      const least = this.isSettled(now) ? 1 : rule.recipients;
      return (unknown >= 2 && unknown / Math.max(delivered + unknown, least) >= rule.bounces) ||
        (complained >= 2 && complained / Math.max(delivered, complained, least) >= rule.complaints);
    }
    conclude(now: number): void {
      if (this.isBad(now)) this.finding = 'bad';
      else if (this.isSettled(now)) this.finding = 'good';
    }
    says(now: number): string {
      if (this.isOver(now) || (this.settledAt < 0 && this.finding !== 'bad')) return 'pass';
      if (this.isBad(now)) return 'hold';
      return this.finding === 'good' || this.isSettled(now) ? 'pass' : `pace until ${this.settledAt}`;
    }
  }

  const event = fc.oneof(
    fc.record({
      kind: fc.constant('bulk' as const), count: fc.integer({ min: 1, max: 8 }), in: fc.boolean(),
    }),
    fc.record({
      kind: fc.constantFrom('delivered', 'delivered', 'bounced', 'full', 'complained', 'complained'),
      count: fc.integer({ min: 1, max: 4 }), in: fc.constant(true),
    }),
    fc.record({ kind: fc.constantFrom('person', 'released'), count: fc.constant(1), in: fc.constant(true) }),
  );
  const wait =
    fc.constantFrom(0, 0, 0, 0, second, minutes(1), minutes(30), hours(1), hours(3), hours(3) + second);

  test('judges a campaign as its twin does, whatever comes back when', () => {
    fc.assert(fc.property(fc.array(fc.tuple(wait, event), { maxLength: 40 }), (steps) => {
      const engine = engineOf(canarySlice({ ...rule, action: hold }));
      let twin = new Campaign();
      let now = at(second);
      for (const [gap, { count, in: isIn, kind }] of steps) {
        now = at(now + gap);
        const who = { tenant, account };
        const recipients = Array.from({ length: count }, (_, index) => index);
        const bulk = submissionOf({ ...who, list: 7, recipients });
        if (kind === 'bulk') {
          engine.learn(submitted(bulk, isIn ? pass : refused), now);
          if (isIn) {
            if (twin.isOver(now)) twin = new Campaign();
            twin.conclude(now);
            twin.last = now;
            if (twin.settledAt < 0 && twin.finding === 'on trial') {
              twin.sent += count;
              if (twin.sent >= rule.recipients) twin.settledAt = now + rule.settle;
            }
          }
        } else if (kind === 'person') {
          engine.learn(submitted(submissionOf(who), pass), now);
        } else if (kind === 'released') {
          engine.learn(released(account, tenant), now);
          twin = new Campaign();
        } else {
          const signal: Signal =
            kind === 'complained' ? complaint(who)
            : kind === 'delivered' ? outcome('delivered', { ...who, copies: count })
            : outcome('bounced', {
                ...who, copies: count, class: kind === 'full' ? 'mailboxFull' : 'unknownUser',
              });
          engine.learn(signal, now);
          if (twin.last >= 0) twin.conclude(now);
          if (!twin.isOver(now) && twin.finding === 'on trial') {
            if (kind === 'delivered') twin.delivered += count;
            if (kind === 'bounced') twin.unknown += count;
            if (kind === 'complained') twin.complained += 1;
            twin.conclude(now);
          }
        }
        const said = engine.decide(bulk, now);
        expect(said.kind === 'pace' ? `pace until ${said.until}` : said.kind).toBe(twin.says(now));
        expect(engine.decide(submissionOf(who), now)).toBe(pass);
        const queued = engine.dispatch(attemptOf({ ...who, list: 7 }), now).kind;
        expect(queued).toBe(twin.says(now) === 'hold' ? 'hold' : 'go');
        expect(engine.dispatch(attemptOf(who), now).kind).toBe('go');
      }
    }));
  });
});

describe('the share of one provider', () => {
  const rule = { share: 0.4, minimum: 6, window: hours(4), action: alert };
  const receiver = fc.oneof(fc.nat({ max: 3 }), fc.nat({ max: 14 }));
  const mail = fc.record({
    gap: fc.constantFrom(0, 0, 0, 0, 0, minutes(1), hours(6)),
    receivers: fc.array(receiver, { minLength: 1, maxLength: 3 }),
    in: fc.constantFrom(true, true, true, false),
  });

  test('is that of eight receivers, a new one in place of the one with the fewest recipients', () => {
    fc.assert(fc.property(fc.array(mail, { maxLength: 60 }), (sent) => {
      const engine = engineOf(providerShare(rule));
      let places: { receiver: number; count: number }[] = [];
      let [total, now] = [0, 0];
      for (const { gap, in: isIn, receivers } of sent) {
        now += gap;
        // Longer than the window and a slice: all has left it. The eight keep their places.
        if (gap === hours(6)) {
          total = 0;
          places = places.map(({ receiver: one }) => ({ receiver: one, count: 0 }));
        }
        const recipients = receivers.map((_, one) => one);
        const submission = submissionOf({ tenant, account, recipients, receivers });
        engine.learn(submitted(submission, isIn ? pass : refused), at(now));
        for (const one of isIn ? receivers : []) {
          total += 1;
          let place = places.find((other) => other.receiver === one);
          if (place === undefined && places.length < 8) places.push(place = { receiver: one, count: 0 });
          if (place === undefined) {
            const fewest = Math.min(...places.map(({ count }) => count));
            place = places.find(({ count }) => count === fewest)!;
            Object.assign(place, { receiver: one, count: 0 });
          }
          place.count += 1;
        }
        for (const probe of [...receivers, 0, 14]) {
          const held = places.find((one) => one.receiver === probe)?.count ?? 0;
          const said = engine.decide(submissionOf({ tenant, account, receivers: [probe] }), at(now));
          const isTooMuch = total >= rule.minimum && held / total >= rule.share;
          expect(said).toEqual(isTooMuch ? expect.objectContaining({
            kind: 'alert', reason: expect.objectContaining({ seen: held / total, limit: 0.4 }) as unknown,
          }) : pass);
        }
      }
    }));
  });
});

describe('different sources', () => {
  const window = hours(1);
  const mail = fc.record({
    gap: fc.constantFrom(0, second, minutes(1), minutes(20), hours(1), hours(1) + second),
    source: fc.nat({ max: 7 }), in: fc.constantFrom(true, true, true, false),
  });

  test('are those used within the window, the last ones remembered', () => {
    const limit = fc.integer({ min: 2, max: 5 });
    fc.assert(fc.property(fc.array(mail, { maxLength: 40 }), limit, (sent, sources) => {
      const engine = engineOf(distinctSources({ sources, window, action: suspend('account', minutes(1)) }));
      let used: { source: number; at: number }[] = [];
      let now = 0;
      for (const { gap, in: isIn, source } of sent) {
        now += gap;
        engine.learn(submitted(submissionOf({ tenant, account, source }), isIn ? pass : refused), at(now));
        if (isIn && source !== 0) {
          used = [{ source, at: now }, ...used.filter((one) => one.source !== source)].slice(0, sources);
        }
        for (const next of [0, 1, 2, 9]) {
          // Seconds are counted to their end.
          const others = used.filter((one) => one.source !== next && one.at + second > now - window).length;
          const seen = others + (next === 0 ? 0 : 1);
          const said = engine.decide(submissionOf({ tenant, account, source: next }), at(now));
          expect(said.kind === 'pass' ? 0 : said.reason.seen).toBe(seen >= sources ? seen : 0);
        }
      }
    }));
  });

  test('are looked at from the message on that makes enough of them', () => {
    const engine = engineOf(distinctSources({ sources: 2, minimum: 4, window, action: alert }));
    const said = [1, 2, 1, 1, 2].map((source) => {
      const submission = submissionOf({ account, source });
      const verdict = engine.decide(submission, minutes(1));
      engine.learn(submitted(submission, verdict), minutes(1));
      return verdict.kind;
    });
    expect(said).toEqual(['pass', 'pass', 'pass', 'alert', 'alert']);
    expect(engine.decide(submissionOf({ account, source: 3 }), minutes(61)).kind).toBe('alert');
    expect(engine.decide(submissionOf({ account, source: 3 }), minutes(62))).toBe(pass);
  });
});
