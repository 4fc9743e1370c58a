// `sharedfate mocks` as a user has it: what it prints, how it ends, and what it says of a wrong command.

import { once } from 'node:events';
import { connect } from 'node:net';
import { join } from 'node:path';
import packet from 'dns-packet';
import { afterAll, expect, test } from 'vitest';
import { mocks, type MocksCommandOptions } from '../../cli/commands/mocks.ts';
import { processConsole } from '../../cli/console.ts';
import { makeProject, realBin } from '../cli/command.ts';
import { input } from '../testbed/mocks-on-loopback/living.ts';
import { overUdp, query } from './raw-dns.ts';
import { RawSmtp } from './raw-smtp.ts';

const project = makeProject({ 'plan.json': JSON.stringify(input) });
afterAll(() => project.remove());

interface Printed {
  readonly control: string;
  readonly dns: { readonly host: string; readonly port: number };
  readonly registers: readonly { readonly zone: string }[];
  readonly receivers: readonly { readonly name: string; readonly port: number }[];
  readonly addresses: readonly object[];
}

const start = async (...args: readonly string[]) => {
  const { process: child, ended } = project.start(realBin, ['mocks', 'plan.json', ...args]);
  let text = '';
  child.stdout!.on('data', (chunk) => (text += chunk));
  while (!text.endsWith('\n')) await Promise.race([once(child.stdout!, 'data'), ended]);
  return { child, ended, text };
};

const isRefused = async (port: number): Promise<boolean> => {
  const socket = connect({ host: '127.0.0.1', port });
  const refused = await Promise.race([
    once(socket, 'error').then(() => true), once(socket, 'connect').then(() => false),
  ]);
  socket.destroy();
  return refused;
};

test('prints where they are, serves until SIGTERM, ends with 0 and frees its ports', async () => {
  const { child, ended, text } = await start('--json', '--quiet');
  const printed = JSON.parse(text) as Printed;
  expect(text.trim()).not.toContain('\n');
  expect(printed).toMatchObject({ version: 1, scenario: 'plan.json', title: input.title, seed: '1' });
  const zones = printed.registers.map(({ zone }) => zone);
  expect(zones).toEqual(['psbl.rbl.test', 'css.rbl.test', 'dbl.rbl.test']);
  expect(printed.addresses).toEqual([
    { address: '192.0.2.10', from: '127.0.1.1' }, { address: '192.0.2.11', from: '127.0.1.2' },
  ]);
  const { port } = printed.dns;
  const reply = packet.decode(await overUdp(port, query('2.0.0.127.css.rbl.test', 'A')));
  expect(reply.answers).toMatchObject([{ data: '127.0.0.2' }]);
  const raw = await RawSmtp.ready(printed.receivers[1]!.port);
  expect(await raw.ask('NOOP')).toMatch(/^250 /);
  expect((await fetch(printed.control)).status).toBe(200);

  const busy = await project.run(['mocks', 'plan.json', '--port-base', String(port)]);
  expect([busy.code, busy.stderr]).toEqual([
    2, `register server: port ${port} of 127.0.0.1 is busy. ` +
      'Stop the program that has it, or choose another --port-base.\n',
  ]);

  child.kill('SIGTERM');
  expect(await ended).toMatchObject({ code: 0, stderr: '' });
  const others = printed.receivers.map((receiver) => receiver.port);
  for (const free of [port, Number(new URL(printed.control).port), ...others])
    expect(await isRefused(free)).toBe(true);
});

test('says in words what it does not understand, before anything listens', async () => {
  const usual: MocksCommandOptions = {
    seed: '1', policy: 'default', set: [], recipients: 'people', speed: '0', quiet: true, json: true,
  };
  const cases: readonly [Partial<MocksCommandOptions>, RegExp][] = [
    [{ portBase: '0' }, /--port-base is "0"; it is a whole number from 1 to 65532/],
    [{ portBase: '65533' }, /--port-base is "65533"; it is a whole number from 1 to 65532/],
    [{ recipients: 'nobody' }, /--recipients is "nobody"; it is one of people, opt-in/],
    [{ speed: '-1' }, /--speed is "-1"; it is a number from 0/],
    [{ speed: 'fast' }, /--speed is "fast"/],
    [{ seed: '' }, /--seed is ""; a seed is a number or a name/],
    [{ policy: 'preset:nothing' }, /no preset is called "nothing"/],
    [{ policy: 'postfix-policy:127.0.0.1:9' }, /foreign software; mocks takes policies of this process/],
  ];
  for (const [options, words] of cases) {
    const started = mocks(join(project.folder, 'plan.json'), { ...usual, ...options }, processConsole());
    const message = expect.stringMatching(words) as unknown;
    await expect(started).rejects.toMatchObject({ name: 'UserMistake', message });
  }
});
