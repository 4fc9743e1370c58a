// Follows one tenant through a run and gathers its tale. It attends the run as the laws do: what it sees it
// sees before or after the world does it, and it changes nothing.

import type { Dispatch, Policy, Reply, Signal } from '../../policy/index.ts';
import type { TimelineEntry } from '../result.ts';
import type { Looks } from '../world/laws/law.ts';
import { beforeLearning } from '../world/laws/copies.ts';
import type { EventKind, WorldEvent } from '../world/events.ts';
import { culpritStory } from '../world/measures/culprit-story.ts';
import { shutTime } from '../world/measures/metrics.ts';
import { counted, isAbuse } from '../world/measures/tally.ts';
import type { Envelope } from '../world/platform/outbound.ts';
import { isTrap } from '../world/senders/addresses.ts';
import { type Account, type Tenant, tenantName } from '../world/senders/cast.ts';
import type { World } from '../world/world.ts';
import { Listings, mentions } from './listings.ts';
import { MailLog } from './mail-log.ts';
import { NearMisses } from './near-misses.ts';
import { Refusals } from './refusals.ts';
import { again, first, type Row } from './row.ts';
import type { Step, Tale } from './tale.ts';
import { Verdicts } from './verdicts.ts';
import { BadMail } from './whose.ts';

/** Steps of a tale at most; further ones are counted. */
const mostSteps = 400;

export class Teller implements Looks {
  readonly #world: World;
  readonly #tenant: Tenant;
  readonly #name: string;
  readonly #log = new MailLog();
  readonly #verdicts = new Verdicts(this.#log);
  readonly #near: NearMisses;
  readonly #listings: Listings;
  readonly #refusals: Refusals;
  readonly #mail: readonly BadMail[];
  readonly #signals = new Map<string, Row<'signal'>>();
  readonly #escaped: Row<'escaped'>[] = [];
  readonly #told: Step[] = [];
  #event: WorldEvent = { kind: 'end' };
  /** Abusive messages on record before the event. */
  #abuseBefore = 0;
  #trapsOf = -1;
  #hasCase = false;

  /** `policy` as it was given to the run. Throws a RangeError for a tenant that the world does not have. */
  constructor(world: World, name: string, policy: Policy) {
    const tenant = world.tenants.find((one) => tenantName(one) === name);
    if (tenant === undefined) throw new RangeError(`no tenant is called "${name}"`);
    this.#world = world;
    this.#tenant = tenant;
    this.#name = name;
    this.#near = new NearMisses(policy);
    this.#mail = world.ips.map(() => new BadMail());
    this.#listings = new Listings(world, tenant.id, this.#mail);
    this.#refusals = new Refusals(
      world, tenant.id, this.#mail,
      (register, address) => this.#listings.suffer(register, address),
      (register, address) => this.#listings.isCause(register, address),
    );
    beforeLearning(world, (signal) => this.#hear(signal));
    world.tally.listener = (entry) => this.#hearTold(entry);
    this.#overhearDispatch();
    this.#overhearReplies();
  }

  before(event: WorldEvent): void {
    this.#event = event;
    if (event.kind === 'submission') this.#abuseBefore = event.actor.culprit?.abuse.count ?? 0;
    if (event.kind === 'case-worked') this.#atWork(event);
  }

  after(event: WorldEvent): void {
    if (this.#trapsOf >= 0) this.#listings.settle(event.kind, this.#trapsOf);
    this.#trapsOf = -1;
    this.#listings.after(event);
    this.#lookAtCases(event.kind);
  }

  /** Once the run is over. */
  tale(): Tale {
    const world = this.#world;
    const { id, culprit } = this.#tenant;
    const { tally } = world;
    const of = (column: Parameters<typeof counted>[1]): number => counted(tally, column, id);
    const all = [
      ...this.#verdicts.steps(), ...this.#listings.steps(), ...this.#refusals.steps(),
      ...this.#signals.values(), ...this.#escaped, ...this.#told,
    ].toSorted((one, two) => one.at - two.at);
    return {
      tenant: this.#name,
      role: culprit === null ? 'innocent' : culprit.cause,
      onset: culprit === null ? null : culprit.onset,
      steps: all.slice(0, mostSteps),
      near: culprit === null ? [] : this.#near.found(),
      wanted: {
        submitted: of('submitted'), delivered: of('delivered'), refused: of('refused'), held: of('held'),
        deferred: of('deferred'), paced: of('paced'), bounced: of('blockedBounces'),
        putOff: of('blockedDeferrals'), lost: of('lost'),
      },
      culprit: culprit === null ? null : culpritStory(culprit),
      shutMs: shutTime(world, this.#tenant),
      leftOut: Math.max(0, all.length - mostSteps),
    };
  }

  #hear(signal: Signal): void {
    if (!('tenant' in signal) || signal.tenant !== this.#tenant.id) return;
    const { now } = this.#world.agenda;
    if (signal.kind === 'submitted') this.#judged(signal);
    else if (signal.kind === 'bounced' && signal.reply.class === 'unknownUser') {
      this.#log.note({ at: now, account: signal.account, recipients: 0, abuse: false, kind: 'unknown user' });
      this.#noteSignal('unknown user');
    } else if (signal.kind === 'complained') {
      this.#log.note({ at: now, account: signal.account, recipients: 0, abuse: false, kind: 'complaint' });
      this.#noteSignal('complained');
    } else if (signal.kind === 'scanned' || signal.kind === 'trapped' || signal.kind === 'login') {
      this.#noteSignal(signal.kind);
    }
    this.#near.learn(signal, now);
  }

  #judged({ submission, verdict }: Extract<Signal, { kind: 'submitted' }>): void {
    const { now } = this.#world.agenda;
    const { tenant, account } = submission;
    const abuse = this.#isAbuse();
    const shut = this.#world.engine.suspension(tenant, account, now) !== undefined;
    if (abuse && !shut) this.#near.judge(submission, now);
    this.#verdicts.note({ at: now, event: this.#event.kind, submission, verdict, abuse, shut });
  }

  /** Of the message that the event under way is about. */
  #isAbuse(): boolean {
    const event = this.#event;
    if ('message' in event) return event.message.abuse >= 0;
    return event.kind === 'submission' && (event.actor.culprit?.abuse.count ?? 0) > this.#abuseBefore;
  }

