// Office mail: how much, to whom, and who joins the book.

import { describe, expect, test } from 'vitest';
import { day } from '../stage.ts';
import { expectCount, expectShare, fourSigma, group, placeOf, writtenBy } from './writing.ts';

const week = 7 * day;

describe('an office', () => {
  const office = { kind: 'office', perDay: 40, list: { kind: 'opt-in' } } as const;
  const { world, all } = writtenBy({ tenants: [group(office, { count: 120 })] }, 4 * week - 1);
  const keys = all.flatMap(({ submission }) => submission.recipients);
  const meant = all.flatMap(({ actor, submission }) =>
    submission.recipients.filter((key) => world.addresses.spaceOf(key) === actor.space));

  test('writes as many messages a week as planned: five working days and a tenth of one', () => {
    expectCount(all.length, 120 * 4 * 40 * 5.12);
  });

  test('writes to 1.3 recipients on average', () => {
    expectCount(keys.length - all.length, all.length * 0.3);
  });

  test('names nobody twice in a message, and fewer where its book has no more', () => {
    for (const { submission: { recipients } } of all)
      expect(new Set(recipients).size).toBe(recipients.length);
    const chatty = { ...office, book: 2, newcomers: '0%', recipients: 3, list: { kind: 'clean' } } as const;
    const pair = writtenBy({ tenants: [group(chatty, { count: 20 })] }, week, { seed: 'pair' }).all;
    expect(pair.length).toBeGreaterThan(1_000);
    for (const { submission: { recipients } } of pair)
      expect(new Set(recipients).size).toBe(recipients.length);
    expect(Math.max(...pair.map(({ submission }) => submission.recipients.length))).toBe(2);
    // 1 in 3 is to one alone.
    expectShare(
      pair.filter(({ submission }) => submission.recipients.length === 2).length, pair.length, 2 / 3,
    );
  });

  test('writes to somebody new in 6 of 100 copies; nobody is new twice', () => {
    const joined = new Set(meant.filter((key) => placeOf(key) >= 150));
    expectShare(joined.size, meant.length, 0.06);
    const newcomers = world.actors.reduce((sum, actor) => sum + actor.newcomers, 0);
    // Some of them are slips on the way out: meant, and counted, but misaddressed.
    expect(newcomers - joined.size).toBeLessThan(newcomers * 0.02);
  });

  test('writes again to those who joined its book, though less than to old contacts', () => {
    const times = new Map<number, number>();
    for (const key of meant) if (placeOf(key) >= 150) times.set(key, (times.get(key) ?? 0) + 1);
    const again = [...times.values()].filter((count) => count > 1).length / times.size;
    expect(again).toBeGreaterThan(0.03);
    expect(again).toBeLessThan(0.6);
  });

  test('knows its contacts by Zipf: the first is drawn for ln 2 / ln 151 of what goes to the book', () => {
    const settled = writtenBy(
      { tenants: [group({ ...office, newcomers: '0%' }, { count: 50 })] }, 4 * week - 1, { seed: 'zipf' },
    );
    // Of those named first: who is drawn a second time gives way to the next in the book.
    const old = settled.all.flatMap(({ actor, submission }) =>
      submission.recipients.slice(0, 1)
        .filter((key) => settled.world.addresses.spaceOf(key) === actor.space));
    expectShare(old.filter((key) => placeOf(key) === 0).length, old.length, Math.log(2) / Math.log(151));
  });

  test('has 50 holiday notes in a million copies answer forged mail, and only these have no sender', () => {
    const answers = all.filter(({ submission }) => submission.nullSender);
    for (const { submission } of answers)
      expect(world.addresses.kindOf(submission.recipients[0]!)).toBe('backscatter');
    expect(answers.length).toBeLessThan(20);
    expect(answers.length).toBeGreaterThan(0);
  });

  test('slips as often as its list says', () => {
    const slips = keys.filter((key) => world.addresses.kindOf(key) !== 'person').length;
    const share = 0.006 + 0.001 + 520.5e-6 + 50e-6;
    expect(Math.abs(slips - keys.length * share)).toBeLessThan(fourSigma(keys.length * share));
  });
});
