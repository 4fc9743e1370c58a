// `sharedfate explain` and `sharedfate replay` as a user has them: after a run, on its folder, with good
// input and bad.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { explainRun, type ExplainOptions } from '../../cli/commands/explain.ts';
import { replay, type ReplayOptions } from '../../cli/commands/replay.ts';
import { type Console, processConsole } from '../../cli/console.ts';
import type { RunResult } from '../../sim/result.ts';
import { type Ending, exported, makeProject, type Project } from './command.ts';

const story = (head = ''): string => `
import { compromised, office, scenario } from 'sharedfate';
${head}
${exported} scenario({
  title: 'Three offices', question: 'Does it explain?', length: '26h', seeds: 2,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.10']);
    const offices = w.tenants(3, office({ pool: shared, perDay: 20 }));
    w.receiver('gmail', { share: '100%' });
    w.at('17h', compromised(w.member(offices, 1), { how: 'weak-password', rate: '200/h', length: '1h' }));
  },
});
`;

const rules = (limit: number, more = ''): string => `
import { hardBounceRatio, hours, policy, recipientWindow } from 'sharedfate/policy';
${more}
${exported} policy('mine', [
  recipientWindow({ name: 'window', limit: ${limit}, window: hours(24) }),
  hardBounceRatio({ ratio: 0.1, minimum: 6, window: hours(24) }),
]);
`;

const fickle = `
import { policy } from 'sharedfate/policy';
let calls = 0;
${exported} policy('fickle', [{
  name: 'moody', key: 'account', fresh: () => ({}), learn() {},
  decide: () => (calls += 1) % 97 === 0
    ? { kind: 'reject', reason: { module: 'moody', rule: 'mood', seen: 1, limit: 0 } } : { kind: 'pass' },
}]);
`;

// Commands one after another, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const quietly = ['--reporter', 'line'];
let project: Project;
/** Whatever is printed to it is too much: mistakes come before the first word. */
const deaf: Console = {
  ...processConsole(),
  print: (text) => {
    throw new Error(`printed ${text}`);
  },
};
const ask = (...args: string[]): Promise<Ending> => project.run(args);
const editResult = (run: string, edit: (result: RunResult) => object): void => {
  const file = join(project.folder, run, 'result.json');
  writeFileSync(file, JSON.stringify(edit(JSON.parse(readFileSync(file, 'utf8')) as RunResult)));
};

beforeAll(async () => {
  project = makeProject({ 'story.ts': story(), 'mine.ts': rules(40), 'fickle.ts': fickle });
  const mine = ['--policy', 'mine.ts', '--out', 'mine', '--jobs', '1'];
  const made = await ask('run', 'story.ts', ...mine, ...quietly);
  expect([made.code, made.stderr]).toEqual([0, '']);
  await ask('run', 'story.ts', '--out', 'plain', '--jobs', '1', ...quietly);
});
afterAll(() => project.remove());

