// Whole runs: the same luck gives the same run, two policies meet the same mail, and nothing is lost on the
// way.

import { describe, expect, test } from 'vitest';
import { acceptEverything, defaultPolicy, type Module, policy } from '../../policy/index.ts';
import { PolicyFault, runSeed, RunStopped } from '../../sim/run.ts';
import type { Message } from '../../sim/world/platform/message.ts';
import { request, shrink, type SmallScenario, smallScenarios } from '../run/small.ts';
import { ofTruth, submissionsOf } from '../run/submissions.ts';
import { minute } from './world/stage.ts';

const scenarios = smallScenarios();
const named = (name: string): SmallScenario => scenarios.find((one) => one.name === name)!;

describe.each(scenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
  test('with the same seed gives the same run, and with another seed another', () => {
    const first = runSeed(request(scenario));
    expect(runSeed(request(scenario))).toEqual(first);
    const other = runSeed(request(scenario, '2'));
    expect(other.fingerprint).not.toBe(first.fingerprint);
  });

  test('brings two policies the same mail, the abusive until someone stops its author', () => {
    const [one, two] = [defaultPolicy, acceptEverything].map(
      (rules) => submissionsOf(request(scenario, '1', rules)).entries,
    );
    expect(ofTruth(one!, 'wanted').length).toBeGreaterThan(100);
    expect(ofTruth(one!, 'wanted')).toEqual(ofTruth(two!, 'wanted'));
    // What somebody does who acts on being refused is the policy's doing.
    const acts = scenario.plan.incidents.some((one) => 'whenBlocked' in one && one.whenBlocked !== 'keep');
    for (const truth of acts ? [] : (['abusive', 'unwanted', 'feigned'] as const)) {
      const [here, there] = [ofTruth(one!, truth), ofTruth(two!, truth)];
      const both = Math.min(here.length, there.length);
      expect(here.slice(0, both)).toEqual(there.slice(0, both));
    }
  });

  test('loses no message: those not ended wait in a queue, for a time, or for a person', () => {
    for (const rules of [defaultPolicy, acceptEverything]) {
      const { world } = submissionsOf(request(scenario, '3', rules));
      const live = new Set<Message>([
        ...world.outbound.frozen.map((envelope) => envelope.message),
        ...world.outbound.lanes
          .flatMap(({ waiting, head }) => waiting.slice(head))
          .map((envelope) => envelope.message),
      ]);
      for (const kept of world.desk.heldMail.values()) for (const message of kept) live.add(message);
      while (world.agenda.size > 0) {
        const event = world.agenda.take();
        if (event.kind === 'exchange' || event.kind === 'queue-run') live.add(event.envelope.message);
        if (event.kind === 'release' || event.kind === 'resubmission') live.add(event.message);
      }
      expect(live.size).toBe(world.tally.census.live);
    }
  });

  test('survives being written down as JSON', () => {
    const result = runSeed(request(scenario));
    expect(JSON.parse(JSON.stringify(result))).toEqual(result);
  });
});

describe('a run that cannot go on', () => {
  test('names module, time, seed and submission where a policy throws', () => {
    const broken: Module<object> = {
      name: 'broken',
      key: 'tenant',
      fresh: () => ({}),
      learn: () => {},
      decide: (_, submission) => {
        if (submission.id === 5) throw new RangeError('no such bucket');
        return { kind: 'pass' };
      },
    };
    const { plan, traces } = named('compromised-account');
    const fault = (() => {
      try {
        return runSeed({ plan, traces, seed: 'seven', policy: policy('breaks', [broken]) });
      } catch (error) {
        return error;
      }
    })();
    expect(fault).toBeInstanceOf(PolicyFault);
    expect(fault).toMatchObject({ module: 'broken', seed: 'seven', submission: 5 });
    expect((fault as PolicyFault).message).toContain('no such bucket');
    expect((fault as PolicyFault).at).toBeGreaterThan(0);
  });

  test('stops where its owner says so, and nothing of it counts', () => {
    const scenario = named('compromised-account');
    let asked = 0;
    const stop = () => (asked += 1) > 0;
    expect(() => runSeed({ ...request(scenario), onProgress: stop })).toThrow(RunStopped);
    expect(asked).toBe(1);
  });

  test('refuses an empty seed', () => {
    expect(() => runSeed(request(named('compromised-account'), ''))).toThrow();
  });
});

test('a shrunk plan keeps its story: what goes wrong does so within the run', () => {
  for (const { plan } of scenarios) {
    const isSpecial = plan.pools.some(({ dynamic }) => dynamic !== undefined);
    expect(isSpecial || plan.incidents.length > 0).toBe(true);
    expect(shrink(plan)).toEqual(plan);
    for (const incident of plan.incidents) expect(incident.at).toBeLessThan(plan.length - minute);
  }
});
