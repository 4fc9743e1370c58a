// What a server on the open net has to bear: garbage, half-open connections, peers that break off, packets
// that are none. Each strike is over within seconds, and says its kind.

import { createSocket } from 'node:dgram';
import { connect, type Socket } from 'node:net';
import type { Chance } from './chance.ts';
import type { Figures } from './figures.ts';
import { pause } from './load.ts';

export interface FloodOptions {
  /** Any number of each, 1 or more. */
  readonly smtp: readonly number[];
  readonly dns: readonly number[];
  readonly figures: Figures;
  readonly chance: Chance;
  /** Between two strikes, in milliseconds. */
  readonly everyMs: number;
  readonly stop: AbortSignal;
}

type Strike = (options: FloodOptions) => Promise<void>;

/** Strikes until it is stopped; what it opened is closed then. */
export const floodOn = async (options: FloodOptions): Promise<void> => {
  const { chance, everyMs, figures, stop } = options;
  while (!stop.aborted) {
    const kind = chance.oneOf(Object.keys(strikes));
    figures.fault(`flood: ${kind}`);
    await strikes[kind]!(options);
    await pause(chance.around(everyMs), stop);
  }
};

const word = [
  'EHLO', 'MAIL FROM:<', 'RCPT TO:<', 'DATA\r\n', 'RSET', 'STARTTLS', 'XCLIENT ADDR=', '>', '\r\n', '\n',
  '\0', ' ', '.\r\n', 'SIZE=', 'BDAT 99999999', 'AUTH PLAIN ',
];

const strikes: Readonly<Record<string, Strike>> = {
  'garbage at a receiver': (options) => speak(options, (socket, chance) => {
    for (let part = 0; part < 30; part += 1) {
      socket.write(chance.is(0.6) ? chance.oneOf(word) : chance.bytes(1 + chance.below(200)));
    }
  }),
  'half-open connections': async (options) => {
    await Promise.all(Array.from({ length: 20 }, () => speak(options, () => undefined, 1_500)));
  },
  'a command line without end': (options) =>
    speak(options, (socket) => void socket.write('NOOP '.padEnd(200_000, 'x'))),
  'broken off in the middle of DATA': (options) => speak(options, (socket) => {
    socket.write('EHLO x\r\nMAIL FROM:<x@t0.test>\r\nRCPT TO:<y@plain.test>\r\nDATA\r\n');
    socket.write('X-Soak: 999999999\r\n\r\nhalf of it');
  }),
  'a handshake that is none': (options) => speak(options, (socket, chance) => {
    socket.write('EHLO x\r\nSTARTTLS\r\n');
    socket.write(chance.bytes(300));
  }),
  'malformed packets': async ({ chance, dns }) => {
    const udp = createSocket('udp4');
    udp.on('error', () => {});
    const port = chance.oneOf(dns);
    const packets = Array.from({ length: 60 }, () => packetOf(chance));
    await Promise.all(packets.map((bytes) =>
      new Promise<void>((sent) => udp.send(bytes, port, '127.0.0.1', () => sent()))));
    udp.close();
  },
  'a length without end over TCP': ({ chance, dns, ...options }) =>
    speak({ ...options, chance, dns, smtp: dns }, (socket) => {
      socket.write(Buffer.concat([Buffer.from([0xff, 0xff]), chance.bytes(40)]));
    }, 1_000),
};

/** Nothing, or a question whose header is right and the rest is not. */
const packetOf = (chance: Chance): Buffer => {
  if (chance.is(0.4)) return chance.bytes(chance.below(80));
  const header = Buffer.from([chance.below(256), chance.below(256), 1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
  return Buffer.concat([header, chance.bytes(chance.below(60))]);
};

/** Connects, has its say, and is gone soon after. */
const speak = (
  { chance, smtp, stop }: FloodOptions, say: (socket: Socket, chance: Chance) => void, lingersMs = 200,
): Promise<void> => new Promise((done) => {
  const socket = connect(chance.oneOf(smtp), '127.0.0.1');
  const end = (): void => void socket.destroy();
  socket.on('error', () => {});
  socket.resume();
  socket.once('connect', () => say(socket, chance));
  const timer = setTimeout(end, lingersMs);
  stop.addEventListener('abort', end);
  socket.once('close', () => {
    clearTimeout(timer);
    stop.removeEventListener('abort', end);
    done();
  });
});
