// What can be wrong with an incident at a register or receiver: a change that changes nothing, a fault that
// nobody can notice, a neighbour who is none.

import { registerPreset } from '../presets/index.ts';
import { checkConsults, checkGreylist } from './check-receivers.ts';
import { checkRule } from './check-registers.ts';
import { askedBy } from './consulting.ts';
import { checkAboveZero, checkReference, type Draft } from './draft.ts';
import type { Mistake } from './problems.ts';
import type { IncidentPlan } from './schema.ts';

type Of<Kind extends IncidentPlan['kind']> = Extract<IncidentPlan, { readonly kind: Kind }>;

const isThere = <Value>(value: Value | undefined): value is Value => value !== undefined;

export const checkRegisterUpgrade = (
  draft: Draft,
  { length, register, to }: Of<'register-upgrade'>,
  path: string,
): readonly Mistake[] => {
  const found = draft.registers.find((one) => one?.name === register);
  const fields = 'trapThreshold, window, expiry, coverage, minRatio, minSpam, score, version';
  return [
    ...checkReference(draft, 'registers', register, `${path}.register`),
    ...checkSome(to, `${path}.to`, fields),
    ...(found === undefined ? [] : checkRule(registerPreset(found.preset), to, `${path}.to`)),
    ...(length === undefined ? [] : checkAboveZero(length, `${path}.length (register-upgrade)`, forGood)),
  ];
};

const forGood = 'Leave it out where the change is for good.';

export const checkReceiverUpgrade = (
  draft: Draft,
  { length, receiver, to }: Of<'receiver-upgrade'>,
  path: string,
): readonly Mistake[] => {
  const fields =
    'consults, threshold, perIpPerHour, connections, unknownUsers, complaints, caught, wrong, greylist';
  return [
    ...checkReference(draft, 'receivers', receiver, `${path}.receiver`),
    ...checkSome(to, `${path}.to`, fields),
    ...checkConsults(draft, to.consults, `${path}.to.consults`),
    ...checkGreylist(draft, to.greylist, `${path}.to.greylist`),
    ...(length === undefined ? [] : checkAboveZero(length, `${path}.length (receiver-upgrade)`, forGood)),
  ];
};

const checkSome = (to: object, path: string, fields: string): readonly Mistake[] =>
  Object.values(to).some(isThere) ?
    []
  : [{ path, saw: 'changes nothing', allowed: `it is at least one of ${fields}`, advice: '' }];

/** Faults on the side of who asks; all others are of the register itself, and show to the desk's poll too. */
const sufferedByOne = ['resolver-blocked', 'quota-exceeded', 'any-A-is-listed'];

export const checkFault = (
  draft: Draft,
  incident: Of<'register-fault'>,
  path: string,
): readonly Mistake[] => {
  const { fault, length, receiver, register } = incident;
  return [
    ...checkReference(draft, 'registers', register, `${path}.register`),
    ...checkAboveZero(length, `${path}.length (register-fault)`, 'Drop the incident to mute it.'),
    ...(receiver === undefined ? [] : checkReference(draft, 'receivers', receiver, `${path}.receiver`)),
    ...(receiver !== undefined && !sufferedByOne.includes(fault) ? [befallsAll(fault, path)] : []),
    ...(sufferedByOne.includes(fault) ? checkAsked(draft, incident, path) : []),
  ];
};

const befallsAll = (fault: string, path: string): Mistake => ({
  path: `${path}.receiver`,
  saw: `is given for "${fault}"`,
  allowed: `one receiver alone can suffer ${sufferedByOne.join(', ')}; all others befall everyone who asks`,
  advice: 'Leave it out.',
});

/** A fault of the asking side that befalls nobody who asks could never show. */
const checkAsked = (
  draft: Draft,
  { receiver, register }: Of<'register-fault'>,
  path: string,
): readonly Mistake[] => {
  const registers = draft.registers.filter(isThere);
  if (draft.receivers.includes(undefined) || !registers.some(({ name }) => name === register)) return [];
  const asking = draft.receivers
    .filter(isThere)
    .filter((one) => askedBy(one, registers).includes(register) || asksLater(draft, one.name, register))
    .map(({ name }) => name);
  if (receiver === undefined ? asking.length > 0 : asking.includes(receiver)) return [];
  if (receiver !== undefined && !draft.receivers.some((one) => one?.name === receiver)) return [];
  const allowed =
    asking.length === 0 ? 'no receiver of this plan asks it' : `it is asked by ${asking.join(', ')}`;
  return [
    {
      path: receiver === undefined ? `${path}.register` : `${path}.receiver`,
      saw: receiver === undefined ? `is "${register}"` : `is "${receiver}", which does not ask "${register}"`,
      allowed,
      advice: 'Name the register among what a receiver consults, or drop the incident.',
    },
  ];
};

const asksLater = ({ incidents }: Draft, receiver: string, register: string): boolean =>
  incidents.some(
    (incident) =>
      incident?.kind === 'receiver-upgrade' &&
      incident.receiver === receiver &&
      incident.to.consults?.includes(register),
  );

export const checkNeighbour = (
  draft: Draft,
  { addresses, length, rate }: Of<'neighbour'>,
  path: string,
): readonly Mistake[] => {
  const ours = draft.pools.flatMap((pool) => pool?.addresses ?? []);
  const nets = new Set(ours.map(netOf));
  const wrong = addresses.flatMap((address, place): readonly Mistake[] => {
    const at = `${path}.addresses[${place}] (neighbour)`;
    const saw = `is "${address}"`;
    if (addresses.indexOf(address) < place)
      return [{ path: at, saw: `${saw} again`, allowed: 'an address is named once', advice: '' }];
    if (ours.includes(address))
      return [{ path: at, saw, allowed: "it is a neighbour's, and this one is ours", advice: '' }];
    if (nets.has(netOf(address)) || draft.pools.includes(undefined)) return [];
    const near = [...nets].map((net) => `${net}.0.0/16`).join(', ');
    const allowed = `it lies in the /16 of one of ours: ${near}`;
    return [{ path: at, saw, allowed, advice: 'Farther away, it is no neighbour to a range listing.' }];
  });
  return [
    ...checkAboveZero(rate, `${path}.rate (neighbour)`, 'Drop the incident to mute it.'),
    ...checkAboveZero(length, `${path}.length (neighbour)`, ''),
    ...wrong,
  ];
};

/** The first two of an address's four numbers: its /16. */
const netOf = (address: string): string => address.split('.').slice(0, 2).join('.');
