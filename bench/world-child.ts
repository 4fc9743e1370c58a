// One run of the full world in a process of its own: every receiver and every register there is, the desk,
// and the policy named. Prints its figures as one line of JSON. Runs bundled (bundle.ts).

import '../cli/heap.mjs';
import { acceptEverything, defaultPolicy } from '../policy/index.ts';
import { readPlan, runSeed } from '../sim/index.ts';
import { receiverIds, registerIds } from '../sim/presets/index.ts';
import { cpuNs } from './row.ts';

export interface WorldFigures {
  readonly events: number;
  readonly messages: number;
  readonly nsPerMessage: number;
  readonly peakMb: number;
}

const [, , tenants = '10000', length = '24h', policy = 'default', perDay = '40'] = process.argv;

const plan = readPlan({
  title: 'The full world',
  question: 'What does a message cost?',
  length,
  pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
  registers: registerIds.map((preset) => ({ name: preset, preset })),
  receivers: receiverIds.map((preset) => ({ name: preset, preset, share: `${100 / receiverIds.length}%` })),
  tenants: [{
    name: 'offices', count: Number(tenants), pool: 'shared',
    stream: { kind: 'office', perDay: Number(perDay), recipients: 1 },
  }],
}, 'bench');

let result: ReturnType<typeof runSeed> | undefined;
const ns = cpuNs(() => {
  const chosen = policy === 'default' ? defaultPolicy : acceptEverything;
  result = runSeed({ plan, seed: 'bench', policy: chosen, traces: new Map() });
});
const messages = result!.metrics['wanted.submitted'].value!;
const figures: WorldFigures = {
  events: result!.events, messages, nsPerMessage: ns / messages,
  peakMb: process.resourceUsage().maxRSS / 1_000,
};
console.log(JSON.stringify(figures));
