// What a message must cost: a bare prototype of 10,000 tenants with a token bucket, a receiver and three
// registers, two events a message, and then, one after the other, what the world cannot do without. Each step
// keeps all before it; a whole run is to be read against these.

import type { Milliseconds } from '../policy/index.ts';
import { Agenda, luckOf, Streams, type StreamId } from '../sim/index.ts';
import { agendaNsPerEvent } from './hold.ts';
import { cpuNs, fastest, type Row, type Section } from './row.ts';

const tenants = 10_000;
/** An office's 40 messages spread over a working day. */
const gapMs = 36_000_000 / 40;
const messagesARound = 300_000;
const rounds = 5;

const steps = [
  'agenda and arrivals', 'token bucket', 'receiver and three registers', 'ten draws of luck',
  'three records a message', 'policy rows and memory of addresses',
] as const;

/** A quarter of a kilobyte of counts a tenant, and as much again of addresses (bench/policy.ts). */
const rowCells = 64;
const memoryCells = 160;

interface Due {
  readonly tenant: number;
}

interface Sent {
  readonly tenant: number;
  readonly mail: object | null;
}

class Prototype {
  readonly #step: number;
  readonly #agenda = new Agenda<Due | Sent>();
  readonly #streams = new Streams('floor');
  readonly #luck = luckOf('floor');
  readonly #ids: readonly StreamId[];
  readonly #paid = new Float64Array(tenants);
  readonly #counts = new Int32Array(16);
  readonly #listedUntil = new Float64Array(3);
  readonly #rows = new Int32Array(tenants * rowCells);
  readonly #memory = new Int32Array(tenants * memoryCells);
  #number = 0;
  /** Keeps what was looked up, or a compiler might leave the looking out. */
  seen = 0;

  constructor(step: number) {
    this.#step = step;
    this.#ids = Array.from({ length: tenants }, (_, tenant) => this.#streams.open('tenant', tenant));
    for (let tenant = 0; tenant < tenants; tenant += 1) this.#schedule({ tenant });
  }

  run(messages: number): void {
    const end = this.#number + messages;
    while (this.#number < end) {
      const event = this.#agenda.take();
      if ('mail' in event) this.#arrive(event);
      else this.#submit(event);
    }
  }

  #schedule(due: Due): void {
    const gap = gapMs * this.#streams.exponential(this.#ids[due.tenant]!);
    this.#agenda.after(Math.round(gap) as Milliseconds, due);
  }

  #submit(due: Due): void {
    const { tenant } = due;
    const step = this.#step;
    const number = this.#number;
    this.#number += 1;
    if (step >= 1) this.#paid[tenant] = Math.max(this.#paid[tenant]!, this.#agenda.now) + 36_000;
    if (step >= 3) for (let why = 0; why < 6; why += 1) this.seen ^= this.#luck.draw(tenant, number, why) * 8;
    const mail = step >= 4 ? recordsOf(tenant, number, this.#agenda.now) : null;
    if (step >= 5) this.#judge(tenant, number);
    this.#schedule(due);
    this.#agenda.after(900 as Milliseconds, { tenant, mail });
  }

  /** Every line of the row, and two of the memory, one of them wherever the recipient happens to lie. */
  #judge(tenant: number, number: number): void {
    const row = tenant * rowCells;
    for (let cell = row; cell < row + rowCells; cell += 8) this.#rows[cell]! += 1;
    const memory = tenant * memoryCells;
    this.seen ^= this.#memory[memory + (Math.imul(number, 0x9e37_79b1) >>> 8) % memoryCells]!;
    this.#memory[memory]! += 1;
  }

  #arrive({ tenant }: Sent): void {
    const step = this.#step;
    const { now } = this.#agenda;
    if (step >= 2) {
      this.#counts[0]! += 1;
      for (let register = 0; register < 3; register += 1) {
        if (this.#listedUntil[register]! > now) this.#counts[1]! += 1;
        const drawn = this.#luck.draw(tenant, this.#number, 40 + register);
        if (drawn < 1e-6) this.#listedUntil[register] = now + 1e6;
      }
    }
    if (step >= 3) for (let why = 6; why < 10; why += 1) this.seen ^= this.#luck.draw(tenant, now, why) * 8;
    if (step >= 5) this.#rows[tenant * rowCells + 40]! += 1;
  }
}

/** As many fields as a submission, a message and an envelope have. */
const recordsOf = (tenant: number, number: number, now: number): object => {
  const submission = {
    id: number, tenant, account: tenant, pool: 'shared', recipients: [number * 4_096.5], receivers: [0],
    bytes: 7_000, list: 0, allowance: 0, source: tenant, nullSender: false, urgent: false, signedUp: -1,
  };
  const message = {
    domain: tenant, nature: 'wanted', luck: tenant, number, submission, actor: null, since: now, abuse: -1,
    tries: 0, open: 0, delivered: 0, held: false, kept: false, pool: 'shared', delayed: false, left: false,
    counted: true, putOff: false, turnedAway: false, rerouted: false,
  };
  return {
    message, tenant, account: tenant, receiver: 0, recipients: submission.recipients, bytes: 7_000, list: 0,
    pool: 'shared', slots: null, avoided: null, address: 0, tries: 0, since: now, begun: 0, blocked: false,
    crowded: false, connection: 0, older: null, younger: null,
  };
};

export const run: Section = async (print) => {
  const rows: Row[] = [];
  const agendaNs = agendaNsPerEvent(tenants, fastest);
  rows.push({ name: 'agenda alone', value: agendaNs, unit: 'ns/event' });
  for (const [step, name] of steps.entries()) {
    print(`floor: ${name}`);
    const prototype = new Prototype(step);
    prototype.run(messagesARound);
    const round = (): number => cpuNs(() => prototype.run(messagesARound)) / messagesARound / 2;
    const ns = fastest(Array.from({ length: rounds }, round));
    const what = `${step === 0 ? '' : 'and '}${name}: an event over agenda`;
    rows.push({ name: what, value: ns / agendaNs, unit: '' });
  }
  return rows;
};
