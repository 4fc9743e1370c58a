// How long an address stands on each register with nobody at fault and nobody at the desk: honest office mail
// alone, by seed and on average (docs/MODEL.md, 6).
// `node --import tsx bench/background.ts [seeds] [length] [offices] [coverage]`

import { acceptEverything } from '../policy/index.ts';
import { type PlanInput, readPlan, runSeed } from '../sim/index.ts';
import { registerPresets } from '../sim/presets/index.ts';

const [seeds = '6', length = '60d', offices = '250', coverage = '25%'] = process.argv.slice(2);

/** Registers that traps, reports or spam among our mail bring to list; the others go by other things. */
const models = ['trapHit', 'weightedScore', 'manual', 'escalation', 'backscatter', 'heuristic', 'ratioScore'];
const ids = registerPresets.filter(({ model }) => models.includes(model)).map(({ id }) => id);

const plan = readPlan({
  title: 'Honest offices behind one address',
  question: 'How long does an address stand on each register with nobody at fault?',
  length: length as `${number}d`,
  pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
  registers: ids.map((id) => ({ name: id, preset: id, coverage: coverage as `${number}%` })),
  receivers: [
    { name: 'gmail', preset: 'gmail', share: '50%' },
    { name: 'cpanel-spamcop', preset: 'cpanel-spamcop', share: '50%', consults: ['spamcop-scbl'] },
  ],
  tenants: [{
    name: 'offices', count: Number(offices), pool: 'shared', stream: { kind: 'office', perDay: 30 },
  }],
  desk: { staff: 0 },
} satisfies PlanInput, 'bench/background.ts');

const end = Number.parseFloat(length) * 86_400_000;
const shares = new Map(ids.map((id) => [id, [] as number[]]));
let messages = 0;
for (let seed = 1; seed <= Number(seeds); seed += 1) {
  const result = runSeed({ plan, seed: String(seed), policy: acceptEverything, traces: new Map() });
  messages += result.metrics['wanted.submitted'].value!;
  for (const id of ids) {
    const listed = result.listings
      .filter(({ register }) => register === id)
      .reduce((sum, one) => sum + (one.delisted ?? end) - one.listed, 0);
    shares.get(id)!.push(listed / end);
  }
}
const days = (Number(seeds) * end) / 86_400_000;
const perDay = Math.round(messages / days);
console.log(`${seeds} seeds of ${length}, ${perDay} messages a day, coverage ${coverage}`);
const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
for (const [id, each] of shares) {
  const mean = each.reduce((sum, one) => sum + one, 0) / each.length;
  console.log(`${id.padEnd(20)} ${percent(mean).padStart(7)}   ${each.map(percent).join(' ')}`);
}
