// What the desk sees of accounts: this day's counts and the day before's, and nothing older but the total
// sent.

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
  const first = { day: 0, sent: 6, bounced: 1, complained: 1, sentEver: 6 };
  const nothing = { sentBefore: 0, bouncedBefore: 0, complainedBefore: 0 };
  expect(ledger.viewOf(one, day - 1)).toEqual({ ...first, ...nothing });
  const next = { day: 1, sent: 0, bounced: 0, complained: 0, sentEver: 6 };
  expect(ledger.viewOf(one, day)).toEqual({ ...next, sentBefore: 6, bouncedBefore: 1, complainedBefore: 1 });
  expect(ledger.viewOf(one, 2 * day)).toEqual({ ...next, ...nothing, day: 2 });
  expect(ledger.viewOf(two, 3 * day)).toMatchObject({ sent: 0, sentBefore: 0, sentEver: 40 });
});
