// The fourth load: a small sweep on a real Redis, over and over, while workers and Redis are killed. Each
// time the tables must be those of the undisturbed sweep to the byte, and each run be in the books once.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PlanInput } from '../../sim/plan/schema.ts';
import { fromDebian, missingOf } from '../hosts/programs.ts';
import { AofRedis } from './aof-redis.ts';
import type { Chance } from './chance.ts';
import type { Child } from './children.ts';
import { type Context, type Load, pause } from './load.ts';
import { command } from './served.ts';

const plan: PlanInput = {
  title: 'A soak of sweeps', question: 'Is a run lost?', length: '20d',
  pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
  receivers: [{ name: 'gmail', preset: 'gmail', share: '100%' }],
  tenants: [{ name: 'offices', count: 6, pool: 'shared', stream: { kind: 'office', perDay: 60 } }],
};
const points = [5, 20, 60];
const seeds = 3;

/** A sweep that is not done by then never will be: workers' leases run out after half a minute. */
const patienceMs = 600_000;
const workers = 2;
/** Exit code of a command that finds no Redis at its address when it begins (cli/exit-codes.ts). */
const exitOfMistake = 2;

export const sweepLoad: Load = {
  name: 'sweep',
  missing: () => {
    const packages = ['bullmq', 'ioredis'].filter((name) => !isInstalled(name));
    const programs = missingOf([fromDebian('redis-server')])
      .map(({ install, name }) => `${name} (${install})`);
    return [...programs, ...packages.map((name) => `${name} (npm install ${name})`)].join(', ');
  },
  async run(context) {
    const { children, figures, folder, span, stop } = context;
    writeFileSync(join(folder, 'plan.json'), JSON.stringify(plan));
    writeFileSync(join(folder, 'sweep.json'),
      JSON.stringify({ scenarios: ['plan.json'], grid: { burst: points }, seeds }));
    const alone = children.start('sweep', sweeping(folder, 'alone', '--engine', 'threads', '--jobs', '1'));
    if (await alone.ended !== 0) throw new Error('the undisturbed sweep failed');
    const redis = await AofRedis.start(context);
    const crew = new Crew(context, redis);
    await context.ready();
    for (let round = 0; round === 0 || !stop.aborted; round += 1) {
      await sweepOnce(context, redis, crew, round);
      await pause(span(30_000), stop);
    }
    await crew.end();
    await redis.kill();
    if (figures.faults.size === 0 && context.span(1) === 1) figures.fail('no sweep was disturbed');
  },
};

const isInstalled = (name: string): boolean => {
  try {
    import.meta.resolve(name);
    return true;
  } catch {
    return false;
  }
};

const sweeping = (folder: string, out: string, ...more: readonly string[]): readonly string[] =>
  [
    process.execPath, command, 'sweep', join(folder, 'sweep.json'), '--out', join(folder, out), '--json',
    ...more,
  ];

/** Workers that are there again as soon as one was killed. */
class Crew {
  readonly #context: Context;
  readonly #redis: AofRedis;
  readonly #all: Child[] = [];
  #isOver = false;

  constructor(context: Context, redis: AofRedis) {
    [this.#context, this.#redis] = [context, redis];
    for (let place = 0; place < workers; place += 1) this.#hire(place);
  }

  async killOne(luck: Chance): Promise<void> {
    const place = luck.below(workers);
    await this.#all[place]!.kill();
    this.#hire(place);
  }

  /** Whoever has gone by himself, and not for want of a Redis, is replaced and told of. */
  async muster(): Promise<void> {
    for (const [place, child] of this.#all.entries()) {
      if (child.isAlive || await child.ended === exitOfMistake) continue;
      this.#context.figures.fail('a worker ended by itself');
      this.#hire(place);
    }
  }

  async end(): Promise<void> {
    this.#isOver = true;
    await Promise.all(this.#all.map((child) => child.kill()));
  }

  #hire(place: number): void {
    const { children, figures } = this.#context;
    const child = children.start('worker',
      [process.execPath, command, 'worker', '--redis', this.#redis.url, '--jobs', '1', '--wait', '1h']);
    this.#all[place] = child;
    // Who finds no Redis when he begins says so and goes (a wrong address is told at once); he comes again.
    void child.ended.then((code) => {
      if (code !== exitOfMistake || this.#isOver || this.#all[place] !== child) return;
      figures.did('began while Redis was away, and said so');
      setTimeout(() => this.#isOver || this.#hire(place), 1_000);
    });
  }
}

const sweepOnce = async (context: Context, redis: AofRedis, crew: Crew, round: number): Promise<void> => {
  const { children, figures, folder, tamper } = context;
  const luck = context.chance('round', round);
  const out = join(folder, 'disturbed');
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out);
  await crew.muster();
  const begun = performance.now();
  const maker = children.start('sweep',
    sweeping(folder, 'disturbed', '--engine', 'bullmq', '--redis', redis.url, '--force'));
  const disturbed = disturb(context, redis, crew, maker, luck);
  const late = setTimeout(() => void maker.kill(), patienceMs);
  const code = await maker.ended;
  clearTimeout(late);
  const faultAt = await disturbed;
  if (code === 0) figures.did('sweeps');
  if (code === 0 && faultAt > 0) figures.recovered(performance.now() - faultAt);
  if (code === exitOfMistake && faultAt > 0) return figures.did('began while Redis was away, and said so');
  if (code !== 0) {
    const isLate = performance.now() - begun > patienceMs;
    const how = isLate ? `did not end in ${patienceMs / 1_000} s` : `ended with ${code}`;
    return figures.fail(`sweep ${round} ${how}`);
  }
  tamper?.(out);
  audit(context, out, round);
};

/** One to three faults while it goes on; when the last one came, 0 for none. */
const disturb = async (
  { figures, stop }: Context, redis: AofRedis, crew: Crew, maker: Child, luck: Chance,
): Promise<number> => {
  let at = 0;
  for (let left = 1 + luck.below(3); left > 0; left -= 1) {
    await pause(1_000 + luck.around(2_000), stop);
    if (!maker.isAlive) break;
    at = performance.now();
    if (luck.is(0.5)) {
      figures.fault('worker killed');
      await crew.killOne(luck);
    } else {
      figures.fault('Redis killed');
      await redis.kill();
      await pause(luck.below(2_000), stop);
      await redis.start();
    }
  }
  return at;
};

const audit = ({ figures, folder }: Context, out: string, round: number): void => {
  for (const name of ['table.csv', 'table.jsonl', 'table.parquet']) {
    const isSame = readFileSync(join(out, name)).equals(readFileSync(join(folder, 'alone', name)));
    if (!isSame) figures.fail(`sweep ${round}: ${name} is another than that of the undisturbed sweep`);
  }
  const keys = readFileSync(join(out, 'done.jsonl'), 'utf8').trim().split('\n')
    .map((line) => (JSON.parse(line) as { readonly key: string }).key);
  const runs = points.length * seeds;
  figures.did('runs', keys.length);
  figures.twice += keys.length - new Set(keys).size;
  figures.lost += Math.max(0, runs - new Set(keys).size);
};
