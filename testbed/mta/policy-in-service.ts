// The run's policy as `sharedfate serve` serves it, in the place of the run's own engine: what the mail
// server asks is serve's door, reader, service and memory, told what comes back as in service. Its verdicts
// are the run's, each held against what an engine fed by the simulator would have said.

import { Writable } from 'node:stream';
import {
  type Milliseconds, type Module, pass, type Policy, policy, PolicyEngine, type Signal, type SignalKind,
  type Submission, type Verdict,
} from '../../policy/index.ts';
import type { World } from '../../sim/index.ts';
import type { Attributes } from '../delegation/attributes.ts';
import { accountLogin } from '../names.ts';
import { Follow } from '../serve/feedback/follow.ts';
import { Outcomes } from '../serve/feedback/outcomes.ts';
import type { Ledger } from '../serve/ledger.ts';
import { serve, type Served } from '../serve/serve.ts';
import { epochFor } from '../serve/steady-clock.ts';
import { MtaError } from './mta.ts';
import { domainOf } from './receivers.ts';
import { Verdicts, type VerdictsCompared } from './verdicts.ts';

/** What is told to it besides the mail server's log: by a report, a register, or the desk. */
const alwaysTold: readonly SignalKind[] =
  ['submitted', 'complained', 'bounced', 'listed', 'delisted', 'suspended', 'released'];
const inTheLog: readonly SignalKind[] = ['delivered', 'deferred'];

export class PolicyInService {
  /** The policy for the run: it says what serve has said. */
  readonly policy: Policy;
  readonly #judged: Policy;
  readonly #twin: PolicyEngine;
  readonly #verdicts = new Verdicts();
  #served: Served | null = null;
  #world: World | null = null;
  #log: Follow | null = null;
  #about: Submission | null = null;
  #said: Verdict | null = null;
  #simulated: Verdict = pass;

  constructor(judged: Policy) {
    this.#judged = judged;
    this.#twin = new PolicyEngine(judged);
    this.policy = policy(judged.name, [this.#module()]);
  }

  /** Opens its door to the mail server; `fail` hears of what goes wrong in it. */
  async start(world: World, fail: (error: unknown) => void): Promise<void> {
    this.#world = world;
    const names = new Map(world.receivers.flatMap((receiver) =>
      [false, true].map((atTrapHost) => [domainOf(receiver, atTrapHost), receiver.name] as const)));
    const monday = epochFor(Date.parse(world.plan.epoch));
    this.#served = await serve({
      policy: this.#judged, listen: [{ kind: 'tcp', host: '127.0.0.1', port: 0 }], sync: 'never',
      compactAt: Infinity, timeOutMs: 30_000, mostConnections: 10_000, socketMode: 0o600,
      tenantOf: (login) => login.slice(login.lastIndexOf('@') + 1),
      receiverOf: (domain) => names.get(domain) ?? domain,
      // Policy time is the run's: milliseconds since it began.
      time: { wall: () => monday + world.agenda.now, steady: () => world.agenda.now },
      // The run itself lets go what is paced, when its time has come.
      release: () => Promise.resolve(''),
      out: new Writable({ write: (_chunk, _encoding, done) => done() }),
      tell: (text) => fail(new MtaError(`serve: ${text}`)),
      service: {
        onFault: 'defer', anonymous: () => undefined, pool: usualPool(world), pools: new Map(), mark: '',
        onVerdict: (verdict, asked) => this.#hear(verdict, asked, fail),
      },
    });
  }

  get port(): number {
    const place = this.#served!.places[0]!;
    return place.kind === 'tcp' ? place.port : 0;
  }

