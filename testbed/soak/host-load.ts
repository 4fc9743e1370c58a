// The second load: daemons that judge as policy hosts, killed, stopped for a while, and cut off. Each
// question gets one verdict, which an oracle knows, or an error that names what happened; a new daemon then
// goes on.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  type AccountId, type AddressKey, hours, milliseconds, type ReceiverId, type Submission, type TenantId,
} from '../../policy/index.ts';
import type { World } from '../../sim/index.ts';
import type { DelegationHost } from '../hosts/delegation-daemon.ts';
import { DelegationClientError } from '../hosts/delegation-client.ts';
import type { RunningHost } from '../hosts/host.ts';
import { ownDaemon } from '../hosts/own-daemon.ts';
import { policydRateLimit, startPolicydRateLimit } from '../hosts/policyd-rate-limit.ts';
import { postfwd, startPostfwd } from '../hosts/postfwd.ts';
import { RspamdError } from '../hosts/rspamd-answer.ts';
import { isRefusal } from '../hosts/verdict-of-action.ts';
import { CuttingProxy } from './cutting-proxy.ts';
import { type Context, type Load, pause } from './load.ts';
import { quietWorld } from './quiet-world.ts';
import { WindowOracle } from './window-oracle.ts';

/** Recipients of an account that pass in an hour, and how many it asks for. */
export const hostLimit = 10;
const perAccount = 14;
const windowMs = 3_601_000;

export const messageOf = (id: number, account: number): Submission => ({
  id, tenant: 7 as TenantId, account: account as AccountId, pool: 'shared', recipients: [id as AddressKey],
  receivers: [0 as ReceiverId], bytes: 3_000, list: 0, allowance: 0, source: 7, nullSender: false,
  urgent: false, signedUp: -1,
});

/** One life of a daemon, from its start to the fault that ended it. */
export interface Life {
  readonly host: RunningHost;
  /** Strikes it; true where it must be started anew. */
  strike(): boolean;
  /** Lost answers since last asked: each may have been counted. */
  lost(): number;
  close(): Promise<void>;
}

const daemons = {
  postfwd: {
    profile: postfwd, pidFile: 'pid',
    start: (world: World) => startPostfwd({ limit: hostLimit, warnAt: 1_000_000, window: hours(1) }, world),
  },
  'policyd-rate-limit': {
    profile: policydRateLimit, pidFile: '.guarded',
    start: (world: World) =>
      startPolicydRateLimit({ limit: hostLimit, dayLimit: 1_000, window: hours(1) }, world),
  },
};

export const missingPrograms = (
  { missing }: { missing(): readonly { readonly name: string; readonly install: string }[] },
): string => missing().map(({ install, name }) => `${name} (${install})`).join(', ');

export const hostLoads: readonly Load[] = Object.entries(daemons).map(([name, daemon]) => ({
  name,
  missing: () => missingPrograms(daemon.profile),
  async run(context) {
    const world = quietWorld();
    await liveOn(context, { everyMs: 60, faultEveryMs: 15_000, windows: true },
      async (number) => lifeOf(context, await daemon.start(world), world, daemon.pidFile, number));
  },
}));

const lifeOf = async (
  context: Context, daemon: DelegationHost, world: World, pidFile: string, number: number,
): Promise<Life> => {
  const { chance, figures } = context;
  if (!('path' in daemon.endpoint)) throw new TypeError('a daemon of ours listens at a socket');
  const folder = dirname(daemon.endpoint.path);
  const luck = chance('faults', number);
  let lost = 0;
  const proxy = new CuttingProxy(() => daemon.endpoint, chance('cuts', number), (cut) => {
    lost += 1;
    figures.fault(`cut: ${cut}`);
  });
  const path = join(folder, 'proxy');
  await proxy.listen({ path });
  const host = await ownDaemon(`unix:${path}?clock=${join(folder, 'clock')}`).start({}, world);
  const pid = Number(readFileSync(join(folder, pidFile), 'utf8'));
  let isOver = false;
  const signal = (name: NodeJS.Signals): void => void (isOver || process.kill(pid, name));
  return {
    host,
    strike() {
      const kind = luck.oneOf(['killed', 'stopped for a while', 'cut', 'cut'] as const);
      if (kind === 'cut') {
        proxy.arm(luck.oneOf(['request', 'reply', 'before the reply']));
        return false;
      }
      figures.fault(`daemon ${kind}`);
      signal(kind === 'killed' ? 'SIGKILL' : 'SIGSTOP');
      isOver = kind === 'killed';
      if (isOver) return true;
      setTimeout(() => signal('SIGCONT'), 50 + luck.below(400));
      return false;
    },
    lost() {
      const since = lost;
      lost = 0;
      return since;
    },
    async close() {
      isOver = true;
      await host.close();
      await proxy.close();
      await daemon.close();
    },
  };
};

