// `sharedfate report` on real folders: everything made again, shards put together, and what it refuses.
// Called as main.ts calls it, but for the last tests, which start the command.

import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { report, type ReportOptions } from '../../cli/commands/report.ts';
import { blankResult } from '../../cli/commands/run.ts';
import type { Console } from '../../cli/console.ts';
import { UserMistake } from '../../cli/faults.ts';
import { defaultReporters } from '../../cli/reporter-names.ts';
import { defaultPolicy } from '../../policy/index.ts';
import { metric, office, readPlan, type RunResult, runSeed, scenario } from '../../sim/index.ts';
import { makeProject } from './command.ts';

const project = makeProject({ 'file.txt': '', 'foreign/summary.md': 'mine', 'empty/readme.md': '' });
afterAll(() => project.remove());

const tool = 'sharedfate 0.1.0';
const input = scenario({
  title: 'Two offices', question: 'Does it run?', length: '1d', seeds: 3,
  build(w) {
    w.tenants(2, office({ pool: w.pool('shared', ['192.0.2.10']), perDay: 20 }));
    w.receiver('gmail', { share: '100%' });
  },
  gates: [metric('fp.tenants').rate.atMost('50%')],
}).plan;
const plan = readPlan(input, 'small.ts');
const runOptions =
  { policy: 'default', set: [], wire: false, check: false, force: false, json: false, reporter: '' };
const loaded = { where: 'small.ts', name: 'small', folder: '', input, plan };
const runOf = (...seeds: string[]): RunResult => ({
  ...blankResult(loaded, defaultPolicy, runOptions, tool),
  made: '2026-11-21T20:00:00.000Z',
  seedsAsked: seeds.length,
  seeds: seeds.map((seed) => runSeed({ plan, seed, policy: defaultPolicy, traces: new Map() })),
});

const path = (...parts: string[]): string => join(project.folder, ...parts);
const read = (file: string): string => readFileSync(path(file), 'utf8');
const put = (folder: string, text: string): string => {
  rmSync(path(folder), { recursive: true, force: true });
  mkdirSync(path(folder));
  writeFileSync(path(folder, 'result.json'), text);
  return folder;
};
/** A copy of a run's result alone, its text changed; the copy's name. */
const changed = (from: string, to: string, change: (text: string) => string): string =>
  put(to, change(read(`${from}/result.json`)));

/** Reports on folders of the project; what was printed, and the exit code. */
const tell = async (folders: readonly string[], options: Partial<ReportOptions> = {}) => {
  let printed = '';
  const console: Console = {
    tool, colours: false, columns: 100, errors: { write: () => true }, environment: {},
    print: (text) => void (printed += text), note: (text) => void (printed += text), command: () => undefined,
    drained: () => Promise.resolve(),
  };
  const { out: to } = options;
  const out = to === undefined ? {} : { out: /^\/|^$/.test(to) ? to : path(to) };
  const whole = { force: false, json: false, reporter: defaultReporters, ...options, ...out };
  const code = await report(folders.map((name) => (name === '' ? '' : path(name))), whole, console);
  return { code, printed };
};
const files = ['junit.xml', 'metrics.csv', 'report.html', 'result.json', 'summary.md'];

beforeAll(() => {
  const whole = runOf('1', '2', '3');
  put('whole', `${JSON.stringify(whole)}\n`);
  for (const seed of whole.seeds)
    put(`s${seed.seed}`, `${JSON.stringify({ ...whole, seedsAsked: 1, seeds: [seed] })}\n`);
});

test('the reports are made from result.json alone, which is left as it is; twice the same', async () => {
  const before = read('whole/result.json');
  expect((await tell(['whole'])).printed).toContain('PASSED: 1 gate');
  expect(project.files('whole')).toEqual(files);
  const first = files.map((file) => read(`whole/${file}`));
  expect((await tell(['whole/result.json'])).code).toBe(0);
  expect(files.map((file) => read(`whole/${file}`))).toEqual(first);
  expect(read('whole/result.json')).toBe(before);
});

test('shards become the run they are parts of, in whatever order they are named', async () => {
  expect((await tell(['s3', 's1', 's2'], { out: 'merged' })).code).toBe(0);
  await tell(['whole']);
  for (const file of files) expect(read(`merged/${file}`)).toBe(read(`whole/${file}`));
});

test('only what is asked for is written, and what is not is taken away', async () => {
  cpSync(path('whole'), path('few'), { recursive: true });
  const { printed } = await tell(['few'], { reporter: 'csv,md', json: true });
  expect(project.files('few')).toEqual(['metrics.csv', 'result.json', 'summary.md']);
  const told = JSON.parse(printed) as Record<string, unknown>;
  expect(told).toMatchObject({ exitCode: 0, summary: expect.stringMatching(/few\/summary\.md$/) as string });
  expect(told['report']).toBeUndefined();
});

