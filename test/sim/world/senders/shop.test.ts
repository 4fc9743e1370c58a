// A shop's mail: how much, when people buy, to whom, and what customers typed.

import { describe, expect, test } from 'vitest';
import { shopWeek } from '../../../../sim/world/senders/rhythm.ts';
import { day, hour, worldOf } from '../stage.ts';
import { expectCount, expectShare, fourSigma, group, placeOf, write, writtenBy } from './writing.ts';

const week = 7 * day;

describe('a shop', () => {
  const shop = { kind: 'shop', perDay: 200 } as const;
  const { world, all } = writtenBy({ tenants: [group(shop, { count: 40 })] }, 2 * week - 1);

  test('writes as many messages a week as planned, on every day of it', () => {
    expectCount(all.length, 40 * 14 * 200);
    for (let weekday = 0; weekday < 7; weekday += 1) {
      const today = all.filter(({ at }) => Math.floor((at % week) / day) === weekday).length;
      expect(today / (all.length / 7)).toBeGreaterThan(0.85);
    }
  });

  test('has its peak in the evening and more on a weekend than on a Wednesday', () => {
    const by = (from: number, to: number): number =>
      all.filter(({ at }) => at % day >= from * hour && at % day < to * hour).length;
    expect(by(19, 22)).toBeGreaterThan(1.4 * by(9, 12));
    const on = (weekday: number): number =>
      all.filter(({ at }) => Math.floor((at % week) / day) === weekday).length;
    expect(on(6)).toBeGreaterThan(1.15 * on(2));
    expect(on(5)).toBeGreaterThan(on(1));
  });

  test('has its evening by the clock of its zone', () => {
    const [utc, west] = [shopWeek(200, 0), shopWeek(200, -8)];
    expect(west.expected(2 * day + 28 * hour) - west.expected(2 * day + 27 * hour)).toBeCloseTo(
      utc.expected(2 * day + 20 * hour) - utc.expected(2 * day + 19 * hour), 9,
    );
  });

  test('writes to somebody it wrote to before in a quarter of its mail', () => {
    const newest = new Map<number, number>();
    let again = 0;
    for (const { actor, submission } of all) {
      const place = placeOf(submission.recipients[0]!);
      if (place <= (newest.get(actor.id) ?? 200 * 0.75 * 90 - 1)) again += 1;
      else newest.set(actor.id, place);
    }
    expectShare(again, all.length, 0.25);
  });

  test('that mails a customer again mails a recent one: the latest in ln 2 of ln 9,700 of such mail', () => {
    const same = { tenants: [group({ ...shop, returning: '100%' }, { count: 40 })] };
    const again = writtenBy(same, 2 * week - 1, { seed: 'again' }).all;
    // Who has nobody new has the one customer that every shop starts with.
    expect(new Set(again.map(({ submission }) => submission.recipients[0])).size).toBe(40);
    const some = { tenants: [group({ ...shop, returning: '50%' }, { count: 100 })] };
    const newest = new Map<number, number>();
    let [latest, all] = [0, 0];
    write(worldOf(some), 2 * week - 1, ({ actor, submission }) => {
      const place = placeOf(submission.recipients[0]!);
      const last = newest.get(actor.id) ?? 200 * 0.5 * 90 - 1;
      if (place > last) newest.set(actor.id, place);
      else if (place === last) latest += 1;
      if (place <= last) all += 1;
    });
    // Between ln(9,001) and ln(10,401), as the row of customers grows.
    expectShare(latest, all, Math.log(2) / Math.log(9_700));
  });

  test('marks two in five as mail that cannot wait, or as many as its group says', () => {
    expectShare(all.filter(({ submission }) => submission.urgent).length, all.length, 0.4);
    const calm = writtenBy({ tenants: [group(shop, { count: 40, urgent: '20%' })] }, 2 * week - 1).all;
    expectShare(calm.filter(({ submission }) => submission.urgent).length, calm.length, 0.2);
  });

  test('hits typo traps, and hits again the one that a customer typed at the check-out', () => {
    const typos = all.map(({ submission }) => submission.recipients[0]!)
      .filter((key) => world.addresses.kindOf(key) === 'typo');
    const mean = all.length * 600e-6;
    // Repeats come in clusters, so the count varies more than a Poisson count.
    expect(Math.abs(typos.length - mean)).toBeLessThan(2 * fourSigma(mean));
    expect(new Set(typos).size).toBeLessThan(typos.length);
  });
});
