// An upgrade to what is so already: it would pass without a trace, and its author would look for an effect.

import { receiverPreset } from '../presets/index.ts';
import { fieldText } from './check-registers.ts';
import { askedBy } from './consulting.ts';
import type { Draft } from './draft.ts';
import type { Mistake } from './problems.ts';
import { firstRule } from './rules.ts';
import type { IncidentPlan } from './schema.ts';

type Upgrade = Extract<IncidentPlan, { readonly kind: 'register-upgrade' | 'receiver-upgrade' }>;

/** `earlier` are the upgrades of the same register or receiver before this one, in order of time. */
export const checkUnchanged = (
  draft: Draft,
  incident: IncidentPlan,
  earlier: readonly IncidentPlan[],
  path: string,
): readonly Mistake[] => {
  if (!isUpgrade(incident)) return [];
  const fields = Object.entries(incident.to).filter(([, value]) => value !== undefined);
  const before = settingsBefore(draft, incident, earlier.filter(isUpgrade));
  if (before === undefined || fields.length === 0) return [];
  if (fields.some(([field, value]) => String(value) !== String(before[field]))) return [];
  const has = fields.map(([field, value]) => fieldText(field, value)).join(', ');
  const subject =
    incident.kind === 'register-upgrade' ?
      `register "${incident.register}"`
    : `receiver "${incident.receiver}"`;
  const allowed = `${subject} has ${has} by then already`;
  return [{ path: `${path}.to`, saw: 'changes nothing', allowed, advice: 'Change something, or drop it.' }];
};

const isUpgrade = (incident: IncidentPlan): incident is Upgrade =>
  incident.kind === 'register-upgrade' || incident.kind === 'receiver-upgrade';

type Settings = Readonly<Record<string, unknown>>;

/** What is in force just before an upgrade, after all that are for good; undefined where it is not known. */
const settingsBefore = (
  draft: Draft,
  upgrade: Upgrade,
  earlier: readonly Upgrade[],
): Settings | undefined => {
  const start =
    upgrade.kind === 'register-upgrade' ? registerAtStart(draft, upgrade.register)
    : receiverAtStart(draft, upgrade.receiver);
  if (start === undefined) return undefined;
  const changes = earlier
    .filter(({ length }) => length === undefined)
    .flatMap(({ to }) => Object.entries(to).filter(([, value]) => value !== undefined));
  return { ...start, ...Object.fromEntries(changes) };
};

const registerAtStart = (draft: Draft, name: string): Settings | undefined => {
  const found = draft.registers.find((one) => one?.name === name);
  return found === undefined ? undefined : { ...firstRule(found) };
};

const receiverAtStart = (draft: Draft, name: string): Settings | undefined => {
  const found = draft.receivers.find((one) => one?.name === name);
  if (found === undefined || draft.registers.includes(undefined)) return undefined;
  const { connection, rate, thresholds } = receiverPreset(found.preset);
  const registers = draft.registers.flatMap((one) => (one === undefined ? [] : [one]));
  return {
    ...found,
    consults: askedBy(found, registers),
    perIpPerHour: rate.perIpPerHour,
    connections: connection.maxPerIp,
    unknownUsers: thresholds.unknownUserAct,
  };
};
