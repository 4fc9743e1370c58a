// Every kind of bad input, given to the real command: the exit code, the message, no stack, nothing written.

import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { badFiles } from './bad-files.ts';
import { type Ending, makeProject } from './command.ts';

const project = makeProject(badFiles);
afterAll(() => project.remove());
const before = project.files();

const isClean = ({ stdout, stderr }: Ending): void => {
  expect(stderr).not.toMatch(/^\s+at /m);
  expect(stderr).not.toContain('node:internal');
  expect(stdout).toBe('');
  expect(project.files()).toEqual(before);
};

/** [what, arguments, exit code, what standard error holds] */
const inputs: readonly (readonly [string, readonly string[], number, string])[] = [
  [
    'a path that is a terminal escape',
    ['run', 'no\u001b[31m\u202e.ts'],
    2,
    'no\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd.ts does not exist; expected a scenario.',
  ],
  [
    'a negative rate',
    ['run', 'negative.ts'],
    2,
    'negative.ts: incidents[0].rate is "-4/h", which is below zero; it is a rate such as',
  ],
  [
    'an unknown register',
    ['run', 'register.ts'],
    2,
    'registers[0].preset is "spamhaus-csss"; it is one of 34 known names. Did you mean "spamhaus-css"?',
  ],
  [
    'an incident after the end',
    ['run', 'late.ts'],
    2,
    'late.ts: incidents[0].at (compromised) is 2d; the run ends at 1d.',
  ],
  [
    'a trace with broken rows',
    ['run', 'trace.ts'],
    2,
    'traces/t.csv: line 3 has the time "yesterday"; a time is in seconds since 1970.\ntraces/t.csv: ' +
      'line 4 has 2 fields;',
  ],
  [
    'a trace that is not there',
    ['run', 'no-trace.ts'],
    2,
    'traces/u.csv does not exist; expected the trace that no-trace.ts replays. Did you mean traces/t.csv?',
  ],
  [
    'a misspelt metric',
    ['run', 'metric.ts'],
    2,
    'gates[0].metric is "time_to_blok"; it is the name of a metric. Did you mean "time_to_block"?',
  ],
  ['a script that throws', ['run', 'throws.ts'], 3, 'throws.ts threw at line 10: Error: I am not ready'],
  [
    'a script that misspells the builder',
    ['run', 'typo.ts'],
    3,
    'typo.ts threw at line 10: TypeError: w.tenant is not a function',
  ],
  [
    'a script that does not parse',
    ['run', 'syntax.ts'],
    2,
    'syntax.ts is not a valid script: line 2, column 9: Unexpected ","',
  ],
  [
    'a script that imports what is not there',
    ['run', 'missing-import.ts'],
    2,
    'missing-import.ts imports helper.ts, which is not there.',
  ],
  [
    'a script that imports a name that is not there',
    ['run', 'missing-name.ts'],
    2,
    "does not provide an export named 'ofice'",
  ],
  [
    'a script without default export',
    ['run', 'nothing.ts'],
    2,
    'nothing.ts exports only title; expected a scenario as its default export.',
  ],
  [
    'a script that exports something else',
    ['run', 'number.ts'],
    2,
    'number.ts exports 7 by default; a scenario is export default scenario({...}).',
  ],
  [
    'a policy in place of a scenario',
    ['run', 'good-policy.ts'],
    2,
    'good-policy.ts is a policy, not a scenario.',
  ],
  [
    'a scenario in place of a policy',
    ['run', 'good.ts', '--policy', 'good.ts'],
    2,
    'good.ts is a scenario; --policy takes a policy.',
  ],
  ['a plan that is not JSON', ['run', 'plan.json'], 2, 'plan.json is not JSON: '],
  [
    'a file of another kind',
    ['run', 'notes.txt'],
    2,
    'notes.txt is no scenario; expected a file that ends in .ts',
  ],
  [
    'a file that is not there',
    ['run', 'goood.ts'],
    2,
    'goood.ts does not exist; expected a scenario. Did you mean good.ts?',
  ],
  ['a folder', ['run', 'traces.ts/../traces'], 2, 'traces'],
  [
    'a policy that is not known',
    ['run', 'good.ts', '--policy', 'defualt'],
    2,
    'policy "defualt" is not known; expected default, accept-everything, preset:<name>, ' +
      'daemon:<name>, postfix-policy:<place>, or a file',
  ],
  [
    'a policy file that is not there',
    ['run', 'good.ts', '--policy', 'good-polcy.ts'],
    2,
    'Did you mean good-policy.ts?',
  ],
  [
    'a policy file that throws',
    ['run', 'good.ts', '--policy', 'bad-policy.ts'],
    3,
    'bad-policy.ts threw at line 3: Error: cannot load the limits',
  ],
  [
    'a policy as a plain record, one module of which is none',
    ['run', 'good.ts', '--policy', 'plain-policy.ts'],
    2,
    'plain-policy.ts: policy plain: module odd: its key is "mailbox"; a key is one of account, tenant',
  ],
  [
    'a policy file that exports something else',
    ['run', 'good.ts', '--policy', 'no-policy.ts'],
    2,
    'no-policy.ts exports a record by default; a policy is policy(',
  ],
  ['an unknown command', ['rn'], 2, 'Did you mean run?'],
  ['an unknown option', ['run', 'good.ts', '--polcy', 'x'], 2, 'Did you mean --policy?'],
  ['no scenario', ['run'], 2, "missing required argument 'scenario'"],
  [
    'seeds that are no number',
    ['run', 'good.ts', '--seeds', 'many'],
    2,
    '--seeds is "many"; it is a whole number from 1 to 100000.',
  ],
  ['no seed at all', ['run', 'good.ts', '--seeds', '0'], 2, '--seeds is "0"; it is a whole number from 1'],
  [
    'an option given twice', ['run', 'good.ts', '--seed', '1', '--seed', '2'], 2,
    '--seed is given twice, as 1 and 2; it takes one value.',
  ],
  [
    'an option in place of a value', ['run', 'good.ts', '--out', '--json'], 2,
    '--out has --json for its value.',
  ],
  ['a part of the plan beside build', ['run', 'beside.ts'], 3, 'pools stands beside build, which writes it'],
  ['a misspelt field of a script', ['run', 'misspelt.ts'], 2, 'Did you mean "warmup"?'],
  ['a rate that time is too coarse for', ['run', 'quick.ts'], 2, 'which is above one a millisecond;'],
  ['seed and seeds', ['run', 'good.ts', '--seed', '1', '--seeds', '2'], 2, 'give one of the two'],
  [
    'a folder that holds what is not ours',
    ['run', 'good.ts', '--out', 'taken', '--force'],
    2,
    'taken holds a result.json that is not ours, which is never replaced.',
  ],
  [
    'a file in place of the folder',
    ['run', 'good.ts', '--out', 'file-not-folder'],
    2,
    'file-not-folder is a file; --out takes a folder.',
  ],
  [
    'a file on the way to the folder',
    ['run', 'good.ts', '--out', 'file-not-folder/a/b'],
    2,
    'a part of the path is a file',
  ],
  [
    'nothing to resume',
    ['run', 'good.ts', '--resume', 'nowhere'],
    2,
    'nowhere/result.json does not exist; expected the folder of an earlier run.',
  ],
  [
    'something else to resume',
    ['run', 'good.ts', '--resume', 'taken'],
    2,
    'taken/result.json is no result of ours',
  ],
  ['a schema that is not known', ['schema', 'pln'], 2, 'schema "pln" is not known. Did you mean "plan"?'],
  ['a folder to list that is not there', ['list', 'stories'], 2, 'stories is no folder'],
];

