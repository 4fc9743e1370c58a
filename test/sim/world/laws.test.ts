// Laws of the world, held against whole runs: luck belongs to messages, signals come after their cause,
// stricter is stricter.

import { describe, expect, test } from 'vitest';
import {
  acceptEverything,
  defaultPolicy,
  hours,
  type Module,
  type Policy,
  policy,
  recipientWindow,
} from '../../../policy/index.ts';
import { runSeed } from '../../../sim/run.ts';
import { farOf } from '../../../sim/world/measures/abuse-record.ts';
import { request, type SmallScenario, smallScenarios } from '../../run/small.ts';
import { submissionsOf } from '../../run/submissions.ts';
import { day, planOf } from './stage.ts';

const scenarios = smallScenarios();
const named = (name: string): SmallScenario => scenarios.find((one) => one.name === name)!;

describe('common luck', () => {
  test.each(['at the start', 'at the end'])('a group of tenants more, %s, moves no one’s mail', (where) => {
    const { plan, traces } = named('compromised-account');
    const added = { ...plan.tenants[0]!, name: 'newcomers', count: 3 };
    const before = where === 'at the start' ? added.count * added.accounts : 0;
    const tenants = before > 0 ? [added, ...plan.tenants] : [...plan.tenants, added];
    const known = plan.tenants.reduce((sum, group) => sum + group.count * group.accounts, 0);
    // When, by whom, to which receivers, of what size; the thief's mail among it.
    const mailOf = (asked: typeof plan, first: number): readonly string[] =>
      submissionsOf({ plan: asked, traces, seed: '1', policy: acceptEverything })
        .entries.filter(({ account }) => account >= first && account < first + known)
        .map(({ at, truth, account, receivers }) => [at, truth, account - first, receivers].join(' '))
        .sort();
    expect(mailOf({ ...plan, tenants }, before)).toEqual(mailOf(plan, 0));
  });

  test('the address a message leaves by does not hang on what a policy did to others', () => {
    const scenario = named('mailing-list-one-provider');
    const leaving = (rules: Policy): ReadonlyMap<string, number> => {
      const from = new Map<string, number>();
      runSeed({
        ...request(scenario, '1', rules),
        observe: (_, event) => {
          if (
            event.kind !== 'exchange' ||
            event.envelope.tries > 0 ||
            event.envelope.message.actor.truth !== 'wanted'
          )
            return;
          const { actor, number } = event.envelope.message;
          from.set(`${actor.id} ${number} ${event.envelope.receiver}`, event.envelope.address);
        },
      });
      return from;
    };
    const [one, two] = [leaving(defaultPolicy), leaving(acceptEverything)];
    expect(new Set(one.values()).size).toBe(2);
    for (const [key, address] of one) if (two.has(key)) expect(two.get(key), key).toBe(address);
  });
});

describe('what a policy learns', () => {
  test('of a listing comes after its publication, and no later than a poll and the cache allow', () => {
    const { plan, traces } = named('compromised-account');
    const heard: { readonly at: number; readonly register: string }[] = [];
    const listener: Module<object> = {
      name: 'listener',
      key: 'platform',
      fresh: () => ({}),
      decide: () => ({ kind: 'pass' }),
      learn: (_, signal, at) => {
        if (signal.kind === 'listed') heard.push({ at, register: signal.register });
      },
    };
    const result = runSeed({ plan, traces, seed: '1', policy: policy('listens', [listener]) });
    expect(heard.length).toBeGreaterThan(0);
    for (const { at, register } of heard) {
      const listing = result.listings.findLast((one) => one.register === register && one.listed <= at)!;
      expect(listing).toBeDefined();
      expect(at - listing.listed).toBeLessThanOrEqual(plan.desk.poll + 2_100_000);
    }
  });

  test('of a delivery, bounce or complaint comes after the message was handed in', () => {
    const { plan, traces } = named('mailing-list-one-provider');
    let last = 0;
    const known = new Set<number>();
    const heard = new Map<string, number>();
    const listener: Module<object> = {
      name: 'listener',
      key: 'platform',
      fresh: () => ({}),
      decide: () => ({ kind: 'pass' }),
      learn: (_, signal, at) => {
        expect(at).toBeGreaterThanOrEqual(last);
        last = at;
        heard.set(signal.kind, (heard.get(signal.kind) ?? 0) + 1);
        if (signal.kind === 'submitted') known.add(signal.account);
        else if ('account' in signal) expect(known.has(signal.account)).toBe(true);
      },
    };
    runSeed({ plan, traces, seed: '1', policy: policy('listens', [listener]) });
    for (const kind of ['submitted', 'delivered', 'bounced'])
      expect(heard.get(kind), kind).toBeGreaterThan(20);
  });
});

