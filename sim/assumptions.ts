// Which of the numbers a plan's result rests on are assumptions, by the presets' own account. A reader of the
// report is told all of them; a finding that hangs on one of these is a finding about the assumption.

import type { Plan } from './plan/schema.ts';
import { receiverPreset, registerPreset } from './presets/index.ts';
import { lists } from './presets/lists.ts';

/** Fields of a register preset that this version of the world reads. */
const registerFields = [
  'ttl',
  'publish',
  'timeToListS',
  'params.trapThreshold',
  'params.windowS',
  'expiry',
  'expiry.seconds',
  'delist.minS',
  'delist.typicalS',
  'delist.maxS',
  'aggressiveness',
];
const receiverFields = ['connection.maxPerIp', 'rate.perIpPerHour'];

/** One line each, such as `register psbl: expiry.seconds`; ours in general first. */
export const assumptionsOf = (plan: Plan): readonly string[] => [
  'people: hours of the day and week of office mail; complaint shares of unwanted and abusive mail; ' +
    'time a client waits to retry',
  'desk: weights of evidence, share of cases judged rightly, spread of account recovery times',
  ...[
    ...new Set(
      plan.tenants
        .flatMap((group) => ('list' in group.stream ? [group.stream.list.kind] : []))
        .concat(plan.incidents.flatMap((incident) => ('list' in incident ? [incident.list.kind] : []))),
    ),
  ].flatMap((kind) =>
    lists[kind].assumed.length === 0 ? [] : [`list ${kind}: ${lists[kind].assumed.join(', ')}`],
  ),
  ...plan.registers.flatMap((register) => [
    `register ${register.name}: share of traps that report to it; kinds of trap it takes`,
    ...unverified(registerPreset(register.preset).unverifiedFields, registerFields).map(
      (field) => `register ${register.name}: ${field}`,
    ),
  ]),
  ...plan.receivers.flatMap((receiver) =>
    unverified(receiverPreset(receiver.preset).unverifiedFields, receiverFields).map(
      (field) => `receiver ${receiver.name}: ${field}`,
    ),
  ),
];

/**
 * The fields we read among those a preset owns up to; `*` is all of them, and a field covers what lies under
 * it.
 */
const unverified = (admitted: readonly string[], read: readonly string[]): readonly string[] => {
  if (admitted.includes('*')) return ['every number'];
  return read.filter((field) => admitted.some((one) => one === field || field.startsWith(`${one}.`)));
};
