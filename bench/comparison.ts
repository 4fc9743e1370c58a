// What comparing costs beside simulating: 200 seeds of five scenarios under two policies, every metric
// different in every seed, which is the dearest case. A few seeds are simulated and their time is scaled.

import { readFileSync } from 'node:fs';
import { compare, type ComparedScenario } from '../reports/comparison/compare.ts';
import type { Side } from '../reports/comparison/comparison.ts';
import type { Measured, MeasuredSeed } from '../reports/comparison/measured.ts';
import { defaultPolicy } from '../policy/index.ts';
import { parseTrace, type Plan, readPlan, runSeed, type Scenario } from '../sim/index.ts';
import { cpuNs, type Row, type Section } from './row.ts';

const names = ['compromised-account', 'mailing-list-one-provider', 'register-upgrade', 'deliberate-spammer',
  'enron'];
const seeds = 200;
const simulated = 2;
/** Statistics take at most this part of the time that simulating both sides takes. */
const bound = 0.05;

const policy = { name: 'default', source: '', digest: '', modules: [], parameters: {} };
const side: Side =
  { kind: 'policy', name: 'default', asked: 'default', policy, tool: 'bench', revision: null };
const trace = 'traces/enron.csv';
const traces = new Map([
  [trace, parseTrace(readFileSync(new URL(`../scenarios/${trace}`, import.meta.url), 'utf8'), trace)],
]);

/** As many seeds from a few, each metric moved a little, and differently on either side. */
const spread = (few: readonly MeasuredSeed[], turn: number): Measured => ({
  tool: 'bench', policy, transport: 'memory',
  seeds: Array.from({ length: seeds }, (_, index): MeasuredSeed => {
    const { metrics } = few[index % few.length]!;
    const moved = Object.entries(metrics).map(([name, { value, observed }]) =>
      [name, { value: value === null ? null : Math.abs(value + Math.sin(index * turn) + 1),
        observed }] as const);
    return { seed: String(index + 1), fingerprint: `${turn} ${index}`, metrics: Object.fromEntries(moved) };
  }),
});

export const run: Section = async (print) => {
  const scenarios: ComparedScenario[] = [];
  let simulating = 0;
  for (const name of names) {
    print(`comparison: simulating ${name}`);
    const { default: script } = (await import(`../scenarios/${name}.ts`)) as { readonly default: Scenario };
    const plan: Plan = readPlan(script.plan, name);
    const few: MeasuredSeed[] = [];
    const ns = cpuNs(() => {
      for (let seed = 1; seed <= simulated; seed += 1)
        few.push(runSeed({ plan, seed: String(seed), policy: defaultPolicy, traces }));
    });
    simulating += (ns / simulated) * seeds * 2;
    scenarios.push({
      scenario: name, title: '', question: '', worldHash: '', baselineFolder: '', candidateFolder: '',
      assumptions: [], baseline: spread(few, 7.3), candidate: spread(few, 3.1),
        gates: script.plan.gates ?? [],
    });
  }
  print('comparison: comparing');
  const comparing = cpuNs(() => compare({
    tool: 'bench', made: '2027-01-04', pairing: 'seeds', baseline: side, candidate: side, scenarios,
    repeat: '', accept: '', again: () => '',
  }));
  const rows: Row[] = [
    { name: `simulating ${seeds} seeds x ${names.length} scenarios x 2, scaled`, value: simulating / 1e9,
      unit: 's' },
    { name: 'comparing them', value: comparing / 1e9, unit: 's' },
    { name: 'comparing over simulating', value: comparing / simulating, unit: '', bound },
  ];
  return rows;
};
