// A receiver that waits for a dead name server answers all the later: the connection is taken up meanwhile.

import { type Reply, seconds } from '../../../policy/index.ts';
import type { EventOf } from '../events.ts';
import { conclude } from '../platform/conclusion.ts';
import type { Envelope } from '../platform/outbound.ts';
import type { World } from '../world.ts';

/**
 * registers.json, fault ns-blackhole: a check waits 10 s for the answer. Several registers are asked at once,
 * so one or five that are silent cost the same.
 */
const timeout = seconds(10);

/** The replies to an attempt are spoken: now, or after the wait for a register that did not answer. */
export const hearReplies = (world: World, envelope: Envelope, replies: readonly Reply[]): void => {
  const receiver = world.receivers[envelope.receiver]!;
  if (!receiver.timedOut) return conclude(world, envelope, replies);
  const { junked } = receiver;
  receiver.late += 1;
  world.agenda.after(timeout, { kind: 'late-replies', envelope, replies, junked });
};

/** The wait is over. */
export const endWait = (world: World, { envelope, replies, junked }: EventOf<'late-replies'>): void => {
  const receiver = world.receivers[envelope.receiver]!;
  receiver.late -= 1;
  receiver.junked = junked;
  conclude(world, envelope, replies);
};