describe('bad input is told in a line, and leaves nothing behind', () => {
  test.each(inputs)('%s', async (_what, args, code, text) => {
    const ending = await project.run(args);
    expect(ending.stderr).toContain(text);
    expect(ending.code).toBe(code);
    isClean(ending);
  });

  test('a policy that throws is told with time, seed, message and what it threw', async () => {
    const ending = await project.run(['run', 'good.ts', '--policy', 'brittle.ts', '--seed', '7']);
    const [line] = ending.stderr.split('\n');
    expect(line).toMatch(/^policy brittle\.ts, module brittle threw at day 1, \d\d:\d\d:\d\d\.\d{3} /);
    expect(line).toMatch(/ \(seed 7, message \d+\): TypeError: no such tenant\. /);
    expect(line).toMatch(/Repeat with the same command and --seed 7\.$/);
  });

  const leftBehind = ['promise', 'timer', 'connection'];
  test.each(leftBehind)('a policy whose %s throws once it has answered', async (what) => {
    const ending = await project.run(['run', 'good.ts', '--policy', `${what}.ts`, '--seed', '7']);
    expect(ending.stderr).toContain(`policy ${what}.ts threw after it had answered (seed 7): too late. `);
    expect(ending.code).toBe(3);
    isClean(ending);
  });

  test('a folder that cannot be written', async () => {
    // Root may write everywhere, save where the kernel keeps the folders; others are kept out by the mode.
    const isRoot = process.getuid?.() === 0;
    chmodSync(join(project.folder, 'traces'), 0o500);
    const out = isRoot ? '/sys/kernel/sharedfate' : 'traces/run';
    const ending = await project.run(['run', 'good.ts', '--out', out]);
    chmodSync(join(project.folder, 'traces'), 0o700);
    expect(ending.stderr).toContain('no permission for');
    expect(ending.code).toBe(2);
    isClean(ending);
  });
});
