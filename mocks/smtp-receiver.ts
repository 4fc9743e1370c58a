// An SMTP receiver on loopback: real connections, real replies, and a behaviour that decides every phase. It
// knows the wire and nothing of the world; who a peer stands for and what to answer is the behaviour's
// affair.

import type { AddressInfo, Socket } from 'node:net';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import type { Reply } from '../policy/index.ts';
import { cannotListen, demandLoopback } from './loopback.ts';
import { PromptConnection } from './prompt-connection.ts';

/** The other end of one connection. The same record is passed for as long as the connection lives. */
export interface Peer {
  /** Loopback address and port it connects from. */
  readonly address: string;
  readonly port: number;
  /** The port it connected to: two connections to different servers may share their own port. */
  readonly serverPort: number;
  /** The name of its HELO or EHLO, lower case; empty before that. */
  readonly helo: string;
}

/**
 * A message received in full. Its recipients are the accepted ones, in order, repeated ones as often as
 * repeated.
 */
export interface ReceivedMessage {
  readonly sender: string;
  readonly recipients: readonly string[];
  /** Headers and body as handed over, dots unstuffed. */
  readonly content: Buffer;
}

/** Null accepts. A 2yz reply accepts too, but its text is sent only for `data`. */
export type Answer = Reply | null | Promise<Reply | null>;

/**
 * What a receiver answers, phase by phase. `connect` is asked once for each attempt: at the greeting for the
 * first message of a connection, at MAIL for each message after it. A 421 closes the connection in any phase.
 */
export interface ReceiverBehaviour {
  connect(peer: Peer): Answer;
  mail(peer: Peer, sender: string): Answer;
  recipient(peer: Peer, address: string): Answer;
  data(peer: Peer, message: ReceivedMessage): Reply | Promise<Reply>;
}

export type ReceiverPhase = keyof ReceiverBehaviour;

export interface SmtpReceiverOptions {
  /** The name in its greeting. */
  readonly name: string;
  readonly behaviour: ReceiverBehaviour;
  /** A literal loopback address. */
  readonly host?: string;
  /** 0 lets the system choose. */
  readonly port?: number;
  /** Largest message in bytes, advertised by SIZE and held to. */
  readonly largest?: number;
  /** Hears of a behaviour that threw; the peer is told 451 and the server lives on. */
  readonly onError?: (error: unknown, phase: ReceiverPhase) => void;
}

export interface SmtpReceiver {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Connections open now. */
  readonly connections: number;
  /** Stops listening and cuts the connections. */
  close(): Promise<void>;
}

/** What a connection is in the middle of. */
interface Conversation {
  readonly peer: { address: string; port: number; serverPort: number; helo: string };
  /** Whether the connect phase was asked for the message to come. */
  connected: boolean;
  recipients: string[];
}

/** 25 MB: what large providers take; none of ours sends more. */
const defaultLargest = 25 * 1024 * 1024;

/**
 * An idle server should wait 5 minutes or more (RFC 5321, 4.5.3.2.7); a slow run leaves receivers idle for
 * long.
 */
const idleMs = 600_000;

/**
 * Starts a receiver. Rejects with a MockServerError where the host is not loopback or the port cannot be had.
 */
