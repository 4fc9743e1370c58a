// A policy that sends mail apart, on a platform that has nowhere apart: nothing happens to the mail, and it
// is said.

import { expect, test } from 'vitest';
import { type Dispatch, type Module, pass, policy, type Verdict } from '../../../../policy/index.ts';
import { tellStory } from '../../../../sim/world/measures/story.ts';
import { judge } from '../../../../sim/world/platform/submission.ts';
import { address, advance, mail, minute, mute, worldOf } from '../stage.ts';

const reason = { module: 'apart', rule: 'test', seen: 2, limit: 1 };

const storyOf = (decide: Verdict, dispatch: Dispatch, pools: readonly string[] = []) => {
  const apart: Module<object> = {
    name: 'apart', key: 'account', hears: [], fresh: () => ({}), learn: () => {},
    decide: () => decide, dispatch: () => dispatch,
  };
  const world = worldOf({
    tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: mute }],
    pools: ['shared', ...pools].map((name, at) => ({ name, addresses: [`192.0.2.${10 + at}`] })),
  }, { policy: policy('apart', [apart]) });
  for (let turn = 0; turn < 2; turn += 1) {
    void judge(world, mail(world, [address(world)]));
    advance(world, (turn + 1) * minute);
  }
  const { missingPools, timeline } = tellStory(world, '', 0);
  const told = timeline.map(({ what }) => what).filter((what) => what.includes('means mail'));
  return { missingPools, told };
};

const go: Dispatch = { kind: 'go' };

test('mail diverted to a pool that the platform does not have is counted, and told once', () => {
  const divert: Verdict = { kind: 'divert', pool: 'high-risk', reason };
  expect(storyOf(divert, go)).toEqual({
    missingPools: [{ pool: 'high-risk', times: 2 }],
    told: ['means mail for pool high-risk, which the platform does not have: it goes out as all mail does'],
  });
  expect(storyOf(divert, go, ['high-risk'])).toEqual({ missingPools: [], told: [] });
});

test('an attempt meant for such a pool is counted likewise', () => {
  const { missingPools } = storyOf(pass, { kind: 'pool', pool: 'trial', reason });
  expect(missingPools).toMatchObject([{ pool: 'trial' }]);
  expect(missingPools[0]!.times).toBeGreaterThanOrEqual(2);
});
