// Asks DNSBLs on loopback: over UDP by one socket, again where a packet is lost, and over TCP where a reply
// is marked as truncated. Ids, server and question of each reply are checked.

import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { connect, isIPv6 } from 'node:net';
import packet, { type Answer, type DecodedPacket } from 'dns-packet';
import { isLoopback, zoneName } from '../mocks/index.ts';
import type { ZoneAnswer } from '../sim/index.ts';

export type DnsClientProblem = 'not-loopback' | 'timeout' | 'refused' | 'bad-reply' | 'closed';

/** Why a register did not answer. That an address is not listed is an answer, never an error. */
export class DnsClientError extends Error {
  override readonly name = 'DnsClientError';
  readonly code: DnsClientProblem;

  constructor(code: DnsClientProblem, message: string) {
    super(message);
    this.code = code;
  }
}

export interface DnsClientOptions {
  /** A literal loopback address. */
  readonly host?: string;
  /** Milliseconds until a try is given up. */
  readonly timeoutMs?: number;
  /** Tries over UDP, 1 or more. */
  readonly tries?: number;
  /** Asks the server to find out elsewhere: for a resolver of this machine. */
  readonly recursion?: boolean;
}

interface Pending {
  readonly port: number;
  readonly name: string;
  readonly type: string;
  resolve(reply: DecodedPacket): void;
  giveUp(): void;
}

type RecordType = 'A' | 'TXT';

export class DnsClient {
  readonly #host: string;
  readonly #timeoutMs: number;
  readonly #tries: number;
  readonly #flags: number;
  readonly #pending = new Map<number, Pending>();
  readonly #udp: UdpSocket;
  #id = 0;
  #open = true;

  /** Throws a DnsClientError (`not-loopback`) for any host that is not a literal loopback address. */
  constructor(options: DnsClientOptions = {}) {
    const { host = '127.0.0.1', recursion = false, timeoutMs = 2_000, tries = 3 } = options;
    if (!isLoopback(host)) {
      throw new DnsClientError(
        'not-loopback', `DNS client: ${host} is not a loopback address; real registers are never asked.`,
      );
    }
    this.#host = host;
    this.#timeoutMs = timeoutMs;
    this.#tries = tries;
    this.#flags = recursion ? packet.RECURSION_DESIRED : 0;
    this.#udp = createSocket(isIPv6(host) ? 'udp6' : 'udp4');
    this.#udp.on('message', (bytes, sender) => this.#hear(bytes, sender));
    // A closed port shows as an error on some systems; the timeout says it better.
    this.#udp.on('error', () => {});
    // Answers are taken from this machine alone.
    this.#udp.bind(0, host);
  }

  /**
   * What a zone says of an address: A records, and the TXT where there are any. Rejects with a DnsClientError
   * where the server stays silent (`timeout`), will not answer (`refused`) or answers nonsense (`bad-reply`).
   */
  async lookup(port: number, zone: string, address: string): Promise<ZoneAnswer> {
    const name = zoneName(address, zone);
    const reply = await this.#ask(port, name, 'A');
    const codes = (reply.answers ?? []).flatMap((record) => (record.type === 'A' ? [record] : []));
    if (codes.length === 0) return { codes: [], txt: '', ttlS: negativeTtlS(reply, name), failure: 'none' };
    const text = await this.#ask(port, name, 'TXT');
    const txt = (text.answers ?? []).flatMap((record) => (record.type === 'TXT' ? [record.data].flat() : []));
    return {
      codes: codes.map((record) => record.data),
      txt: Buffer.concat(txt.map((part) => Buffer.from(part))).toString(),
      ttlS: Math.min(...codes.map((record) => record.ttl ?? 0)),
      failure: 'none',
    };
  }

  /**
   * The same, where a register that does not answer is one more thing to be told of it: `failure` says how it
   * fails. What else goes wrong still rejects.
   */
  async consult(port: number, zone: string, address: string): Promise<ZoneAnswer> {
    try {
      return await this.lookup(port, zone, address);
    } catch (error) {
      const failure = error instanceof DnsClientError ? error.code : null;
      if (failure !== 'timeout' && failure !== 'refused') throw error;
      return { codes: [], txt: '', ttlS: 0, failure };
    }
  }

  /**
   * Gives up the question of this query at once, as if it had waited in vain: for whoever knows that the
   * server has swallowed it. A query that is not ours, or was answered, is nothing.
   */
  giveUp(query: Buffer): void {
    const asked = decode(query);
    const pending = this.#pending.get(asked?.id ?? -1);
    const [question] = asked?.questions ?? [];
    if (pending?.name === question?.name && pending?.type === question?.type) pending?.giveUp();
  }

