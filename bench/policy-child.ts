// A message's way through a policy engine: judged, learned, and its delivery learned shortly after, by
// accounts in random order that write to so many correspondents each. Prints its figures as one line of JSON.
// Arguments: accounts, correspondents, and the module to run by itself, by its place in the default policy
// and the detectors behind it, or `none`, which measures the making of such messages with nobody to judge
// them. Detectors see bulk of young tenants, each from an address of its own. Runs bundled (bundle.ts).

import { type AddressKey, defaultPolicy, type Module, pass, policy, PolicyEngine } from '../policy/index.ts';
import type { AccountId, Milliseconds, ReceiverId, Submission, TenantId } from '../policy/index.ts';
import { Streams } from '../sim/index.ts';
import { exponentialDelays, Hold, meanMs, roundEvents } from './hold.ts';
import { detectors } from './policy-detectors.ts';
import { cpuNs, fastest } from './row.ts';

export interface PolicyFigures {
  readonly accounts: number;
  readonly agendaNs: number;
  /** The module's, `default` for the whole policy, or `none`. */
  readonly name: string;
  /** For a message. */
  readonly ns: number;
  /** Live heap, and lists of numbers outside it, for a key. */
  readonly bytes: number;
  /** Of the process, all told. */
  readonly peakMb: number;
}

const accounts = Number(process.argv[2]);
const correspondents = Number(process.argv[3]);
const place = process.argv[4];
const isDetector = Number(place) >= defaultPolicy.modules.length;
/** Messages a day and account, evenly spread: no limit of the default policy is reached. */
const perDay = 40;
const gapMs = 86_400_000 / perDay / accounts;
/** Messages between a submission and its delivery: some seconds' worth. */
const lag = 8;

/** Drawn beforehand, so that drawing is no part of what is measured. */
const drawn = 2 ** 20;
const streams = new Streams('bench');
const id = streams.open('policy');
const whose = Int32Array.from({ length: drawn }, () => Math.floor(streams.next(id) * accounts));
/** Zipf's law with exponent 1: the logarithm of the rank is uniform. */
const rank = Int32Array.from({ length: drawn }, () => Math.floor(correspondents ** streams.next(id)) - 1);

type Writable<Record> = { -readonly [Name in keyof Record]: Record[Name] };

type Engine = Pick<PolicyEngine, 'decide' | 'learn'>;

const nobody: Engine = { decide: () => pass, learn: () => undefined };

class Load {
  readonly engine: Engine;
  // One submission and one signal of a kind, written anew for each message: making them is the host's cost.
  readonly #recipients = [0.5 as AddressKey];
  readonly #receivers = [0 as ReceiverId];
  readonly #submission: Writable<Submission> = {
    id: 0, tenant: 0 as TenantId, account: 0 as AccountId, pool: 'shared', recipients: this.#recipients,
    receivers: this.#receivers, bytes: 1_000, list: 0, allowance: 0, source: 0, nullSender: false,
    urgent: false, signedUp: -1,
  };
  readonly #delivered = {
    kind: 'delivered' as const, tenant: 0 as TenantId, account: 0 as AccountId, pool: 'shared',
    address: '192.0.2.10', receiver: 0 as ReceiverId, copies: 1,
  };
  #count = 0;
  #now = 0;

  constructor(engine: Engine) {
    this.engine = engine;
    // Everyone has written to everyone they know, 15 days before the clock starts: whoever is judged by two
    // weeks of history is so from the first round on.
    for (let to = 0; to < correspondents; to += 1) {
      for (let account = 0; account < accounts; account += 1) this.#message(account, to);
    }
    this.#now += 15 * 86_400_000;
  }

  round(messages: number): void {
    for (let turn = 0; turn < messages; turn += 1) {
      const at = this.#count & (drawn - 1);
      this.#message(whose[at]!, rank[at]!);
      this.#deliver(whose[(at - lag) & (drawn - 1)]!);
      this.#count += 1;
    }
  }

  #message(account: number, to: number): void {
    this.#now += gapMs;
    const now = Math.floor(this.#now) as Milliseconds;
    const submission = this.#submission;
    submission.account = account as AccountId;
    submission.tenant = account as TenantId;
    if (isDetector) {
      submission.source = account + 1;
      submission.list = 7;
      submission.signedUp = 0;
    }
    // Spread over 50 bits or so, as a host's fingerprints of addresses are.
    this.#recipients[0] = (account * correspondents + to) * 4_194_301 as AddressKey;
    this.#receivers[0] = to % 3 as ReceiverId;
    const verdict = this.engine.decide(submission, now);
    const { tenant } = submission;
    this.engine.learn({ kind: 'submitted', tenant, account: submission.account, submission, verdict }, now);
  }

  #deliver(account: number): void {
    const signal = this.#delivered;
    signal.account = account as AccountId;
    signal.tenant = account as TenantId;
    signal.receiver = this.#receivers[0]!;
    this.engine.learn(signal, Math.floor(this.#now) as Milliseconds);
  }
}

const heapBytes = (): number => {
  globalThis.gc!();
  globalThis.gc!();
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

const rounds = 25;
const perRound = 100_000;
const engineOf = (modules: readonly Module<object>[]): Engine => new PolicyEngine(policy('bench', modules));
const alone = [...defaultPolicy.modules, ...detectors][Number(place)];
const agenda = new Hold(10_000, exponentialDelays(meanMs));
agenda.round(roundEvents);
const before = heapBytes();
const load = new Load(
  place === 'none' ? nobody : engineOf(alone === undefined ? defaultPolicy.modules : [alone]),
);
load.round(perRound);
// In turns, and the fastest of each: what else runs on the machine comes and goes by the second.
const figuresOf = (): { readonly ns: number; readonly agendaNs: number } => ({
  ns: cpuNs(() => load.round(perRound)) / perRound, agendaNs: agenda.round(perRound),
});
const taken = Array.from({ length: rounds }, figuresOf);
const ns = fastest(taken.map((one) => one.ns));
const agendaNs = fastest(taken.map((one) => one.agendaNs));
const bytes = (heapBytes() - before) / accounts;
load.round(1);   // keeps the load alive while its heap is measured
const peakMb = process.resourceUsage().maxRSS / 1_000;
const name = place === 'none' ? place : alone?.name ?? 'default';
const figures: PolicyFigures = { accounts, agendaNs, name, ns, bytes, peakMb };
console.log(JSON.stringify(figures));
