// rspamd, with its ratelimit on a Redis of its own and its rbl module asking the registers of the simulated
// world, all under one clock.

import { writeFileSync } from 'node:fs';
import { type RegisterZone, startRegisterServer } from '../../mocks/index.ts';
import type { Submission, Values } from '../../policy/index.ts';
import { type World, zoneAnswerFor } from '../../sim/index.ts';
import type { Clock } from '../clock/clock.ts';
import { type ClockKind, daemonClock, missingClock } from './daemon-clock.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import type { Profile, RunningHost } from './host.ts';
import { type PrivateFolder, privateFolder } from './private-folder.ts';
import { daemonIdentity, fromDebian, missingOf, programPath } from './programs.ts';
import { type Pulse, pulseOf, startRedis } from './redis.ts';
import { accountName, clientAddress, recipientAddress, senderAddress } from './request-values.ts';
import { RspamdClient, RspamdError, type Scan, verdictOfScan } from './rspamd-answer.ts';
import { rspamdConfig } from './rspamd-config.ts';

const parameters = {
  burst: {
    default: 100, min: 1, max: 1_000_000, unit: 'messages', help: 'messages a full bucket takes at once',
  },
  perMinute: {
    default: 1, min: 0.001, max: 10_000, unit: 'messages/min', help: 'messages that leak out of the bucket',
  },
  listedScore: {
    default: 4, min: 0, max: 100, unit: 'points',
    help: 'score of a client address on one of the registers; 15 refuse',
  },
} as const;

export const rspamd: Profile<typeof parameters> = {
  name: 'rspamd',
  product: 'rspamd 3.4 with Redis 7.0: ratelimit by user, rbl',
  parameters,
  missing: () => [...missingOf([fromDebian('rspamd'), fromDebian('redis-server')]), ...missingClock(false)],
  start: (values, world) => startRspamd(values, world),
};

export interface RspamdHost extends RunningHost {
  /** What rspamd says in full, for those who want to see its symbols. */
  scan(submission: Submission): Promise<Scan>;
}

/** `zones` are the registers that it asks; those of the world if left out. */
export const startRspamd = async (
  values: Values<typeof parameters>, world: World, asked?: ClockKind, zones = zonesOf(world),
): Promise<RspamdHost> => {
  const folder = privateFolder();
  const opened: { close(): Promise<void> }[] = [];
  const close = async (): Promise<void> => {
    await Promise.all(opened.map((one) => one.close()));
    folder.remove();
  };
  try {
    const registers = await startRegisterServer({ zones });
    opened.push(registers);
    const clock = daemonClock(world, folder, asked, false);
    const redis = await startRedis(folder, clock);
    opened.push(redis);
    const daemon = await startItself(folder, clock, rspamdConfig({ ...values, folder, registers, zones }));
    opened.push(daemon);
    const client = new RspamdClient(folder.file('socket'));
    return hostOf({ world, clock, client, pulse: pulseOf(folder), daemons: [redis, daemon], close });
  } catch (error) {
    await close();
    throw error;
  }
};

/** The registers as DNS zones; virtual time stands still while one is asked. */
const zonesOf = (world: World): readonly RegisterZone[] =>
  world.registers.map((register) => ({
    zone: `${register.name}.rbl.test`,
    lookup: (address) => zoneAnswerFor(world, register, address),
    ttlS: register.preset.ttl.negativeS,
  }));

const startItself = (folder: PrivateFolder, clock: Clock, config: string): Promise<Daemon> => {
  // Its own list of public suffixes takes it most of a minute to read on a busy machine.
  writeFileSync(folder.file('suffixes'), 'test\n');
  writeFileSync(folder.file('rspamd.conf'), config);
  const { user, group } = daemonIdentity();
  const insecure = user === 'root' ? ['-i'] : [];
  return startDaemon({
    program: programPath('rspamd') ?? 'rspamd', folder, clock, endpoint: { path: folder.file('socket') },
    args: ['-f', ...insecure, '-u', user, '-g', group, '-c', folder.file('rspamd.conf')],
  });
};

interface Parts {
  readonly world: World;
  readonly clock: Clock;
  readonly client: RspamdClient;
  readonly pulse: Pulse;
  readonly daemons: readonly Daemon[];
  close(): Promise<void>;
}

const hostOf = ({ world, clock, client, pulse, daemons, close }: Parts): RspamdHost => {
  const scan = (submission: Submission): Promise<Scan> => client.scan({
    headers: {
      IP: clientAddress(submission.source),
      User: accountName(submission),
      From: senderAddress(submission),
      Rcpt: submission.recipients.map((_, at) => recipientAddress(world, submission, at)),
    },
    message: messageOf(world, submission, clock.epoch + world.agenda.now),
  });
  return {
    scan,
    async judge(submission, now) {
      clock.set(now);
      clock.hold();
      try {
        const scanned = await scan(submission);
        // Without its Redis it lets all mail pass, and that Redis has ended is told later than that.
        const isWhole = await pulse.beats();
        const epitaph = daemons.map((daemon) => daemon.epitaph()).find((text) => text !== '');
        if (epitaph !== undefined) throw new RspamdError(epitaph);
        if (!isWhole) throw new RspamdError('redis-server has ended, and rspamd counts nothing without it');
        return verdictOfScan('rspamd', scanned);
      } finally {
        clock.release();
      }
    },
    async close() {
      client.close();
      pulse.close();
      await close();
      clock.close();
    },
  };
};

/** A small message with the headers that mail programs write; it says nothing of what is true of it. */
const messageOf = (world: World, submission: Submission, at: number): Buffer => {
  const sender = accountName(submission);
  return Buffer.from([
    `From: <${sender}>`,
    `To: <${recipientAddress(world, submission, 0)}>`,
    `Date: ${new Date(at).toUTCString().replace('GMT', '+0000')}`,
    `Message-ID: <${submission.id}@c${submission.account}.t${submission.tenant}.test>`,
    `Subject: Message ${submission.id}`,
    'MIME-Version: 1.0',
    'Content-Type: text/plain; charset=utf-8',
    ...(submission.list === 0 ? [] : [`List-Id: <l${submission.list}.t${submission.tenant}.test>`]),
    '', `This is message ${submission.id}.`, '',
  ].join('\r\n'));
};
