// A run as Chrome's trace format (the JSON object form, for ui.perfetto.dev): lanes for tenants, the policy,
// the queue of each receiver, registers and the desk. Each entry becomes a few events at once, so that a
// trace of any length is written as the run goes on.

import type { Outcome, ToldEntry } from '../../sim/telling/journalist.ts';

/** One event of the format; `ts` and `dur` are microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly cat?: string;
  readonly ph: 'M' | 'i' | 'X' | 'C' | 'b' | 'e';
  readonly ts: number;
  readonly pid: number;
  readonly tid: number;
  readonly dur?: number;
  /** Of instants: drawn over the thread alone. */
  readonly s?: 't';
  /** Of spans that may overlap. */
  readonly id?: string;
  readonly args: Readonly<Record<string, string | number>>;
}

/** Lanes, in the order in which they are shown. */
const lanes = { tenants: 1, policy: 2, queues: 3, registers: 4, desk: 5 } as const;
type Lane = keyof typeof lanes;
const titles: Readonly<Record<Lane, string>> = {
  tenants: 'tenants', policy: 'policy', queues: 'outbound queue per receiver', registers: 'registers',
  desk: 'abuse desk',
};

/** A queue's depth is drawn at most so often: once a minute of virtual time. */
const queueEvery = 60_000;

/** How deep a receiver's queue is. */
export interface Depth {
  readonly receiver: string;
  readonly depth: number;
}

export class ChromeTrace {
  readonly #write: (event: TraceEvent) => void;
  readonly #threads = new Map<string, number>();
  readonly #open = new Map<string, { readonly lane: Lane; readonly thread: string }>();
  readonly #depths = new Map<string, { at: number; depth: number }>();
  /** Tenants whose every message is shown; of the others only what is remarkable. */
  readonly #followed: string | null;
  #last = 0;

  constructor(followed: string | null, write: (event: TraceEvent) => void) {
    this.#followed = followed;
    this.#write = write;
    for (const [lane, pid] of Object.entries(lanes) as [Lane, number][]) {
      this.#meta('process_name', pid, 0, { name: titles[lane] });
      this.#meta('process_sort_index', pid, 0, { sort_index: pid });
    }
  }

  add(entry: ToldEntry, depths: readonly Depth[]): void {
    this.#last = entry.at;
    this.#message(entry);
    for (const outcome of entry.outcomes) this.#outcome(entry, outcome);
    for (const { depth, receiver } of depths) this.#queue(entry.at, receiver, depth);
  }