describe('laws', () => {
  test('a stricter limit never lets more abusive mail leave', () => {
    const { plan, traces } = named('compromised-account');
    for (const seed of ['1', '2', '3']) {
      const left = [20, 60, 150, 400, 1_000].map((limit) => {
        const rules = policy(`at most ${limit}`, [
          recipientWindow({ name: 'window', limit, window: hours(24) }),
        ]);
        const { world } = submissionsOf({
          plan: { ...plan, desk: { ...plan.desk, staff: 0 } },
          traces,
          seed,
          policy: rules,
        });
        return farOf(world.culprits[0]!.abuse).filter((far) => far > 0).length;
      });
      expect(left).toEqual(left.toSorted((one, two) => one - two));
      expect(left[0]!).toBeLessThan(left.at(-1)!);
    }
  });

  test('with no culprit and no register that hears of traps nobody loses anything', () => {
    for (const { plan, traces } of scenarios) {
      const quiet = {
        ...plan,
        incidents: [],
        pools: plan.pools.map((pool) => ({ ...pool, dynamic: [] })),
        registers: plan.registers.map((register) => ({ ...register, coverage: 0 })),
      };
      const result = runSeed({ plan: quiet, traces, seed: '1', policy: acceptEverything });
      expect(result.listings).toEqual([]);
      expect(result.culprits).toEqual([]);
      expect(result.hits).toEqual([]);
      const nothing = [
        'fp.tenants',
        'fp.messages.rejected',
        'collateral.bounced',
        'escaped',
        'listed_hours',
        'trap_hits',
        'desk.hours',
      ] as const;
      for (const name of nothing) expect(result.metrics[name].value, `${plan.title}: ${name}`).toBe(0);
    }
  });

  test('the default policy refuses nobody where nobody is at fault', () => {
    for (const name of ['compromised-account', 'enron']) {
      const { plan, traces } = named(name);
      const result = runSeed({ plan: { ...plan, incidents: [] }, traces, seed: '1', policy: defaultPolicy });
      expect(result.metrics['fp.messages.rejected'].value, name).toBe(0);
      expect(result.metrics['fp.tenants'].value, name).toBe(0);
    }
  });

  test('nothing of the warm-up is counted', () => {
    const { plan, traces } = named('compromised-account');
    const allWarmup = { ...plan, incidents: [], warmup: plan.length };
    const { metrics, receivers } = runSeed({ plan: allWarmup, traces, seed: '1', policy: defaultPolicy });
    for (const name of [
      'wanted.submitted',
      'wanted.delivered',
      'wanted.lost',
      'desk.hours',
      'listed_hours',
      'trap_hits',
    ] as const) {
      expect(metrics[name].value, name).toBe(0);
    }
    expect(receivers.every(({ wanted, abusive }) => wanted + abusive === 0)).toBe(true);
  });
});

test('mail at a constant pace of a newsletter is as planned: each address once, in its time', () => {
  const plan = planOf({
    length: '7d',
    tenants: [
      {
        name: 'papers',
        count: 1,
        pool: 'shared',
        stream: {
          kind: 'newsletter',
          size: 100,
          every: '7d',
          first: '1d',
          pace: '600/h',
          list: { kind: 'clean', unknown: '0%', full: '0%', pristine: '0%', recycled: '0%', typo: '0%' },
        },
      },
    ],
  });
  const { entries } = submissionsOf({ plan, traces: new Map(), seed: '1', policy: acceptEverything });
  expect(entries.map(({ at }) => at)).toEqual(Array.from({ length: 100 }, (_, index) => day + index * 6_000));
  expect(new Set(entries.flatMap(({ recipients }) => recipients)).size).toBe(100);
});
