// What parts of the model a plan brings to life, so that nothing is said of those that it does not.

import type { IncidentPlan, Plan, StreamPlan } from '../plan/schema.ts';
import {
  receiverPreset, type ReceiverPreset, registerPreset, type RegisterPreset, replyPresets,
} from '../presets/index.ts';

type Rule = Plan['registers'][number]['rule'];

export interface Cast {
  readonly plan: Plan;
  /** Those of the plan, and the members that live inside its composites with their presets' own rules. */
  readonly registers: readonly {
    readonly name: string;
    readonly preset: RegisterPreset;
    readonly rule: Rule;
  }[];
  readonly receivers: readonly {
    readonly name: string;
    readonly preset: ReceiverPreset;
    readonly plan: Plan['receivers'][number];
  }[];
}

/** Whether a plan has what a number is for. */
export type When = (cast: Cast) => boolean;

export const castOf = (plan: Plan): Cast => {
  const own = plan.registers.map(({ name, preset, rule }) => (
    { name, preset: registerPreset(preset), rule }));
  const known = new Set(own.map(({ preset }) => preset.id));
  const hidden = own.flatMap(({ name, preset }) =>
    ((preset.params['members'] ?? []) as readonly string[])
      .filter((id) => !known.has(id))
      .map((id) => ({ name: `${name}/${id}`, preset: registerPreset(id), rule: {} })));
  return {
    plan,
    registers: [...own, ...hidden],
    receivers: plan.receivers.map((receiver) => ({
      name: receiver.name, preset: receiverPreset(receiver.preset), plan: receiver,
    })),
  };
};

export const always: When = () => true;
export const all = (...conditions: readonly When[]): When => (cast) => conditions.every((one) => one(cast));

export const hasStream = (...kinds: readonly StreamPlan['kind'][]): When => ({ plan }) =>
  plan.tenants.some(({ stream }) => kinds.includes(stream.kind));

export const hasIncident = <Kind extends IncidentPlan['kind']>(
  kinds: readonly Kind[],
  also: (incident: Extract<IncidentPlan, { readonly kind: Kind }>) => boolean = () => true,
): When => ({ plan }) =>
  plan.incidents.some((incident) =>
    (kinds as readonly string[]).includes(incident.kind)
    && also(incident as Extract<IncidentPlan, { readonly kind: Kind }>));

/** Somebody sends mail that its readers did not ask for. */
export const hasUnwanted = hasIncident(['compromised', 'infected', 'careless', 'spammer']);

export const hasRegister = (is: (preset: RegisterPreset, rule: Rule) => boolean): When => ({ registers }) =>
  registers.some(({ preset, rule }) => is(preset, rule));
export const hasModel = (...models: readonly string[]): When =>
  hasRegister(({ model }) => models.includes(model));

export const hasReceiver = (is: (preset: ReceiverPreset) => boolean): When => ({ receivers }) =>
  receivers.some(({ preset }) => is(preset));
export const hasReceiverOf = (...ids: readonly string[]): When => hasReceiver(({ id }) => ids.includes(id));
/** A receiver that keeps reputations of its own. */
export const hasJudge = hasReceiver(({ internalReputation }) => internalReputation);

export const hasDesk: When = ({ plan }) => plan.desk.staff > 0;
/** The desk looks its addresses up, and has registers to ask. */
export const hasDeskAndRegisters: When = ({ plan }) => plan.desk.staff > 0 && plan.registers.length > 0;

/** Models that take hits of traps for evidence, their composites apart. */
const trapModels: readonly string[] = [
  'trapHit', 'heuristic', 'backscatter', 'manual', 'weightedScore', 'escalation', 'reputationScore',
  'policy+abuse',
];
export const takesTraps = ({ model }: RegisterPreset): boolean => trapModels.includes(model);

/** By registers/delisting.ts: its people can be asked, free of charge. */
export const canBeAsked = ({ delist, model }: RegisterPreset): boolean =>
  model !== 'union' && !/^(?:none|wait)/.test(delist.channel);
export const isSelfService = ({ delist }: RegisterPreset): boolean =>
  delist.channel.startsWith('self-service');

/** By desk/blocks.ts: somebody there can be asked to lift a block of its own, and answers. */
export const liftsBlocks = ({ block }: ReceiverPreset): boolean =>
  block.delistChannel !== null && !block.delistChannel.startsWith('none') && block.delistTypicalS !== null;

/** A receiver has a reply of its own for this. */
export const answers = (preset: ReceiverPreset, condition: string, phase = ''): boolean =>
  replyPresets.some((reply) =>
    reply.receiver === preset.id && reply.condition === condition && (phase === '' || reply.phase === phase));
