// What is worth asking about: in a run the seeds that stand out, in a seed the tenants at fault and those
// that paid. From result.json alone.

import type { CulpritStory, MetricName, RunResult, SeedResult, TenantHit } from '../../sim/result.ts';
import { count, plural, printable, share, span } from '../format.ts';
import { section } from '../plan/layout.ts';
import { shellWord } from '../repeat.ts';
import { ruleText } from './numbers.ts';

/** A list as text and as data. */
export interface Candidates {
  readonly text: string;
  readonly object: object;
}

const width = 100;

/** Seeds that stand out, each for one reason. */
export const seedsWorthAsking = ({ plan, seeds }: RunResult, where: string): Candidates => {
  const found = outstanding
    .map(({ metric, words }) => ({ words, seed: worstBy(seeds, metric) }))
    .filter((one): one is { words: string; seed: SeedResult } => one.seed !== undefined)
    .map(({ words, seed }) => ({ seed: seed.seed, why: words }));
  const rows = found.map(({ seed, why }) => [`seed ${printable(seed)}`, why] as const);
  const fallback = [['seed '.concat(printable(seeds[0]?.seed ?? '1')), 'like the others']] as const;
  const lines = section(
    `${plural(seeds.length, 'seed')} of "${printable(plan.title)}"; worth asking about:`,
    rows.length > 0 ? rows : fallback, width,
  );
  const go = `Ask      sharedfate explain ${shellWord(where)} --seed ${
    shellWord(found[0]?.seed ?? seeds[0]?.seed ?? '1')}`;
  return { text: `${[...lines, '', go].join('\n')}\n`, object: { where, seeds: found } };
};

const outstanding: readonly { readonly metric: MetricName; readonly words: string }[] = [
  { metric: 'time_to_block', words: 'the abuse went on longest' },
  { metric: 'escaped', words: 'the most abuse got out' },
  { metric: 'fp.tenants', words: 'the most innocent tenants were hit' },
  { metric: 'collateral.bounced', words: 'the most wanted mail was refused for the address' },
  { metric: 'listed_hours', words: 'addresses were on registers longest' },
];

/** The seed of the highest value above 0; never observed counts as the highest. */
const worstBy = (seeds: readonly SeedResult[], metric: MetricName): SeedResult | undefined => {
  let worst: SeedResult | undefined;
  let most = 0;
  for (const seed of seeds) {
    const { value, observed } = seed.metrics[metric];
    if (value === null) continue;
    const weight = observed ? value : value + 1e15;
    if (weight > most) [worst, most] = [seed, weight];
  }
  return worst;
};

/** Tenants of a seed: culprits first, then those that the policy or the desk hit. */
export const tenantsWorthAsking = (result: RunResult, seed: SeedResult, where: string): Candidates => {
  const culprits = seed.culprits.map((one) => ({ tenant: one.tenant, why: culpritText(one) }));
  const hits = seed.hits.map((one) => ({ tenant: one.tenant, why: hitText(one) }))
    .filter(({ tenant }) => !culprits.some((one) => one.tenant === tenant));
  const shown = [...culprits, ...hits.slice(0, mostHits)];
  const entries = shown.map(({ tenant, why }) => [printable(tenant), why] as const);
  const innocent = result.cast.find(({ tenants }) => tenants > 0);
  const first = shown[0]?.tenant ?? (innocent === undefined ? '<name>' : `${innocent.group}-1`);
  const lines = [
    ...section(
      entries.length === 0 ?
        `Nobody was at fault and nobody was hit in seed ${printable(seed.seed)}; ask about any tenant:`
      : `Seed ${printable(seed.seed)} of "${printable(result.plan.title)}"; worth asking about:`,
      entries, width,
    ),
    ...(hits.length > mostHits ? [`  and ${count(hits.length - mostHits)} more that were hit`] : []),
    '',
    ['Ask      sharedfate explain', where, '--seed', seed.seed, '--tenant', first].map((word, at) =>
      (at === 0 ? word : shellWord(word))).join(' '),
  ];
  const object = { where, seed: seed.seed, tenants: [...culprits, ...hits] };
  return { text: `${lines.join('\n')}\n`, object };
};

const mostHits = 12;

const culpritText = ({ blocked, blockedBy, cause, escaped, submitted }: CulpritStory): string => {
  const got = `${count(escaped)} of ${plural(submitted, 'abusive message')} got out`;
  const end = !blocked.observed || blocked.value === null ? 'never blocked' :
    `blocked after ${span(blocked.value)}${blockedBy === '' ? '' : ` by ${ruleText(blockedBy)}`}`;
  return `${causes[cause]}: ${submitted === 0 ? 'nothing was handed in' : `${end}, ${got} (${
    share(escaped / submitted)})`}`;
};

const causes: Readonly<Record<CulpritStory['cause'], string>> = {
  compromised: 'taken over', infected: 'infected', careless: 'a careless list', spammer: 'a spammer',
  backscatter: 'an autoresponder answering forged mail',
};

const hitText = (hit: TenantHit): string => {
  const { careless, deferred, held, paced, rejected, rule, submitted, suspendedMs } = hit;
  const harm = [
    suspendedMs > 0 ? `shut for ${span(suspendedMs)}` : '',
    rejected > 0 ? `${count(rejected)} refused` : '', held > 0 ? `${count(held)} held` : '',
    deferred > 0 ? `${count(deferred)} put off` : '', paced > 0 ? `${count(paced)} slowed` : '',
  ].filter((part) => part !== '').join(', ');
  const who = careless ? 'careless' : 'innocent';
  // A tenant may be shut while it has nothing to send: then no rule met its mail.
  if (rule === '') return `${who}: ${harm}, which none of its ${plural(submitted, 'message')} met`;
  return `${who}: ${harm} of ${plural(submitted, 'message')}, by ${ruleText(rule)}`;
};