export const startSmtpReceiver = async (options: SmtpReceiverOptions): Promise<SmtpReceiver> => {
  const { name, behaviour, host = '127.0.0.1', port = 0, largest = defaultLargest, onError } = options;
  const who = `receiver ${name}`;
  demandLoopback(who, host);

  const conversations = new WeakMap<SMTPServerSession, Conversation>();
  const conversationOf = (session: SMTPServerSession): Conversation => {
    let known = conversations.get(session);
    if (known === undefined) {
      const { remoteAddress: address, remotePort, localPort: serverPort } = session;
      known = { peer: { address, port: remotePort, serverPort, helo: '' }, connected: false, recipients: [] };
      conversations.set(session, known);
    }
    // Typed as text, but false until the peer has said its name.
    known.peer.helo = session.hostNameAppearsAs || '';
    return known;
  };

  /** Asks the behaviour, and makes a 451 of whatever it throws. */
  const hear = async <Said extends Reply | null>(phase: ReceiverPhase, ask: () => Said | Promise<Said>) => {
    try {
      return await ask();
    } catch (error) {
      onError?.(error, phase);
      return broken;
    }
  };

  const server = new PromptServer({
    name,
    disableReverseLookup: true,
    // Nothing here needs them, and an advertised AUTH would cut off peers that do not log in.
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: largest,
    rejectOversized: true,
    socketTimeout: idleMs,
    logger: false,

    onConnect(session, callback) {
      const conversation = conversationOf(session);
      void hear('connect', () => behaviour.connect(conversation.peer)).then((reply) => {
        conversation.connected = true;
        callback(refusal(reply));
      });
    },
    onMailFrom({ address: sender }, session, callback) {
      const conversation = conversationOf(session);
      const { peer, connected } = conversation;
      conversation.connected = false;
      conversation.recipients = [];
      const asked = connected ? Promise.resolve(null) : hear('connect', () => behaviour.connect(peer));
      void asked
        .then((reply) => (refuses(reply) ? reply : hear('mail', () => behaviour.mail(peer, sender))))
        .then((reply) => callback(refusal(reply)));
    },
    onRcptTo({ address }, session, callback) {
      const conversation = conversationOf(session);
      void hear('recipient', () => behaviour.recipient(conversation.peer, address)).then((reply) => {
        if (!refuses(reply)) conversation.recipients.push(address);
        callback(refusal(reply));
      });
    },
    onData(stream, session, callback) {
      const { peer, recipients } = conversationOf(session);
      const sender = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
      void readAll(stream).then(async (content) => {
        // Cut off in the middle, or too large: nothing was received, so nothing is decided.
        if (content === null || stream.sizeExceeded) return callback();
        const reply = await hear('data', () => behaviour.data(peer, { sender, recipients, content }));
        if (refuses(reply)) callback(refusal(reply));
        else callback(null, spoken(reply));
      });
    },
  });
  // Peers that vanish or talk nonsense are no concern of ours; a failure to listen is heard below.
  server.on('error', () => {});

  const sockets = new Set<Socket>();
  server.server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve, reject) => {
    const failed = (error: Error) => reject(cannotListen(who, host, port, error));
    server.server.once('error', failed);
    // A backlog for the thousand connections that a load test opens at once.
    server.listen({ host, port, backlog: 1024 }, () => {
      server.server.off('error', failed);
      resolve();
    });
  });

  return {
    name,
    host,
    port: (server.server.address() as AddressInfo).port,
    get connections() {
      return sockets.size;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
};

/** An SMTP server whose connections greet at once. */
class PromptServer extends SMTPServer {
  override connect(...[socket, details]: Parameters<SMTPServer['connect']>): void {
    const connection = new PromptConnection(this, socket, details);
    this.connections.add(connection);
    connection.on('error', (error) => this._onError(error));
    connection.on('connect', (data) => this._onClientConnect(data));
    connection.init();
  }
}

const broken: Reply = {
  code: 451, enhanced: '4.3.0', text: 'local error in processing', class: 'transient',
};

const refuses = (reply: Reply | null): reply is Reply => reply !== null && reply.code >= 400;

/**
 * The error by which smtp-server sends a refusal: its code, and its text with the one enhanced code in front.
 */
const refusal = (reply: Reply | null): Error | null =>
  refuses(reply) ? Object.assign(new Error(spoken(reply)), { responseCode: reply.code }) : null;

/**
 * A reply's text as it goes out. smtp-server adds an enhanced code of its own only where it is told to
 * advertise ENHANCEDSTATUSCODES, which we leave off, so that the code sent is ours; a text that already
 * begins with it keeps one.
 */
const spoken = ({ enhanced, text }: Reply): string =>
  enhanced === '' ? text
  : text
      .split('\n')
      .map((line) => (`${line} `.startsWith(`${enhanced} `) ? line : `${enhanced} ${line}`.trimEnd()))
      .join('\n');

/** The whole message, or null where the peer left in the middle of it. */
const readAll = (stream: SMTPServerDataStream): Promise<Buffer | null> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    stream.on('data', (chunk: Buffer) => {
      // What is over the limit is read, for the protocol's sake, and dropped.
      if (stream.sizeExceeded) chunks.length = 0;
      else chunks.push(chunk);
    });
    stream.once('end', () => resolve(Buffer.concat(chunks)));
    stream.once('error', () => resolve(null));
  });
