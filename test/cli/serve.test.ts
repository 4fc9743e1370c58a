// `sharedfate serve` as an operator has it: started, asked, reloaded, killed and told to end.

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Asker } from '../testbed/serve/at-work.ts';
import { exported, makeProject, type Project, realBin, type Running } from './command.ts';

let project: Project;
const running: Running[] = [];
const limited = (limit: number): string => `
import { hours, policy, recipientWindow } from 'sharedfate/policy';
${exported} policy('mine', [recipientWindow({ name: 'recipients', limit: ${limit}, window: hours(1) })]);
`;
beforeEach(() => {
  project = makeProject({ 'mine.ts': limited(2) });
});
afterEach(async () => {
  for (const one of running.splice(0)) {
    one.process.kill('SIGKILL');
    await one.ended;
  }
  project.remove();
});

const socket = (): string => join(project.folder, 's');
const start = async (...args: readonly string[]): Promise<Running> => {
  const one = project.start(realBin, ['serve', 'mine.ts', '--listen', './s', '--state', 'state', ...args]);
  running.push(one);
  await one.says('answers at');
  return one;
};

let id = 0;
const send = async (asker: Asker): Promise<string> =>
  (await asker.message({ id: id += 1, sasl_username: 'a@t.test', recipients: ['b@x.test'] })).verb;

test('a policy is served, reloaded on its connections, killed, taken up again, and ended', async () => {
  const first = await start('--log', 'verdicts');
  const asker = new Asker({ kind: 'unix', path: socket() });
  expect([await send(asker), await send(asker)]).toEqual(['DUNNO', 'DUNNO']);
  expect(await send(asker)).toBe('DEFER_IF_PERMIT');
  writeFileSync(join(project.folder, 'mine.ts'), limited(3));
  first.process.kill('SIGHUP');
  await first.says('policy mine serves from now on');
  expect([await send(asker), await send(asker)]).toEqual(['DUNNO', 'DEFER_IF_PERMIT']);
  writeFileSync(join(project.folder, 'mine.ts'), 'not a policy');
  first.process.kill('SIGHUP');
  await first.says('The policy that served before goes on.');
  expect(await send(asker)).toBe('DEFER_IF_PERMIT');
  writeFileSync(join(project.folder, 'mine.ts'), limited(3));

  renameSync(join(project.folder, 'verdicts'), join(project.folder, 'verdicts.1'));
  first.process.kill('SIGUSR1');
  while (!project.files().includes('verdicts')) await send(asker);
  first.process.kill('SIGKILL');
  await first.ended;
  asker.close();
  const lines = readFileSync(join(project.folder, 'verdicts.1'), 'utf8').trimEnd().split('\n');
  expect(JSON.parse(lines[2]!)).toMatchObject({
    account: 'a@t.test', verdict: 'defer', recipients: 1, reason: { module: 'recipients', seen: 3, limit: 2 },
  });

  // The socket of the killed one is in the way, and its state says that the hour is used up.
  const second = await start();
  const again = new Asker({ kind: 'unix', path: socket() });
  expect(await send(again)).toBe('DEFER_IF_PERMIT');
  second.process.kill('SIGTERM');
  const { code, stdout } = await second.ended;
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as unknown))
    .toMatchObject([{ verdict: 'defer' }]);
}, 120_000);

test('logs are put together by another process, and what paces is let go by the command', async () => {
  writeFileSync(join(project.folder, 'pace.ts'), `
    import { paceBy, policy, seconds, volume, hours } from 'sharedfate/policy';
    const action = paceBy(seconds(1));
    ${exported} policy('paced', [volume({ of: 'messages', limit: 1, window: hours(1), action })]);
  `);
  const kept = ['--state', 'state', '--compact-at', '1', '--release', 'cat > released'];
  const one = project.start(realBin, ['serve', 'pace.ts', '--listen', './s', ...kept]);
  running.push(one);
  await one.says('answers at');
  const asker = new Asker({ kind: 'unix', path: socket() });
  expect([await send(asker), await send(asker)]).toEqual(['DUNNO', 'HOLD']);
  const released = (): boolean => project.files().includes('released') &&
    readFileSync(join(project.folder, 'released'), 'utf8') === `Q${id}\n`;
  for (let more = 0; !released() && more < 600; more++) await new Promise((done) => setTimeout(done, 100));
  expect(released()).toBe(true);
  const sent = Array.from({ length: 3_000 }, () => send(asker));
  await Promise.all(sent);
  for (let more = 0; !project.files('state').includes('saved-000002.jsonl') && more < 600; more++) {
    await new Promise((done) => setTimeout(done, 100));
  }
  expect(project.files('state')).toContain('saved-000002.jsonl');
  asker.close();
  one.process.kill('SIGTERM');
  expect((await one.ended).code).toBe(0);
}, 120_000);

test('what cannot be served is told in a line, with what to do, and ends with 2', async () => {
  writeFileSync(join(project.folder, 'file'), '');
  const { code, stderr } = await project.run(['serve', 'default', '--listen', './file']);
  expect(stderr).toMatch(/file is there and is no socket/);
  expect(code).toBe(2);
}, 120_000);
