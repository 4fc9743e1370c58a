// Sends mail to receivers on loopback, over nodemailer's own SMTP connection: one connection for each
// receiver and sending address, opened when first needed and kept. What it returns is what was on the wire,
// one reply a recipient.

import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import SMTPConnection, { type SMTPEnvelope, type SMTPError } from 'nodemailer/lib/smtp-connection';
import { isLoopback } from '../mocks/index.ts';
import type { IpAddress, Reply, ReplyClass } from '../policy/index.ts';
import { readReply, type WireReply } from './read-reply.ts';
import type { SendingAddresses } from './sending-addresses.ts';
import { Transcript } from './transcript.ts';

export type SmtpClientProblem = 'not-loopback' | 'cannot-connect' | 'session-broken' | 'bad-envelope';

/**
 * Why mail could not be handed over, or was not answered. A receiver's refusal is a reply, never an error.
 */
export class SmtpClientError extends Error {
  override readonly name = 'SmtpClientError';
  readonly code: SmtpClientProblem;

  constructor(code: SmtpClientProblem, message: string) {
    super(message);
    this.code = code;
  }
}

export interface SmtpClientOptions<Receiver> {
  /** Where each connection is entered with the simulated address it stands for. */
  readonly addresses: SendingAddresses;
  /** What kind of reply it is; the wire does not say. */
  readonly classify: (receiver: Receiver, code: number, enhanced: string, text: string) => ReplyClass;
  /** A literal loopback address. */
  readonly host?: string;
  /** The name we say in EHLO. */
  readonly name?: string;
}

export interface Delivery<Receiver> {
  readonly receiver: Receiver;
  /** The receiver's port. */
  readonly port: number;
  /** The simulated address it is sent from. */
  readonly from: IpAddress;
  /** `sender` may be empty (a bounce); at least one recipient. */
  readonly envelope: { readonly sender: string; readonly recipients: readonly string[] };
  readonly message: Buffer;
}

interface Session {
  readonly connection: SMTPConnection;
  readonly socket: Socket;
  readonly transcript: Transcript;
}

/** One connection, if there was one yet, and the delivery that the next one waits for. */
interface Line {
  session: Session | null;
  last: Promise<unknown>;
}

export class SmtpClient<Receiver> {
  readonly #options: SmtpClientOptions<Receiver>;
  readonly #host: string;
  readonly #lines = new Map<string, Line>();

