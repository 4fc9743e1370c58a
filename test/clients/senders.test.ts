// Real senders are served by our receivers: swaks, with TLS and pipelining, and Postfix' smtp-source.

import { describe, expect, test } from 'vitest';
import type { PlanInput } from '../../sim/index.ts';
import { done, input, portOf, startLiving, stateOf } from '../testbed/mocks-on-loopback/living.ts';
import { canUse, run } from './programs.ts';

/** One receiver, and nothing that happens by itself. */
const open: PlanInput = {
  ...input, incidents: [],
  receivers: [{ name: 'small', preset: 'small-postfix', share: '100%', consults: ['psbl'] }],
};

describe.skipIf(!canUse({ swaks: 'apt-get install swaks' }))('swaks', () => {
  const swaks = (port: number, ...args: readonly string[]) => run('swaks', [
    '--server', `127.0.0.1:${port}`, '--from', 'a@b.example', '--helo', 'out.b.example', ...args,
  ]);

  test('hands over a message under TLS, pipelined, to several people, one of whom is not there', async () => {
    const mocks = await startLiving({ input: open });
    const { code, text } = await swaks(
      portOf(mocks, 'small'), '--tls', '--pipeline', '--to', 'bob@small.test,unknown-1@small.test',
    );
    expect(text).toContain('TLS started with cipher');
    expect(text).toMatch(/550 5\.1\.1 .*unknown-1@small\.test/);
    expect(text).toContain('250 2.0.0 ok');
    expect(code).toBe(0);
    expect((await stateOf(mocks)).receivers[0]).toMatchObject({ messages: 1, copies: 1 });
  });

  test('is refused in the name of the address that it stands for, once that is listed', async () => {
    const mocks = await startLiving({ input: open });
    await done(mocks, '/list', { register: 'psbl', address: '192.0.2.11' });
    const { code, text } = await swaks(
      portOf(mocks, 'small'), '--to', 'bob@small.test', '--local-interface', '127.0.1.2',
    );
    expect(text).toMatch(/55\d 5\.7\.1 .*192\.0\.2\.11/);
    expect(code).not.toBe(0);
    const xclient = await swaks(
      portOf(mocks, 'small'), '--to', 'bob@small.test', '--xclient-addr', '192.0.2.10',
    );
    expect(xclient.text).toContain('250 2.0.0 ok');
  });
});

describe.skipIf(!canUse({ 'smtp-source': 'apt-get install postfix' }))('smtp-source', () => {
  test('hands over a thousand messages on eight connections in use', async () => {
    const mocks = await startLiving({ input: open });
    const { code, text } = await run('smtp-source', [
      '-d', '-s', '8', '-m', '1000', '-l', '2000', '-f', 'a@b.example', '-t', 'bob@small.test',
      `inet:127.0.0.1:${portOf(mocks, 'small')}`,
    ]);
    expect([code, text]).toEqual([0, '']);
    expect((await stateOf(mocks)).receivers[0]).toMatchObject({ messages: 1_000, connections: 8 });
  });
});