  /** Once the run is over: what still stands ends here. */
  finish(): void {
    for (const id of [...this.#open.keys()]) this.#close(id, this.#last);
    for (const [receiver, { depth }] of this.#depths) this.#count(this.#last, receiver, depth);
  }

  #message({ abusive, at, kind, note, subject, tenant }: ToldEntry): void {
    if (tenant === null || (!abusive && tenant !== this.#followed)) return;
    if (kind !== 'submission' && kind !== 'exchange') return;
    this.#instant('tenants', tenant, at, abusive ? `${kind} (abuse)` : kind, { subject, note });
  }

  #outcome(entry: ToldEntry, outcome: Outcome): void {
    const { at, tenant } = entry;
    switch (outcome.kind) {
      case 'verdict':
        return this.#instant('policy', outcome.rule.split(' ')[0]!, at, outcome.verdict, {
          tenant: tenant ?? '', rule: outcome.rule, seen: outcome.seen, limit: outcome.limit,
        });
      case 'dispatch':
        return;
      case 'reply':
        if (!outcome.accepted)
          this.#instant('queues', outcome.receiver, at, outcome.reply.slice(0, 60), {
            tenant: tenant ?? '', reply: outcome.reply,
          });
        return;
      case 'told':
        return this.#told(entry, outcome);
      default:
        outcome satisfies never;
    }
  }

  #told({ at, kind, subject }: ToldEntry, { lane, what }: Extract<Outcome, { kind: 'told' }>): void {
    const listing = /^(\S+) (lists|no longer lists) ([\d.]+): (.*)$/.exec(what);
    if (lane === 'register' && listing !== null) {
      const [, register = '', does = '', address = '', why = ''] = listing;
      if (does === 'lists') this.#begin('registers', register, at, `${address} listed`, { why });
      else this.#end('registers', register, at, `${address} listed`);
      return;
    }
    const shut = /^suspends (\S+): (.*)$/.exec(what);
    if (shut !== null) this.#begin('tenants', shut[1]!, at, 'shut', { why: shut[2]! });
    const opened = / (\S+) and reopens it$/.exec(what);
    if (opened !== null) this.#end('tenants', opened[1]!, at, 'shut');
    const where: Lane = lane === 'tenant' ? 'tenants' : lane === 'register' ? 'registers'
      : lane === 'receiver' ? 'queues' : lane;
    const thread = lane === 'desk' ? 'what it does' : lane === 'policy' ? 'what it notices' : String(subject);
    this.#instant(where, lane === 'tenant' ? what.split(' ')[0]! : thread, at, what, { event: kind });
  }

  #queue(at: number, receiver: string, depth: number): void {
    const before = this.#depths.get(receiver);
    if (before === undefined) {
      this.#depths.set(receiver, { at, depth });
      return this.#count(at, receiver, depth);
    }
    if (before.depth === depth) return;
    before.depth = depth;
    if (at - before.at < queueEvery) return;
    before.at = at;
    this.#count(at, receiver, depth);
  }

  #count(at: number, receiver: string, envelopes: number): void {
    this.#write({
      name: `queue ${receiver}`, ph: 'C', ts: at * 1_000, pid: lanes.queues, tid: 0, args: { envelopes },
    });
  }

  #instant(
    lane: Lane, thread: string, at: number, name: string, args: Readonly<Record<string, string | number>>,
  ): void {
    const tid = this.#thread(lane, thread);
    this.#write({ name, cat: lane, ph: 'i', ts: at * 1_000, pid: lanes[lane], tid, s: 't', args });
  }

  #begin(lane: Lane, thread: string, at: number, name: string, args: Readonly<Record<string, string>>): void {
    const id = `${lane} ${thread} ${name}`;
    if (this.#open.has(id)) return;
    this.#open.set(id, { lane, thread });
    const tid = this.#thread(lane, thread);
    this.#write({ name, cat: lane, ph: 'b', ts: at * 1_000, pid: lanes[lane], tid, id, args });
  }

  #end(lane: Lane, thread: string, at: number, name: string): void {
    this.#close(`${lane} ${thread} ${name}`, at);
  }

  #close(id: string, at: number): void {
    const open = this.#open.get(id);
    if (open === undefined) return;
    this.#open.delete(id);
    const { lane, thread } = open;
    const name = id.slice(lane.length + thread.length + 2);
    const tid = this.#thread(lane, thread);
    this.#write({ name, cat: lane, ph: 'e', ts: at * 1_000, pid: lanes[lane], tid, id, args: {} });
  }

  /** A thread's number within its lane; its name is written when it is first used. */
  #thread(lane: Lane, name: string): number {
    const key = `${lane} ${name}`;
    const known = this.#threads.get(key);
    if (known !== undefined) return known;
    const tid = this.#threads.size + 1;
    this.#threads.set(key, tid);
    this.#meta('thread_name', lanes[lane], tid, { name });
    return tid;
  }

  #meta(name: string, pid: number, tid: number, args: Readonly<Record<string, string | number>>): void {
    this.#write({ name, ph: 'M', ts: 0, pid, tid, args });
  }
}

/** What a trace file begins and ends with, around its events. */
export const traceHead = '{"displayTimeUnit":"ms","traceEvents":[\n';
export const traceTail = (facts: Readonly<Record<string, string>>): string =>
  `\n],"otherData":${JSON.stringify(facts)}}\n`;
