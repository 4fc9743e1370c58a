// Who stopped a culprit, and what those are called whom nobody should have stopped. A run's credit and blame
// in words, the same in headline, tiles, tables and terminal.

import { count, listed, plural, span } from './format.ts';
import type { Summary } from './summary.ts';
import type { CulpritRow, HitRow } from './tables.ts';

type Stopper = 'the policy' | 'the desk' | 'both';

const stopperOf = (blockedBy: string): Stopper | undefined =>
  blockedBy === '' ? undefined : /^desk\b/.test(blockedBy) ? 'the desk' : 'the policy';

/**
 * `by the desk`, or `by the policy in 12 of 20 runs, by the desk in 8`; empty where nobody was stopped.
 * `both` are runs in which one culprit was stopped by the policy and another by the desk.
 */
export const stoppedBy = (summary: Summary): string => {
  const bySeed = new Map<string, Stopper>();
  for (const { seed, blockedBy } of summary.culprits) {
    const one = stopperOf(blockedBy);
    if (one === undefined) continue;
    const before = bySeed.get(seed);
    bySeed.set(seed, before === undefined || before === one ? one : 'both');
  }
  const runs = (who: Stopper): number => [...bySeed.values()].filter((each) => each === who).length;
  const found = (['the policy', 'the desk', 'both'] as const).filter((who) => runs(who) > 0);
  if (found.length < 2) return found.map((who) => `by ${who}`).join('');
  const [first, ...rest] = found.map((who) => `by ${who} in ${runs(who)}`);
  return [`${first} of ${plural(summary.seeds, 'run')}`, ...rest].join(', ');
};

/** `desk evidence`; a dash where it was not stopped, and so by nobody. */
export const stopperText = ({ blocked, blockedBy }: CulpritRow): string =>
  !blocked.observed ? '–' : blockedBy === '' ? 'no verdict' : blockedBy;

/** Whether the plan has a careless sender, who is spared a refusal but is no innocent. */
export const hasCareless = (summary: Summary): boolean =>
  summary.culprits.some((culprit) => culprit.cause === 'careless');

/** What to call those whom fp.tenants is about. */
export const sparedWord = (summary: Summary): 'innocent' | 'innocent or careless' =>
  hasCareless(summary) ? 'innocent or careless' : 'innocent';

/** Whether every tenant stopped in any seed was a careless sender, and at least one was. */
export const onlyCareless = ({ hits }: Summary): boolean => {
  const stopped = hits.filter((hit) => hit.seedsStopped > 0);
  return stopped.length > 0 && stopped.every((hit) => hit.careless);
};

/** Whether a careless sender was stopped in any seed. */
export const hitsCareless = ({ hits }: Summary): boolean =>
  hits.some((hit) => hit.careless && hit.seedsStopped > 0);

/** The tenant's name; a careless sender is called one. */
export const hitName = (hit: HitRow): string =>
  !hit.careless
    ? hit.tenant
    : `${hit.tenant === '' ? '' : `${hit.tenant}, `}the careless sender itself`;

/** What befell a tenant that was stopped: `suspended 14 h, 155 refused`. */
export const harmText = (hit: HitRow): string =>
  [
    hit.suspendedMs > 0 ? `suspended ${hit.seedsStopped > 1 ? 'up to ' : ''}${span(hit.suspendedMs)}` : '',
    hit.rejected > 0 ? `${count(hit.rejected)} refused` : '',
    hit.held > 0 ? `${count(hit.held)} held` : '',
  ]
    .filter((part) => part !== '')
    .join(', ');

/** `and 2 more were stopped; 8 tenants only deferred or paced`, as parts; empty where there are none. */
export const restOf = (stopped: number, slowed: number, shown: number): string =>
  [
    stopped > shown ? `${count(stopped - shown)} more were stopped` : '',
    slowed > 0 ? `${plural(slowed, 'tenant')} only deferred or paced` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');

export const causesOf = (summary: Summary): readonly CulpritRow['cause'][] => [
  ...new Set(summary.culprits.map((culprit) => culprit.cause)),
];

export const culpritWords = (causes: readonly CulpritRow['cause'][]): string =>
  listed(causes.map((cause) => culpritWord[cause]));

const culpritWord: Readonly<Record<CulpritRow['cause'], string>> = {
  compromised: 'the stolen account',
  infected: 'the infected PC',
  careless: 'the careless list',
  spammer: 'the spammer',
  backscatter: 'the autoresponder',
};