test('a run that lacks seeds stays interrupted', async () => {
  changed('whole', 'partial', (text) => text.replace('"seedsAsked":3', '"seedsAsked":9'));
  const { code, printed } = await tell(['partial'], { reporter: 'line,junit' });
  expect(code).toBe(130);
  expect(printed).toContain('INTERRUPTED: 3 of 9 seeds finished');
  expect(read('partial/junit.xml')).toContain('only 3 of 9 seeds finished');
});

describe('is refused as a mistake that says what is wrong, with nothing written:', () => {
  const refused = async (folders: string[], options: Partial<ReportOptions>, words: string) => {
    const before = project.files();
    const error: unknown = await tell(folders, options).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(UserMistake);
    expect((error as UserMistake).message).toContain(words);
    expect((error as UserMistake).message).not.toMatch(/[\n\u001b]/);
    expect(project.files()).toEqual(before);
  };

  test.each<[string, string[], Partial<ReportOptions>, string]>([
    ['a folder without a result', ['empty'], {}, 'empty/result.json does not exist'],
    ['no folder at all', ['nowhere'], {}, 'nowhere does not exist; expected the folder of a run.'],
    ['a file', ['file.txt'], {}, 'file.txt is a file; expected the folder of a run.'],
    ['an empty name', [''], {}, '"" is no path'],
    ['a shard named twice', ['s1', 's1'], {}, 's1 is named twice'],
    ['writing to one of the shards', ['s1', 's2'], { out: 's1' }, 's1 is one of the runs to report on'],
    ['writing over a run', ['s1', 's2'], { out: 'whole' }, 'whole holds a run already'],
    ['writing over a file', ['s1', 's2'], { out: 'foreign' }, 'foreign holds a summary.md already'],
    ['writing to an empty name', ['s1', 's2'], { out: '' }, '--out is ""; it takes a folder'],
    ['writing to a device', ['s1', 's2'], { out: '/dev/null' }, '/dev/null is a device or a pipe'],
    ['writing below /proc', ['s1', 's2'], { out: '/proc/x/y' }, 'cannot be written (ENOENT)'],
    ['a reporter that is not known', ['s1'], { reporter: 'line,junt' }, 'Did you mean "junit"?'],
    ['no reporter', ['s1'], { reporter: '' }, '--reporter has "", which is no reporter'],
  ])('%s', async (_what, folders, options, words) => refused(folders, options, words));

  test.each<[string, (text: string) => string, string]>([
    ['cut short', (text) => text.slice(0, 3_000), 'bad/result.json is cut short'],
    ['empty', () => '', 'bad/result.json is empty'],
    ['not JSON', (text) => `x${text}`, 'bad/result.json is not JSON'],
    ['somebody else’s', () => '{"schema":"k6@1"}', 'bad/result.json is no result of ours'],
    ['of another version', (text) => text.replace(/result@\d+/, 'result@999'),
      'bad/result.json is sharedfate/result@999, made by sharedfate 0.1.0; this version reads'],
    ['lacking a field', (text) => text.replaceAll('"events":', '"evt\\u001b[2J":'),
      'damaged: seeds.0.events'],
    ['of a damaged plan', (text) => text.replace('"title":"Two offices"', '"title":7'),
      'damaged: plan.title'],
    ['of a gate loosened by hand', (text) => text.replace('"limit":"50%"', '"limit":"90%"'),
      'It was changed after the run'],
  ])('a result that is %s', async (_what, change, words) => {
    await refused([changed('s1', 'bad', change)], {}, words);
  });

  test('a run of another plan', async () => {
    const other = changed('s2', 'other', (text) => text.replace(/"planHash":"./, '"planHash":"z'));
    await refused(['s1', other], {}, 'other is no shard of the run in ');
  });
});

test('the command merges shards, and ends with 23 where one seed has two fingerprints', async () => {
  const merged = await project.run(['report', 's1', 's2', '--out', 'two', '--reporter', 'csv']);
  expect(merged).toEqual({ code: 0, stdout: '', stderr: '' });
  expect(project.files('two')).toEqual(['metrics.csv', 'result.json']);
  const other = changed('s1', 'other', (text) => text.replace(/"fingerprint":"./, '"fingerprint":"z'));
  const { code, stderr } = await project.run(['report', 's1', other, '--out', 'x']);
  expect(stderr).toMatch(/^s1 and other disagree: seed 1 has fingerprint \w{16} in one and z\w{15} in the/);
  expect(code).toBe(23);
  expect(project.files()).not.toContain('x');
});
