// A mail server in the loop. Accounts hand their messages in to it, it asks the policy, and it delivers to
// the world's receivers at once, while virtual time stands still; what it says became of each copy is what
// the world hears at the time of the exchange. What is deferred is tried when the mail server says.

import type { Reply, Verdict } from '../../policy/index.ts';
import {
  addressText, type Envelope, hasOwnHost, type Message, type Receiver, type Register,
  type Transport, type World, zoneAnswer, type ZoneAnswer,
} from '../../sim/index.ts';
import { readContent } from '../message.ts';
import { clientOf, messageIdOf, replyOf, writtenBy } from './mail.ts';
import { type Mta, MtaError, type Status } from './mta.ts';
import { accountLogin, senderText } from '../names.ts';
import type { PolicyInService } from './policy-in-service.ts';
import { domainOf } from './receivers.ts';

/** A message that the mail server has. */
interface Queued {
  readonly id: string;
  /** Its recipients, each once; and those that it still tries. */
  readonly all: number;
  left: number;
  /** Statuses when it was last through with all that was left, and in all once it has tried that again. */
  said: number;
  due: number;
  /** Kept from being tried: by the policy's verdict, or since its account is shut. */
  held: boolean;
  /** By recipient: how many of the statuses told of it the world has heard. */
  readonly heard: Map<string, number>;
  /** When its copies were last tried. */
  triedAt: number;
}

export class MtaTransport implements Transport {
  readonly #world: World;
  readonly #mta: Mta;
  readonly #policy: PolicyInService;
  /** How often the mail server, or its place in the loop, did what the simulated one does not. */
  readonly notes: Record<string, number> = {};
  readonly #junked = new Map<string, Receiver['junked']>();
  readonly #queued = new Map<Message, Queued>();
  #isRetry = false;
  #lastTried = 0;
  #failure: { readonly error: unknown } | null = null;

