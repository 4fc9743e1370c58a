// Moves the plan's assumptions one at a time and says what becomes of each scenario's main figures: which
// assumption does a result hang on?
// `node --import tsx bench/sensitivity.ts [seeds] [names]` measures, each scenario in a process of its own,
// two at once; with `--page` it writes docs/SENSITIVITY.md of all that has been measured.

import { execFile } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { acceptEverything, defaultPolicy } from '../policy/index.ts';
import { findingText, plural } from '../reports/index.ts';
import { summariseMetric } from '../reports/metric-summary.ts';
import { type MetricName, metricUnits, type Plan, runSeed } from '../sim/index.ts';
import { loadScenario } from '../cli/load.ts';
import { readTraces } from '../cli/traces.ts';
import { knobs } from './sensitivity-knobs.ts';

/** What a row shows, and how much a figure must have been for its change to mean something. */
const figures: readonly (readonly [MetricName, 'p50' | 'mean', heading: string, least: number])[] = [
  ['time_to_block', 'p50', 'time to block', 0],
  ['escaped', 'mean', 'escaped', 20],
  ['collateral.bounced.share', 'mean', 'bounced for the address', 0.002],
  ['collateral.deferred', 'mean', 'put off for it', 200],
  ['listed_hours', 'mean', 'listed', 12],
];

interface Row {
  readonly label: string;
  readonly cells: readonly string[];
  readonly values: readonly (number | null)[];
}
interface Part {
  readonly policy: string;
  readonly rows: readonly Row[];
}
interface Measured {
  readonly name: string;
  readonly seeds: number;
  /** What a reader must know of an older measurement. */
  readonly note?: string;
  readonly parts: readonly Part[];
}

const valueOf = (finding: ReturnType<typeof summariseMetric>['mean']): number | null =>
  finding.kind === 'value' ? finding.value : null;

/** All rows of one scenario: nothing moved, then each knob that has something to move. */
const measured = async (name: string, seeds: number): Promise<Measured> => {
  const scenario = await loadScenario(`scenarios/${name}.ts`);
  const traces = readTraces(scenario);
  const plain = JSON.stringify(scenario.plan);
  const parts = [defaultPolicy, acceptEverything].map((policy): Part => {
    const row = (label: string, plan: Plan): Row => {
      const results = Array.from({ length: seeds }, (_, number) =>
        runSeed({ plan, traces, seed: String(number + 1), policy }),
      );
      const findings = figures.map(([metric, way]) =>
        [metric, summariseMetric(metric, results)[way]] as const);
      return {
        label,
        cells: findings.map(([metric, finding]) =>
          finding.kind === 'none' ? '–' : findingText(finding, metricUnits[metric])),
        values: findings.map(([, finding]) => valueOf(finding)),
      };
    };
    const moved = knobs.flatMap(({ name: label, turn }) => {
      const plan = turn(scenario.plan);
      return JSON.stringify(plan) === plain ? [] : [row(label, plan)];
    });
    return {
      policy: policy === defaultPolicy ? 'default' : 'none', rows: [row('nothing', scenario.plan), ...moved],
    };
  });
  return { name, seeds, parts };
};

const least = 1.25;

/**
 * The knob that changes most what escapes; where that stays within a quarter, what innocents or the address
 * suffer, in the order of the columns.
 */
const hangsOn = ({ rows: [plain, ...moved] }: Part): string => {
  for (const [index, [, , heading, floor]] of figures.entries()) {
    // Time to block is censored: what escapes says the same, and can be compared.
    if (floor === 0) continue;
    const before = plain!.values[index] ?? null;
    const changes = moved.flatMap((row) => {
      const after = row.values[index] ?? null;
      if (before === null || after === null) return [];
      return [{ row, times: Math.abs(Math.log((after + floor) / (before + floor))) }];
    });
    const [most] = changes.sort((one, other) => other.times - one.times);
    if (most === undefined || most.times < Math.log(least)) continue;
    return `${most.row.label} | ${heading} ${plain!.cells[index]!} -> ${most.row.cells[index]!}`;
  }
  return 'none of these |';
};

