// The command that a reader copies must make the same run again.

import { expect, test } from 'vitest';
import { shownPath } from '../../cli/load.ts';
import { repeatCommand } from '../../reports/repeat.ts';
import { makeResult } from './fixture.ts';

const result = makeResult({ seeds: 3 });
const under = (name: string, source: string): string =>
  repeatCommand({ ...result, policy: { ...result.policy, name, source } });

test('a policy that comes with the tool is asked for by name, the default one not at all', () => {
  expect(under('default', '')).toBe('npx sharedfate run scenarios/weak-password.ts --seeds 3');
  expect(under('accept-everything', '')).toMatch(/ --policy accept-everything /);
});

test('a policy from a file is asked for by its file, also where it is called like one of ours', () => {
  expect(under('strict', 'policies/strict.ts')).toMatch(/ --policy policies\/strict.ts --seeds 3$/);
  expect(under('default', 'policies/mine.ts')).toMatch(/ --policy policies\/mine.ts /);
  expect(under('strict', 'my policies/it’s.ts')).toMatch(/ --policy 'my policies\/it’s.ts' /);
});

test('what was set of the policy is set again, and what has its default is not', () => {
  const settings = [
    { name: 'burst', value: 40, unit: 'messages', default: 60 },
    { name: 'longestWait', value: 5_400_000, unit: 'span', default: 1_800_000 },
    { name: 'share', value: 0.1, unit: 'share', default: 0.1 },
  ];
  expect(repeatCommand({ ...result, policy: { ...result.policy, settings } }))
    .toMatch(/ --set burst=40 --set longestWait=90m --seeds 3$/);
});

test('one seed is asked for by name, and the wire by its option', () => {
  expect(repeatCommand({ ...result, transport: 'wire' }, '2')).toMatch(/ --seed 2 --wire$/);
});

test('a shard is asked for as one, with the very seeds it had', () => {
  const having = (...seeds: number[]) =>
    repeatCommand({ ...result, seedsAsked: seeds.length,
      seeds: seeds.map((seed) => ({ ...result.seeds[0]!, seed: String(seed) })) });
  expect(having(2, 6, 10)).toMatch(/ --seeds 10 --shard 2\/4$/);
  expect(having(1, 3)).toMatch(/ --seeds 3 --shard 1\/2$/);
  expect(having(1, 2, 3)).toMatch(/ --seeds 3$/);
  expect(having(1, 2, 7)).toMatch(/ --seeds 3$/);
});
test('a file whose name a shell or the command would take for something else is still found', () => {
  expect(under('strict', shownPath('-rf.ts'))).toMatch(/ --policy \.\/-rf\.ts --seeds 3$/);
  expect(under('strict', '=1+1.ts')).toMatch(/ --policy '=1\+1\.ts' --seeds 3$/);
});
