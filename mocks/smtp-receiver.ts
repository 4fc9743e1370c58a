// An SMTP receiver on loopback: real connections, real replies, and a behaviour that decides every phase. It
// knows the wire and nothing of the world; who a peer stands for and what to answer is the behaviour's
// affair.

import type { AddressInfo, Socket } from 'node:net';
import {
  SMTPServer, type SMTPServerDataStream, type SMTPServerOptions, type SMTPServerSession,
} from 'smtp-server';
import type { Reply } from '../policy/index.ts';
import { cannotListen, demandLoopback } from './loopback.ts';
import { ownCertificate } from './own-certificate.ts';
import { PromptConnection } from './prompt-connection.ts';
import type { ReceiverBehaviour, ReceiverPhase } from './receiver-behaviour.ts';
import { broken, refusal, refuses, spoken } from './receiver-replies.ts';

export interface SmtpReceiverOptions {
  /** The name in its greeting. */
  readonly name: string;
  readonly behaviour: ReceiverBehaviour;
  /** A literal loopback address. */
  readonly host?: string;
  /** 0 lets the system choose. */
  readonly port?: number;
  /** Largest message in bytes, advertised by SIZE and held to, at MAIL where the peer says its size. */
  readonly largest?: number;
  /** Offers STARTTLS, with a certificate made for the purpose. */
  readonly starttls?: boolean;
  /** Lets peers say which address they stand for (Postfix' XCLIENT); the connect phase is asked anew. */
  readonly xclient?: boolean;
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
  const { name, host = '127.0.0.1', port = 0 } = options;
  const who = `receiver ${name}`;
  demandLoopback(who, host);
  const server = new PromptServer(serverOptions(options));
  // Peers that vanish or talk nonsense are no concern of ours; a failure to listen is heard below.
  server.on('error', () => {});

  const sockets = new Set<Socket>();
  // STARTTLS takes a socket's listeners away, ours among them: those that have closed since are looked for.
  const open = (): Set<Socket> => {
    for (const socket of sockets) if (socket.destroyed) sockets.delete(socket);
    return sockets;
  };
  server.server.on('connection', (socket) => open().add(socket));
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
      return open().size;
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

/** What smtp-server is told: its settings, and the behaviour behind each of its callbacks. */
const serverOptions = (options: SmtpReceiverOptions): SMTPServerOptions => {
  const { name, behaviour, largest = defaultLargest, starttls = false, xclient = false, onError } = options;
  const conversations = new WeakMap<SMTPServerSession, Conversation>();

  const conversationOf = (session: SMTPServerSession): Conversation => {
    let known = conversations.get(session);
    const { remoteAddress: address } = session;
    if (known === undefined) {
      const { remotePort, localPort: serverPort } = session;
      known = { peer: { address, port: remotePort, serverPort, helo: '' }, connected: false, recipients: [] };
      conversations.set(session, known);
    }
    const { peer } = known;
    if (peer.address !== address) {
      peer.address = address;
      known.connected = false;
    }
    // Typed as text, but false until the peer has said its name.
    peer.helo = session.hostNameAppearsAs || '';
    return known;
  };

  /** Asks the behaviour, at once where it answers at once; whatever it throws is a 451 to the peer. */
  const hear = <Said extends Reply | null>(
    phase: ReceiverPhase, ask: () => Said | Promise<Said>, then: (said: Said | Reply) => void,
  ): void => {
    const fail = (error: unknown): void => {
      onError?.(error, phase);
      then(broken);
    };
    let said: Said | Promise<Said>;
    try {
      said = ask();
    } catch (error) {
      return fail(error);
    }
    if (said instanceof Promise) said.then(then, fail);
    else then(said);
  };

  return {
    name,
    disableReverseLookup: true,
    // Nobody logs in here, and an advertised AUTH would cut off peers that do not.
    disabledCommands: starttls ? ['AUTH'] : ['AUTH', 'STARTTLS'],
    ...(starttls ? ownCertificate(name) : {}),
    useXClient: xclient,
    size: largest,
    rejectOversized: true,
    socketTimeout: idleMs,
    logger: false,

    onConnect(session, callback) {
      const conversation = conversationOf(session);
      hear<Reply | null>('connect', () => behaviour.connect(conversation.peer), (reply) => {
        conversation.connected = true;
        callback(refusal(reply));
      });
    },
    onMailFrom({ address: sender }, session, callback) {
      const conversation = conversationOf(session);
      const { peer, connected } = conversation;
      conversation.connected = false;
      conversation.recipients = [];
      // Never at once: the library loses its place where a whole pipelined message is answered in one go.
      const answer = (reply: Reply | null): void => queueMicrotask(() => callback(refusal(reply)));
      const mail = (): void => hear<Reply | null>('mail', () => behaviour.mail(peer, sender), answer);
      if (connected) return mail();
      hear<Reply | null>('connect', () => behaviour.connect(peer), (reply) => {
        if (refuses(reply)) answer(reply);
        else mail();
      });
    },
    onRcptTo({ address }, session, callback) {
      const conversation = conversationOf(session);
      hear<Reply | null>('recipient', () => behaviour.recipient(conversation.peer, address), (reply) => {
        if (!refuses(reply)) conversation.recipients.push(address);
        callback(refusal(reply));
      });
    },
    onData(stream, session, callback) {
      const { peer, recipients } = conversationOf(session);
      const sender = session.envelope.mailFrom === false ? '' : session.envelope.mailFrom.address;
      readAll(stream, (content) => {
        // Cut off in the middle, or too large: nothing was received, so nothing is decided.
        if (content === null || stream.sizeExceeded) return callback();
        hear('data', () => behaviour.data(peer, { sender, recipients, content }), (reply) => {
          if (refuses(reply)) callback(refusal(reply));
          else callback(null, spoken(reply));
        });
      });
    },
    onClose(session) {
      const known = conversations.get(session);
      if (known !== undefined) behaviour.left?.(known.peer);
    },
  };
};

/** The whole message, or null where the peer left in the middle of it. */
const readAll = (stream: SMTPServerDataStream, then: (content: Buffer | null) => void): void => {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => {
    // What is over the limit is read, for the protocol's sake, and dropped.
    if (stream.sizeExceeded) chunks.length = 0;
    else chunks.push(chunk);
  });
  stream.once('end', () => then(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
  stream.once('error', () => then(null));
};