  /** Follows the mail server's log from now on, as with `--mail-log`. */
  async follow(path: string): Promise<void> {
    const world = this.#world!;
    const { ledger, settle } = this.#served!;
    const addresses = new Map([...world.pools].map(([name, pool]) => [name, world.ips[pool.addresses[0]!]!]));
    const outcomes = new Outcomes(ledger, { usualPool: usualPool(world), addresses });
    this.#log = new Follow({
      path, from: undefined, tell: ledger.tell,
      take(lines) {
        for (const line of lines) outcomes.take(line);
        settle();
      },
    });
    await this.look();
  }

  /** Takes in what has come into the log. */
  async look(): Promise<void> {
    await this.#log?.look();
  }

  /** A message is about to be handed in. Rejects with a ModuleFault where the policy fails on it. */
  async expect(submission: Submission): Promise<void> {
    await this.look();
    [this.#about, this.#said] = [submission, null];
    this.#simulated = this.#twin.decide(submission, this.#world!.agenda.now);
  }

  /** What serve said of it, once the mail server has asked. */
  answer(name: string): Verdict {
    if (this.#said === null) throw new MtaError(`${name} let a message in or out and asked nobody about it.`);
    return this.#said;
  }

  get compared(): VerdictsCompared {
    return this.#verdicts.compared;
  }

  async close(): Promise<void> {
    this.#log?.close();
    await this.#served?.close();
  }

  #hear(verdict: Verdict, asked: Attributes, fail: (error: unknown) => void): void {
    const about = this.#about;
    const login = asked.get('sasl_username');
    if (about === null || login !== accountLogin(about)) {
      return fail(new MtaError(`serve was asked about a message of ${login} that nobody handed in.`));
    }
    this.#said = verdict;
    const world = this.#world!;
    const { now } = world.agenda;
    this.#verdicts.compare({
      served: verdict, simulated: this.#simulated, submission: about, now, usualPool: usualPool(world),
      ask: (submission) => this.#twin.decide(submission, now),
    });
  }

  /** Speaks for serve in the run's engine. The twin shapes attempts, of which no mail server asks anybody. */
  #module(): Module<object> {
    const { modules } = this.#judged;
    const hearsAll = modules.some(({ hears }) => hears === undefined);
    const hears = new Set([...alwaysTold, ...inTheLog, ...modules.flatMap((module) => module.hears ?? [])]);
    const shapes = modules.some(({ dispatch }) => dispatch !== undefined);
    return {
      name: 'served', key: 'platform', fresh: () => ({}),
      ...(!hearsAll && { hears: [...hears] }),
      decide: (_, submission) => {
        if (this.#about !== submission) throw new Error('serve was not asked about this submission');
        return this.#said ?? pass;
      },
      learn: (_, signal, now) => this.#learn(signal, now),
      ...(shapes && { dispatch: (_, attempt, now) => this.#twin.dispatch(attempt, now) }),
    };
  }

  #learn(signal: Signal, now: Milliseconds): void {
    this.#twin.learn(signal, now);
    if (signal.kind === 'suspended' || signal.kind === 'released') {
      const does = signal.kind === 'suspended' ? 'suspend' : 'release';
      this.#ledger.note({ kind: 'desk', does, account: this.#ledger.account(accountLogin(signal)) });
    } else if (signal.kind === 'listed' || signal.kind === 'delisted') {
      this.#ledger.hear(signal);
    } else if (signal.kind === 'complained' || (isOutcome(signal) && !this.#isInLog(signal))) {
      const account = this.#ledger.account(accountLogin(signal));
      const tenant = this.#ledger.tenant(account);
      const { name } = this.#world!.receivers[signal.receiver]!;
      this.#ledger.hear({ ...signal, account, tenant, receiver: this.#ledger.receiver(`@${name}.test`) });
    }
  }

  /** A bounce that comes by mail is in nobody's log. */
  #isInLog(signal: Signal): boolean {
    return this.#log !== null && !('sent' in signal);
  }

  get #ledger(): Ledger {
    return this.#served!.ledger;
  }
}

type Outcome = Extract<Signal, { readonly kind: 'delivered' | 'deferred' | 'bounced' }>;

const isOutcome = (signal: Signal): signal is Outcome =>
  signal.kind === 'delivered' || signal.kind === 'deferred' || signal.kind === 'bounced';

const usualPool = ({ pools }: World): string => (pools.has('shared') ? 'shared' : [...pools.keys()][0]!);
