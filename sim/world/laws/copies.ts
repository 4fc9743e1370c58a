// Each copy of a message ends once, each reply answers a recipient, and what the policy learns of an exchange
// is what was said in it.

import type { Reply, Signal } from '../../../policy/index.ts';
import type { Envelope } from '../platform/outbound.ts';
import type { World } from '../world.ts';
import type { Law } from './law.ts';
import { lookingAt } from '../ports.ts';

/** Puts a look behind every exchange, whichever transport carries it. */
const afterExchange = (
  world: World, look: (envelope: Envelope, replies: readonly Reply[]) => void,
): void => {
  world.transport = lookingAt(world.transport, look);
};

/** Puts a look before every signal that the policy learns. */
export const beforeLearning = (world: World, look: (signal: Signal) => void): void => {
  const learn = world.engine.learn.bind(world.engine);
  world.engine.learn = (signal, now) => {
    look(signal);
    learn(signal, now);
  };
};

/** A recipient is answered once for good: what was delivered or bounced is never tried again. */
export const copiesEndOnce: Law = {
  says: 'a copy ends once, and each recipient is answered',
  watch(world, fail) {
    const left = new WeakMap<Envelope, number>();
    afterExchange(world, (envelope, replies) => {
      const { recipients } = envelope;
      if (replies.length !== recipients.length) {
        fail(`${recipients.length} recipients had ${replies.length} replies`);
      }
      const before = left.get(envelope) ?? recipients.length;
      if (before !== recipients.length) {
        fail(`${recipients.length} copies were tried where ${before} were left`);
      }
      let ended = 0;
      for (const { code } of replies) {
        if (code < 200 || code >= 600) fail(`a reply had the code ${code}`);
        if (code < 400 || code >= 500) ended += 1;
      }
      left.set(envelope, before - ended);
    });
    return {};
  },
};

/** The policy learns of an exchange when it is over, and as many copies as there were. */
export const learnsWhatWasSaid: Law = {
  says: 'the policy learns of each exchange what was said in it, and nothing more',
  watch(world, fail) {
    const said = { delivered: 0, deferred: 0, bounced: 0 };
    const learned = { delivered: 0, deferred: 0, bounced: 0 };
    afterExchange(world, (_, replies) => {
      for (const { code } of replies) {
        said[code < 300 ? 'delivered' : code < 500 ? 'deferred' : 'bounced'] += 1;
      }
    });
    beforeLearning(world, (signal) => {
      switch (signal.kind) {
        case 'delivered':
        case 'deferred':
          learned[signal.kind] += signal.copies;
          return;
        case 'bounced':
          if (signal.reply.class !== 'expired') learned.bounced += signal.copies;
          return;
        default:
      }
    });
    return {
      after(event) {
        if (event.kind === 'late-bounce') learned.bounced = said.bounced;
        // While a receiver waits for a dead name server, what it will say is not learned yet.
        if (world.receivers.some((receiver) => receiver.late > 0)) return;
        for (const kind of ['delivered', 'deferred', 'bounced'] as const) {
          if (said[kind] === learned[kind]) continue;
          fail(`${learned[kind]} copies were learned as ${kind} where ${said[kind]} were`);
        }
      },
    };
  },
};
