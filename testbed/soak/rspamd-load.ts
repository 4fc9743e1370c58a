// rspamd with its Redis, as a policy host: either is killed, and the host must say so before it says anything
// wrong; without its Redis rspamd by itself lets all mail pass.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { rspamd, startRspamd } from '../hosts/rspamd.ts';
import { hostLimit, type Life, liveOn, missingPrograms } from './host-load.ts';
import type { Context, Load } from './load.ts';
import { quietWorld } from './quiet-world.ts';

export const rspamdLoad: Load = {
  name: 'rspamd',
  missing: () => missingPrograms(rspamd),
  async run(context) {
    const world = quietWorld();
    const values = { burst: hostLimit, perMinute: 10 / 60, listedScore: 4 };
    await liveOn(context, { everyMs: 250, faultEveryMs: 60_000, windows: false },
      async (number) => lifeOf(context, await startRspamd(values, world), number));
  },
};

const lifeOf = (
  { chance, figures }: Context, host: Awaited<ReturnType<typeof startRspamd>>, number: number,
): Life => {
  const luck = chance('faults', number);
  return {
    host,
    strike() {
      const program = luck.oneOf(['redis-server', 'rspamd']);
      figures.fault(`${program} killed`);
      const found = ownProcesses(program);
      if (found.length === 0) throw new Error(`no ${program} of ours is found`);
      for (const pid of found) process.kill(pid, 'SIGKILL');
      return true;
    },
    lost: () => 0,
    close: () => host.close(),
  };
};

/** Processes of that program that live in a private folder of ours; rspamd's have no other words left. */
export const ownProcesses = (program: string): readonly number[] =>
  readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
    try {
      const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
      return name === program && readlinkSync(`/proc/${pid}/cwd`).includes(`/sharedfate-${process.pid}-`);
    } catch {
      return false;
    }
  });