  constructor(world: World, mta: Mta, policy: PolicyInService) {
    [this.#world, this.#mta, this.#policy] = [world, mta, policy];
  }

  isRetry = (): boolean => this.#isRetry;

  fail = (error: unknown): void => {
    this.#failure ??= { error };
  };

  took = (receiver: Receiver, { content }: { readonly content: Buffer }): void => {
    const { junked } = receiver;
    if (junked !== 'no') this.#junked.set(junkName(receiver, readContent(content)!), junked);
  };

  /** When the copies that were delivered or put off just now were tried. */
  triedAt = (): number => this.#lastTried;

  async handIn(message: Message): Promise<void> {
    const mta = this.#mta;
    const { agenda } = this.#world;
    mta.moveTo(agenda.now);
    await this.#policy.expect(message.submission);
    const recipients = message.submission.recipients.map((key) => this.#recipientText(key));
    const received = await mta.submit({
      login: accountLogin(message.submission),
      client: clientOf(message.submission.source),
      sender: senderText(message.submission.account, message.domain),
      recipients,
      messageId: messageIdOf(message),
      message: writtenBy(this.#world, message, recipients),
    });
    this.#raise();
    const verdict = this.#policy.answer(mta.name);
    const isQueued = received.kind === 'queued';
    const wanted = !refusing.has(verdict.kind);
    if (isQueued !== wanted) {
      const said = received.kind === 'refused' ? received.said : 'the message is queued';
      throw new MtaError(`${mta.name}: serve says ${verdict.kind}, and the client was told: ${said}`);
    }
    if (received.kind === 'queued') await this.#enter(message, received.id, verdict, recipients);
    await this.#policy.look();
    this.#raise();
  }

  async #enter(message: Message, id: string, verdict: Verdict, recipients: readonly string[]): Promise<void> {
    const distinct = new Set(recipients).size;
    const held = holding.has(verdict.kind);
    const queued: Queued =
      { id, all: distinct, left: distinct, said: 0, due: distinct, held, heard: new Map(), triedAt: -1 };
    this.#queued.set(message, queued);
    if (verdict.kind === 'divert') this.#note('diverted by the policy, and sent by its own pool');
    if (!held) await this.#settle(queued);
  }

  /** Waits until all that is left has been tried once more. */
  async #settle(queued: Queued): Promise<void> {
    const statuses = await this.#mta.statuses(queued.id, queued.due);
    const last = new Map<string, Status>();
    for (const status of statuses) last.set(status.recipient, status);
    queued.left = queued.all - [...last.values()].filter(({ fate }) => fate !== 'deferred').length;
    if (statuses.some(({ fate }) => fate === 'expired')) queued.left = 0;
    queued.said = statuses.length;
    queued.due = statuses.length + queued.left;
    queued.triedAt = this.#world.agenda.now;
  }

  async deliver(envelope: Envelope): Promise<readonly Reply[]> {
    const { message } = envelope;
    const queued = this.#queued.get(message);
    if (queued === undefined) {
      throw new MtaError(`${this.#mta.name}: knows no message ${message.submission.id}.`);
    }
    this.#mta.moveTo(this.#world.agenda.now);
    const recipients = envelope.recipients.map((key) => this.#recipientText(key));
    await this.#bringAbout(queued, recipients);
    this.#raise();
    await this.#policy.look();
    const statuses = await this.#mta.statuses(queued.id, 0);
    const receiver = this.#world.receivers[envelope.receiver]!;
    receiver.junked = this.#junked.get(junkName(receiver, message)) ?? 'no';
    // Who stands in a message twice is tried once, and its two copies have one reply.
    const told = new Map([...new Set(recipients)].map((recipient) => {
      const of = statuses.filter((status) => status.recipient === recipient || status.fate === 'expired');
      // Where it has tried twice at once, by itself and as it was asked to, the last try is what counts.
      const status = of.at(-1);
      queued.heard.set(recipient, of.length);
      if (status === undefined) throw new MtaError(`${this.#mta.name}: says nothing of ${recipient}.`);
      if (status.untried) this.#note('put off without asking, since the receiver had just refused');
      return [recipient, status] as const;
    }));
    const replies = recipients.map((recipient) => replyOf(receiver, told.get(recipient)!));
    this.#lastTried = queued.triedAt;
    this.#junked.delete(junkName(receiver, message));
    if (queued.left === 0 && message.open <= envelope.recipients.length) this.#queued.delete(message);
    return replies;
  }

  /** Has the mail server try these recipients, where it has not since the world last heard of them. */
  async #bringAbout(queued: Queued, recipients: readonly string[]): Promise<void> {
    const areNew = (statuses: readonly Status[]): boolean => statuses.some(({ fate }) => fate === 'expired')
      || recipients.every((recipient) =>
        statuses.filter((one) => one.recipient === recipient).length > (queued.heard.get(recipient) ?? 0));
    let statuses = await this.#mta.statuses(queued.id, 0);
    if (areNew(statuses) || queued.left === 0) {
      // It has tried again by itself, at a time of its own that was this one or came just before.
      if (queued.left > 0 && statuses.length > queued.said) await this.#catchUp(queued, statuses.length);
      return;
    }
    const isUnderWay = !queued.held && !this.#mta.triesTogether
      && recipients.some((recipient) => !statuses.some((one) => one.recipient === recipient));
    await this.#tidy();
    this.#isRetry = queued.heard.size > 0;
    if (queued.held) {
      queued.held = false;
      await this.#mta.release([queued.id]);
    } else if (isUnderWay) {
      // It was let go with another receiver's part, and its reply is to come.
    } else if ((this.#mta.nextTry(queued.id, recipients[0]!) ?? Infinity) <= this.#world.agenda.now) {
      await this.#mta.retry();
    } else {
      await this.#mta.flush(queued.id);
    }
    if (!this.#mta.triesTogether) {
      while (!areNew(statuses)) statuses = await this.#mta.statuses(queued.id, statuses.length + 1);
    }
    await this.#catchUp(queued, statuses.length);
    this.#isRetry = false;
  }

  /** Where each receiver's part waits for itself, what is said now is all that this round says. */
  async #catchUp(queued: Queued, said: number): Promise<void> {
    if (!this.#mta.triesTogether) queued.due = said;
    await this.#settle(queued);
  }

  /** Mail of accounts that are shut is held, and what the desk threw away is removed. */
  async #tidy(): Promise<void> {
    const { engine, agenda, outbound } = this.#world;
    const stopped: Queued[] = [];
    const gone: Message[] = [];
    for (const [message, queued] of this.#queued) {
      const { tenant, account } = message.submission;
      if (queued.left === 0) continue;
      if (message.open === 0 && queued.heard.size > 0) gone.push(message);
      else if (!queued.held
        && (engine.suspension(tenant, account, agenda.now) !== undefined || outbound.holds.has(account)))
        stopped.push(queued);
    }
    await this.#mta.hold(stopped.map(({ id }) => id));
    for (const queued of stopped) queued.held = true;
    await this.#mta.remove(gone.map((message) => this.#queued.get(message)!.id));
    for (const message of gone) this.#queued.delete(message);
  }

  nextTry(envelope: Envelope): number | undefined {
    const queued = this.#queued.get(envelope.message);
    if (queued === undefined) return undefined;
    const due = this.#mta.nextTry(queued.id, this.#recipientText(envelope.recipients[0]!));
    if (due === undefined) return undefined;
    const { scan } = this.#world.plan.outbound;
    return Math.ceil(Math.max(due, this.#world.agenda.now + 1) / scan) * scan;
  }

  ask(register: Register, address: number): ZoneAnswer {
    return zoneAnswer(this.#world, register, address);
  }

  #recipientText(key: Message['submission']['recipients'][number]): string {
    const { addresses, receivers } = this.#world;
    const receiver = receivers[addresses.receiverOf(key)]!;
    return addressText(key, domainOf(receiver, hasOwnHost(addresses.kindOf(key))).replace(/\.test$/, ''));
  }

  #note(what: string): void {
    this.notes[what] = (this.notes[what] ?? 0) + 1;
  }

  #raise(): void {
    if (this.#failure !== null) throw this.#failure.error;
  }
}

/** Verdicts after which the message is not in the queue, and those after which it is held there. */
const refusing: ReadonlySet<Verdict['kind']> = new Set(['defer', 'reject', 'suspend']);
const holding: ReadonlySet<Verdict['kind']> = new Set(['pace', 'hold']);

const junkName = ({ id }: Receiver, { luck, number }: { readonly luck: number; readonly number: number }) =>
  `${id} ${luck} ${number}`;
