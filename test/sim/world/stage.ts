// Sets up small worlds for tests and moves their time on, event by event, as a run does.

import { readFileSync } from 'node:fs';
import {
  acceptEverything,
  type AddressKey,
  type Policy,
  type ReceiverId,
  type Submission,
} from '../../../policy/index.ts';
import { readPlan } from '../../../sim/plan/read.ts';
import type { Plan, PlanInput } from '../../../sim/plan/schema.ts';
import type { AddressKind } from '../../../sim/world/senders/addresses.ts';
import type { ListGiven } from '../../../sim/world/senders/list-quality.ts';
import { buildWorld } from '../../../sim/world/build.ts';
import type { Actor } from '../../../sim/world/senders/cast.ts';
import type { Message } from '../../../sim/world/platform/message.ts';
import { enqueue } from '../../../sim/world/platform/outbound.ts';
import type { Register } from '../../../sim/world/registers/register.ts';
import { step } from '../../../sim/world/step.ts';
import { countSubmitted } from '../../../sim/world/measures/tally.ts';
import type { World } from '../../../sim/world/world.ts';

export const second = 1_000;
export const minute = 60_000;
export const hour = 3_600_000;
export const day = 86_400_000;

/**
 * One silent tenant, one receiver without rules of its own, nobody at the desk. Time 0 is a Monday, 0:00
 * UTC.
 */
const bare: PlanInput = {
  title: 'a test',
  question: 'does it hold?',
  epoch: '2027-01-04T00:00:00Z',
  length: '400d',
  pools: [{ name: 'shared', addresses: ['192.0.2.10'] }],
  receivers: [{ name: 'plain', preset: 'yandex', share: '100%' }],
  tenants: [{ name: 'offices', count: 1, pool: 'shared', stream: { kind: 'quiet' } }],
  desk: { staff: 0 },
};

/** Each case takes the mean of its kind where nothing else is said, so that tests tell when it is done. */
export const planOf = ({ desk, ...changes }: Partial<PlanInput> = {}): Plan =>
  readPlan({ ...bare, desk: { workSpread: 0, ...desk ?? bare.desk }, ...changes }, 'test');

export interface Circumstances {
  readonly policy?: Policy;
  readonly seed?: string;
}

export const worldOf = (changes: Partial<PlanInput> = {}, { policy, seed }: Circumstances = {}): World =>
  buildWorld(planOf(changes), seed ?? 'one', policy ?? acceptEverything, new Map());

/** Carries out everything up to a time, that time included, and leaves the world's clock there. */
export const advance = (world: World, to: number): void => {
  const mark = { kind: 'end' } as const;
  world.agenda.after((to - world.agenda.now) as typeof world.agenda.now, mark, 3);
  for (;;) {
    const event = world.agenda.take();
    if (event === mark) return;
    if (step(world, event) instanceof Promise)
      throw new Error('a test in memory met a transport that answers later');
  }
};

/**
 * Moves on event by event until something holds, and tells when; fails loudly where it does not by
 * `latest`.
 */
export const advanceUntil = (world: World, holds: () => boolean, latest: number): number => {
  while (!holds()) {
    if (world.agenda.nextAt > latest) throw new Error(`it still did not hold at ${latest} ms`);
    void step(world, world.agenda.take());
  }
  return world.agenda.now;
};

export const isPublished = (register: Register, address = 0): boolean =>
  register.dossiers[address]!.published;

interface Oracle {
  readonly id: string;
  readonly inputs: unknown;
  readonly expected: unknown;
}

const file = new URL('../../oracles/oracles.json', import.meta.url);

/** The published figures of one entry of oracles.json, of the shape the caller states. */
export const oracle = <Inputs, Expected>(
  id: string,
): { readonly inputs: Inputs; readonly expected: Expected } => {
  const { oracles } = JSON.parse(readFileSync(file, 'utf8')) as { readonly oracles: readonly Oracle[] };
  const found = oracles.find((entry) => entry.id === id);
  if (found === undefined) throw new Error(`oracles.json has no entry ${id}`);
  return found as { readonly inputs: Inputs; readonly expected: Expected };
};

/** A plan's tenants that have a voice and say nothing of their own for a year: tests speak for them. */
export const mute: PlanInput['tenants'][number]['stream'] = {
  kind: 'newsletter',
  size: 1,
  every: '399d',
  first: '398d',
  pace: '1/h',
};

/** Hands a message of an actor to the outbound queue, as if the policy had let it pass. */
export const mail = (
  world: World,
  recipients: readonly AddressKey[],
  actor: Actor = world.actors[0]!,
): Message => {
  const number = actor.count;
  actor.count += 1;
  world.messages += 1;
  const { tenant, id: account } = actor.account;
  const submission: Submission = {
    id: world.messages,
    tenant: tenant.id,
    account,
    pool: tenant.pool,
    recipients,
    receivers: recipients.map((key) => world.addresses.receiverOf(key)),
    bytes: 1_000,
    list: 0,
    allowance: 0,
    source: tenant.id,
    nullSender: false,
    urgent: false,
    signedUp: -1,
  };
  const message: Message = {
    domain: tenant.id,
    nature: actor.truth,
    luck: actor.id,
    number,
    submission,
    actor,
    since: world.agenda.now,
    abuse: -1,
    tries: 0,
    open: 0,
    delivered: 0,
    held: false,
    kept: false,
    pool: tenant.pool,
    delayed: false,
    left: false,
    counted: world.tally.counting,
    putOff: false,
    turnedAway: false,
    rerouted: false,
  };
  countSubmitted(world, message);
  enqueue(world, message, tenant.pool);
  return message;
};

const faultless: ListGiven = {
  kind: 'clean', unknown: 0, full: 0, pristine: 0, recycled: 0, typo: 0, parked: 0, backscatter: 0,
};

/** An address of one kind, at a receiver by its number or anywhere. */
export const address = (world: World, kind: AddressKind = 'person', at: number = -1): AddressKey => {
  const list = kind === 'person' ? faultless : { ...faultless, [kind]: 1 };
  return world.addresses.key(world.addresses.open('mixed', list, at as ReceiverId | -1), 1);
};
