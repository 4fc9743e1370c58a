// The mock servers against what they are measured by, turn by turn: our register against rbldnsd, asked by
// dnsperf; our receiver against smtp-server alone, fed by smtp-source. Each server has one core and its
// client the other; what counts is the rate that the client sees. On a busy machine only the processor time,
// which is given beside it, means something.

import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { bundle } from './bundle.ts';
import { median, type Row, type Section } from './row.ts';

/** Ours are to reach 0.30 of rbldnsd's rate and 0.9 of smtp-server's; here the other way round. */
const bounds = { register: 1 / 0.3, receiver: 1 / 0.9 };

const entries = 20_000;
const zone = 'bench.rbl.test';
/** The first turns are for warming up and count for nothing. */
const turns = 8;
const warmUps = 2;
const secondsATurn = 3;
const messages = 15_000;

const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` };
const output = async (program: string, ...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)(program, args, { env })).stdout;
const isHere = async (program: string): Promise<boolean> =>
  output('sh', '-c', `command -v ${program}`).then(() => true, () => false);

/** A server of the one core, its clients of the other. */
const onCore = (core: number): readonly string[] =>
  availableParallelism() > 1 ? ['taskset', '-c', String(core)] : ['env'];

interface Contender {
  readonly name: string;
  readonly child: ChildProcess;
  readonly port: number;
}

const program = fileURLToPath(new URL('./build/mocks.mjs', import.meta.url));

const ours = async (name: string, ...args: readonly string[]): Promise<Contender> => {
  const [first, ...rest] = [...onCore(0), process.execPath, program, ...args];
  const child = spawn(first!, rest, { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { name, child, port: Number(line) };
};

/** The kernel counts a process' time in hundredths of a second (proc(5), stat: utime and stime). */
const cpuSeconds = ({ child }: Contender): number => {
  const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
};

interface Figures {
  /** Pieces of work a second, as the client sees it. */
  readonly rate: number;
  /** Microseconds of processor a piece of work. */
  readonly cost: number;
}

/** By contender: medians over the turns, one after the other. */
const figuresOf = async (
  contenders: readonly Contender[], work: (port: number) => Promise<number>, print: (line: string) => void,
): Promise<readonly Figures[]> => {
  const seen = contenders.map((): Figures[] => []);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [index, contender] of contenders.entries()) {
      const before = cpuSeconds(contender);
      const began = performance.now();
      const done = await work(contender.port);
      const rate = done / ((performance.now() - began) / 1_000);
      const cost = ((cpuSeconds(contender) - before) * 1e6) / done;
      const seenNow = `${Math.round(rate)}/s, ${cost.toFixed(1)} us of processor each`;
      print(`mocks: turn ${turn}, ${contender.name}: ${seenNow}`);
      if (turn >= warmUps) seen[index]!.push({ rate, cost });
    }
  }
  return seen.map((turnsOf) => ({
    rate: median(turnsOf.map(({ rate }) => rate)), cost: median(turnsOf.map(({ cost }) => cost)),
  }));
};

/** Theirs over ours, so that less is better, as for every other row. */
const rowsOf = (
  what: string, contenders: readonly Contender[], [own, theirs]: readonly Figures[], bound: number,
): readonly Row[] => [
  ...[own!, theirs!].flatMap(({ rate, cost }, index) => [
    { name: `${contenders[index]!.name}: ${what}s a second`, value: rate, unit: '/s' },
    { name: `${contenders[index]!.name}: processor time a ${what}`, value: cost, unit: 'us' },
  ]),
  { name: `${contenders[1]!.name}'s rate over ours`, value: theirs!.rate / own!.rate, unit: '', bound },
  { name: 'our processor time over theirs', value: own!.cost / theirs!.cost, unit: '' },
];

const ended = async (contenders: readonly Contender[]): Promise<void> => {
  for (const { child } of contenders) {
    child.kill('SIGKILL');
    if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  }
};

const againstRbldnsd = async (folder: string, print: (line: string) => void): Promise<readonly Row[]> => {
  const all = Array.from({ length: entries }, (_, index) => [index >> 8, index & 255] as const);
  const list = all.map(([a, b]) => `198.18.${a}.${b}\n`).join('');
  writeFileSync(join(folder, 'list'), `:127.0.0.2:listed\n${list}`);
  // Half of the questions hit.
  const questions = all.flatMap(([a, b]) => [`${b}.${a}.18.198.${zone} A`, `${b}.${a}.19.198.${zone} A`, '']);
  writeFileSync(join(folder, 'questions'), questions.filter((line) => line !== '').join('\n'));
  const register = await ours('our register', 'register', zone, String(entries));
  // rbldnsd takes no free port by itself; the one below was free for UDP and TCP a moment ago.
  const port = register.port + 1;
  const args = ['-n', '-u', 'nobody', '-b', `127.0.0.1/${port}`, '-w', folder, `${zone}:ip4set:list`];
  const [first, ...rest] = [...onCore(0), 'rbldnsd', ...args];
  const rbldnsd = { name: 'rbldnsd', child: spawn(first!, rest, { env, stdio: 'ignore' }), port };
  const contenders = [register, rbldnsd];
  const ask = async (asked: number): Promise<number> => {
    const [client, ...more] = [...onCore(1), 'dnsperf', '-s', '127.0.0.1', '-p', String(asked)];
    const how = ['-d', join(folder, 'questions'), '-l', String(secondsATurn), '-c', '1', '-q', '100'];
    const said = await output(client!, ...more, ...how);
    return Number(/Queries completed:\s+(\d+)/.exec(said)![1]);
  };
  try {
    return rowsOf('answer', contenders, await figuresOf(contenders, ask, print), bounds.register);
  } finally {
    await ended(contenders);
  }
};

const againstSmtpServer = async (print: (line: string) => void): Promise<readonly Row[]> => {
  const contenders = [await ours('our receiver', 'receiver'), await ours('smtp-server', 'bare')];
  const send = async (port: number): Promise<number> => {
    const [client, ...more] = [...onCore(1), 'smtp-source', '-d', '-s', '4', '-m', String(messages)];
    const mail = ['-l', '2000', '-f', 'a@t1.test', '-t', 'b@bench.test', `127.0.0.1:${port}`];
    await output(client!, ...more, ...mail);
    return messages;
  };
  try {
    return rowsOf('message', contenders, await figuresOf(contenders, send, print), bounds.receiver);
  } finally {
    await ended(contenders);
  }
};

export const run: Section = async (print) => {
  await bundle(fileURLToPath(new URL('./mocks-child.ts', import.meta.url)), program);
  const folder = mkdtempSync(join(tmpdir(), 'sharedfate-bench-'));
  chmodSync(folder, 0o755);
  const rows: Row[] = [];
  try {
    if (!(await isHere('rbldnsd')) || !(await isHere('dnsperf')))
      print('mocks: no rbldnsd or dnsperf here (apt-get install rbldnsd dnsperf), so no register');
    else rows.push(...await againstRbldnsd(folder, print));
    if (!(await isHere('smtp-source')))
      print('mocks: no smtp-source here (apt-get install postfix), so no receiver');
    else rows.push(...await againstSmtpServer(print));
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
