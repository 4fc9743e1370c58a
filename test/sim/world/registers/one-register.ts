// A world around one register, and the evidence that tests put before it.

import type { PlanInput } from '../../../../sim/plan/schema.ts';
import type { ReceiverId } from '../../../../policy/index.ts';
import { weighEvidence } from '../../../../sim/world/registers/evidence.ts';
import { errorSeen, mailSeen } from '../../../../sim/world/registers/feeds.ts';
import { type Register, takeEvidence } from '../../../../sim/world/registers/register.ts';
import type { World } from '../../../../sim/world/world.ts';
import { worldOf } from '../stage.ts';

export type RegisterInput = NonNullable<PlanInput['registers']>[number];

export interface Stage {
  readonly world: World;
  readonly register: Register;
}

/** One register called `watch`, asked by the one receiver. PSBL by default. */
export const withRegister = (
  rule: RegisterInput['rule'] = {},
  preset: RegisterInput['preset'] = 'psbl',
  seed = 'one',
  changes: Partial<PlanInput> = {},
): Stage => {
  const world = worldOf(
    {
      registers: [{ name: 'watch', preset, coverage: '100%', rule }],
      receivers: [{ name: 'plain', preset: 'yandex', share: '100%', consults: ['watch'] }],
      ...changes,
    },
    { seed },
  );
  return { world, register: world.registers.find(({ name }) => name === 'watch')! };
};

export const hit = ({ world, register }: Stage, times = 1, address = 0): void => {
  for (let time = 0; time < times; time += 1) takeEvidence(world, register, address, false);
};

export const report = ({ world, register }: Stage, address = 0): void =>
  weighEvidence(world, register, address, { kind: 'report', byCulprit: true });

/** The one receiver looks at so many messages, the first of which are spam. */
export const see = ({ world }: Stage, messages: number, spam: number, address = 0): void => {
  const receiver = world.receivers[0 as ReceiverId]!;
  for (let number = 0; number < messages; number += 1) mailSeen(world, receiver, address, number < spam);
};

export const miss = ({ world }: Stage, unknown: number, address = 0): void => {
  const receiver = world.receivers[0]!;
  for (let number = 0; number < unknown; number += 1) errorSeen(world, receiver, address);
};

/** Longest time from sufficient evidence to the zone. */
export const slowest = ({ decides, preset }: Register): number => decides + preset.publish.maxS * 1_000;
