// Writes docs/SCENARIOS.md: every scenario at its full size, under the default policy and under none, with
// its main figures. `node --import tsx bench/table-of-scenarios.ts [seeds] [names] > docs/SCENARIOS.md`

import { readdirSync } from 'node:fs';
import { acceptEverything, defaultPolicy, type Policy } from '../policy/index.ts';
import { findingText, plural } from '../reports/index.ts';
import { summariseMetric } from '../reports/metric-summary.ts';
import { type MetricName, metricUnits, runSeed, type SeedResult } from '../sim/index.ts';
import { loadScenario } from '../cli/load.ts';
import { readTraces } from '../cli/traces.ts';
import { remarks } from './scenario-remarks.ts';

const command = 'node --import tsx bench/table-of-scenarios.ts';
const folder = 'scenarios';
const [asked = '5', ...chosen] = process.argv.slice(2);
const seeds = Number(asked);

/** Columns: a metric, how it is seen over the seeds, and its heading. */
const columns: readonly (readonly [MetricName, 'p50' | 'mean', string])[] = [
  ['time_to_block', 'p50', 'time to block'],
  ['escaped', 'p50', 'escaped'],
  ['fp.tenants', 'mean', 'innocent hit'],
  ['collateral.bounced.share', 'mean', 'bounced'],
  ['wanted.lost', 'p50', 'lost'],
  ['listed_hours', 'p50', 'listed'],
  ['attribution.wrongly_accused', 'mean', 'accused'],
  ['desk.hours', 'p50', 'desk'],
];

const policies: readonly (readonly [string, Policy])[] = [
  ['default', defaultPolicy],
  ['none', acceptEverything],
];

const cells = (results: readonly SeedResult[]): readonly string[] =>
  columns.map(([metric, way]) => {
    const finding = summariseMetric(metric, results)[way];
    return finding.kind === 'none' ? '–' : findingText(finding, metricUnits[metric]);
  });

const write = (line: string): void => void process.stdout.write(`${line}\n`);

write(`# All scenarios

Each at its full size, ${plural(seeds, 'seed')} (1 to ${seeds}); "none" is the policy accept-everything, under
which only the desk's people act. Time to block, escaped messages, wanted messages lost, hours on registers
and hours of the desk are medians over seeds. Tenants hit by policy or desk though innocent or only careless,
wanted mail bounced for the address, and tenants accused wrongly are means.
[What the figures mean](METRICS.md); [the scenarios](../scenarios/README.md). Not a gate, and with so few
seeds no proof of a difference.

    ${command} ${seeds} > docs/SCENARIOS.md

| scenario | policy | ${columns.map(([, , heading]) => heading).join(' | ')} |
|---|---|${columns.map(() => '---:').join('|')}|`);

const names = readdirSync(folder)
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.slice(0, -'.ts'.length))
  .filter((name) => chosen.length === 0 || chosen.includes(name))
  .sort();

for (const name of names) {
  const scenario = await loadScenario(`${folder}/${name}.ts`);
  const traces = readTraces(scenario);
  for (const [index, [label, policy]] of policies.entries()) {
    const results = Array.from({ length: seeds }, (_, number) =>
      runSeed({ plan: scenario.plan, traces, seed: String(number + 1), policy }),
    );
    const first = index === 0 ? `[${name}](../scenarios/${name}.ts)` : '';
    write(`| ${[first, label, ...cells(results)].join(' | ')} |`);
  }
}

write(`
## Do we believe it?

What somebody who has worked at an abuse desk would say to each.

| scenario | |
|---|---|`);
for (const name of names) write(`| ${name} | ${remarks[name] ?? ''} |`);
