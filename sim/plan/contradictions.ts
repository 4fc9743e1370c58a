// Incidents that cannot both be true: two that befall one tenant at once, of which the second would replace
// the first; two faults or changes of one thing at once, of which the end of the first would undo the second.

import type { CulpritPlan } from './check-culprits.ts';
import { type Draft, timeText } from './draft.ts';
import type { Mistake } from './problems.ts';
import type { IncidentPlan } from './schema.ts';
import { checkUnchanged } from './unchanged.ts';

interface Placed<Incident> {
  readonly incident: Incident;
  readonly index: number;
}

export const checkContradictions = (draft: Draft): readonly Mistake[] => {
  const placed = draft.incidents
    .flatMap((incident, index) => (incident === undefined ? [] : [{ incident, index }]))
    .sort((one, two) => one.incident.at - two.incident.at);
  return [
    ...placed.flatMap((one, place) => checkClash(draft, one, placed.slice(0, place))),
    ...checkCrowds(draft, placed),
  ];
};

/** What an incident contradicts among those that began before it, or with it and stand before it. */
const checkClash = (
  draft: Draft,
  one: Placed<IncidentPlan>,
  earlier: readonly Placed<IncidentPlan>[],
): readonly Mistake[] => {
  const { incident, index } = one;
  const path = `incidents[${index}]`;
  // At the same instant the end of the first comes after the beginning of the second, and would undo it.
  const clash = earlier.find(
    (other) => endOf(other.incident) >= incident.at && wouldUndo(draft, other.incident, incident),
  );
  if (clash !== undefined) return [undone(clash, incident, path)];
  const before = earlier.map((other) => other.incident).filter((other) => wouldUndo(draft, other, incident));
  return checkUnchanged(draft, incident, before, path);
};

const undone = (clash: Placed<IncidentPlan>, incident: IncidentPlan, path: string): Mistake => {
  const whom = 'who' in incident ? `tenant ${nameOf(incident)}` : subjectOf(incident);
  const first = `incidents[${clash.index}] (${clash.incident.kind})`;
  const end = endOf(clash.incident);
  const until = end === clash.incident.at ? `is at ${timeText(end)} too` : `lasts until ${timeText(end)}`;
  return {
    path: `${path}.at (${incident.kind})`,
    saw: `is ${timeText(incident.at)}`,
    allowed: `${first} befalls ${whom} too and ${until}, and one would undo the other`,
    advice: 'who' in incident ? 'Name another tenant, or place it later.' : 'Place it later, or drop one.',
  };
};

const nameOf = ({ who }: CulpritPlan): string => `${who.group}-${who.member}`;

const subjectOf = (incident: Exclude<IncidentPlan, CulpritPlan>): string => {
  if (incident.kind === 'neighbour') return 'the neighbour';
  if (incident.kind === 'receiver-upgrade') return `receiver "${incident.receiver}"`;
  return `register "${incident.register}"`;
};

const hour = 3_600_000;

/** When an incident is over, by the plan; an upgrade for good has no end that could undo another. */
const endOf = (incident: IncidentPlan): number => {
  switch (incident.kind) {
    case 'careless':
      return incident.at + (incident.rounds - 1) * incident.every + (incident.size / incident.pace) * hour;
    case 'spammer':
      return incident.at + incident.warmup + incident.length;
    default:
      return incident.at + (incident.length ?? 0);
  }
};

const wouldUndo = (draft: Draft, first: IncidentPlan, second: IncidentPlan): boolean => {
  if ('who' in first && 'who' in second) {
    const [one, two] = [memberOf(draft, first), memberOf(draft, second)];
    return first.who.group === second.who.group && one !== undefined && one === two;
  }
  if (first.kind === 'register-upgrade' && second.kind === 'register-upgrade')
    return first.register === second.register;
  if (first.kind === 'receiver-upgrade' && second.kind === 'receiver-upgrade')
    return first.receiver === second.receiver;
  if (first.kind !== 'register-fault' || second.kind !== 'register-fault') return false;
  const apart =
    first.receiver !== undefined && second.receiver !== undefined && first.receiver !== second.receiver;
  return first.register === second.register && sideOf(first.fault) === sideOf(second.fault) && !apart;
};

/** The tenant an incident names; anyone of a group of one is that one. Undefined where luck decides. */
const memberOf = (draft: Draft, { who }: CulpritPlan): number | undefined => {
  if (who.member !== 'any') return who.member;
  return draft.tenants.find((group) => group?.name === who.group)?.count === 1 ? 0 : undefined;
};

/** A register's own state, a receiver's resolver and a receiver's settings can each be wrong on their own. */
const sideOf = (fault: string): string => {
  if (fault === 'resolver-blocked' || fault === 'quota-exceeded') return 'resolver';
  return fault === 'any-A-is-listed' ? 'settings' : 'register';
};

/** More culprits at once than a group has tenants: some tenant would be two of them. */
const checkCrowds = (draft: Draft, placed: readonly Placed<IncidentPlan>[]): readonly Mistake[] => {
  const culprits = placed.filter((one): one is Placed<CulpritPlan> => 'who' in one.incident);
  return culprits.flatMap(({ incident, index }, place) => {
    const group = draft.tenants.find((one) => one?.name === incident.who.group);
    if (group === undefined || group.count === 1) return [];
    const others = culprits
      .slice(0, place)
      .filter((other) => other.incident.who.group === group.name && endOf(other.incident) >= incident.at);
    const before = others.reduce((sum, other) => sum + takes(other.incident), 0);
    // Told where the last tenant is taken; what comes on top of that is the same mistake.
    if (before > group.count || before + takes(incident) <= group.count) return [];
    if (others.length === 0) return [];
    const names = others.map((other) => `incidents[${other.index}]`).join(', ');
    const verb = others.length === 1 ? 'has' : 'have';
    return [
      {
        path: `incidents[${index}].who (${incident.kind})`,
        saw: `takes ${takes(incident)} of group "${group.name}" while ${names} ${verb} ${before}`,
        allowed: `it has ${group.count} tenants`,
        advice: 'Give the group more tenants, or place it later.',
      },
    ];
  });
};

const takes = (incident: CulpritPlan): number =>
  incident.kind === 'spammer' && incident.tactic === 'tenants' ? incident.spread : 1;
