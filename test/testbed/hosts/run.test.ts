// Whole runs under foreign policies: the same seed ends the same way, and what goes wrong with a daemon ends
// the run as a fault of the policy, with when and where.

import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { describe, expect, test } from 'vitest';
import { runSeed } from '../../../cli/simulate.ts';
import { milliseconds, type Policy, zero } from '../../../policy/index.ts';
import type { SeedResult } from '../../../sim/index.ts';
import { hostModule } from '../../../testbed/hosts/host.ts';
import { ownDaemon } from '../../../testbed/hosts/own-daemon.ts';
import { HostNameError, policyOfHost, profiles } from '../../../testbed/hosts/profiles.ts';
import { request, smallScenarios } from '../../run/small.ts';
import { fakeDaemon } from './fake-daemon.ts';
import { canRun } from './programs.ts';

const hour = 3_600_000;
const stolen = smallScenarios()[0]!;
/** One morning: a daemon takes its time, however fast virtual time goes. */
const scenario = {
  ...stolen,
  plan: {
    ...stolen.plan, warmup: zero, length: milliseconds(12 * hour),
    incidents: stolen.plan.incidents.map((incident) =>
      ({ ...incident, at: milliseconds(8 * hour), rate: 60, length: 2 * hour } as typeof incident)),
  },
};

const runUnder = async (policy: Policy): Promise<SeedResult> =>
  runSeed(request(scenario, '1', policy), false);

/** Folders that hosts have made and not taken away. */
const leftovers = (): readonly string[] =>
  ['/dev/shm', tmpdir()].flatMap((folder) => (existsSync(folder) ? readdirSync(folder) : []))
    .filter((name) => name.startsWith(`sharedfate-${process.pid}-`));

describe.each(Object.entries(profiles))('a run under %s', (name, profile) => {
  test.skipIf(!canRun(name, profile))('ends the same way twice, and the daemon has its say', async () => {
    const policy = policyOfHost(`daemon:${name}`);
    // Tight enough for a small run to feel it.
    const tight = Object.hasOwn(profile.parameters, 'limit') ? policy.withSettings!({ limit: 4 })
      : Object.hasOwn(profile.parameters, 'burst') ? policy.withSettings!({ burst: 4, perMinute: 0.1 })
      : policy;
    const first = await runUnder(tight);
    const second = await runUnder(tight);
    expect(second.fingerprint).toBe(first.fingerprint);
    expect(JSON.stringify(first.rules)).toContain(`"${name} `);
  }, 180_000);
});

describe('a daemon', () => {
  const under = async (answer: Parameters<typeof fakeDaemon>[0]): Promise<unknown> => {
    const daemon = await fakeDaemon(answer);
    const { endpoint } = daemon;
    const place = 'port' in endpoint ? `127.0.0.1:${endpoint.port}` : '';
    try {
      return await runUnder({ name: 'mine', modules: [hostModule(ownDaemon(place), {})] });
    } finally {
      await daemon.close();
    }
  };

  test('that its user has started has a say', async () => {
    const result = await under((socket) => void socket.write('action=REJECT no mail today\n\n'));
    expect(JSON.stringify(result)).toContain('postfix-policy REJECT no mail today');
  });

  test('that goes away in the middle of a run ends it: when, on which seed and message', async () => {
    const leaving = under((socket, number) => {
      if (number < 20) socket.write('action=OK\n\n');
      else socket.destroy();
    });
    await expect(leaving).rejects.toMatchObject({
      name: 'PolicyFault', module: 'postfix-policy', seed: '1', at: expect.any(Number),
      submission: expect.any(Number),
      message: expect.stringMatching(/closed the connection and did not answer/),
    });
  });

  test('that answers nonsense ends it', async () => {
    const garbling = under((socket, number) =>
      void socket.write(number < 20 ? 'action=OK\n\n' : '250 2.0.0 Ok\n\n'));
    await expect(garbling).rejects.toMatchObject({
      name: 'PolicyFault',
      message: expect.stringMatching(/answered nonsense: "250 2.0.0 Ok" is not name=value/),
    });
  });
});

describe('what --policy says', () => {
  test.each([
    ['daemon:postfwdd', 'did you mean daemon:postfwd'],
    ['daemon:', 'no daemon is called ""; there are postfwd,'],
    ['daemon:constructor', 'no daemon is called'],
    ['postfix-policy:', 'postfix-policy: "" is no place'],
    ['postfix-policy:192.0.2.9:25', 'not a loopback address'],
    ['postfix-policy:127.0.0.1:10040?clok=x', 'expected ?clock=<file>'],
  ])('of no host, as in %s, is told', (asked, words) => {
    expect(() => policyOfHost(asked)).toThrow(HostNameError);
    expect(() => policyOfHost(asked)).toThrow(words);
  });

  test('of a clock that is not there is told, and how to make it', () => {
    expect(() => policyOfHost('postfix-policy:127.0.0.1:10040?clock=/nowhere/clock'))
      .toThrow('needs /nowhere/clock, which is not there: sharedfate daemons --clock /nowhere/clock');
  });
});

test('nothing is left behind', () => {
  expect(leftovers()).toEqual([]);
});
