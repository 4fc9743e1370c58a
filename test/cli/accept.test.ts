// Baselines and gates from the command: written by people with a reason, refused where they are of another
// plan, and gates of a file beside those of the scenario.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exported, makeProject, type Project } from './command.ts';
import { bucket, seeds, stolen, terse } from './comparing.ts';

/**
 * Each runs the command several times, which takes seconds where nothing else runs, and minutes on a busy
 * machine.
 */
const patience = 300_000;
let project: Project;
beforeEach(() => {
  project = makeProject({ 'stolen.ts': stolen(), 'tight.ts': bucket(20), 'loose.ts': bucket(200) });
});
afterEach(() => project.remove());

const person = { CI: '' };
const accepted = async (): Promise<string> => {
  await project.run(['run', 'stolen.ts', '--policy', 'tight.ts', ...seeds, ...terse, '--out', 'a']);
  const { code } = await project.run(['accept', 'a', '--because', 'first figures'], person);
  expect(code).toBe(0);
  return readFileSync(join(project.folder, 'baselines/stolen.json'), 'utf8');
};

test('an accepted run is a baseline of one seed a line, which the same policy passes and keeps passing',
  async () => {
  const text = await accepted();
  expect(JSON.parse(text)).toMatchObject({
    schema: 'sharedfate/baseline@1', because: 'first figures', scenario: 'stolen.ts',
    policy: { name: 'bucket' },
  });
  expect(text.split('\n').filter((line) => line.startsWith('{"seed"'))).toHaveLength(12);
  const same = await project.run(['compare', '--baseline', 'baselines', '--policy', 'tight.ts', ...terse]);
  expect(same.code).toBe(0);
  expect(same.stdout).toContain('All 12 pairs came to the same end');
  // A gate is no part of the world: one more does not void the baseline.
  writeFileSync(join(project.folder, 'stolen.ts'), stolen("metric('time_to_detect').mean.notWorseBy('10m')"));
  const worse = await project.run(['compare', '--baseline', 'baselines', 'stolen.ts', '--policy', 'loose.ts',
    ...terse]);
  expect(worse.code).toBe(20);
  expect(worse.stdout).toContain('bucket as accepted');
}, patience);

test('a baseline of another plan, or none at all, ends with 22', async () => {
  await accepted();
  writeFileSync(join(project.folder, 'stolen.ts'), stolen().replace('600/h', '700/h'));
  const other = await project.run(['compare', '--baseline', 'baselines', 'stolen.ts', ...terse]);
  expect([other.code, other.stderr]).toEqual([22,
    expect.stringContaining('was made with another plan than stolen.ts')]);
  const none = await project.run(['compare', '--baseline', 'elsewhere', 'stolen.ts', ...terse]);
  expect([none.code, none.stderr]).toEqual([22, expect.stringContaining('elsewhere does not exist')]);
}, patience);

test('a baseline that was touched is refused by what is wrong with it', async () => {
  const file = join(project.folder, 'baselines/stolen.json');
  const text = await accepted();
  const said = async (changed: string) => {
    writeFileSync(file, changed);
    const { code, stderr } = await project.run(['compare', file, 'default', 'stolen.ts', ...terse]);
    expect(code).toBe(2);
    return stderr;
  };
  expect(await said(text.slice(0, 900))).toContain('is not JSON');
  const newer = text.replace('baseline@1', 'baseline@9');
  expect(await said(newer)).toContain('this version reads sharedfate/baseline@1');
  const longer = text.replace('"values":[', '"values":[1,');
  expect(await said(longer)).toMatch(/seed 1 has \d+ values for \d+ metrics/);
}, patience);

test('no baseline is written by a CI, without a reason, or of what is no run', async () => {
  await project.run(['run', 'stolen.ts', '--seed', '1', ...terse, '--out', 'a']);
  const said = async (args: readonly string[], environment: Record<string, string> = person) => {
    const { code, stderr } = await project.run(['accept', ...args], environment);
    expect(code).toBe(2);
    return stderr;
  };
  expect(await said(['a', '--because', 'x'], { CI: 'true' })).toContain('a CI writes no baseline');
  expect(await said(['a'])).toContain('--because is needed');
  expect(await said(['a', '--because', ' '])).toContain('--because is needed');
  expect(await said(['nowhere', '--because', 'x'])).toContain('nowhere does not exist');
  expect(await said(['node_modules', '--because', 'x'])).toContain('holds no run');
  expect(project.files().some((name) => name.startsWith('baselines'))).toBe(false);
}, patience);

test('gates of a file are judged beside the scenario’s, by its name, waivers as of today', async () => {
  await project.run(['run', 'stolen.ts', '--seed', '1', ...terse, '--out', 'a']);
  const judged = async (gates: string) => {
    writeFileSync(join(project.folder, 'gates.ts'),
      `import { metric } from 'sharedfate';\n${exported} ${gates};`);
    return project.run(['gate', 'a', '--gates', 'gates.ts']);
  };
  const strict = "metric('abusive.submitted').mean.atMost(1)";
  expect((await judged(`[${strict}]`)).code).toBe(20);
  expect((await judged(`{ stolen: [${strict}.waive({ until: '2999-12-31', because: 'x' })] }`)).code).toBe(0);
  const old = "{ until: '2020-01-01', because: 'the old rule' }";
  const ended = await judged(`{ every: [${strict}.waive(${old})] }`);
  expect([ended.code, ended.stdout]).toEqual([20, expect.stringContaining('it was: the old rule')]);
  expect((await judged("[metric('time_to_delist').p50.atMost('1h')]")).code).toBe(21);
  expect((await judged("[metric('time_to_delist').p50.atMost('1h').optional()]")).code).toBe(0);
  const wrong = "{ metric: 'escapd', statistic: 'mean', rule: 'atMost', limit: '4' }";
  const misspelt = await judged(`{ stolne: [], every: [${wrong}] }`);
  expect(misspelt.code).toBe(2);
  expect(misspelt.stderr).toContain('Did you mean "stolen"?');
  expect(misspelt.stderr).toMatch(/every\[0\].metric is "escapd"; .* Did you mean "escaped"\?/);
}, patience);
