// What is assumed in the presets a plan uses: of each, the numbers that it owns up to and that the world
// reads.

import { signalPresets } from '../presets/index.ts';
import { type ListPreset, lists } from '../presets/lists.ts';
import type { ListPlan } from '../plan/schema.ts';
import type { Assumption } from './assumption.ts';
import { always, type Cast, hasDesk, hasModel, hasReceiver, hasUnwanted, type When } from './cast.ts';
import { receiverFieldsRead } from './receiver-fields.ts';
import { registerFieldsRead } from './register-fields.ts';

/**
 * The fields read among those a preset owns up to; `*` is all of them, and a field covers what lies under it.
 * A star before a field in receivers.json marks the wording of its replies.
 */
export const admittedOf = (admitted: readonly string[], read: readonly string[]): readonly string[] =>
  read.filter((field) => admitted.some((one) =>
    one === '*' || one === field || field.startsWith(`${one}.`) || one.startsWith(`${field}.`)
    || (one === '*reply text' && field === 'replies')));

/** A field with its value: `expiry.seconds = 1209600`, `publish = 60 to 600`; nothing stated reads `none`. */
const stated = (preset: object, path: string): string => {
  let value: unknown = preset;
  for (const step of path.split('.')) value = (value as Readonly<Record<string, unknown>>)[step];
  return `${path} = ${shown(value)}`;
};

const shown = (value: unknown): string => {
  if (value === null || value === undefined) return 'none';
  if (Array.isArray(value)) {
    return value.map((one: unknown) =>
      typeof one === 'object' && one !== null && 'code' in one ? String(one.code) : shown(one)).join(' ');
  }
  if (typeof value === 'object') {
    return Object.entries(value).map(([name, one]) => `${name} ${shown(one)}`).join(' ');
  }
  // Shares are written as products: 20 * 1e-6 is no round number to a computer.
  return String(typeof value === 'number' ? Number(value.toPrecision(6)) : value);
};

const ofRegister = ({ plan }: Cast, { preset, rule }: Cast['registers'][number]): readonly string[] =>
  admittedOf(preset.unverifiedFields, registerFieldsRead(preset, rule, plan));
const ofReceiver = ({ plan }: Cast, { plan: own, preset }: Cast['receivers'][number]): readonly string[] =>
  admittedOf(preset.unverifiedFields, receiverFieldsRead(preset, own, plan));

/** Fields assumed and read of each preset, by its id; of one that is there twice, those of either. */
export const assumedFields = (cast: Cast): ReadonlyMap<string, readonly string[]> => {
  const fields = new Map<string, readonly string[]>();
  const add = (id: string, more: readonly string[]): void => {
    fields.set(id, [...new Set([...(fields.get(id) ?? []), ...more])]);
  };
  for (const register of cast.registers) add(register.preset.id, ofRegister(cast, register));
  for (const receiver of cast.receivers) add(receiver.preset.id, ofReceiver(cast, receiver));
  return fields;
};

export const assumedOfRegisters = (cast: Cast): readonly Assumption[] =>
  cast.registers.flatMap((register): readonly Assumption[] => {
    const { name, preset } = register;
    const fields = ofRegister(cast, register);
    if (fields.length === 0) return [];
    const rules = fields.some((field) => field.startsWith('params') || field.startsWith('expiry'));
    const value = fields.map((field) => stated(preset, field)).join(', ');
    return [{
      part: 'registers', sway: rules ? 4 : 3, name: preset.id, what: `register ${name}`, value,
      where: 'presets/registers.json', why: '',
    }];
  });

export const assumedOfReceivers = (cast: Cast): readonly Assumption[] =>
  cast.receivers.flatMap((receiver): readonly Assumption[] => {
    const { name, preset } = receiver;
    const fields = ofReceiver(cast, receiver);
    if (fields.length === 0) return [];
    const value = fields.map((field) =>
      field === 'replies' ? 'the wording of its replies' : stated(preset, field)).join(', ');
    return [{
      part: 'receivers', sway: 3, name: preset.id, what: `receiver ${name}`, value,
      where: 'presets/receivers.json', why: '',
    }];
  });

/** Lists that a plan mails to, each kind once, without what every plan that uses it says otherwise. */
export const assumedOfLists = ({ plan }: Cast): readonly Assumption[] => {
  const used: ListPlan[] = [
    ...plan.tenants.flatMap(({ stream }) => ('list' in stream ? [stream.list] : [])),
    ...plan.incidents.flatMap((incident): readonly ListPlan[] =>
      'list' in incident ? [incident.list] : incident.kind === 'backscatter' ? [{ kind: 'forged' }] : []),
  ];
  return [...new Set(used.map(({ kind }) => kind))].flatMap((kind): readonly Assumption[] => {
    const preset: ListPreset = lists[kind];
    const plans = used.filter((list) => list.kind === kind);
    const fields = preset.assumed.filter((field) =>
      // What an autoresponder's forged senders are is the incident's own word.
      !(kind === 'forged' && field === 'backscatter')
      && plans.some((list) => (list as Readonly<Record<string, unknown>>)[field] === undefined));
    if (fields.length === 0) return [];
    const value = fields.map((field) => `${field} ${shown(preset[field])}`).join(', ');
    return [{
      part: 'lists', sway: 5, name: kind, what: `shares of addresses on a list of kind ${kind}`, value,
      where: 'presets/lists.ts', why: preset.source,
    }];
  });
};

const tells = (service: string): When =>
  hasReceiver(({ telemetry }) => (telemetry ?? []).some((one) => one.includes(service)));

/** Signals whose delays the world draws, and what must be there for that. */
export const signalsRead: Readonly<Record<string, When>> = {
  'content-verdict': always,
  'auth-anomaly': always,
  'dsn-async': always,
  'abuse-desk-mail': hasUnwanted,
  'tenant-ticket': hasDesk,
  'snds-daily': tells('snds'),
  'gpt-daily': tells('postmaster-tools'),
  'spamcop-report': hasModel('weightedScore'),
  'sbl-notice': hasModel('manual'),
};

export const assumedOfSignals = (cast: Cast): readonly Assumption[] =>
  signalPresets.flatMap((preset): readonly Assumption[] => {
    const { delayS, id } = preset;
    const { unverifiedFields = [] } = preset as { readonly unverifiedFields?: readonly string[] };
    if (signalsRead[id]?.(cast) !== true) return [];
    const fields = admittedOf(unverifiedFields, ['delayS.min', 'delayS.p50', 'delayS.p95']);
    if (fields.length === 0) return [];
    const value = `least ${delayS.min}, median ${delayS.p50}, 95 % ${delayS.p95}`;
    return [{
      part: 'platform', sway: 2, name: id, what: 'seconds until a signal is heard', value,
      where: 'presets/signals.json', why: '',
    }];
  });