  async close(): Promise<void> {
    if (!this.#open) return;
    this.#open = false;
    await new Promise<void>((resolve) => this.#udp.close(() => resolve()));
  }

  async #ask(port: number, name: string, type: RecordType): Promise<DecodedPacket> {
    let reply = await this.#askUdp(port, name, type);
    if (reply.flag_tc) reply = await this.#askTcp(port, name, type);
    const rcode = (reply.flags ?? 0) & 0xf;
    if (rcode === 0 || rcode === 3) return reply;
    throw new DnsClientError('refused', `DNS client: ${name} ${type}: response code ${rcode}.`);
  }

  async #askUdp(port: number, name: string, type: RecordType): Promise<DecodedPacket> {
    if (!this.#open) throw new DnsClientError('closed', `DNS client: ${name} was asked after it was closed.`);
    const id = this.#nextId();
    const query = packet.encode({ type: 'query', id, flags: this.#flags, questions: [{ name, type }] });
    let timer: NodeJS.Timeout | undefined;
    try {
      return await new Promise<DecodedPacket>((resolve, reject) => {
        const silent = (how: string): void => {
          const what = `DNS client: ${name} ${type}: no answer from port ${port}${how}.`;
          reject(new DnsClientError('timeout', what));
        };
        this.#pending.set(id, { port, name, type, resolve, giveUp: () => silent(', and none to come') });
        let tries = 0;
        const send = () => {
          if (tries === this.#tries || !this.#open) {
            return silent(` in ${tries * this.#timeoutMs} ms, ${tries} tries`);
          }
          tries += 1;
          this.#udp.send(query, port, this.#host);
          timer = setTimeout(send, this.#timeoutMs);
        };
        send();
      });
    } finally {
      clearTimeout(timer);
      this.#pending.delete(id);
    }
  }

  #askTcp(port: number, name: string, type: RecordType): Promise<DecodedPacket> {
    const id = this.#nextId();
    return new Promise((resolve, reject) => {
      const fail = (code: DnsClientProblem, why: string) => {
        socket.destroy();
        reject(new DnsClientError(code, `DNS client: ${name} ${type}, over TCP: ${why}.`));
      };
      const socket = connect({ host: this.#host, port });
      const waits = this.#timeoutMs;
      socket.setTimeout(waits, () => fail('timeout', `no answer from port ${port} in ${waits} ms`));
      socket.on('error', (error) => fail('timeout', error.message));
      socket.on('end', () => fail('bad-reply', 'the server broke off'));
      let heard: Buffer = Buffer.alloc(0);
      socket.on('data', (chunk) => {
        heard = Buffer.concat([heard, chunk]);
        if (heard.length < 2 || heard.length < 2 + heard.readUInt16BE(0)) return;
        const reply = decode(heard.subarray(2, 2 + heard.readUInt16BE(0)));
        if (reply !== null && answers(reply, id, { name, type })) resolve(reply);
        else fail('bad-reply', 'the reply is not to our question');
        socket.destroy();
      });
      const questions = [{ name, type }];
      socket.write(packet.streamEncode({ type: 'query', id, flags: this.#flags, questions }));
    });
  }

  /** Takes a packet in. What is not an answer to a pending question, from where it was asked, is dropped. */
  #hear(bytes: Buffer, sender: RemoteInfo): void {
    const reply = decode(bytes);
    if (reply === null) return;
    const asked = this.#pending.get(reply.id ?? -1);
    if (asked === undefined || asked.port !== sender.port || !answers(reply, reply.id!, asked)) return;
    asked.resolve(reply);
  }

  #nextId(): number {
    do this.#id = (this.#id + 1) % 65_536;
    while (this.#pending.has(this.#id));
    return this.#id;
  }
}

const decode = (bytes: Buffer): DecodedPacket | null => {
  try {
    return packet.decode(bytes);
  } catch {
    return null;
  }
};

const answers = (reply: DecodedPacket, id: number, asked: Pick<Pending, 'name' | 'type'>): boolean => {
  const [question] = reply.questions ?? [];
  return reply.flag_qr && reply.id === id && question?.name === asked.name && question.type === asked.type;
};

/** How long to believe that there is nothing: the smaller of the SOA's TTL and its minimum (RFC 2308, 5). */
const negativeTtlS = (reply: DecodedPacket, name: string): number => {
  for (const record of reply.authorities ?? ([] as Answer[])) {
    if (record.type === 'SOA') return Math.min(record.ttl ?? 0, record.data.minimum ?? 0);
  }
  throw new DnsClientError('bad-reply', `DNS client: ${name}: a negative answer without a SOA.`);
};
