// Moves the plan's assumptions one at a time and says what becomes of each scenario's main figures: which
// assumption does a result hang on?
// `node --import tsx bench/sensitivity.ts [seeds] [names] > docs/SENSITIVITY.md`

import { acceptEverything, defaultPolicy } from '../policy/index.ts';
import { findingText } from '../reports/index.ts';
import { summariseMetric } from '../reports/metric-summary.ts';
import { type MetricName, metricUnits, type Plan, runSeed, type SeedResult } from '../sim/index.ts';
import { lists } from '../sim/presets/lists.ts';
import { loadScenario } from '../cli/load.ts';
import { readTraces } from '../cli/traces.ts';

const [asked = '3', ...chosen] = process.argv.slice(2);
const seeds = Number(asked);
const names = chosen.length > 0 ? chosen : [
  'compromised-account', 'enron', 'stale-list', 'clean-list-spammer', 'drip-spammer', 'spammer-many-accounts',
  'backscatter', 'register-upgrade', 'neighbour-range',
];

interface Knob {
  readonly name: string;
  /** The plan with the assumption moved; the same plan where it has nothing to move. */
  readonly turn: (plan: Plan) => Plan;
}

const each = <Part>(parts: readonly Part[], change: (part: Part) => Part): Part[] => parts.map(change);

/** Lists of culprits: traps and unknown users, as they are assumed and then twice or half of it. */
const listsBy = (
  plan: Plan, factor: number, shares: readonly ('unknown' | 'pristine' | 'recycled')[],
): Plan => ({
  ...plan,
  incidents: each(plan.incidents, (incident) => {
    if (!('list' in incident)) return incident;
    const { list } = incident;
    const base = lists[list.kind];
    const moved = shares.map((share) => [share, Math.min(0.9, (list[share] ?? base[share]) * factor)]);
    return { ...incident, list: { ...list, ...Object.fromEntries(moved) } };
  }),
});

const knobs: readonly Knob[] = [
  ...[0.5, 2].map((by) => ({
    name: `coverage of traps x ${by}`,
    turn: (plan: Plan) => ({
      ...plan,
      registers: each(plan.registers, (one) => ({ ...one, coverage: Math.min(1, one.coverage * by) })),
    }),
  })),
  ...[0.5, 2].map((by) => ({
    name: `traps on the culprit's list x ${by}`,
    turn: (plan: Plan) => listsBy(plan, by, ['pristine', 'recycled']),
  })),
  ...[0.5, 2].map((by) => ({
    name: `unknown users on it x ${by}`,
    turn: (plan: Plan) => listsBy(plan, by, ['unknown']),
  })),
  {
    name: 'receivers recognise half as much spam',
    turn: (plan) => ({ ...plan, receivers: each(plan.receivers, (one) => ({ ...one, caught: 0.35 })) }),
  },
  {
    name: 'our own scan recognises half as much',
    turn: (plan) => ({
      ...plan, signals: { ...plan.signals, contentCaught: plan.signals.contentCaught / 2 },
    }),
  },
  {
    name: 'no traps of our own',
    turn: (plan) => ({ ...plan, signals: { ...plan.signals, ownTraps: 0 } }),
  },
  {
    name: 'one person at the desk',
    turn: (plan) => ({ ...plan, desk: { ...plan.desk, staff: Math.min(1, plan.desk.staff) } }),
  },
  {
    name: 'people judge 90 % rightly',
    turn: (plan) => ({ ...plan, desk: { ...plan.desk, rightly: 0.9 } }),
  },
];

const figures: readonly (readonly [MetricName, 'p50' | 'mean', string])[] = [
  ['time_to_block', 'p50', 'time to block'],
  ['escaped', 'mean', 'escaped'],
  ['collateral.bounced.share', 'mean', 'bounced for the address'],
  ['listed_hours', 'mean', 'listed'],
];

const write = (line: string): void => void process.stdout.write(`${line}\n`);

write(`# What the results hang on

Each row moves one assumption of the plan and leaves the rest; ${seeds} seeds (1 to ${seeds}) at full size,
the same luck in every row. Time to block is the median, the others are means. "none" is the policy
accept-everything. Few seeds: a factor of two means something, a tenth does not.

    node --import tsx bench/sensitivity.ts ${[seeds, ...chosen].join(' ')} > docs/SENSITIVITY.md
`);

const cells = (results: readonly SeedResult[]): readonly string[] =>
  figures.map(([metric, way]) => {
    const finding = summariseMetric(metric, results)[way];
    return finding.kind === 'none' ? '–' : findingText(finding, metricUnits[metric]);
  });

for (const name of names) {
  const scenario = await loadScenario(`scenarios/${name}.ts`);
  const traces = readTraces(scenario);
  for (const policy of [defaultPolicy, acceptEverything]) {
    const row = (label: string, plan: Plan): string => {
      const results = Array.from({ length: seeds }, (_, number) =>
        runSeed({ plan, traces, seed: String(number + 1), policy }),
      );
      return `| ${[label, ...cells(results)].join(' | ')} |`;
    };
    write(`\n## ${name}, policy ${policy === defaultPolicy ? 'default' : 'none'}\n`);
    write(`| moved | ${figures.map(([, , heading]) => heading).join(' | ')} |\n|---|---:|---:|---:|---:|`);
    const plain = row('nothing', scenario.plan);
    write(plain);
    for (const { name: label, turn } of knobs) {
      const moved = row(label, turn(scenario.plan));
      // A row that is the same to the last digit would only hide the others.
      if (moved.split('|').slice(2).join('|') !== plain.split('|').slice(2).join('|')) write(moved);
    }
  }
}