describe('explain', () => {
  test('without a seed shows the seeds worth asking about, without a tenant the tenants', async () => {
    const seeds = await ask('explain', 'mine');
    expect(seeds.code).toBe(0);
    expect(seeds.stdout).toContain('2 seeds of "Three offices"; worth asking about:');
    expect(seeds.stdout).toMatch(/sharedfate explain mine --seed \d\n$/);
    const tenants = await ask('explain', 'mine', '--seed', '2');
    expect(tenants.stdout).toContain('offices-2');
    expect(tenants.stdout).toContain('taken over');
  });

  test('tells the tale of a tenant, in words and as JSON', async () => {
    const text = await ask('explain', 'mine', '--seed', '1', '--tenant', 'offices-2');
    expect(text.code).toBe(0);
    expect(text.stdout).toContain('offices-2 was at fault: an account of it was taken over');
    const json = await ask('explain', 'mine', '--seed', '1', '--tenant', 'offices-2', '--json');
    const tale = JSON.parse(json.stdout) as { role: string; steps: readonly unknown[]; seed: string };
    expect(tale).toMatchObject({ role: 'compromised', seed: '1', where: 'mine' });
    expect(tale.steps.length).toBeGreaterThan(3);
  });

  test('counterfactually has the figures of a run without the module', async () => {
    const said = await ask('explain', 'mine', '--seed', '1', '--counterfactual', 'without=window', '--json');
    const { own, would } = JSON.parse(said.stdout) as {
      own: readonly { what: string; would: string }[]; would: { culprit: { escaped: number } };
    };
    writeFileSync(join(project.folder, 'less.ts'), rules(40).replace(/ {2}recipientWindow\(.*\n/, ''));
    await ask('run', 'story.ts', '--policy', 'less.ts', '--seed', '1', '--out', 'less', ...quietly);
    const less = JSON.parse(readFileSync(join(project.folder, 'less/result.json'), 'utf8')) as RunResult;
    expect(would.culprit).toEqual(less.seeds[0]!.culprits[0]);
    expect(own.find(({ what }) => what === 'of these got out')?.would)
      .toBe(String(less.seeds[0]!.culprits[0]!.escaped));
    const gone = await ask('explain', 'mine', '--seed', '1', '--counterfactual', 'without=compromised');
    expect(gone.stdout).toContain('incident compromised offices-2 would have done nothing wrong.');
  });

  test('is stopped by a mistake before anything is printed', async () => {
    const said = await ask('explain', 'plain', '--seed', '1', '--tenant', 'office-2');
    expect([said.code, said.stdout]).toEqual([2, '']);
    expect(said.stderr).toContain('Did you mean offices-2?');
  });

  const wrong: readonly (readonly [options: Partial<ExplainOptions>, says: string])[] = [
    [{ seed: '3' }, '--seed is "3"; '],
    [{ seed: '' }, 'has the seeds 1, 2.'],
    [{ tenant: 'offices-2' }, 'name one of them with --seed'],
    [{ seed: '1', tenant: 'offices-4' }, 'the run has offices-1 to offices-3'],
    [{ seed: '1', tenant: 'offices-02' }, '--tenant is "offices-02"'],
    [{ seed: '1', tenant: '' }, '--tenant is ""'],
    [{ seed: '1', counterfactual: 'without=token-bukcet' }, 'Did you mean token-bucket?'],
    [{ seed: '1', counterfactual: 'with=token-bucket' }, 'Modules of policy default: token-bucket, '],
    [{ seed: '1', counterfactual: 'without=' }, 'incidents: compromised.'],
    [{ seed: '1', counterfactual: 'policy=no' }, 'policy "no" is not known'],
  ];
  test.each(wrong)('given %j names the mistake, and what there is', async (options, says) => {
    await expect(explainRun(join(project.folder, 'plain'), { json: false, ...options }, deaf))
      .rejects.toThrow(says);
  });

  test('of a folder that is none names it', async () => {
    await expect(explainRun('nowhere', { json: false }, deaf))
      .rejects.toThrow('nowhere/result.json does not exist');
  });
});

describe('replay', () => {
  test('prints the journal between two times, and checks the fingerprint', async () => {
    const part = ['--from', '17h', '--until', '0d 17:30', '--tenant', 'offices-2'];
    const said = await ask('replay', 'mine', '--seed', '1', ...part);
    expect(said.code).toBe(0);
    expect(said.stderr)
      .toMatch(/^Seed 1: \d+ of \d+ events; ended as recorded, fingerprint [0-9a-f]{16}\.\n$/);
    const lines = said.stdout.trimEnd().split('\n');
    expect(lines[0]).toBe('0d 17:00:00.000 incident compromised');
    const outside = (line: string): boolean => line < '0d 17:00' || line > '0d 17:30:01';
    expect(lines.filter((line) => /^\d/.test(line)).filter(outside)).toEqual([]);
    expect(said.stdout).not.toContain('offices-1');
  });

  test('writes JSON lines, gzipped ones, and a trace', async () => {
    const json = await ask('replay', 'mine', '--seed', '1', '--kind', 'poll', '--json');
    expect(json.stdout.trimEnd().split('\n').map((line) => (JSON.parse(line) as { kind: string }).kind))
      .toContain('poll');
    expect((await ask('replay', 'mine', '--seed', '1', '--events')).code).toBe(0);
    const packed = readFileSync(join(project.folder, 'mine/events.jsonl.gz'));
    expect(JSON.parse(gunzipSync(packed).toString().split('\n')[0]!))
      .toMatchObject({ schema: 'sharedfate/events@1', seed: '1' });
    const traced = await ask('replay', 'mine', '--seed', '1', '--trace', 'trace.json');
    expect(traced.stderr).toContain('wrote trace.json');
    const text = readFileSync(join(project.folder, 'trace.json'), 'utf8');
    expect((JSON.parse(text) as { traceEvents: unknown[] }).traceEvents.length).toBeGreaterThan(100);
    expect(project.files('.').filter((name) => name.includes('.part'))).toEqual([]);
  });

  const wrong: readonly (readonly [options: Partial<ReplayOptions>, says: string])[] = [
    [{ until: 'noon' }, '--until is "noon"; a time of the run is such as'],
    [{ until: '25:99' }, '--until is "25:99"; a time of the run is such as'],
    [{ from: '2d', until: '1d' }, '--from is later than --until'],
    [{ kind: 'poll,exchnge' }, 'Did you mean exchange?'],
    [{ tenant: 'nobody' }, '--tenant is "nobody"; the run has offices-1 to offices-3.'],
    [{ trace: '' }, '--trace is empty'],
    [{ trace: '.' }, '--trace: . is a folder; it takes the path of a file.'],
    [{ trace: 'no/such/folder/t.json' }, 'cannot be written (ENOENT)'],
    [{ trace: 't.json', events: true }, 'give one of them at a time'],
  ];
  test.each(wrong)('given %j names the mistake', async (options, says) => {
    await expect(replay(join(project.folder, 'plain'), { json: false, seed: '1', ...options }, deaf))
      .rejects.toThrow(says);
  });
});

describe('a seed that does not repeat itself', () => {
  test('is refused where its policy has another text by now', async () => {
    writeFileSync(join(project.folder, 'mine.ts'), rules(41));
    const said = await ask('replay', 'mine', '--seed', '1');
    writeFileSync(join(project.folder, 'mine.ts'), rules(40));
    expect(said.code).toBe(2);
    expect(said.stderr).toContain('mine.ts is no longer the policy that mine was made with');
  });

  test('ends with 23 where it came to another fingerprint, and says what may be the cause', async () => {
    await ask('run', 'story.ts', '--seed', '1', '--out', 'edited', ...quietly);
    editResult('edited', (result) =>
      ({ ...result, seeds: result.seeds.map((seed) => ({ ...seed, fingerprint: '0123456789abcdef' })) }));
    const said = await ask('explain', 'edited', '--tenant', 'offices-1');
    expect([said.code, said.stdout]).toEqual([23, '']);
    expect(said.stderr).toContain('came to fingerprint 0123456789abcdef');
    expect(said.stderr).toContain('Run twice now, it ends the same way each time');
  });

  test('ends with 23 and the first event that differs, where a policy has moods', async () => {
    const fickle = ['--policy', 'fickle.ts', '--seeds', '2', '--jobs', '1', '--out', 'fickle'];
    await ask('run', 'story.ts', ...fickle, ...quietly);
    const said = await ask('replay', 'fickle', '--seed', '2', '--kind', 'end');
    expect(said.code).toBe(23);
    expect(said.stderr).toMatch(/the journals part after event [\d ]+:/);
  });

  test('ends with 23 and the first event that differs from the journal beside it', async () => {
    await ask('run', 'story.ts', '--seed', '1', '--out', 'other', ...quietly);
    await ask('replay', 'other', '--events');
    editResult('other', (result) => ({
      ...result,
      plan: { ...result.plan, incidents: [] },
    }));
    const said = await ask('replay', 'other', '--kind', 'end');
    expect(said.code).toBe(23);
    expect(said.stderr).toContain('recorded  0d 17:00:00.000 incident compromised');
  });
});
