// What is asked of every scenario, under one policy: the files of tests beside this one share the work.

import { describe, expect, test } from 'vitest';
import type { Policy } from '../../policy/index.ts';
import { runSeed } from '../../sim/index.ts';
import { request, smallScenarios } from '../run/small.ts';
import { shownAs } from './occurs.ts';

/** The laws of the world are looked after in every run of a test (test/setup.ts). */
export const runsWell = (policy: Policy): void => {
  describe.each(smallScenarios().map((scenario) => [scenario.name, scenario] as const))(
    '%s',
    (_, scenario) => {
      const { incidents, pools } = scenario.plan;

      test(`runs under the policy ${policy.name} by the laws of the world, and its incidents happen`, () => {
        const { culprits, metrics, timeline } = runSeed(request(scenario, '1', policy));
        for (const incident of incidents) {
          const shown = timeline.filter(({ at, what }) => at === incident.at && shownAs(incident).test(what));
          expect(shown, `${incident.kind} at ${incident.at}`).not.toEqual([]);
        }
        for (const address of pools.flatMap(({ dynamic }) => dynamic ?? [])) {
          const what = `lists ${address}: Spamhaus PBL`;
          expect(timeline.filter((shown) => shown.at === 0 && shown.what.includes(what))).not.toEqual([]);
        }
        expect(culprits.length).toBeGreaterThanOrEqual(incidents.filter((one) => 'who' in one).length);
        if (culprits.length > 0) expect(metrics['abusive.submitted'].value).toBeGreaterThan(0);
        expect(metrics['wanted.submitted'].value).toBeGreaterThan(0);
      });
    },
  );
};