  /** Throws an SmtpClientError (`not-loopback`) for any host that is not a literal loopback address. */
  constructor(options: SmtpClientOptions<Receiver>) {
    this.#options = options;
    this.#host = options.host ?? '127.0.0.1';
    if (!isLoopback(this.#host)) {
      throw new SmtpClientError(
        'not-loopback',
        `SMTP client: ${this.#host} is not a loopback address; mail is never sent to another machine.`,
      );
    }
  }

  /** Connections open now. */
  get connections(): number {
    return [...this.#lines.values()].filter(isOpen).length;
  }

  /**
   * Hands over a message; resolves to one reply per recipient, in their order. A refusal at the greeting, at
   * MAIL or at DATA stands for all recipients not refused before, and so does a 421 at any recipient, since
   * it ends the session. Rejects with an SmtpClientError where there is no server or it breaks off without a
   * word.
   */
  deliver(delivery: Delivery<Receiver>): Promise<Reply[]> {
    const key = `${delivery.port} ${delivery.from}`;
    const line: Line = this.#lines.get(key) ?? { session: null, last: Promise.resolve() };
    this.#lines.set(key, line);
    const replies = line.last.then(() => this.#transact(line, delivery));
    line.last = replies.catch(() => {});
    return replies;
  }

  /** Ends the connections. */
  async close(): Promise<void> {
    const ended = [...this.#lines.values()].map(async ({ session }) => {
      if (session === null || session.socket.destroyed) return;
      const closed = once(session.socket, 'close');
      session.connection.close();
      await closed;
    });
    this.#lines.clear();
    await Promise.all(ended);
  }

  async #transact(line: Line, delivery: Delivery<Receiver>): Promise<Reply[]> {
    const { sender, recipients } = delivery.envelope;
    if (recipients.length === 0) {
      throw new SmtpClientError('bad-envelope', 'SMTP client: an envelope has no recipients; give it one.');
    }
    const reused = isOpen(line);
    if (!reused) {
      const refused = await this.#open(line, delivery);
      if (refused !== null) return recipients.map(() => this.#judge(delivery, refused));
    }
    const { connection, transcript } = line.session!;
    transcript.begin();
    const envelope = { from: sender === '' ? false as const : sender, to: [...recipients] };
    const error = await send(connection, envelope, delivery.message);
    const [mail, ...replies] = transcript.replies();
    const last = replies.at(-1) ?? mail;
    // Refused mail is an error with a reply, or none where the server hung up behind a 421.
    const brokeOff = error !== null && error.response === undefined && last?.code !== 421;
    if (mail === undefined || last === undefined || brokeOff) {
      connection.close();
      // The server closed it while it was idle: nothing was said yet, so nothing can happen twice.
      if (reused && mail === undefined) return this.#transact(line, delivery);
      throw new SmtpClientError(
        'session-broken',
        `SMTP client: the session with port ${delivery.port} broke off: ${error?.message ?? 'no reply'}.`,
      );
    }
    if (mail.code >= 400) return recipients.map(() => this.#judge(delivery, mail));
    // A transaction with no recipient left stays open at the server, and it would refuse the next MAIL.
    if (error?.code === 'EENVELOPE' && !connection.destroyed) await reset(connection);
    return recipients.map((_, index) => {
      const own = replies[index];
      return this.#judge(delivery, own !== undefined && own.code >= 400 ? own : last);
    });
  }

  /** Opens the line's connection; returns the reply where the receiver refuses it at the greeting. */
  async #open(line: Line, { port, from }: Delivery<Receiver>): Promise<WireReply | null> {
    const socket = connect({ host: this.#host, port });
    try {
      await once(socket, 'connect');
    } catch (error) {
      throw new SmtpClientError(
        'cannot-connect',
        `SMTP client: cannot connect to port ${port} of ${this.#host}: ${(error as Error).message}.`,
      );
    }
    const leave = this.#options.addresses.enter({ port: socket.localPort!, serverPort: port }, from);
    socket.once('close', leave);
    const connection = new SMTPConnection({
      connection: socket, name: this.#options.name ?? 'out.platform.test', ignoreTLS: true, logger: false,
    });
    const error = await new Promise<SMTPError | undefined>((resolve) => {
      connection.once('error', resolve);
      connection.connect(resolve);
    });
    // What goes wrong later is told to whoever is sending then.
    connection.on('error', () => {});
    if (error === undefined) {
      line.session = { connection, socket, transcript: new Transcript(socket) };
      return null;
    }
    connection.close();
    if (error.response !== undefined) return readReply(error.response);
    const why = `SMTP client: port ${port} gave no greeting: ${error.message}.`;
    throw new SmtpClientError('session-broken', why);
  }

  #judge({ receiver }: Delivery<Receiver>, { code, enhanced, text }: WireReply): Reply {
    return { code, enhanced, text, class: this.#options.classify(receiver, code, enhanced, text) };
  }
}

const isOpen = ({ session }: Line): boolean => session !== null && !session.connection.destroyed;

/** Null where the message was taken. What was said is in the transcript. */
const send = (connection: SMTPConnection, envelope: SMTPEnvelope, message: Buffer) =>
  new Promise<SMTPError | null>((resolve) => connection.send(envelope, message, (error) => resolve(error)));

/** Ends the transaction, or the connection where the server will not. */
const reset = (connection: SMTPConnection): Promise<void> =>
  new Promise((resolve) => {
    connection.once('end', resolve);
    connection.reset((error) => {
      connection.off('end', resolve);
      if (error !== null) connection.close();
      resolve();
    });
  });
