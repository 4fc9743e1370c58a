// Foreign software that has a say in the policy and answers later: when it is asked, and what if it fails.

import { describe, expect, test } from 'vitest';
import {
  acceptEverything, defer, type Milliseconds, type Module, pass, policy, type Submission, suspend,
  type Verdict, verdictOf, zero,
} from '../../policy/index.ts';
import { type PolicyHost, runSeed, runSeedLive, type Transport, type World } from '../../sim/index.ts';
import { request, smallScenarios } from '../run/small.ts';

const scenario = smallScenarios()[0]!;
const reason = { module: 'daemon', rule: 'every tenth', seen: 10, limit: 9 };
const refusal = verdictOf(defer, reason, zero);

/** Refuses every tenth message of an account, and what it refused when it is handed in again. */
class Tenth {
  readonly #seen = new Map<number, number>();

  judge({ account }: Submission): Verdict {
    return ((this.#seen.get(account) ?? 0) + 1) % 10 === 0 ? refusal : pass;
  }

  count({ account }: Submission): void {
    this.#seen.set(account, (this.#seen.get(account) ?? 0) + 1);
  }
}

const speaker = (
  decide: Module<object>['decide'], learn: Module<object>['learn'] = () => {},
): Module<object> =>
  ({ name: 'daemon', key: 'platform', hears: ['submitted'], fresh: () => ({}), learn, decide });

const withHost = (host: PolicyHost) => (world: World): Promise<Transport> => {
  world.host = host;
  return Promise.resolve(world.transport);
};

const later = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

describe('a host', () => {
  test('that answers later is no different from a module that says the same at once', async () => {
    const near = new Tenth();
    const tenthAtOnce = speaker((_, submission) => near.judge(submission), (_, signal) => {
      // What the engine refuses of a shut account it refuses unasked.
      if (signal.kind === 'submitted' && signal.verdict.kind !== 'reject') near.count(signal.submission);
    });
    const atOnce = runSeed(request(scenario, '1', policy('tenth', [tenthAtOnce])));
    const far = new Tenth();
    let said = pass;
    const host: PolicyHost = {
      name: 'daemon',
      async ask(submission) {
        await later();
        said = far.judge(submission);
        far.count(submission);
      },
    };
    const tenth = policy('tenth', [speaker(() => said)]);
    expect(await runSeedLive(request(scenario, '1', tenth), withHost(host))).toEqual(atOnce);
    expect(atOnce.metrics['fp.messages.deferred'].value).toBeGreaterThan(0);
  });

  test('is asked one question at a time, and virtual time stands still meanwhile', async () => {
    let open = 0;
    let events = 0;
    const times: Milliseconds[] = [];
    const host: PolicyHost = {
      name: 'daemon',
      async ask(_submission, now) {
        open += 1;
        const before = events;
        times.push(now);
        await later();
        expect([open, events]).toEqual([1, before]);
        open -= 1;
      },
    };
    const observe = (): void => void (events += 1);
    await runSeedLive({ ...request(scenario, '1', acceptEverything), observe }, withHost(host));
    expect(times.length).toBeGreaterThan(100);
    expect(times).toEqual(times.toSorted((one, two) => one - two));
  });

  test('is not asked about an account that is shut: nobody can log in to it', async () => {
    let asked = 0;
    let judged = 0;
    const host: PolicyHost = {
      name: 'daemon',
      ask() {
        asked += 1;
        return Promise.resolve();
      },
    };
    const shuts = speaker(() => verdictOf(suspend('account'), reason, zero), (_, { kind }) => {
      if (kind === 'submitted') judged += 1;
    });
    const observe = (world: World): void => {
      const shut = world.accounts.filter(({ id, tenant }) =>
        world.engine.suspension(tenant.id, id, world.agenda.now) !== undefined);
      mostShut = Math.max(mostShut, shut.length);
    };
    let mostShut = 0;
    await runSeedLive({ ...request(scenario, '1', policy('shuts', [shuts])), observe }, withHost(host));
    expect(mostShut).toBeGreaterThan(0);
    expect(judged).toBeGreaterThan(2 * asked);
  });

  test('that fails ends the run as a fault of the policy: when, on which seed and message', async () => {
    const host: PolicyHost = {
      name: 'daemon',
      ask: ({ id }) => (id < 4 ? Promise.resolve() : Promise.reject(new Error('it closed the connection'))),
    };
    const run = runSeedLive(request(scenario, 'seven', acceptEverything), withHost(host));
    await expect(run).rejects.toMatchObject({
      name: 'PolicyFault', module: 'daemon', seed: 'seven', submission: 4,
      message: 'module daemon failed in decide: it closed the connection',
    });
  });
});
