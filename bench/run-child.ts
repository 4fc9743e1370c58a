// One whole run in a process of its own, so that its time and peak memory are nobody else's. Prints its
// figures as one line of JSON. Runs bundled (bundle.ts).

import '../cli/heap.mjs';
import { defaultPolicy } from '../policy/index.ts';
import { readPlan, runSeed } from '../sim/index.ts';
import { agendaNsPerEvent } from './hold.ts';
import { officesPlan } from './offices.ts';
import { cpuNs } from './row.ts';

export interface RunFigures {
  readonly events: number;
  readonly messages: number;
  readonly nsPerEvent: number;
  readonly nsPerMessage: number;
  /** The agenda alone in the same process, with as many pending as there are offices. */
  readonly agendaNs: number;
  readonly peakMb: number;
}

const offices = 10_000;

const plan = readPlan(officesPlan(offices, process.argv[2] ?? ''), 'bench');

let result: ReturnType<typeof runSeed> | undefined;
const ns = cpuNs(() => {
  result = runSeed({ plan, seed: 'bench', policy: defaultPolicy, traces: new Map() });
});
const peakMb = process.resourceUsage().maxRSS / 1_000;
const events = result!.events;
const messages = result!.metrics['wanted.submitted'].value!;
const figures: RunFigures = {
  events, messages, nsPerEvent: ns / events, nsPerMessage: ns / messages,
  agendaNs: agendaNsPerEvent(offices), peakMb,
};
console.log(JSON.stringify(figures));
