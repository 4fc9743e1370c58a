// A network of our own, in which nothing but loopback exists and ports 25 and 53 are free: for clients that
// ask the system's resolver, and know no other port. Files of the system may be others in there.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Ended, path, run } from './programs.ts';

export interface ClosedNetwork {
  /** For files of the test; gone when it is closed. */
  readonly folder: string;
  run(program: string, args: readonly string[], input?: string, env?: Record<string, string>): Promise<Ended>;
  /** Starts `sharedfate mocks` in there: its DNS has port 53, its control port 54. Resolves when it is up. */
  startMocks(plan: object): Promise<void>;
  /** A request to the control. */
  control(verb: string, fields: object): Promise<string>;
  close(): Promise<void>;
}

const command = new URL('../../cli/sharedfate.mjs', import.meta.url).pathname;

/** What Exim asks the system for before it does anything. */
const eximUser = { passwd: 'Debian-exim:x:64321:64321::/:/bin/false', group: 'Debian-exim:x:64321:' };

export const startClosedNetwork = async (): Promise<ClosedNetwork> => {
  const folder = mkdtempSync(join(tmpdir(), 'sharedfate-clients-'));
  // Daemons read it as users of their own.
  chmodSync(folder, 0o755);
  writeFileSync(join(folder, 'resolv.conf'), 'nameserver 127.0.0.1\n');
  for (const [file, line] of Object.entries(eximUser))
    writeFileSync(join(folder, file), `${readFileSync(`/etc/${file}`, 'utf8')}${line}\n`);
  const mounts = ['resolv.conf', 'passwd', 'group']
    .map((file) => `mount --bind ${folder}/${file} /etc/${file}`);
  // Ends with us, come what may: its input is ours.
  const script = [...mounts, 'ip link set lo up', 'echo up', 'exec cat'].join(' && ');
  const holder = spawn('unshare', ['-n', '-m', '--', 'sh', '-c', script], {
    env: { ...process.env, PATH: path }, stdio: ['pipe', 'pipe', 'inherit'],
  });
  await once(holder.stdout, 'data');
  const inside = ['-t', String(holder.pid), '-n', '-m', '--'];
  const runInside: ClosedNetwork['run'] = (program, args, input, env) =>
    run('nsenter', [...inside, program, ...args], input, env);
  const servers: ReturnType<typeof spawn>[] = [];
  return {
    folder,
    run: runInside,
    startMocks: async (plan) => {
      writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
      const args = ['mocks', join(folder, 'plan.json'), '--port-base', '53', '--quiet', '--json'];
      const child = spawn('nsenter', [...inside, process.execPath, command, ...args], {
        env: { ...process.env, PATH: path }, stdio: ['ignore', 'pipe', 'inherit'],
      });
      servers.push(child);
      await Promise.race([
        once(child.stdout, 'data'),
        once(child, 'exit').then(() => {
          throw new Error('sharedfate mocks ended at once');
        }),
      ]);
    },
    control: async (verb, fields) => {
      const script = 'fetch(process.argv[1], { method: "POST", body: process.argv[2], ' +
        'headers: { "content-type": "application/json" } }).then((said) => said.text()).then(console.log)';
      const args = ['-e', script, `http://127.0.0.1:54/${verb}`, JSON.stringify(fields)];
      return (await runInside(process.execPath, args)).text;
    },
    close: async () => {
      for (const child of servers) {
        child.kill('SIGTERM');
        if (child.exitCode === null) await once(child, 'exit');
      }
      holder.kill();
      await once(holder, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
};
