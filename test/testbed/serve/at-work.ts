// A served policy under test: in virtual time, with a client that speaks as Postfix does, and all that was
// logged and told at hand.

import { connect, type Socket } from 'node:net';
import { Writable } from 'node:stream';
import { type Policy } from '../../../policy/index.ts';
import { type Action, readAction } from '../../../testbed/delegation/action.ts';
import { AttributeReader } from '../../../testbed/delegation/attribute-reader.ts';
import { type RequestValues, writeRequest } from '../../../testbed/delegation/attributes.ts';
import type { Place } from '../../../testbed/serve/door.ts';
import { serve, type ServeOptions, type Served } from '../../../testbed/serve/serve.ts';
import { epochFor } from '../../../testbed/serve/steady-clock.ts';
import type { VerdictLine } from '../../../testbed/serve/verdict-log.ts';

/** A Monday, 00:00 UTC, so that policy time is what the test says. */
export const epoch = epochFor(Date.UTC(2026, 0, 7));

/** Time as the test sets it. */
export class TestTime {
  at = 0;
  wall = (): number => epoch + this.at;
  steady = (): number => this.at;
}

export type LoggedLine = Omit<VerdictLine, 'action'> & { readonly action?: string };

export interface AtWork {
  readonly served: Served;
  readonly time: TestTime;
  /** Where it listens first. */
  readonly place: Place;
  /** The verdicts so far. */
  readonly lines: LoggedLine[];
  /** What it had to say. */
  readonly told: string[];
}

type Changes = Partial<Omit<ServeOptions, 'service' | 'policy' | 'time'>> & {
  readonly time?: TestTime;
  readonly service?: Partial<ServeOptions['service']>;
};

export const atWork = async (policy: Policy, changes: Changes = {}): Promise<AtWork> => {
  const time = changes.time ?? new TestTime();
  const lines: LoggedLine[] = [];
  const told: string[] = [];
  const out = new Writable({
    write(chunk: Buffer, _encoding, done) {
      for (const line of chunk.toString().trimEnd().split('\n')) lines.push(JSON.parse(line) as LoggedLine);
      done();
    },
  });
  const { service, ...others } = changes;
  const served = await serve({
    policy, out, time, secret: 'test', tell: (text) => told.push(text),
    listen: [{ kind: 'tcp', host: '127.0.0.1', port: 0 }],
    tenantOf: (login) => login.slice(login.lastIndexOf('@') + 1),
    sync: 'never', compactAt: Infinity, timeOutMs: 10_000, mostConnections: 1_000, socketMode: 0o600,
    ...others,
    service: {
      onFault: 'pass', anonymous: () => undefined, pool: 'shared', pools: new Map(), mark: '', ...service,
    },
  });
  return { served, time, place: served.places[0]!, lines, told };
};

/** A mail system's side of a connection: what it writes is answered in order. */
export class Asker {
  readonly socket: Socket;
  readonly #reader = new AttributeReader();
  readonly #waiting: ((action: Action) => void)[] = [];
  readonly #opened: Promise<void>;

  constructor(place: Place) {
    this.socket = place.kind === 'unix' ? connect(place.path) : connect(place.port, place.host);
    this.#opened = new Promise((done, fail) => {
      this.socket.once('connect', done);
      this.socket.once('error', fail);
    });
    this.socket.on('data', (chunk) => this.#reader.take(chunk, (reading) => {
      if (reading.kind === 'malformed') throw new Error(reading.why);
      this.#waiting.shift()!(readAction(reading.attributes));
    }));
  }

  /** Sends bytes that are answered once. */
  async send(text: string | Buffer): Promise<Action> {
    await this.#opened;
    return new Promise((done) => {
      this.#waiting.push(done);
      this.socket.write(text);
    });
  }

  ask(values: RequestValues): Promise<Action> {
    return this.send(writeRequest(values));
  }

  /** A whole message: asked about for each recipient and at its end; the answer to the end. */
  async message(message: MessageValues): Promise<Action> {
    const { recipients, id, ...values } = message;
    const common = {
      sender: values.sasl_username ?? '', instance: `i${id}`, client_address: '192.0.2.1', ...values,
    };
    const asked = recipients.map((recipient) => this.ask({ ...common, protocol_state: 'RCPT', recipient }));
    const answer = this.ask({
      ...common, protocol_state: 'END-OF-MESSAGE', queue_id: `Q${id}`, recipient_count: recipients.length,
      recipient: recipients.length === 1 ? recipients[0]! : '',
    });
    await Promise.all(asked);
    return answer;
  }

  close(): void {
    this.socket.destroy();
  }
}

export type MessageValues = Partial<Omit<RequestValues, 'recipient' | 'protocol_state'>> & {
  /** Of the transaction and of the message in the queue. */
  readonly id: number | string;
  readonly recipients: readonly string[];
};
