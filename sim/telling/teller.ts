// Follows one tenant through a run and gathers its tale. It attends the run as the laws do: what it sees it
// sees before or after the world does it, and it changes nothing.

import type { Attempt, Dispatch, Key, Policy, Reply, Signal } from '../../policy/index.ts';
import type { TimelineEntry } from '../result.ts';
import type { Looks } from '../world/laws/law.ts';
import { beforeLearning } from '../world/laws/copies.ts';
import type { EventKind, WorldEvent } from '../world/events.ts';
import { culpritStory } from '../world/measures/culprit-story.ts';
import { shutTime } from '../world/measures/metrics.ts';
import { counted, isAbuse } from '../world/measures/tally.ts';
import type { Envelope } from '../world/platform/outbound.ts';
import { isTrap } from '../world/senders/addresses.ts';
import { type Tenant, tenantName } from '../world/senders/cast.ts';
import type { World } from '../world/world.ts';
import { evidenceAgainst } from './desk-view.ts';
import { Listings, mentions } from './listings.ts';
import { MailLog } from './mail-log.ts';
import { NearMisses } from './near-misses.ts';
import { overhearDispatch, overhearReplies } from './overhear.ts';
import { Refusals } from './refusals.ts';
import { again, byTime, first, type Row } from './row.ts';
import type { Step, Tale } from './tale.ts';
import { Verdicts } from './verdicts.ts';
import { BadMail } from './whose.ts';

const dayMs = 86_400_000;
/** Steps of a tale at most; further ones are counted. */
const mostSteps = 400;

export class Teller implements Looks {
  readonly #world: World;
  readonly #tenant: Tenant;
  readonly #name: string;
  readonly #log = new MailLog();
  readonly #verdicts: Verdicts;
  readonly #keys: ReadonlyMap<string, Key>;
  readonly #near: NearMisses;
  readonly #listings: Listings;
  readonly #refusals: Refusals;
  readonly #mail: readonly BadMail[];
  readonly #signals = new Map<string, Row<'signal'>>();
  readonly #escaped: Row<'escaped'>[] = [];
  readonly #told: Step[] = [];
  readonly #sentences = new Map<string, Row<'told'>>();
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
    this.#keys = new Map(policy.modules.map((module) => [module.name, module.key]));
    this.#verdicts = new Verdicts(this.#log, this.#keys);
    this.#mail = world.ips.map(() => new BadMail());
    this.#listings = new Listings(world, tenant.id, this.#mail);
    this.#refusals = new Refusals(
      world, tenant.id, this.#mail,
      (register, address) => this.#listings.suffer(register, address),
      (register, address) => this.#listings.isCause(register, address),
    );
    beforeLearning(world, (signal) => this.#hear(signal));
    world.tally.listener = (entry) => this.#hearTold(entry);
    overhearDispatch(world, (attempt, said) => this.#dispatched(attempt, said));
    overhearReplies(world, (envelope, replies) => this.#answered(envelope, replies));
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
    const isCulprit = culprit !== null;
    const all = [
      ...this.#told, ...this.#verdicts.steps(), ...this.#signals.values(), ...this.#escaped,
      ...this.#listings.steps(isCulprit), ...this.#refusals.steps(isCulprit),
    ].toSorted(byTime);
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
      harm: this.#refusals.harm(),
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
    if (verdict.kind !== 'pass' && !shut) this.#sufferFor(verdict.reason.module);
  }

  /** A rule that goes by the address, and not by the tenant, has spoken: for what is listed, it may be. */
  #sufferFor(module: string): void {
    const key = this.#keys.get(module);
    if (key === undefined || key === 'account' || key === 'tenant') return;
    const { ips, poolOf } = this.#world;
    this.#listings.sufferFrom(ips.filter((_, at) => poolOf[at] === this.#tenant.pool));
  }

  /** Of the message that the event under way is about. */
  #isAbuse(): boolean {
    const event = this.#event;
    if ('message' in event) return event.message.abuse >= 0;
    return event.kind === 'submission' && (event.actor.culprit?.abuse.count ?? 0) > this.#abuseBefore;
  }

  #noteSignal(signal: Row<'signal'>['signal']): void {
    const { now } = this.#world.agenda;
    // What comes before a fault, or after it, is told apart.
    const { culprit } = this.#tenant;
    const key = `${signal} ${culprit === null ? 'before' : culprit.over ? 'after' : 'during'}`;
    const row = this.#signals.get(key);
    if (row !== undefined) again(row, now);
    else this.#signals.set(key, { kind: 'signal', ...first(now, this.#event.kind), signal });
  }

  #hearTold(entry: TimelineEntry): void {
    const { subject, what } = entry;
    const isAboutUs = subject === this.#name || mentions(what, this.#name);
    if (isAboutUs) this.#tellOfUs(entry);
    else this.#listings.told(entry, this.#event.kind);
  }

  /** The same sentence within a day is one that counts. */
  #tellOfUs({ at, lane, what }: TimelineEntry): void {
    const before = this.#sentences.get(what);
    if (before !== undefined && at - before.at < dayMs) return again(before, at);
    const row: Row<'told'> = { kind: 'told', ...first(at, this.#event.kind), lane, what };
    this.#sentences.set(what, row);
    this.#told.push(row);
    if (lane === 'desk' && (what.startsWith('suspends ') || what.startsWith('takes '))) this.#atEvidence();
  }

  /** The desk has just taken an account for the cause of something: what it went by, and of what. */
  #atEvidence(): void {
    const event = this.#event;
    const before = this.#told.findLast(({ kind }) => kind === 'evidence');
    if (before?.at !== this.#world.agenda.now)
      this.#told.push(evidenceAgainst(this.#world, this.#tenant, event));
    if (event.kind !== 'case-worked' || event.work.kind !== 'listing') return;
    const { address, register } = event.work;
    this.#listings.suffer(register.name, this.#world.ips[address]!);
  }

  #dispatched({ tenant }: Attempt, said: Exclude<Dispatch, { kind: 'go' }>): void {
    // A pool that the platform does not have is passed over.
    if (tenant !== this.#tenant.id || (said.kind === 'pool' && !this.#world.pools.has(said.pool))) return;
    const { kind, reason: { module, rule } } = said;
    this.#sufferFor(module);
    this.#verdicts.noteDispatch(this.#world.agenda.now, this.#event.kind, kind, `${module} ${rule}`);
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
    } else if ('account' in work && work.account.tenant === this.#tenant) {
      const about = work.kind === 'account' ? 'the account' : `the ${work.kind}`;
      this.#told.push({ kind: 'case', ...first(this.#world.agenda.now, 'case-worked'), about, took });
    }
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
