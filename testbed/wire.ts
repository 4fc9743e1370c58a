// The transport on the wire: every attempt is real SMTP to a mock receiver on loopback, every register is
// asked by real DNS, and the servers answer from the very functions that answer in memory. Virtual time
// stands still meanwhile.

import {
  type Peer, type RegisterZone, type SmtpReceiver, startRegisterServer,
  startSmtpReceiver,
} from '../mocks/index.ts';
import type { AddressKey, Reply } from '../policy/index.ts';
import {
  addressText, classify, type Envelope, onConnect, onData, onMail, onRecipient, questionsFor,
  readAddress, type Receiver, type Register, remember, type Transport, type World, type ZoneAnswer,
  zoneAnswerFor,
} from '../sim/index.ts';
import { DnsClient } from './dns-client.ts';
import { buildMessage } from './message.ts';
import { domainIn, mailIn, senderText, tenantDomain } from './names.ts';
import { SendingAddresses } from './sending-addresses.ts';
import { SmtpClient } from './smtp-client.ts';

export interface Wire extends Transport {
  deliver(envelope: Envelope): Promise<readonly Reply[]>;
  ask(register: Register, address: number): Promise<ZoneAnswer>;
  /** Closes connections and servers. */
  close(): Promise<void>;
}

/**
 * No rule of any receiver looks at a message's size, so larger ones are sent at this size: the wire is to be
 * fast.
 */
const mostBytes = 2_048;

/**
 * Starts a receiver for each receiver of the world and a server for its registers, on ports that are free.
 * Rejects with a MockServerError where that fails; nothing is left running then. A world's function that
 * throws makes the `deliver` under way reject with what it threw.
 */
export const startWire = async (world: World): Promise<Wire> => {
  const indexOf = new Map(world.ips.map((ip, index) => [ip, index]));
  /**
   * What went wrong on a server's side; the peer was told 451 or SERVFAIL, but a run must not go on from
   * there.
   */
  let fault: { readonly error: unknown } | null = null;
  const onError = (error: unknown): void => {
    fault ??= { error };
  };
  const soundly = async <Value>(ask: Promise<Value>): Promise<Value> => {
    const [outcome] = await Promise.allSettled([ask]);
    if (fault !== null) throw fault.error;
    if (outcome.status === 'rejected') throw outcome.reason;
    return outcome.value;
  };

  const zones = world.registers.map((register): RegisterZone => ({
    zone: zoneOf(register),
    lookup: (ip) => zoneAnswerFor(world, register, ip),
    knowsTestPoints: true,
    ttlS: register.preset.ttl.negativeS,
  }));
  const dns = new DnsClient({ timeoutMs: 20_000 });
  // Virtual time stands still: how long a receiver waits for a dead name server is the world's affair. The
  // client's own patience is for busy machines.
  const onSilence = (query: Buffer): void => dns.giveUp(query);
  const registers = await startRegisterServer({ zones, onError, onSilence }).catch(async (error: unknown) => {
    await dns.close();
    throw error;
  });
  const ask = (register: Register, address: number): Promise<ZoneAnswer> =>
    dns.consult(registers.port, zoneOf(register), world.ips[address]!);

  const addresses = new SendingAddresses();
  const addressOf = async (peer: Peer): Promise<number> => indexOf.get(await addresses.of(peer))!;
  const smtp = new SmtpClient<Receiver>({
    addresses,
    classify: (receiver, code, enhanced, text) => classify(receiver.preset, code, enhanced, text),
  });
  /** The sending domain of the transaction that a peer is in. */
  const domains = new WeakMap<Peer, number>();
  const startReceiver = (receiver: Receiver): Promise<SmtpReceiver> =>
    startSmtpReceiver({
      name: `${receiver.name}.test`,
      onError,
      behaviour: {
        async connect(peer) {
          const address = await addressOf(peer);
          for (const register of questionsFor(world, receiver, address)) {
            remember(world, receiver, register, address, await ask(register, address));
          }
          return onConnect(world, receiver, address);
        },
        async mail(peer, sender) {
          const domain = domainIn(sender);
          domains.set(peer, domain);
          return onMail(world, receiver, await addressOf(peer), domain);
        },
        recipient: async (peer, text) =>
          onRecipient(world, receiver, await addressOf(peer), domains.get(peer)!, keyIn(text)),
        data: async (peer, message) =>
          onData(world, receiver, await addressOf(peer), mailIn(message), message.recipients.length),
      },
    });

  const receivers: SmtpReceiver[] = [];
  const close = async (): Promise<void> => {
    await smtp.close();
    await dns.close();
    await Promise.all(receivers.map((receiver) => receiver.close()));
    await registers.close();
  };
  try {
    for (const receiver of world.receivers) receivers.push(await startReceiver(receiver));
  } catch (error) {
    await close();
    throw error;
  }

  const epoch = Date.parse(world.plan.epoch);
  const send = (envelope: Envelope): Promise<Reply[]> => {
    const receiver = world.receivers[envelope.receiver]!;
    const recipients = envelope.recipients.map((key) => addressText(key, receiver.name));
    const { domain, nature, luck, number, submission: { id } } = envelope.message;
    // A bounce or an autoreply has no sender (RFC 5321, 4.5.5), but its header names somebody.
    const sender = senderText(envelope.account, domain);
    const message = buildMessage({
      from: sender === '' ? `mailer-daemon@${tenantDomain(envelope.tenant)}` : sender,
      to: recipients,
      subject: `Message ${id}`,
      date: epoch + world.agenda.now,
      messageId: `${id}.${envelope.receiver}@out.platform.test`,
      ...(envelope.list === 0 ? {} : { listId: `l${envelope.list}.${tenantDomain(envelope.tenant)}` }),
      content: { nature, luck, number },
      bytes: Math.min(envelope.bytes, mostBytes),
    });
    return smtp.deliver({
      receiver, port: receivers[envelope.receiver]!.port, from: world.ips[envelope.address]!,
      envelope: { sender, recipients }, message,
    });
  };

  return {
    deliver: (envelope) => soundly(send(envelope)),
    ask: (register, address) => soundly(ask(register, address)),
    close,
  };
};

const zoneOf = (register: Register): string => `${register.name}.rbl.test`;

const keyIn = (text: string): AddressKey => {
  const key = readAddress(text);
  if (key === undefined) throw new TypeError(`${text} is not an address of this world.`);
  return key;
};
