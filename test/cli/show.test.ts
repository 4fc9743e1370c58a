// `sharedfate show`: the plan for people and as JSON, and mistakes told as `run` tells them.

import { afterAll, expect, test } from 'vitest';
import { makeProject, smallScenario } from './command.ts';

const trace = 'unix_time,sender,recipients\n1799020800,ann,bob\n1799020900,ann,bob cy\n';
const stolen =
  "w.at('2h', compromised(w.pick(offices), { how: 'weak-password', rate: '60/h', length: '1h' }));";
const project = makeProject({
  'a.ts': smallScenario({ build: stolen }),
  'late.ts': smallScenario({ build: stolen.replace("'2h'", "'2d'") }),
  'trace.ts': smallScenario({ build: "w.trace('t.csv', { senders: 1, pool: shared });" }),
  'no-trace.ts': smallScenario({ build: "w.trace('u.csv', { senders: 1, pool: shared });" }),
  't.csv': trace,
  'throws.ts': smallScenario({ build: "throw new Error('not ready');" }),
});
afterAll(() => project.remove());

test('the plan is shown in words, without colours where there is no terminal', async () => {
  const { code, stdout, stderr } = await project.run(['show', 'a.ts']);
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/^Two offices\nDoes it run\?\n1 d from Mon 4 Jan 2027 00:00 UTC/);
  expect(stdout).toMatch(/^Timeline\n {2}2 h {2}Mon 4 Jan 2027 02:00: an account of some tenant of offices/m);
  expect(stdout).toMatch(/^Assumptions: \d+, most influential first by our judgement$/m);
  expect(stdout).not.toContain('\u001b');
});

test('the plan as JSON is one that can be shown and run again', async () => {
  const { stdout } = await project.run(['show', 'a.ts', '--json']);
  const plan = JSON.parse(stdout) as { readonly incidents: readonly unknown[] };
  expect(plan.incidents).toMatchObject([{ kind: 'compromised', at: '2h', rate: '60/h' }]);
  const copy = makeProject({ 'plan.json': stdout });
  const again = await copy.run(['show', 'plan.json']);
  copy.remove();
  expect(again).toEqual(await project.run(['show', 'a.ts']));
});

test('a log is counted for what lies within the run', async () => {
  const { stdout } = await project.run(['show', 'trace.ts']);
  expect(stdout).toMatch(/senders +1 tenant through pool shared, about 2 messages a day\. A real log:/);
});

test.each([
  ['a mistake in the plan', 'late.ts', 2, 'incidents[0].at (compromised) is 2d; the run ends at 1d.'],
  ['a trace that is not there', 'no-trace.ts', 2, 'u.csv does not exist; expected the trace'],
  ['a script that throws', 'throws.ts', 3, 'throws.ts threw at line 10: Error: not ready'],
  ['a file that is not there', 'b.ts', 2, 'b.ts does not exist'],
])('%s ends as a run of it would', async (_what, file, code, line) => {
  const shown = await project.run(['show', file]);
  expect(shown).toMatchObject({ code, stdout: '' });
  expect(shown.stderr).toContain(line);
  expect(shown).toEqual(await project.run(['run', file]));
});
