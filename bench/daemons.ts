// What asking a policy daemon through a host costs, held against a bare client that asks the same daemon the
// same thing, one request after the other; and what moving the daemon's clock before each question costs.

import { once } from 'node:events';
import { defaultPolicy, hours, milliseconds, type Submission } from '../policy/index.ts';
import { readPlan } from '../sim/plan/read.ts';
import { buildWorld } from '../sim/world/build.ts';
import type { DelegationHost } from '../testbed/hosts/delegation-daemon.ts';
import { connectTo } from '../testbed/hosts/endpoint.ts';
import type { Program } from '../testbed/hosts/host.ts';
import { policydRateLimit, startPolicydRateLimit } from '../testbed/hosts/policyd-rate-limit.ts';
import { postfwd, startPostfwd } from '../testbed/hosts/postfwd.ts';
import { RequestWriter } from '../testbed/hosts/request-values.ts';
import type { World } from '../sim/index.ts';
import { cellClock } from '../testbed/clock/cell-clock.ts';
import { Clock } from '../testbed/clock/clock.ts';
import { privateFolder } from '../testbed/hosts/private-folder.ts';
import { cpuNs, median, type Row } from './row.ts';

/** The least a host may give of a bare client's decisions is 0.8: at most so many times its time. */
const mostToBare = 1 / 0.8;
const mostForClock = 1.05;
const turns = 11;
const requests = 200;

const world = (): World => buildWorld(readPlan({
  title: 'bench', question: 'how long?', epoch: '2027-01-04T00:00:00Z', length: '1d',
  pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
  receivers: [{ name: 'plain', preset: 'yandex', share: '100%' }],
  tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: { kind: 'quiet' } }],
}, 'bench'), 'bench', defaultPolicy, new Map());

const huge = 1_000_000;
const daemons = [
  {
    profile: postfwd, perMessage: 2,
    start: (there: World) => startPostfwd({ limit: huge, warnAt: huge, window: hours(1) }, there, 'shm'),
  },
  {
    profile: policydRateLimit, perMessage: 1,
    start: (there: World) =>
      startPolicydRateLimit({ limit: huge, dayLimit: huge, window: hours(1) }, there, 'shm'),
  },
];

export const run = async (print: (line: string) => void): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const { profile: { name, missing }, perMessage, start } of daemons) {
    const lacking: readonly Program[] = missing();
    if (lacking.length > 0) {
      print(`skipped: ${name} needs ${lacking.map((one) => `${one.name} (${one.install})`).join(', ')}`);
      continue;
    }
    const there = world();
    rows.push(...await measure(name, await start(there), there, perMessage));
  }
  return rows;
};

const measure = async (
  name: string, host: DelegationHost, there: World, perMessage: number,
): Promise<readonly Row[]> => {
  const asked = submission(there);
  const writer = new RequestWriter(there);
  writer.begin(asked);
  const end = perMessage === 2 ? writer.endOfMessage(asked) : '';
  const bare = await bareClient(host, writer.recipient(asked, 0), end);
  let now = 0;
  const ratios: number[] = [];
  const bares: number[] = [];
  const time = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    for (let done = 0; done < requests; done += perMessage) await work();
    return (performance.now() - began) / requests;
  };
  try {
    for (let turn = 0; turn < turns; turn += 1) {
      const alone = await time(() => bare.ask());
      const hosted = await time(() => host.judge(asked, milliseconds(now += 1)));
      bares.push(alone);
      ratios.push(hosted / alone);
    }
  } finally {
    bare.close();
    await host.close();
  }
  const fastest = Math.min(...bares);
  return [
    { name: `${name}: a bare client's decisions`, value: 1_000 / fastest, unit: '/s' },
    {
      name: `${name}: a host's, time to a bare client's`, value: median(ratios), unit: 'x',
      bound: mostToBare,
    },
    {
      name: `${name}: a decision with the clock moved, to one without`,
      value: 1 + moveMs() / (fastest * perMessage), unit: 'x', bound: mostForClock,
    },
  ];
};

/** Milliseconds of processor time that one move of the clock takes. */
const moveMs = (): number => {
  const folder = privateFolder();
  const clock = new Clock(cellClock(folder.file('clock')), 0);
  const moves = 20_000;
  const used = cpuNs(() => {
    for (let at = 1; at <= moves; at += 1) clock.set(at);
  });
  clock.close();
  folder.remove();
  return used / moves / 1e6;
};

/** Asks what a message is asked: for its recipient, and at its end where that is not empty. */
const bareClient = async (host: DelegationHost, recipient: string, end: string) => {
  const socket = connectTo(host.endpoint);
  await once(socket, 'connect');
  socket.setNoDelay(true);
  const ask = (request: string): Promise<void> =>
    new Promise((resolve) => {
      const hear = (chunk: Buffer): void => {
        if (!chunk.toString('latin1').endsWith('\n\n')) return;
        socket.off('data', hear);
        resolve();
      };
      socket.on('data', hear);
      socket.write(request);
    });
  return {
    async ask() {
      await ask(recipient);
      if (end !== '') await ask(end);
    },
    close: () => void socket.destroy(),
  };
};

const submission = (there: World): Submission => ({
  id: 1, tenant: there.tenants[0]!.id, account: there.accounts[0]!.id, pool: 'shared',
  recipients: [1 as Submission['recipients'][number]], receivers: [0 as Submission['receivers'][number]],
  bytes: 3_000, list: 0, allowance: 0, source: 0, nullSender: false, urgent: false, signedUp: -1,
});
