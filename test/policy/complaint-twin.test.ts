// The complaint ratio against a slow twin that keeps everything in lists and is plainly what the help of the
// module says; of a tenant that is not the first in its row.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  alert, complaintRatio, hours, type Milliseconds, minutes, pass, policy, PolicyEngine,
} from '../../policy/index.ts';
import { complaint, outcome, released, submissionOf } from '../../laws/build.ts';

const [tenant, account] = [2, 3];
const at = (time: number): Milliseconds => time as Milliseconds;

describe('the complaint ratio', () => {
  const rule = { ratio: 0.3, minimum: 2, window: hours(4), action: alert };
  const fresh = (): PolicyEngine => new PolicyEngine(policy('test', [complaintRatio(rule)]));
  const mostReceivers = 24;
  /** Quarters of the window are remembered, and the one under way. */
  const remembered = 5;
  const sliceAt = (now: number): number => Math.floor(now / hours(1));

  /** A tenant's record as the help tells it. */
  class Record {
    newest = -1;
    complaints: number[] = [];
    receivers: { id: number; hasLoop: boolean; copies: number[] }[] = [];
    /** In the slices remembered at `now`; a clock that steps back sees all that is held. */
    sum(slices: readonly number[], now: number): number {
      const gone = Math.max(0, sliceAt(now) - this.newest);
      return slices.filter((slice) => slice > this.newest - remembered + gone).length;
    }
    receiver(id: number, now: number): { hasLoop: boolean; copies: number[] } | undefined {
      const known = this.receivers.find((one) => one.id === id);
      if (known !== undefined) return known;
      const newcomer = { id, hasLoop: false, copies: [] };
      if (this.receivers.length < mostReceivers) {
        this.receivers.push(newcomer);
        return newcomer;
      }
      const quiet = this.receivers.filter(({ hasLoop }) => !hasLoop);
      const fewest = Math.min(...quiet.map(({ copies }) => this.sum(copies, now)));
      const left = quiet.find(({ copies }) => this.sum(copies, now) === fewest);
      return left === undefined ? undefined : Object.assign(left, newcomer);
    }
    learn(kind: 'delivered' | 'complained', id: number, copies: number, now: number): void {
      this.newest = Math.max(this.newest, sliceAt(now));
      const place = this.receiver(id, now);
      if (kind === 'complained') {
        this.complaints.push(this.newest);
        if (place !== undefined) place.hasLoop = true;
      } else {
        place?.copies.push(...Array<number>(copies).fill(this.newest));
      }
    }
    share(now: number): number {
      const complaints = this.sum(this.complaints, now);
      if (complaints < rule.minimum) return 0;
      const loops = this.receivers.filter(({ hasLoop }) => hasLoop);
      const delivered = loops.reduce((sum, { copies }) => sum + this.sum(copies, now), 0);
      return complaints / Math.max(delivered, complaints);
    }
  }

  const event = fc.record({
    gap: fc.constantFrom(0, 0, 0, 0, minutes(10), minutes(40), hours(1), hours(3), hours(6), -minutes(90)),
    kind: fc.constantFrom(...Array<'delivered'>(8).fill('delivered'), 'complained', 'complained', 'released'),
    // The first three have their numbers elsewhere than the rest.
    receiver: fc.oneof(fc.nat({ max: 4 }), fc.nat({ max: 40 })),
    copies: fc.integer({ min: 1, max: 5 }),
  });

  /** Copies at receivers that are there before; from 24 on, a newcomer takes another's place. */
  const crowd = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 26 }).map((copies) =>
    copies.map((some, receiver) => ({ gap: 0, kind: 'delivered' as const, receiver, copies: some + 1 })));

  test('is that of the receivers that report, of 24 told apart, whatever comes back when', () => {
    fc.assert(fc.property(crowd, fc.array(event, { maxLength: 120 }), (before, after) => {
      const events = [...before, ...after];
      let engine = fresh();
      let twin = new Record();
      let now: number = hours(30);
      for (const { copies, gap, kind, receiver } of events) {
        now += gap;
        // Sent after any release, for mail from before it is settled.
        const who = { tenant, account, receiver, sent: Number.MAX_SAFE_INTEGER };
        if (kind === 'released') twin = new Record();
        else twin.learn(kind, receiver, copies, now);
        const signal = kind === 'delivered' ? outcome('delivered', { ...who, copies })
          : kind === 'complained' ? complaint(who) : released(account, tenant);
        engine.learn(signal, at(now));
        if (copies === 1) {
          const snapshot = engine.snapshot();
          engine = fresh();
          engine.restore(snapshot);
        }
        for (const later of [0, hours(2), hours(5), -hours(2)]) {
          const said = engine.decide(submissionOf({ tenant, account }), at(now + later));
          const share = twin.share(now + later);
          expect(said).toEqual(share < rule.ratio ? pass : expect.objectContaining({
            kind: 'alert', reason: expect.objectContaining({ seen: share, limit: 0.3 }) as unknown,
          }));
        }
      }
    }), { numRuns: 300 });
  });

  test('gives the room of its receivers back on a release', () => {
    const module = complaintRatio(rule);
    const state = module.fresh();
    const handles = [1, 2, 3].map(() => {
      for (let receiver = 0; receiver < mostReceivers; receiver++) {
        module.learn(state, outcome('delivered', { tenant, account, receiver }), at(hours(30)));
      }
      const [handle] = state.words;
      module.learn(state, released(account, tenant), at(hours(30)));
      expect(state.words[0]).toBe(0);
      return handle;
    });
    expect(handles[0]).not.toBe(0);
    expect(new Set(handles).size).toBe(1);
  });
});
