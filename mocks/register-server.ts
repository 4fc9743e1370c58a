// DNSBL registers on loopback: one server, UDP and TCP on the same port, for any number of zones under
// `rbl.test`. It answers from a lookup per zone and never asks anyone else.

import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer, isIPv6, type Server, type Socket } from 'node:net';
import { pipeline } from 'node:stream/promises';
import { cannotListen, demandLoopback, MockServerError } from './loopback.ts';
import {
  answerQuery, type Listeners, type NamedZone, namedZone, type RegisterZone,
} from './register-answers.ts';

export interface RegisterServerOptions extends Listeners {
  readonly zones: readonly RegisterZone[];
  /** A literal loopback address. */
  readonly host?: string;
  /** 0 lets the system choose. */
  readonly port?: number;
}

export interface RegisterServer {
  readonly host: string;
  /** The same for UDP and TCP. */
  readonly port: number;
  close(): Promise<void>;
}

const who = 'register server';

/** A TCP asker that is silent this long is cut off (RFC 7766, 6.2.3, leaves the figure to the server). */
const idleMs = 30_000;

/** Free TCP ports tried for one that is free for UDP as well. */
const mostPortTries = 20;

const zonePattern = /^[a-z0-9-]+(\.[a-z0-9-]+)*\.rbl\.test$/;

/**
 * Starts the server. Rejects with a MockServerError where the host is not loopback (`not-loopback`), a zone
 * does not end in `.rbl.test` or comes twice (`bad-zone`), or the port cannot be had (`port-busy`,
 * `cannot-listen`).
 */
export const startRegisterServer = async (options: RegisterServerOptions): Promise<RegisterServer> => {
  const { host = '127.0.0.1', port = 0 } = options;
  demandLoopback(who, host);
  const zones: NamedZone[] = [];
  for (const zone of options.zones) {
    if (!zonePattern.test(zone.zone)) {
      throw new MockServerError(
        'bad-zone',
        `${who}: the zone "${zone.zone}" does not end in .rbl.test, lower case. Name it <register>.rbl.test.`,
      );
    }
    if (zones.some((other) => other.zone.zone === zone.zone)) {
      throw new MockServerError('bad-zone', `${who}: the zone "${zone.zone}" is given twice. Drop one.`);
    }
    zones.push(namedZone(zone));
  }

  const sockets = new Set<Socket>();
  const tcp = () =>
    createServer((socket) => {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      socket.setTimeout(idleMs, () => socket.destroy());
      // An asker that breaks off is no concern of ours.
      pipeline(socket, (source) => replies(source, zones, options), socket).catch(() => {});
    });
  const { server, udp } = await listenOnBoth(tcp, host, port);
  let open = true;
  const send = (reply: Buffer | null, { port: to, address }: RemoteInfo): void => {
    if (reply !== null && open) udp.send(reply, to, address);
  };
  udp.on('message', (query, asker) => {
    const reply = answerQuery(query, 'udp', zones, options);
    if (reply instanceof Promise) void reply.then((later) => send(later, asker));
    else send(reply, asker);
  });
  // A reply to an asker that has gone comes back as an error on some systems.
  udp.on('error', () => {});
  server.on('error', () => {});

  return {
    host,
    port: udp.address().port,
    close: async () => {
      if (!open) return;
      open = false;
      for (const socket of sockets) socket.destroy();
      const closed = [once(server, 'close'), once(udp, 'close')];
      server.close();
      udp.close();
      await Promise.all(closed);
    },
  };
};

/**
 * The replies on one TCP connection, in the order of its queries; each is preceded by its length (RFC 1035,
 * 4.2.2).
 */
async function* replies(
  source: AsyncIterable<Buffer>,
  zones: readonly NamedZone[],
  listeners: Listeners,
): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of source) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 2) {
      const end = 2 + rest.readUInt16BE(0);
      if (rest.length < end) break;
      const reply = await answerQuery(rest.subarray(2, end), 'tcp', zones, listeners);
      rest = rest.subarray(end);
      if (reply === null) continue;
      const framed = Buffer.alloc(2 + reply.length);
      framed.writeUInt16BE(reply.length, 0);
      reply.copy(framed, 2);
      yield framed;
    }
  }
}

/** Listens on TCP, then on the same port of UDP; looks for another pair where the port is ours to choose. */
const listenOnBoth = async (tcp: () => Server, host: string, port: number) => {
  for (let tries = 1; ; tries += 1) {
    const server = tcp();
    const family = isIPv6(host) ? 6 : 4;
    // Askers are known by their addresses: a question to the resolver about each would cost a third.
    const udp = createSocket({
      type: `udp${family}`,
      lookup: (address, _options, done) => done(null, address, family),
    });
    try {
      await Promise.all([once(server, 'listening'), server.listen(port, host)]);
      const found = (server.address() as AddressInfo).port;
      await bind(udp, found, host);
      return { server, udp };
    } catch (error) {
      server.close();
      udp.close();
      const busy = (error as NodeJS.ErrnoException).code === 'EADDRINUSE';
      if (!busy || port !== 0 || tries === mostPortTries) {
        throw cannotListen(who, host, port, error as NodeJS.ErrnoException);
      }
    }
  }
};

const bind = async (udp: UdpSocket, port: number, host: string): Promise<void> => {
  const bound = once(udp, 'listening');
  udp.bind(port, host);
  await bound;
};