  #noteSignal(signal: Row<'signal'>['signal']): void {
    const { now } = this.#world.agenda;
    // What comes after a fault is told apart from what came before it.
    const key = `${signal} ${this.#tenant.culprit !== null}`;
    const row = this.#signals.get(key);
    if (row !== undefined) again(row, now);
    else this.#signals.set(key, { kind: 'signal', ...first(now, this.#event.kind), signal });
  }

  #hearTold(entry: TimelineEntry): void {
    const { at, lane, subject, what } = entry;
    const isAboutUs = subject === this.#name || mentions(what, this.#name);
    if (isAboutUs) this.#told.push({ kind: 'told', ...first(at, this.#event.kind), lane, what });
    else this.#listings.told(entry, this.#event.kind);
  }

  #overhearDispatch(): void {
    const { engine, agenda } = this.#world;
    const dispatch = engine.dispatch.bind(engine);
    engine.dispatch = (attempt, now): Dispatch => {
      const said = dispatch(attempt, now);
      if (said.kind !== 'go' && attempt.tenant === this.#tenant.id) {
        const { module, rule } = said.reason;
        this.#verdicts.noteDispatch(agenda.now, this.#event.kind, said.kind, `${module} ${rule}`);
      }
      return said;
    };
  }

  #overhearReplies(): void {
    const inner = this.#world.transport;
    const seen = (envelope: Envelope, replies: readonly Reply[]): readonly Reply[] => {
      this.#answered(envelope, replies);
      return replies;
    };
    this.#world.transport = {
      ask: (register, address) => inner.ask(register, address),
      deliver: (envelope) => {
        const replies = inner.deliver(envelope);
        return replies instanceof Promise ?
            replies.then((said) => seen(envelope, said))
          : seen(envelope, replies);
      },
    };
  }

  #answered(envelope: Envelope, replies: readonly Reply[]): void {
    const { addresses, agenda } = this.#world;
    const { message, tenant, recipients, address } = envelope;
    const isBad = isAbuse(message.nature);
    for (let index = 0; index < replies.length; index += 1) {
      const reply = replies[index]!;
      if (reply.code >= 300) this.#refusals.note(envelope, reply, this.#event.kind);
      else {
        if (isBad) this.#mail[address]!.add(tenant, agenda.now);
        if (isBad && tenant === this.#tenant.id) this.#getsOut(envelope);
        if (isTrap(addresses.kindOf(recipients[index]!))) this.#trapsOf = tenant;
      }
    }
  }

  #getsOut({ receiver }: Envelope): void {
    const { now } = this.#world.agenda;
    const { name } = this.#world.receivers[receiver]!;
    const row = this.#escaped[0];
    if (row === undefined) {
      this.#escaped.push({ kind: 'escaped', ...first(now, this.#event.kind), receivers: [name] });
      return;
    }
    again(row, now);
    if (!row.receivers.includes(name)) row.receivers = [...row.receivers, name];
  }

  #atWork({ work, took }: Extract<WorldEvent, { kind: 'case-worked' }>): void {
    if (work.kind === 'listing') {
      this.#listings.worked(work.register.name, this.#world.ips[work.address]!, took);
    } else if ('account' in work && this.#isOurs(work.account)) {
      const about = work.kind === 'account' ? 'the account' : `the ${work.kind}`;
      this.#told.push({ kind: 'case', ...first(this.#world.agenda.now, 'case-worked'), about, took });
    }
  }

  #isOurs({ tenant }: Account): boolean {
    return tenant === this.#tenant;
  }

  /** A case about the tenant lies with the desk from now on. */
  #lookAtCases(event: EventKind): void {
    const has = this.#tenant.accounts.some(({ caseOpen }) => caseOpen);
    if (has === this.#hasCase) return;
    this.#hasCase = has;
    if (!has) return;
    const at = this.#world.agenda.now;
    this.#told.push({ kind: 'case', ...first(at, event), about: 'the account', took: null });
  }
}
