// A receiver's side of real SMTP conversations, answered by the functions that answer in a run. Those know
// one exchange at a time; here many go on at once, so each keeps its own and puts it in place for as long as
// a phase takes.

import type { Peer, ReceivedMessage, ReceiverBehaviour } from '../../mocks/index.ts';
import type { AddressKey, Reply } from '../../policy/index.ts';
import {
  addressText, onConnect, onData, onMail, onRecipient, questionsFor, type Receiver, remember, zoneAnswer,
} from '../../sim/index.ts';
import { hasOwnHost } from '../../sim/world/senders/addresses.ts';
import { arrive } from './arrivals.ts';
import type { LiveWorld } from './live-world.ts';
import type { Strangers } from './strangers.ts';

/** What a receiver has done since the start. */
export interface Tally {
  /** Connections, messages and copies taken. */
  connections: number;
  messages: number;
  copies: number;
  /** Replies by code and enhanced code, such as `550 5.1.1`; of acceptances only the one to a message. */
  readonly replies: Record<string, number>;
}

export const newTally = (): Tally => ({ connections: 0, messages: 0, copies: 0, replies: {} });

/** What the receiver of the simulator holds of the exchange under way. */
type Held = Pick<
  Receiver, 'atTrapHost' | 'refusal' | 'isRetry' | 'blame' | 'ofDomain' | 'listing' | 'timedOut' | 'junked'
>;

/** One real connection, and the exchange it is in. */
interface Exchange {
  /** Index of the world's address that it stands for. */
  readonly address: number;
  /** It came when no more connections were allowed of this address; others are counted among the open. */
  readonly crowded: boolean;
  held: Held;
  domain: number;
  readonly keys: AddressKey[];
}

const fresh: Held = {
  atTrapHost: false, refusal: null, isRetry: false, blame: null, ofDomain: null, listing: null,
  timedOut: false, junked: 'no',
};

/** The behaviour of a mock receiver that stands for one of the world's. */
export const behaviourOf = (
  live: LiveWorld, receiver: Receiver, strangers: Strangers, tally: Tally,
): ReceiverBehaviour => {
  const { world } = live;
  const exchanges = new WeakMap<Peer, Exchange>();

  /** Has the receiver at this exchange for the time of one phase. */
  const during = <Said extends Reply | null>(exchange: Exchange, phase: () => Said): Said => {
    const { address } = exchange;
    const before = heldBy(receiver);
    Object.assign(receiver, exchange.held);
    receiver.crowded[address] = exchange.crowded ? 1 : 0;
    try {
      return count(tally, phase());
    } finally {
      exchange.held = heldBy(receiver);
      Object.assign(receiver, before);
    }
  };

  const leave = (peer: Peer): void => {
    const exchange = exchanges.get(peer);
    if (exchange === undefined) return;
    exchanges.delete(peer);
    if (!exchange.crowded) receiver.open[exchange.address]! -= 1;
  };

  /** The exchange of a peer; a new one where it is new, or has come to stand for another address. */
  const enter = (peer: Peer): Exchange | Reply => {
    const address = strangers.addressOf(peer.address);
    const known = exchanges.get(peer);
    if (known !== undefined && known.address === address) return known;
    leave(peer);
    if (address === undefined) return count(tally, stranger(peer.address, world.ips));
    const { maxPerIp } = receiver.preset.connection;
    const crowded = maxPerIp !== null && receiver.open[address]! >= maxPerIp;
    if (!crowded) receiver.open[address]! += 1;
    tally.connections += known === undefined ? 1 : 0;
    const exchange: Exchange = { address, crowded, held: fresh, domain: -1, keys: [] };
    exchanges.set(peer, exchange);
    return exchange;
  };

  return {
    connect(peer) {
      const exchange = enter(peer);
      if ('code' in exchange) return exchange;
      return during(exchange, () => {
        const { address } = exchange;
        Object.assign(receiver, fresh);
        for (const register of questionsFor(world, receiver, address))
          remember(world, receiver, register, address, zoneAnswer(world, register, address));
        return onConnect(world, receiver, address);
      });
    },
    mail(peer, sender) {
      const exchange = exchanges.get(peer)!;
      exchange.domain = strangers.domainOf(sender);
      exchange.keys.length = 0;
      return during(exchange, () => onMail(world, receiver, exchange.address, exchange.domain));
    },
    recipient(peer, text) {
      const exchange = exchanges.get(peer)!;
      const key = strangers.keyOf(text);
      // A trap with a host of its own takes everything, whoever hosts the others.
      const isAtTrap = hasOwnHost(world.addresses.kindOf(key));
      const reply = isAtTrap ? null
        : during(exchange, () => onRecipient(world, receiver, exchange.address, exchange.domain, key));
      if (reply === null) exchange.keys.push(key);
      return reply === null ? null : inTheirWords(reply, addressText(key, receiver.name), text);
    },
    data(peer, message) {
      const exchange = exchanges.get(peer)!;
      const { address, keys } = exchange;
      const mail = strangers.mailOf(message);
      return during(exchange, () => {
        const reply = onData(world, receiver, address, mail, keys.length);
        if (reply.code < 400) {
          tally.messages += 1;
          tally.copies += keys.length;
          for (const [index, key] of keys.entries()) {
            const complains = strangers.isComplaining(recipientAt(message, index));
            arrive(live, { receiver, address, mail, key, complains });
          }
        }
        return reply;
      });
    },
    left: leave,
  };
};

const heldBy = (receiver: Receiver): Held => {
  const { atTrapHost, refusal, isRetry, blame, ofDomain, listing, timedOut, junked } = receiver;
  return { atTrapHost, refusal, isRetry, blame, ofDomain, listing, timedOut, junked };
};

const count = <Said extends Reply | null>(tally: Tally, said: Said): Said => {
  if (said === null) return said;
  const name = `${said.code} ${said.enhanced}`.trimEnd();
  tally.replies[name] = (tally.replies[name] ?? 0) + 1;
  return said;
};

const recipientAt = ({ recipients }: ReceivedMessage, index: number): string => recipients[index] ?? '';

/** The refusal of a peer that says it stands for an address which is not of this world. */
const stranger = (ip: string, ips: readonly string[]): Reply => ({
  code: 554, enhanced: '5.7.1', class: 'policy',
  text: `${ip} is no address of this world; connect from 127.0.1.1 for the first of its ${ips.length}, ` +
    `127.0.1.2 for the second, or name one by XCLIENT, such as ${ips[0]!}`,
});

/** A reply that names a recipient, with the name that the peer knows. */
const inTheirWords = (reply: Reply, ours: string, theirs: string): Reply => {
  const { code, enhanced, text, class: kind } = reply;
  return text.includes(ours) ? { code, enhanced, class: kind, text: text.replaceAll(ours, theirs) } : reply;
};
