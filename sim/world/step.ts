// What each event does. The one switch over all kinds: read it to know what can happen in a run.

import type { Reply } from '../../policy/index.ts';
import { isDue, scheduleNext } from './senders/arrivals.ts';
import { concludeRecovery } from './desk/accounts.ts';
import { hearUnblocked } from './desk/blocks.ts';
import { assign, handOut } from './desk/caseload.ts';
import { conclude as concludeCase } from './desk/desk.ts';
import { poll } from './desk/poll.ts';
import { hearAnswer } from './desk/requests.ts';
import { noteComplaint } from './desk/signs.ts';
import { hear, hearAppeal } from './desk/mail.ts';
import { react } from './incidents/attacker.ts';
import { begin, end } from './incidents/incidents.ts';
import { hearLateBounce, learnNow, newDay } from './platform/signals.ts';
import { lookAgain, neighbourHit, weighEvidence } from './registers/evidence.ts';
import type { EventOf, WorldEvent } from './events.ts';
import { handOver, start } from './platform/outbound.ts';
import { endWait, hearReplies } from './receivers/late-replies.ts';
import { pressButton } from './receivers/complaints.ts';
import { removeForFee } from './registers/fees.ts';
import { decide, expire, publish } from './registers/register.ts';
import { judge, release, submitNew } from './platform/submission.ts';
import { beginCounting } from './measures/tally.ts';
import type { World } from './world.ts';

/**
 * Carries out one event. A promise comes back only where a transport or the policy's host answers later; the
 * next event waits for it.
 */
export const step = (world: World, event: WorldEvent): void | Promise<void> => {
  switch (event.kind) {
    case 'submission': {
      if (!isDue(world, event.actor, event)) return;
      const later = submitNew(world, event.actor);
      return later === undefined ? scheduleNext(world, event.actor, event)
        : onceJudged(world, event, later);
    }
    case 'resubmission':
      return judge(world, event.message);
    case 'release':
      return release(world, event.message);
    case 'exchange': {
      world.receivers[event.envelope.receiver]!.timedOut = false;
      const replies = handOver(world, event.envelope);
      return replies instanceof Promise ? onceSpoken(world, event, replies)
        : hearReplies(world, event.envelope, replies);
    }
    case 'late-replies':
      return endWait(world, event);
    case 'button':
      return pressButton(world, event);
    case 'queue-run':
      return start(world, event.envelope);
    case 'complaint': {
      const { account, receiver } = event;
      noteComplaint(world, account.id, event.sent);
      const tenant = account.tenant.id;
      const { taken: sent } = event;
      const signal = { kind: 'complained', tenant, account: account.id, receiver, sent } as const;
      return world.engine.learn(signal, world.agenda.now);
    }
    case 'register-decision':
      return decide(world, event.register, event.address, event.list, event.why);
    case 'register-publication':
      return publish(world, event.register, event.address, event.list, event.why);
    case 'register-expiry':
      return expire(world, event.register, event.address);
    case 'delist-answer':
      return hearAnswer(world, event.register, event.address);
    case 'removal-bought':
      return removeForFee(world, event.register, event.address);
    case 'unblock-answer':
      return hearUnblocked(world, event);
    case 'incident':
      return begin(world, event.index);
    case 'poll':
      return poll(world);
    case 'case-worked':
      return concludeCase(world, event.work, event.took);
    case 'follow-up':
      return assign(world, event.work);
    case 'recovery':
      return concludeRecovery(world, event.account);
    case 'signal':
      return learnNow(world, event.signal);
    case 'evidence':
      return weighEvidence(world, event.register, event.address, event.evidence);
    case 'register-look':
      return lookAgain(world, event.register, event.address);
    case 'incident-over':
      return end(world, event.index);
    case 'attacker':
      return react(world, event.index, event.account);
    case 'desk-mail':
      return hear(world, event.mail);
    case 'appeal':
      return hearAppeal(world, event.account);
    case 'day':
      return newDay(world);
    case 'neighbour-hit':
      return neighbourHit(world, event.index);
    case 'late-bounce':
      return hearLateBounce(world, event);
    case 'desk-opens':
      return handOut(world);
    case 'end-of-warmup':
      return beginCounting(world);
    case 'end':
      return;
    default:
      return event satisfies never;
  }
};

// Apart from `step`: functions made in it would have each event put aside for them, made or not.

const onceJudged = (world: World, event: EventOf<'submission'>, later: Promise<void>): Promise<void> =>
  later.then(() => scheduleNext(world, event.actor, event));

const onceSpoken = (
  world: World, { envelope }: EventOf<'exchange'>, later: Promise<readonly Reply[]>,
): Promise<void> => later.then((replies) => hearReplies(world, envelope, replies));
