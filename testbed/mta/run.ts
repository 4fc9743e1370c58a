// One seed through a mail server, and the same seed in memory, side by side.

import { type RunRequest, runSeedLive, type SeedResult, type World } from '../../sim/index.ts';
import { type Attempts, recording } from './attempts.ts';
import { compareRuns, type Comparison } from './differences.ts';
import { startHaraka } from './haraka.ts';
import { startLoginServer } from './login-server.ts';
import type { Mta } from './mta.ts';
import { MtaTransport } from './mta-transport.ts';
import { tenantDomain } from '../names.ts';
import { PolicyInService } from './policy-in-service.ts';
import { startPostfix } from './postfix.ts';
import { startReceivers } from './receivers.ts';

export const mtaNames = ['postfix', 'haraka'] as const;
export type MtaName = (typeof mtaNames)[number];

export interface MtaRun {
  readonly result: SeedResult;
  readonly comparison: Comparison;
}

/**
 * Runs the seed twice. Rejects with an MtaError where the mail server is missing or stops doing its work; no
 * process, port or file of it is left then.
 */
export const runThroughMta = async (request: RunRequest, name: MtaName): Promise<MtaRun> => {
  const inMemory: Attempts = new Map();
  let receivers: readonly string[] = [];
  const memory = await runSeedLive(request, (world) => {
    receivers = world.receivers.map((receiver) => receiver.name);
    return Promise.resolve(recording(world.transport, inMemory, () => world.agenda.now));
  });
  const attempts: Attempts = new Map();
  const policy = new PolicyInService(request.policy);
  const opened: { close(): Promise<void> }[] = [];
  const notes: Record<string, number>[] = [];
  try {
    const result = await runSeedLive({ ...request, policy: policy.policy }, async (world) => {
      const transport = await connect(world, name, policy, opened);
      notes.push(transport.notes);
      return recording(transport, attempts, transport.triedAt);
    });
    const comparison = compareRuns(
      { attempts: inMemory, result: memory },
      { attempts, result, notes: notes[0]!, verdicts: policy.compared }, receivers,
    );
    return { result, comparison };
  } finally {
    for (const part of opened.reverse()) await part.close();
  }
};

/** Loopback addresses that mail is sent from, one for each of the world's. */
const sendingFrom = ({ ips }: World): readonly string[] =>
  ips.map((_, index) => `127.29.${index >> 8}.${(index & 255) + 1}`);

const connect = async (
  world: World, name: MtaName, policy: PolicyInService, opened: { close(): Promise<void> }[],
): Promise<MtaTransport> => {
  const keep = <Part extends { close(): Promise<void> }>(part: Part): Part => {
    opened.push(part);
    return part;
  };
  const sendFrom = sendingFrom(world);
  // The mail server comes last, but the others call the transport only once it has begun.
  let transport: MtaTransport | null = null;
  const login = keep(await startLoginServer());
  keep(policy);
  await policy.start(world, (error) => transport!.fail(error));
  const receivers = keep(await startReceivers({
    world, sendFrom,
    isRetry: () => transport!.isRetry(),
    took: (receiver, message) => transport!.took(receiver, message),
    failed: (error) => transport!.fail(error),
  }));
  const mta: Mta = keep(await start[name]({
    loginPort: login.port, policyPort: policy.port, sendFrom, receivers: receivers.ports,
    senders: new Map(world.tenants.map(({ id, pool }) =>
      [tenantDomain(id), addressOfTenant(world, id, pool)])),
    connections: Math.max(...world.outbound.lanes.map(({ most }) => most)),
    times: world.plan.outbound, epoch: Date.parse(world.plan.epoch),
  }));
  transport = new MtaTransport(world, mta, policy);
  if (mta.log !== undefined) await policy.follow(mta.log);
  return transport;
};

const start: Readonly<Record<MtaName, typeof startPostfix>> = {
  postfix: startPostfix, haraka: startHaraka,
};

/** A tenant's mail leaves by one address of its pool; in memory a pool's addresses take turns. */
const addressOfTenant = (world: World, tenant: number, pool: World['tenants'][number]['pool']): number => {
  const { addresses } = world.pools.get(pool)!;
  return addresses[tenant % addresses.length]!;
};
