// Writes docs/PRESETS.md: every preset in every scenario at its full size, on the same seeds. It takes hours,
// so what is done is kept in a file, line by line; several processes may share the work, and a call that has
// no more than that to do writes the page:
//
//     node --import tsx bench/table-of-presets.ts 20 kept.jsonl 1/2 &
//     node --import tsx bench/table-of-presets.ts 20 kept.jsonl 2/2; wait
//     node --import tsx bench/table-of-presets.ts 20 kept.jsonl > docs/PRESETS.md

import { appendFileSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { presets } from '../policy/index.ts';
import { loadScenario } from '../cli/load.ts';
import { readTraces } from '../cli/traces.ts';
import { planHash } from '../sim/plan/hash.ts';
import { runSeed } from '../sim/index.ts';
import { type Cell, measured, type Kept } from './preset-cells.ts';
import { presetPage } from './preset-page.ts';

const [asked = '20', file = '', shard = ''] = process.argv.slice(2);
const seeds = Number(asked);
const [turn, turns] = shard === '' ? [1, 1] : shard.split('/').map(Number) as [number, number];
if (!Number.isInteger(seeds) || seeds < 1 || file === '' || !(turn >= 1 && turn <= turns)) {
  throw new Error('usage: table-of-presets.ts <seeds> <file to keep results in> [<turn>/<turns>]');
}

const keyOf = ({ plan, preset, scenario, seed }: Omit<Cell, 'values'>): string =>
  [scenario, plan, preset, seed].join(' ');

const kept: Kept = new Map();
if (existsSync(file)) {
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (line === '') continue;
    const cell = JSON.parse(line) as Cell;
    kept.set(keyOf(cell), cell);
  }
}

const names = readdirSync('scenarios').filter((name) => name.endsWith('.ts'))
  .map((name) => name.slice(0, -'.ts'.length)).sort();
const rows: { scenario: string; preset: string; cells: Cell[] }[] = [];
let count = 0;
let missing = 0;
for (const scenario of names) {
  const loaded = await loadScenario(`scenarios/${scenario}.ts`);
  const traces = readTraces(loaded);
  const plan = planHash(loaded.plan);
  for (const [preset, { policy }] of Object.entries(presets)) {
    const cells: Cell[] = [];
    for (let number = 1; number <= seeds; number += 1) {
      const place = { scenario, plan, preset, seed: String(number) };
      let cell = kept.get(keyOf(place));
      count += 1;
      if (cell === undefined && shard !== '' && count % turns === turn % turns) {
        const result = runSeed({ plan: loaded.plan, traces, seed: place.seed, policy });
        cell = { ...place, values: measured(result) };
        appendFileSync(file, `${JSON.stringify(cell)}\n`);
      }
      if (cell === undefined) missing += 1;
      else cells.push(cell);
    }
    rows.push({ scenario, preset, cells });
  }
}
if (shard === '') {
  if (missing > 0) {
    process.stderr.write(`${missing} of ${count} runs are still to be made; give a turn, such as 1/1.\n`);
  }
  process.stdout.write(presetPage(rows, seeds));
}
