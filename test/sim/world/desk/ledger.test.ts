// What the desk sees of accounts: this day's counts and the day before's, and nothing older but the total
// sent and the busiest day's.

import { expect, test } from 'vitest';
import type { AccountId } from '../../../../policy/index.ts';
import { Ledger } from '../../../../sim/world/desk/ledger.ts';
import { day, hour } from '../stage.ts';

const [one, two] = [0 as AccountId, 1 as AccountId];

test('counts belong to one account and one day; the day before stays, a day further back does not', () => {
  const ledger = new Ledger(2);
  ledger.addSent(one, hour, 5);
  ledger.addSent(one, 2 * hour, 1);
  ledger.addBounced(one, day - 1);
  ledger.addComplained(one, 3 * hour);
  ledger.addSent(two, day - 1, 40);
  const first = { day: 0, sent: 6, bounced: 1, complained: 1, sentEver: 6, sentAtMost: 0 };
  const nothing = { sentBefore: 0, bouncedBefore: 0, complainedBefore: 0 };
  expect(ledger.viewOf(one, day - 1)).toEqual({ ...first, ...nothing });
  const next = { day: 1, sent: 0, bounced: 0, complained: 0, sentEver: 6, sentAtMost: 0 };
  expect(ledger.viewOf(one, day)).toEqual({ ...next, sentBefore: 6, bouncedBefore: 1, complainedBefore: 1 });
  expect(ledger.viewOf(one, 2 * day)).toEqual({ ...next, ...nothing, day: 2, sentAtMost: 6 });
  expect(ledger.viewOf(two, 3 * day)).toMatchObject({ sent: 0, sentBefore: 0, sentEver: 40 });
});

test('the busiest day is the fullest of those that are out of sight, however seldom anybody looks', () => {
  const sent = new Map([[0, 7], [1, 30], [2, 4], [5, 20], [6, 50], [9, 1]]);
  const daily = new Ledger(1);
  const seldom = new Ledger(1);
  const most: number[] = [];
  for (let today = 0; today <= 9; today += 1) {
    const copies = sent.get(today);
    if (copies !== undefined) for (const ledger of [daily, seldom]) ledger.addSent(one, today * day, copies);
    most.push(daily.viewOf(one, today * day).sentAtMost);
  }
  expect(most).toEqual([0, 0, 7, 30, 30, 30, 30, 30, 50, 50]);
  expect(seldom.viewOf(one, 9 * day)).toEqual(daily.viewOf(one, 9 * day));
});
