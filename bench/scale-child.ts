// One run of a given size in a process of its own, so that its time and peak memory are nobody else's. Prints
// its figures as one line of JSON. Runs bundled (bundle.ts).

import '../cli/heap.mjs';
import { defaultPolicy } from '../policy/index.ts';
import { readPlan, runSeed } from '../sim/index.ts';
import { agendaNsPerEvent } from './hold.ts';
import { cpuNs } from './row.ts';

/** What is varied. More than a thousand addresses are pools of a thousand, the most that one may have. */
export interface ScaleSize {
  readonly tenants: number;
  /** Messages a working day and tenant. */
  readonly perDay: number;
  readonly days: number;
  /** Registers that every receiver asks about each connection. */
  readonly registers: number;
  readonly addresses: number;
}

export interface ScaleFigures extends ScaleSize {
  readonly events: number;
  readonly messages: number;
  readonly cpuS: number;
  readonly peakMb: number;
  /** An event of the agenda alone in the same process, with as many pending as there are tenants. */
  readonly agendaNs: number;
}

const size = JSON.parse(process.argv[2]!) as ScaleSize;
const { addresses, days, perDay, registers, tenants } = size;

// One rule model many times over: what is measured is asking, and being published, not one's own rules.
const names = Array.from({ length: registers }, (_, number) => `register-${number}`);
const addressOf = (number: number): string => `198.18.${number >> 8}.${number & 255}`;
const most = Math.min(addresses, 1_000);
const pools = Array.from({ length: addresses / most }, (_, number) => ({
  name: `pool-${number}`,
  addresses: Array.from({ length: most }, (_, index) => addressOf(most * number + index)),
}));

const plan = readPlan({
  title: 'Offices behind shared addresses',
  question: 'What does size cost?',
  length: `${days}d`,
  pools,
  registers: names.map((name) => ({ name, preset: 'psbl' })),
  receivers: [
    { name: 'gmail', preset: 'gmail', share: '50%', consults: names },
    { name: 'postfix', preset: 'small-postfix', share: '50%', consults: names },
  ],
  tenants: pools.map(({ name }, number) => ({
    name: `offices-${number}`, count: tenants / pools.length, pool: name,
    stream: { kind: 'office', perDay, recipients: 1 },
  })),
}, 'bench');

let result: ReturnType<typeof runSeed> | undefined;
const ns = cpuNs(() => {
  result = runSeed({ plan, seed: 'bench', policy: defaultPolicy, traces: new Map() });
});
const peakMb = process.resourceUsage().maxRSS / 1_000;
const { events, metrics } = result!;
const messages = metrics['wanted.submitted'].value!;
const figures: ScaleFigures = {
  ...size, events, messages, cpuS: ns / 1e9, peakMb, agendaNs: agendaNsPerEvent(tenants),
};
console.log(JSON.stringify(figures));
