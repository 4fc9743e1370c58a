// What a summary keeps of twenty seeds, two of them never blocked, and the sentence made of it.

import { expect, test } from 'vitest';
import { headline, summarise } from '../../reports/index.ts';
import { summariseMetric, worstSeed } from '../../reports/metric-summary.ts';
import { medianInterval } from '../../reports/html/median.ts';
import { type FixtureOptions, makeResult } from './fixture.ts';

const summary = summarise(makeResult());

test('a metric counts its censored seeds and gives no mean over the others alone', () => {
  const block = summary.metrics['time_to_block'];
  expect([block.seeds, block.censored, block.withoutData]).toEqual([20, 2, 0]);
  expect(block.mean.kind).toBe('never');
  expect(block.p95.kind).toBe('never');
  expect(block.p50.kind).toBe('value');
});

test('a policy that misses the short attacks has never blocked these, wherever they end', () => {
  const result = makeResult();
  const seeds = result.seeds.map((seed, index) => {
    const short = { value: 3_600_000, observed: false };
    const long = { value: (10 + index) * 3_600_000, observed: true };
    const [block, delist] = index < 11 ? [short, short] : [long, long];
    return { ...seed, metrics: { ...seed.metrics, time_to_block: block, time_to_delist: delist } };
  });
  expect(summariseMetric('time_to_block', seeds).p50).toEqual({ kind: 'never', atLeast: 29 * 3_600_000 });
  // Of a listing that still stood when the run ended nobody knows; the others tell what is usual.
  expect(summariseMetric('time_to_delist', seeds).p50).toEqual({ kind: 'value', value: 25 * 3_600_000 });
  expect(medianInterval(summariseMetric('time_to_block', seeds))).toMatch(/ to never$/);
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

test('where all seeds came off alike, none is called the worst', () => {
  expect(worstSeed(summary.metrics['fp.tenants.paced'])).toBe('');
  expect(worstSeed(summary.metrics['time_to_block'])).toBe('19');
});

test('a result without a seed is refused', () => {
  expect(() => summarise({ ...makeResult(), seeds: [] })).toThrow(/holds no seed/);
});

const say = (options: FixtureOptions): string => {
  const result = makeResult(options);
  return headline(result, summarise(result));
};

test('the headline says so where the policy meant mail for pools that the platform does not have', () => {
  const result = makeResult({ seeds: 2 });
  const missing = [[{ pool: 'high-risk', times: 3_000 }], [{ pool: 'high-risk', times: 17 }]];
  const seeds = result.seeds.map((seed, at) => ({ ...seed, missingPools: missing[at]! }));
  expect(headline({ ...result, seeds }, summarise(result))).toMatch(
    /\. 3,017 times the policy meant mail for pool high-risk, which this platform does not have: such mail/,
  );
  expect(say({})).not.toContain('platform does not have');
});

test('the headline says whether it was stopped, what got out, who was hit, how long it was listed', () => {
  expect(say({ neverBlocked: 0 })).toMatch(
    /^Under the default policy the stolen account was stopped within 19 m .* \(p95 53 m\), by the policy;/,
  );
  expect(say({})).toMatch(/\(never in 2 of 20 runs\)/);
  expect(say({ neverBlocked: 15 })).toMatch(
    /the stolen account was not stopped in 15 of 20 runs, otherwise by the policy;/,
  );
  expect(say({ neverBlocked: 20 })).toMatch(/the stolen account was never stopped in 20 runs;/);
  expect(say({ seeds: 1, neverBlocked: 0 })).toMatch(
    /was stopped after 12 m by the policy; 84 spam messages got out; none of 151 innocent tenants was hit/,
  );
  expect(say({ culprits: false })).toMatch(/^Nobody was at fault; .* the address was never listed\.$/);
});

test('a listing that lasts in one run several times as long as usual is told with it', () => {
  const listedFor = (...hours: number[]): string => {
    const result = makeResult({ neverBlocked: 0, seeds: hours.length });
    const seeds = result.seeds.map((seed, at) => {
      const listed_hours = { ...seed.metrics.listed_hours, value: hours[at]! };
      return { ...seed, metrics: { ...seed.metrics, listed_hours } };
    });
    return headline({ ...result, seeds }, summarise({ ...result, seeds }));
  };
  expect(listedFor(10, 10, 73)).toMatch(/; the address was listed for 10 h \(3 d 1 h in the worst run\)\.$/);
  expect(listedFor(10, 10, 19)).toMatch(/; the address was listed for 10 h\.$/);
});

test('the headline gives the desk and the policy their own credit', () => {
  const desk = 'desk evidence';
  expect(say({ neverBlocked: 0, blockedBy: () => desk })).toMatch(/\(p95 53 m\), by the desk;/);
  const blockedBy = (seed: number): string => (seed <= 12 ? 'hard-bounce-ratio users/24h' : desk);
  expect(say({ neverBlocked: 0, blockedBy })).toMatch(/by the policy in 12 of 20 runs, by the desk in 8;/);
  // Nobody stopped the last two, and so neither gets them.
  expect(say({ neverBlocked: 2, blockedBy })).toMatch(/by the policy in 12 of 20 runs, by the desk in 6;/);
});

test('a careless sender is never called innocent, and counted where the metric counts it', () => {
  const careless = { cause: 'careless', neverBlocked: 0 } as const;
  expect(say({ ...careless, noHits: true })).toMatch(
    /; of 152 innocent or careless tenants only the careless sender itself was hit;/,
  );
  expect(say({ ...careless, noHits: true, neverBlocked: 5 })).toMatch(/itself was hit in 15 of 20 runs;/);
  expect(say(careless)).toMatch(/of 152 innocent or careless tenants were hit .*the careless sender among/);
  expect(say({ cause: 'careless', neverBlocked: 20, noHits: true })).toMatch(
    /none of 152 innocent or careless tenants was hit/,
  );
});

test('a hit in some of the runs is told as such, not as a tenant and a half', () => {
  expect(say({ neverBlocked: 0 })).toMatch(/; up to 2 of 151 innocent tenants were hit in 10 of 20 runs;/);
});

test('careless senders share a row, which every seed adds to though each picks its own', () => {
  const [first, ...rest] = summarise(makeResult({ cause: 'careless', neverBlocked: 0 })).hits;
  expect(first).toMatchObject({ careless: true, tenant: '', seedsStopped: 20, rejected: 280_000 });
  expect(rest.every((hit) => !hit.careless)).toBe(true);
});

test('copies accepted and given up are told apart from tries that are made again', () => {
  const gmail = summary.replies.filter((row) => row.receiver === 'gmail');
  expect(gmail.map((row) => row.outcome)).toEqual(['accepted', 'given up', 'tried again']);
});

test('listings without a culprit are counted as the simulator words them', () => {
  const result = makeResult({ seeds: 1 });
  const listings = [{ ...listing, cause: 'background trap hits alone' }, listing];
  const [row] = summarise({ ...result, seeds: [{ ...result.seeds[0]!, listings }] }).listings;
  expect(row).toMatchObject({ listings: 2, background: 1 });
});

const listing = {
  register: 'west',
  address: '192.0.2.10',
  listed: 5,
  delisted: 9,
  cause: '3 of 4 trap hits by culprits',
  ending: 'expired',
};
