// A bare DNS asker for tests: one packet out, one packet back, over UDP or TCP.

import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect } from 'node:net';
import packet, { type Answer, type DecodedPacket } from 'dns-packet';

type More = { readonly id?: number; readonly additionals?: Answer[] };

export const query = (name: string, type: string, more: More = {}): Buffer =>
  packet.encode({
    type: 'query', id: more.id ?? 7, flags: packet.RECURSION_DESIRED,
    questions: [{ name, type: type as 'A' }], additionals: more.additionals ?? [],
  });

export const rcode = (reply: DecodedPacket): number => (reply.flags ?? 0) & 0xf;

/** The reply's bytes. */
export const overUdp = async (port: number, bytes: Buffer): Promise<Buffer> => {
  const udp = createSocket('udp4');
  udp.send(bytes, port, '127.0.0.1');
  const [reply] = (await once(udp, 'message')) as [Buffer];
  udp.close();
  return reply;
};

export const askUdp = async (port: number, name: string, type: string): Promise<DecodedPacket> =>
  packet.decode(await overUdp(port, query(name, type)));

export const framed = (bytes: Buffer): Buffer => {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(bytes.length);
  return Buffer.concat([length, bytes]);
};

/** Writes pieces one after another, each in a segment of its own, and reads so many replies. */
export const overTcp = async (port: number, pieces: readonly Buffer[], replies: number) => {
  const socket = connect({ host: '127.0.0.1', port, noDelay: true });
  await once(socket, 'connect');
  for (const piece of pieces) await new Promise((sent) => socket.write(piece, sent));
  const heard: DecodedPacket[] = [];
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= 2 && rest.length >= 2 + rest.readUInt16BE(0)) {
      heard.push(packet.decode(rest.subarray(2, 2 + rest.readUInt16BE(0))));
      rest = rest.subarray(2 + rest.readUInt16BE(0));
    }
    if (heard.length >= replies) break;
  }
  return heard;
};
