// What can be wrong with an incident that has a culprit: nothing sent, more accounts or tenants than there
// are, abuse or a round that would begin after the run.

import { checkAboveZero, checkReference, type Draft, timeText } from './draft.ts';
import type { Mistake } from './problems.ts';
import type { IncidentPlan } from './schema.ts';

/** An incident that makes a tenant of ours a culprit. */
export type CulpritPlan = Extract<IncidentPlan, { readonly who: unknown }>;
type Of<Kind extends CulpritPlan['kind']> = Extract<CulpritPlan, { readonly kind: Kind }>;

export const checkCulprit = (draft: Draft, incident: CulpritPlan, path: string): readonly Mistake[] => {
  const { kind } = incident;
  const speed =
    kind === 'careless' ?
      checkAboveZero(incident.pace, `${path}.pace (careless)`, 'Drop the incident to mute it.')
    : [
        ...checkAboveZero(incident.rate, `${path}.rate (${kind})`, 'Drop the incident to mute it.'),
        ...checkAboveZero(incident.length, `${path}.length (${kind})`, ''),
      ];
  return [
    ...speed,
    ...checkPause(incident, path),
    ...checkMove(draft, incident, path),
    ...checkOwn(draft, incident, path),
  ];
};

const checkOwn = (draft: Draft, incident: CulpritPlan, path: string): readonly Mistake[] => {
  switch (incident.kind) {
    case 'infected':
      return checkFits(draft, incident, `${path}.accounts (infected)`, 'accounts', incident.accounts);
    case 'careless':
      return [...checkProvider(draft, incident, path), ...checkRounds(draft, incident, path)];
    case 'spammer':
      return [...checkSpread(draft, incident, path), ...checkBlast(draft, incident, path)];
    case 'compromised':
    case 'backscatter':
      return [];
    default:
      return incident satisfies never;
  }
};

const checkPause = (incident: CulpritPlan, path: string): readonly Mistake[] =>
  'whenBlocked' in incident && incident.whenBlocked === 'pause' ?
    checkAboveZero(
      incident.pause,
      `${path}.pause (${incident.kind})`,
      "An attacker who never pauses is 'keep'.",
    )
  : [];

const checkMove = (draft: Draft, incident: CulpritPlan, path: string): readonly Mistake[] => {
  if (!('whenBlocked' in incident) || incident.whenBlocked !== 'move') return [];
  const group = draft.tenants.find((candidate) => candidate?.name === incident.who.group);
  if (group === undefined || group.count * group.accounts > 1) return [];
  const allowed = `group "${group.name}" has one account in all, and none to move to`;
  const advice = "Give the group more, or take 'stop' or 'pause'.";
  return [{ path: `${path}.whenBlocked (${incident.kind})`, saw: 'is "move"', allowed, advice }];
};

/** More accounts of one tenant, or tenants of the group, than there are. */
const checkFits = (
  draft: Draft,
  { who }: CulpritPlan,
  path: string,
  what: 'accounts' | 'tenants',
  wanted: number,
): readonly Mistake[] => {
  const group = draft.tenants.find((candidate) => candidate?.name === who.group);
  if (group === undefined) return [];
  const room = what === 'accounts' ? group.accounts : group.count;
  if (wanted <= room) return [];
  const allowed =
    what === 'accounts' ?
      `a tenant of group "${group.name}" has ${room} account${room === 1 ? '' : 's'}`
    : `group "${group.name}" has ${room} tenant${room === 1 ? '' : 's'}`;
  const advice = what === 'accounts' ? 'Give the group more accounts, or take fewer.' : 'Take fewer.';
  return [{ path, saw: `is ${wanted}`, allowed, advice }];
};

const checkProvider = (draft: Draft, { provider }: Of<'careless'>, path: string): readonly Mistake[] =>
  provider === undefined ? [] : checkReference(draft, 'receivers', provider, `${path}.provider`);

const checkRounds = (draft: Draft, incident: Of<'careless'>, path: string): readonly Mistake[] => {
  const { at, every, rounds } = incident;
  if (rounds === 1) return [];
  if (every === 0) return checkAboveZero(every, `${path}.every (careless)`, '');
  const last = at + (rounds - 1) * every;
  if (draft.length === undefined || at >= draft.length || last < draft.length) return [];
  const saw = `is ${rounds}, so that the last one begins at ${timeText(last)}`;
  const allowed = `the run ends at ${timeText(draft.length)}`;
  return [{ path: `${path}.rounds (careless)`, saw, allowed, advice: 'Take fewer, or lengthen the run.' }];
};

const checkSpread = (draft: Draft, incident: Of<'spammer'>, path: string): readonly Mistake[] => {
  const { spread, tactic } = incident;
  const at = `${path}.spread (spammer)`;
  if (tactic === 'accounts' || tactic === 'tenants') {
    if (spread > 1) return checkFits(draft, incident, at, tactic, spread);
    const allowed = `tactic "${tactic}" spreads over 2 or more`;
    return [{ path: at, saw: 'is 1', allowed, advice: "Say over how many, or take 'blast'." }];
  }
  if (spread === 1) return [];
  const allowed = `tactic "${tactic}" sends from one account`;
  return [{ path: at, saw: `is ${spread}`, allowed, advice: "Take the tactic 'accounts' or 'tenants'." }];
};

/** A spammer whose blast begins after the run would be simulated as an honest tenant. */
const checkBlast = ({ length }: Draft, { at, warmup }: Of<'spammer'>, path: string): readonly Mistake[] => {
  if (length === undefined || at >= length || at + warmup < length) return [];
  const saw = `is ${timeText(warmup)}, so that the blast begins at ${timeText(at + warmup)}`;
  return [
    {
      path: `${path}.warmup (spammer)`,
      saw,
      allowed: `the run ends at ${timeText(length)}`,
      advice: 'Shorten it, or lengthen the run.',
    },
  ];
};
