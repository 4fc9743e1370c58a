// What a summary keeps of twenty seeds, two of them never blocked, and the sentence made of it.

import { expect, test } from 'vitest';
import { headline, summarise } from '../../reports/index.ts';
import { makeResult } from './fixture.ts';

const summary = summarise(makeResult());

test('a metric counts its censored seeds and gives no mean over the others alone', () => {
  const block = summary.metrics['time_to_block'];
  expect([block.seeds, block.censored, block.withoutData]).toEqual([20, 2, 0]);
  expect(block.mean.kind).toBe('never');
  expect(block.p95.kind).toBe('never');
  expect(block.p50.kind).toBe('value');
});

test('the worst seed is the one never blocked, or the soonest listed where later is better', () => {
  expect(summary.metrics['time_to_block'].worst).toMatchObject({ observed: false });
  const listed = summary.metrics['time_to_list'];
  expect(listed.worst!.observed).toBe(true);
  expect(listed.worst!.value).toBe(Math.min(...listed.values.map((each) => each.value)));
});

test('seeds to which a metric does not apply are left out and counted apart', () => {
  const delist = summary.metrics['time_to_delist'];
  expect(delist.seeds + delist.withoutData).toBe(20);
  expect(delist.withoutData).toBe(
    summary.metrics['listed_hours'].values.filter((each) => each.value === 0).length,
  );
});

test('a tenant that was refused ranks above one that was only slowed, with the seeds of each', () => {
  const [first, second, last] = summary.hits;
  expect(first).toMatchObject({ tenant: 'offices-31', seedsStopped: 10, seedsSlowed: 10, rejected: 60 });
  expect(second).toMatchObject({ tenant: 'offices-88', seedsStopped: 5, suspendedMs: 14 * 3_600_000 });
  expect(last).toMatchObject({ seedsStopped: 0, seedsSlowed: 20 });
});

test('a listing that stands at the end is counted, and not taken for one that ended', () => {
  expect(summary.listings).toHaveLength(1);
  expect(summary.listings[0]).toMatchObject({ register: 'west', seedsListed: 14, stillListed: 1 });
});

test('replies and rules are added up over the seeds', () => {
  expect(summary.replies.find((row) => row.class === 'rateLimit')).toMatchObject({ wanted: 820, seeds: 20 });
  expect(summary.rules.find((row) => row.verdict === 'suspend')).toMatchObject({
    abusive: 18,
    innocentTenants: 1,
  });
});

test('a result without a seed is refused', () => {
  expect(() => summarise({ ...makeResult(), seeds: [] })).toThrow(/holds no seed/);
});

test('the headline says whether it was stopped, what got out, who was hit, how long it was listed', () => {
  const say = (options: Parameters<typeof makeResult>[0]): string => {
    const result = makeResult(options);
    return headline(result, summarise(result));
  };
  expect(say({ neverBlocked: 0 })).toMatch(
    /^The default policy stopped the stolen account within 19 m in half of the runs \(p95 53 m\); 138 spam/,
  );
  expect(say({})).toMatch(/\(never in 2 of 20 runs\)/);
  expect(say({ neverBlocked: 15 })).toMatch(/did not stop the stolen account in 15 of 20 runs/);
  expect(say({ neverBlocked: 20 })).toMatch(/never stopped the stolen account in 20 runs/);
  expect(say({ seeds: 1, neverBlocked: 0 })).toMatch(
    /stopped the stolen account after 12 m; 84 spam messages got out; none of 151/,
  );
  expect(say({ culprits: false })).toMatch(/^Nobody was at fault; .* the address was never listed\.$/);
});
