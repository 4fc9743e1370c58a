// What a plan rests on beside its own words: the presets it names, the rule each register starts with, who
// asks whom, and which of all these numbers are assumptions. For people who read a plan before they run it.

import { assumedOf, assumptionsIn, sentenceOf } from './assumptions.ts';
import { askedBy } from './plan/consulting.ts';
import { firstRule, type RuleChange } from './plan/rules.ts';
import type { Plan } from './plan/schema.ts';
import { listingWeight } from './presets/consulted.ts';
import { receiverPreset, type ReceiverPreset, registerPreset, type RegisterPreset } from './presets/index.ts';
import { type ListKind, type ListPreset, lists } from './presets/lists.ts';

export interface RegisterFacts {
  readonly preset: RegisterPreset;
  /** In force when the run begins. */
  readonly rule: RuleChange;
  /** Names of the receivers that ask it when the run begins. */
  readonly askedBy: readonly string[];
}

export interface ReceiverFacts {
  readonly preset: ReceiverPreset;
  /** The registers it asks when the run begins, and what a listing there weighs. */
  readonly asks: readonly { readonly register: string; readonly weight: number }[];
}

export interface AssumptionFacts {
  /** The part of the world that it is of. */
  readonly part: string;
  /** A constant's, a preset's id, or the path of a field of the plan. */
  readonly name: string;
  /** In full, as a result carries it after its part. */
  readonly text: string;
}

export interface PlanFacts {
  /** In the order of the plan. */
  readonly registers: readonly RegisterFacts[];
  readonly receivers: readonly ReceiverFacts[];
  readonly lists: readonly { readonly kind: ListKind; readonly preset: ListPreset }[];
  /** Numbers that the result rests on and nobody published, most influential first. */
  readonly assumptions: readonly AssumptionFacts[];
  /** Of each preset by its id, the fields among them. */
  readonly assumed: ReadonlyMap<string, readonly string[]>;
}

export const planFacts = (plan: Plan): PlanFacts => {
  const asked = plan.receivers.map((receiver) => askedBy(receiver, plan.registers));
  return {
    registers: plan.registers.map((register) => ({
      preset: registerPreset(register.preset),
      rule: firstRule(register),
      askedBy: plan.receivers
        .filter((_, index) => asked[index]!.includes(register.name))
        .map(({ name }) => name),
    })),
    receivers: plan.receivers.map((receiver, index) => ({
      preset: receiverPreset(receiver.preset),
      asks: asked[index]!.map((name) => ({ register: name, weight: weightOf(plan, receiver, name) })),
    })),
    lists: listKinds(plan).map((kind) => ({ kind, preset: lists[kind] })),
    assumptions: assumptionsIn(plan).map((one) =>
      ({ part: one.part, name: one.name, text: sentenceOf(one) })),
    assumed: assumedOf(plan),
  };
};

const weightOf = (plan: Plan, receiver: Plan['receivers'][number], name: string): number => {
  const { preset } = plan.registers.find((register) => register.name === name)!;
  return listingWeight(receiverPreset(receiver.preset), preset) || 1;
};

/** Kinds of recipient lists that the plan mails to, each once. */
const listKinds = (plan: Plan): readonly ListKind[] => [
  ...new Set([
    ...plan.tenants.flatMap(({ stream }) => ('list' in stream ? [stream.list.kind] : [])),
    ...plan.incidents.flatMap((incident) => ('list' in incident ? [incident.list.kind] : [])),
  ]),
];