const page = (scenarios: readonly Measured[]): string => {
  const summary = scenarios.flatMap(({ name, parts }) =>
    parts.map((part) => `| ${name} | ${part.policy} | ${hangsOn(part)} |`));
  const tables = scenarios.flatMap(({ name, seeds, note = '', parts }) => parts.map(({ policy, rows }) => {
    const [plain, ...moved] = rows;
    // A row that is the same to the last digit would only hide the others.
    const shown = moved.filter(({ cells }) => cells.join() !== plain!.cells.join());
    const lines = [plain!, ...shown].map(({ label, cells }) => `| ${[label, ...cells].join(' | ')} |`);
    const head = `| moved | ${figures.map(([, , heading]) => heading).join(' | ')} |`;
    const rule = `|---|${figures.map(() => '---:').join('|')}|`;
    const measuredSo = [plural(seeds, 'seed'), note].filter((part) => part !== '').join(', ');
    const title = `## ${name}, policy ${policy} (${measuredSo})`;
    return [title, '', head, rule, ...lines, ''].join('\n');
  }));
  return `# What the results hang on

Each row moves one assumption of the plan and leaves the rest: scenarios at full size, the same luck in every
row, seeds from 1 on. Time to block is the median, the others are means; "put off" counts wanted messages
deferred for the address. "none" is the policy accept-everything. Rows that change no figure are left out. Few
seeds: a factor of two means something, a tenth does not.

    node --import tsx bench/sensitivity.ts 5
    node --import tsx bench/sensitivity.ts --page > docs/SENSITIVITY.md

## What each hangs on most

The assumption whose move changes most what escapes; where that stays within a quarter, what innocents or
the address suffer, in the order of the columns. "None of these" is itself a finding: the result follows from
the story, not from these numbers.

Read across. Under our policy what escapes hangs on how many addresses of the culprit's list do not exist, for
bounces speak first; under none, on these as well (receivers count them too), on traps and on what receivers
recognise. Faults of registers cost what the receivers who refuse by them get of our mail, and nothing assumed
of traps, filters or the desk moves that. Spammers with clean lists stand on a cliff: they last until the
first receiver refuses (MODEL.md, 12).

| scenario | policy | most sensitive to | |
|---|---|---|---|
${summary.join('\n')}

${tables.join('\n')}`;
};

/** Where each scenario's rows are kept, so that a long measurement can go on another day. */
const kept = new URL('./build/sensitivity/', import.meta.url);

const inProcess = async (name: string, seeds: number): Promise<void> => {
  const script = fileURLToPath(import.meta.url);
  const args = [...process.execArgv, script, '--one', String(seeds), name];
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 2 ** 26 });
  writeFileSync(new URL(`${name}.json`, kept), stdout);
  process.stderr.write(`${name}\n`);
};

const scripts = readdirSync('scenarios').filter((file) => file.endsWith('.ts'));
const all = scripts.map((file) => file.slice(0, -'.ts'.length)).sort();

const [first = '3', ...rest] = process.argv.slice(2);
if (first === '--one') {
  const [seeds, name] = rest;
  process.stdout.write(JSON.stringify(await measured(name!, Number(seeds))));
} else if (first === '--page') {
  const there = new Set(readdirSync(kept).map((file) => file.slice(0, -'.json'.length)));
  const read = (name: string): Measured =>
    JSON.parse(readFileSync(new URL(`${name}.json`, kept), 'utf8')) as Measured;
  process.stdout.write(page(all.filter((name) => there.has(name)).map(read)));
} else {
  mkdirSync(kept, { recursive: true });
  const waiting = rest.length > 0 ? [...rest] : [...all];
  const work = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
      await inProcess(name, Number(first));
  };
  await Promise.all([work(), work()]);
}