export interface Living {
  /** Between two questions, and between two faults. */
  readonly everyMs: number;
  readonly faultEveryMs: number;
  /** Whether an account may ask again when its window is over. */
  readonly windows: boolean;
}

/** Starts a daemon, asks it until it dies, and starts the next, until stopped. */
export const liveOn = async (
  context: Context, { everyMs, faultEveryMs, windows }: Living, begin: (number: number) => Promise<Life>,
): Promise<void> => {
  const { chance, figures, span, stop } = context;
  const luck = chance('asking');
  await context.ready();
  let died = 0;
  let id = 0;
  for (let number = 0; !stop.aborted; number += 1) {
    const life = await begin(number);
    figures.did('daemons started');
    let strikeAt = performance.now() + luck.around(span(faultEveryMs));
    let isDead = false;
    let now = 0;
    for (let account = 1; !isDead && !stop.aborted; account += 1) {
      const oracle = new WindowOracle(hostLimit);
      for (let turn = 0; turn <= perAccount && !isDead && !stop.aborted; turn += 1) {
        if (turn === perAccount) {
          if (!windows) break;
          now += windowMs;
          oracle.forget();
        }
        const isStruck = performance.now() > strikeAt;
        if (isStruck) strikeAt = performance.now() + luck.around(span(faultEveryMs));
        // In the middle of a question, or before one.
        const early = isStruck && luck.is(0.5) && life.strike();
        const asked = ask(life, messageOf(id, account), now, oracle);
        const late = isStruck && !early && luck.is(0.5) && life.strike();
        if (early || late) died = performance.now();
        id += 1;
        const outcome = await asked;
        figures.did(outcome.kind);
        if (outcome.kind === 'verdict' && died !== 0 && !early && !late) {
          figures.recovered(performance.now() - died);
          died = 0;
        }
        if (early && outcome.kind === 'verdict') figures.fail(`question ${id} was answered by a dead daemon`);
        if (outcome.wrong !== '') figures.fail(`question ${id}, account ${account}: ${outcome.wrong}`);
        isDead = early || late;
        await pause(luck.around(everyMs), stop);
      }
    }
    await life.close();
  }
};

interface Outcome {
  readonly kind: 'verdict' | 'named error' | 'unnamed error';
  readonly wrong: string;
}

const ask = async (
  life: Life, submission: Submission, now: number, oracle: WindowOracle,
): Promise<Outcome> => {
  try {
    const verdict = await life.host.judge(submission, milliseconds(now));
    for (let lost = life.lost(); lost > 0; lost -= 1) oracle.lost();
    const { due } = oracle;
    const is = isRefusal(verdict) ? 'refuse' : 'pass';
    if (is === 'pass') oracle.passed();
    else oracle.refused();
    const isRight = due === 'either' || due === is;
    return { kind: 'verdict', wrong: isRight ? '' : `is ${verdict.kind}, due is ${due}` };
  } catch (error) {
    life.lost();
    oracle.lost();
    const isNamed = error instanceof DelegationClientError || error instanceof RspamdError;
    if (isNamed) return { kind: 'named error', wrong: '' };
    return { kind: 'unnamed error', wrong: error instanceof Error ? String(error.stack) : String(error) };
  }
};
