// What can be wrong with an incident once its fields are read: whom it befalls, when, and whether it can show
// at all. What two incidents say of each other is in contradictions.ts.

import { checkCulprit } from './check-culprits.ts';
import { checkFault, checkNeighbour, checkReceiverUpgrade, checkRegisterUpgrade } from './check-faults.ts';
import { checkReference, type Draft, timeText } from './draft.ts';
import type { Mistake } from './problems.ts';
import type { IncidentPlan } from './schema.ts';

export const checkIncident = (draft: Draft, incident: IncidentPlan, path: string): readonly Mistake[] => [
  ...checkInstant(draft, incident.at, `${path}.at (${incident.kind})`),
  ...('who' in incident ? checkWho(draft, incident.who, `${path}.who`) : []),
  ...checkKind(draft, incident, path),
];

const checkInstant = ({ length }: Draft, at: number, path: string): readonly Mistake[] => {
  if (length === undefined || at < length) return [];
  const allowed = `the run ends at ${timeText(length)}`;
  return [
    { path, saw: `is ${timeText(at)}`, allowed, advice: 'Place it before the end, or lengthen the run.' },
  ];
};

type Who = Extract<IncidentPlan, { readonly who: unknown }>['who'];

const checkWho = (draft: Draft, { group, member }: Who, path: string): readonly Mistake[] => {
  const unknown = checkReference(draft, 'tenants', group, `${path}.group`);
  const found = draft.tenants.find((candidate) => candidate?.name === group);
  if (unknown.length > 0 || found === undefined || member === 'any' || member < found.count) return unknown;
  const allowed = `group "${group}" has ${found.count} tenants, numbered from 0 to ${found.count - 1}`;
  return [{ path: `${path}.member`, saw: `is ${member}`, allowed, advice: "Take one of them, or 'any'." }];
};

const checkKind = (draft: Draft, incident: IncidentPlan, path: string): readonly Mistake[] => {
  switch (incident.kind) {
    case 'compromised':
    case 'infected':
    case 'careless':
    case 'spammer':
    case 'backscatter':
      return checkCulprit(draft, incident, path);
    case 'register-upgrade':
      return checkRegisterUpgrade(draft, incident, path);
    case 'receiver-upgrade':
      return checkReceiverUpgrade(draft, incident, path);
    case 'register-fault':
      return checkFault(draft, incident, path);
    case 'neighbour':
      return checkNeighbour(draft, incident, path);
    default:
      return incident satisfies never;
  }
};
