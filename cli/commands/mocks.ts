// `sharedfate mocks`: a scenario's receivers and registers as servers on loopback, for real mail servers and
// DNS clients, until control-C.

import { harmlessJson } from '../../reports/outputs/plain-json.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import type { Mocks } from '../../testbed/mocks-on-loopback/start.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserMistake } from '../faults.ts';
import { hasHosts } from '../hosts.ts';
import { onInterrupt } from '../interrupt.ts';
import { type LoadedScenario, loadPolicy, loadScenario } from '../load.ts';
import { seedsAsked, wholeNumber } from '../seeds.ts';
import { readTraces } from '../traces.ts';

export interface MocksCommandOptions {
  readonly seed: string;
  readonly policy: string;
  readonly set: readonly string[];
  readonly portBase?: string;
  readonly recipients: string;
  readonly speed: string;
  readonly quiet: boolean;
  readonly json: boolean;
}

/** The version of the document that `--json` prints. */
const documentVersion = 1;

/** Starts them, prints where they are, and serves until told to stop; the exit code. */
export const mocks = async (
  path: string, options: MocksCommandOptions, console: Console,
): Promise<number> => {
  const scenario = await loadScenario(path);
  const servers = await start(scenario, options, console);
  const stopped = new Promise<void>((stop) => {
    onInterrupt(stop, () => undefined);
  });
  const document = documentOf(scenario, options, servers);
  console.print(options.json ? `${harmlessJson(JSON.stringify(document))}\n` : textOf(document));
  await stopped;
  await servers.close();
  return exitCodes.passed;
};

const start = async (
  scenario: LoadedScenario, options: MocksCommandOptions, console: Console,
): Promise<Mocks> => {
  const { MockServerError } = await import('../../mocks/index.ts');
  const { recipientKinds } = await import('../../testbed/mocks-on-loopback/strangers.ts');
  const { startMocks } = await import('../../testbed/mocks-on-loopback/start.ts');
  const { plan, input } = scenario;
  const [seed] = seedsAsked(options.seed, undefined, 1) as [string];
  const recipients = recipientKinds.find((kind) => kind === options.recipients);
  if (recipients === undefined) {
    const seen = shownValue(options.recipients);
    throw new UserMistake(`--recipients is ${seen}; it is one of ${recipientKinds.join(', ')}.`);
  }
  const portBase = options.portBase === undefined ? undefined
    : wholeNumber('--port-base', options.portBase, 65_535 - 1 - plan.receivers.length);
  const policy = await loadPolicy(options.policy, options.set);
  if (hasHosts(policy)) {
    const seen = `--policy is ${shownValue(options.policy)}, foreign software`;
    throw new UserMistake(`${seen}; mocks takes policies of this process only.`);
  }
  try {
    return await startMocks({
      plan, input, seed, recipients, policy,
      traces: readTraces(scenario),
      quiet: options.quiet,
      speed: speedOf(options.speed),
      ...(portBase === undefined ? {} : { portBase }),
      onError: (error) => console.note(`mocks: ${error instanceof Error ? error.message : String(error)}`),
    });
  } catch (error) {
    if (!(error instanceof MockServerError)) throw error;
    // Whoever types this knows no port 0.
    throw new UserMistake(error.message.replace(/or give port 0.*$/, 'or choose another --port-base.'));
  }
};

/** A million is eleven days of the world in a second: more than a run in memory gets done. */
const fastest = 1_000_000;

const speedOf = (text: string): number => {
  const value = /^\d{1,7}(\.\d{1,3})?$/.test(text) ? Number(text) : Number.NaN;
  if (value >= 0 && value <= fastest) return value;
  const allowed = `a number from 0, where the clock stands still, to ${fastest}`;
  throw new UserMistake(`--speed is ${shownValue(text)}; it is ${allowed}.`);
};

interface Document {
  readonly version: number;
  readonly scenario: string;
  readonly title: string;
  readonly seed: string;
  readonly speed: number;
  readonly control: string;
  readonly dns: { readonly host: string; readonly port: number };
  readonly registers: readonly { readonly name: string; readonly preset: string; readonly zone: string }[];
  readonly receivers: readonly {
    readonly name: string;
    readonly preset: string;
    readonly host: string;
    readonly port: number;
  }[];
  readonly addresses: readonly { readonly address: string; readonly from: string }[];
}

const documentOf = (
  { where, plan }: LoadedScenario, options: MocksCommandOptions, servers: Mocks,
): Document => ({
  version: documentVersion,
  scenario: where,
  title: plan.title,
  seed: options.seed,
  speed: Number(options.speed),
  control: servers.control,
  dns: { host: servers.host, port: servers.dnsPort },
  registers: servers.registers,
  receivers: servers.receivers.map((receiver) => ({ ...receiver, host: servers.host })),
  addresses: plan.pools.flatMap(({ addresses }) => addresses).map((address, index) =>
    ({ address, from: `127.0.${1 + ((index + 1) >> 8)}.${(index + 1) & 0xff}` })),
});

const mostAddresses = 4;

const textOf = (document: Document): string => {
  const { addresses, control, dns, receivers, registers, seed, speed, title } = document;
  const width = Math.max(...[...receivers, ...registers].map(({ name }) => name.length));
  const clock = speed === 0 ? 'The clock stands still.' : `The clock runs ${speed} times as fast as ours.`;
  const more = addresses.length > mostAddresses ? [`  and ${addresses.length - mostAddresses} more`] : [];
  return [
    `${title}, seed ${seed}. ${clock}`,
    '',
    'receivers (SMTP)',
    ...receivers.map(({ name, host, port, preset }) => `  ${name.padEnd(width)}  ${host}:${port}  ${preset}`),
    `registers (DNS at ${dns.host}:${dns.port}, UDP and TCP)`,
    ...registers.map(({ name, zone, preset }) => `  ${name.padEnd(width)}  ${zone}  ${preset}`),
    'addresses, and where to connect from to stand for one',
    ...addresses.slice(0, mostAddresses).map(({ address, from }) => `  ${address}  ${from}`),
    ...more,
    `control (HTTP)  ${control}`,
    '',
    'docs/MOCKS.md says how to use them. Control-C ends them.',
    '',
  ].join('\n');
};
