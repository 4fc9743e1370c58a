// Standard output that fails or goes away, and scripts that leave something running: the exit code holds.

import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { makeProject, realBin, smallScenario } from './command.ts';

const project = makeProject({
  'strict.ts': smallScenario({ change: "gates: [metric('time_to_block').p95.atMost('4h')]," }),
  'ticking.ts': smallScenario({ head: 'setInterval(() => undefined, 100);' }),
});
afterAll(() => project.remove());

test('a full disk behind standard output is said, and is no good ending', () => {
  const full = openSync('/dev/full', 'w');
  const args = [realBin, 'show', 'strict.ts'];
  const ending = spawnSync(process.execPath, args, { cwd: project.folder, stdio: ['ignore', full, 'pipe'] });
  closeSync(full);
  expect(String(ending.stderr)).toBe(
    'sharedfate: the disk is full. Make room, then run again. (standard output)\n');
  expect(ending.status).toBe(2);
});

test('a reader that leaves does not turn a failed gate into a passed one', async () => {
  const { code: whole } = await project.run(['run', 'strict.ts', '--seed', '1', '--out', 'whole']);
  expect(whole).not.toBe(0);
  const args = [realBin, 'run', 'strict.ts', '--seed', '1', '--out', 'cut'];
  const child = spawn(process.execPath, args, { cwd: project.folder, stdio: ['ignore', 'pipe', 'ignore'] });
  child.stdout.destroy();
  expect(await once(child, 'exit')).toEqual([whole, null]);
});

test('a timer that a script left behind does not keep the command from ending', async () => {
  expect(await project.run(['show', 'ticking.ts'])).toMatchObject({ code: 0, stderr: '' });
});
