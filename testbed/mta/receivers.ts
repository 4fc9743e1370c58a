// The world's receivers as servers that a real mail server delivers to: each attempt is answered by the
// world's own functions, and which sending address it came from is told by the loopback address.

import {
  type Peer, type ReceivedMessage, type ReceiverBehaviour, type SmtpReceiver, startSmtpReceiver,
} from '../../mocks/index.ts';
import {
  onConnect, onData, onMail, onRecipient, questionsFor, readAddress, type Receiver, remember,
  type World, zoneAnswer,
} from '../../sim/index.ts';
import { domainIn, mailIn } from '../names.ts';

export interface Receivers {
  /** Port by domain; the hosts of traps, which are nobody's filter, have domains of their own. */
  readonly ports: ReadonlyMap<string, number>;
  close(): Promise<void>;
}

/** What the receivers ask of whoever runs them. */
export interface Answering {
  readonly world: World;
  /** Loopback addresses in the order of the world's own. */
  readonly sendFrom: readonly string[];
  /** Whether what comes now has been put off before: by turns all of it has, or none. */
  isRetry(): boolean;
  /** A whole message was answered. */
  took(receiver: Receiver, message: ReceivedMessage): void;
  /** An answer failed: the run cannot go on from there. */
  failed(error: unknown): void;
}

/** Domain of a receiver, or of the hosts of traps among its addresses. */
export const domainOf = (receiver: Receiver, atTrapHost: boolean): string =>
  atTrapHost ? `hosts.${receiver.name}.test` : `${receiver.name}.test`;

/** What the world's functions keep of the attempt they are in the middle of. */
type Attempt = Pick<Receiver, 'blame' | 'refusal' | 'listing' | 'ofDomain' | 'atTrapHost' | 'isRetry'>;

export const startReceivers = async (answering: Answering): Promise<Receivers> => {
  const started: SmtpReceiver[] = [];
  const ports = new Map<string, number>();
  const close = async (): Promise<void> => {
    await Promise.all(started.map((receiver) => receiver.close()));
  };
  try {
    for (const receiver of answering.world.receivers) {
      for (const atTrapHost of [false, true]) {
        const name = domainOf(receiver, atTrapHost);
        const behaviour = behaviourOf(answering, receiver, atTrapHost);
        const server = await startSmtpReceiver({ name, behaviour, onError: answering.failed });
        started.push(server);
        ports.set(name, server.port);
      }
    }
  } catch (error) {
    await close();
    throw error;
  }
  return { ports, close };
};

/** Several attempts may be under way at one receiver at once: each goes on from where it was left. */
const behaviourOf = (
  { world, sendFrom, took, isRetry: isAgain }: Answering, receiver: Receiver, atTrapHost: boolean,
): ReceiverBehaviour => {
  const attempts = new WeakMap<Peer, Attempt & { domain: number }>();
  const addressOf = ({ address }: Peer): number => {
    const index = sendFrom.indexOf(address);
    if (index < 0) throw new TypeError(`${address} stands for no address of this world.`);
    return index;
  };
  const resume = (peer: Peer): Attempt & { domain: number } => {
    const attempt = attempts.get(peer)!;
    Object.assign(receiver, attempt);
    return attempt;
  };
  const leave = (peer: Peer, domain: number): void => {
    const { blame, refusal, listing, ofDomain, isRetry } = receiver;
    attempts.set(peer, { blame, refusal, listing, ofDomain, atTrapHost, isRetry, domain });
  };
  return {
    connect(peer: Peer) {
      const address = addressOf(peer);
      receiver.atTrapHost = atTrapHost;
      receiver.isRetry = isAgain();
      receiver.crowded[address] = 0;
      for (const register of questionsFor(world, receiver, address)) {
        remember(world, receiver, register, address, zoneAnswer(world, register, address));
      }
      const reply = onConnect(world, receiver, address);
      leave(peer, -1);
      return reply;
    },
    mail(peer: Peer, sender: string) {
      resume(peer);
      const domain = domainIn(sender);
      const reply = onMail(world, receiver, addressOf(peer), domain);
      leave(peer, domain);
      return reply;
    },
    recipient(peer: Peer, text: string) {
      const { domain } = resume(peer);
      const key = readAddress(text);
      if (key === undefined) throw new TypeError(`${text} is not an address of this world.`);
      const reply = onRecipient(world, receiver, addressOf(peer), domain, key);
      leave(peer, domain);
      return reply;
    },
    data(peer: Peer, message: ReceivedMessage) {
      const { domain } = resume(peer);
      const reply = onData(world, receiver, addressOf(peer), mailIn(message), message.recipients.length);
      took(receiver, message);
      leave(peer, domain);
      return reply;
    },
  };
};
