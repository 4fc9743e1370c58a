// What can be wrong with an incident once its fields are read: whom it befalls, when, and whether it can show
// at all.

import { checkAboveZero, checkReference, type Draft, timeText } from './draft.ts';
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
      return [
        ...checkAboveZero(incident.rate, `${path}.rate (compromised)`, 'Drop the incident to mute it.'),
        ...checkAboveZero(incident.length, `${path}.length (compromised)`, ''),
      ];
    case 'careless':
      return [
        ...checkAboveZero(incident.pace, `${path}.pace (careless)`, 'Drop the incident to mute it.'),
        ...(incident.provider === undefined ?
          []
        : checkReference(draft, 'receivers', incident.provider, `${path}.provider`)),
      ];
    case 'spammer':
      return [
        ...checkAboveZero(incident.rate, `${path}.rate (spammer)`, 'Drop the incident to mute it.'),
        ...checkAboveZero(incident.length, `${path}.length (spammer)`, ''),
        ...checkBlast(draft, incident, path),
      ];
    case 'register-upgrade':
      return [
        ...checkReference(draft, 'registers', incident.register, `${path}.register`),
        ...(Object.values(incident.to).some((value) => value !== undefined) ?
          []
        : [
            {
              path: `${path}.to`,
              saw: 'changes nothing',
              allowed: 'it is at least one of trapThreshold, window, expiry, coverage',
              advice: '',
            },
          ]),
      ];
    case 'infected':
    case 'backscatter':
      return [
        ...checkAboveZero(incident.rate, `${path}.rate (${incident.kind})`, 'Drop the incident to mute it.'),
        ...checkAboveZero(incident.length, `${path}.length (${incident.kind})`, ''),
      ];
    case 'receiver-upgrade':
      return checkReference(draft, 'receivers', incident.receiver, `${path}.receiver`);
    case 'register-fault':
      return checkReference(draft, 'registers', incident.register, `${path}.register`);
    case 'neighbour':
      return [
        ...checkAboveZero(incident.rate, `${path}.rate (neighbour)`, 'Drop the incident to mute it.'),
        ...checkAboveZero(incident.length, `${path}.length (neighbour)`, ''),
      ];
    default:
      return incident satisfies never;
  }
};

/** A spammer whose blast begins after the run would be simulated as an honest tenant. */
const checkBlast = (
  { length }: Draft,
  { at, warmup }: Extract<IncidentPlan, { readonly kind: 'spammer' }>,
  path: string,
): readonly Mistake[] => {
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
