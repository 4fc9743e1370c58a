// A register (DNSBL) and the people who run it. Evidence is trap hits; four clocks lie between a hit and a
// refusal somewhere: decision, zone publication, DNS cache, and the receiver's own cache (the last two are
// the receiver's). Listings expire by themselves after the last hit, and the register answers requests to be
// taken off.

import { type Milliseconds, milliseconds, seconds } from '../../../policy/index.ts';
import type { Plan } from '../../plan/schema.ts';
import { type RegisterPreset, registerPreset } from '../../presets/index.ts';
import { power } from '../../samplers.ts';
import type { TrapKind } from '../senders/addresses.ts';
import { luckNumber } from '../luck-number.ts';
import type { ZoneAnswer } from '../ports.ts';
import { purpose } from '../purposes.ts';
import { listingEnded, listingStarted, tell } from '../measures/tally.ts';
import type { World } from '../world.ts';

/** What a register holds against one of our addresses. */
export interface Dossier {
  /**
   * Times of trap hits in the last 30 days, or within the rule's window where that is longer, oldest first.
   */
  hits: number[];
  lastHit: number;
  /** Hits since it was last taken off, and how many of them a culprit's mail made. */
  hitsEver: number;
  culpritHits: number;
  /** The people have decided it belongs on the register; publication follows. */
  decided: boolean;
  /** A decision is on its way. */
  pending: boolean;
  /** The zone names it. */
  published: boolean;
  publications: number;
  requests: number;
  /** A request to be taken off is with them. */
  asked: boolean;
}

export interface Register {
  readonly id: number;
  /** What its luck goes by. */
  readonly luck: number;
  readonly name: string;
  readonly preset: RegisterPreset;
  /** The rule in force; an upgrade replaces its parts. */
  readonly rule: { threshold: number; window: Milliseconds; expiry: Milliseconds | null; coverage: number };
  /** Kinds of trap it takes evidence from. */
  readonly takes: ReadonlySet<TrapKind>;
  /** Time from sufficient evidence to a decision. */
  readonly decides: Milliseconds;
  readonly dossiers: readonly Dossier[];
}

const month = 2_592_000_000;

export const makeRegister = (plan: Plan['registers'][number], id: number, addressCount: number): Register => {
  const preset = registerPreset(plan.preset);
  const params = preset.params as { trapThreshold?: number; windowS?: number };
  return {
    id,
    luck: luckNumber('register', plan.name),
    name: plan.name,
    preset,
    rule: {
      threshold: plan.rule.trapThreshold ?? params.trapThreshold ?? 1,
      window: plan.rule.window ?? seconds(params.windowS ?? 86_400),
      expiry: plan.rule.expiry ?? (preset.expiry.seconds === null ? null : seconds(preset.expiry.seconds)),
      coverage: plan.coverage,
    },
    takes: trapsTaken(preset),
    decides: seconds(preset.timeToListS.p10 ?? 60),
    dossiers: Array.from({ length: addressCount }, emptyDossier),
  };
};

/**
 * An assumption, by the aggressiveness grade (1 mild .. 5 hardliner, ours): all take pristine traps, from 3
 * recycled, from 4 typos.
 */
const trapsTaken = (preset: RegisterPreset): ReadonlySet<TrapKind> => {
  const grade = preset.aggressiveness;
  return new Set<TrapKind>([
    'pristine',
    ...(grade >= 3 ? ['recycled' as const] : []),
    ...(grade >= 4 ? ['typo' as const] : []),
  ]);
};

const emptyDossier = (): Dossier => ({
  hits: [],
  lastHit: -1,
  hitsEver: 0,
  culpritHits: 0,
  decided: false,
  pending: false,
  published: false,
  publications: 0,
  requests: 0,
  asked: false,
});

/** A message from one of our addresses reached a trap whose owner reports to this register. */
export const takeEvidence = (world: World, register: Register, address: number, byCulprit: boolean): void => {
  const now = world.agenda.now;
  const dossier = register.dossiers[address]!;
  dossier.hits.push(now);
  while (dossier.hits[0]! < now - Math.max(month, register.rule.window)) dossier.hits.shift();
  dossier.lastHit = now;
  dossier.hitsEver += 1;
  if (byCulprit) dossier.culpritHits += 1;
  weigh(world, register, address);
};

/** Looks at the evidence under the rule in force; a decision to list follows where it suffices. */
export const weigh = (world: World, register: Register, address: number): void => {
  const dossier = register.dossiers[address]!;
  if (dossier.decided || dossier.pending) return;
  const since = world.agenda.now - register.rule.window;
  let fresh = 0;
  for (let index = dossier.hits.length - 1; index >= 0 && dossier.hits[index]! >= since; index -= 1)
    fresh += 1;
  if (fresh < register.rule.threshold) return;
  dossier.pending = true;
  const why = `${fresh} trap ${fresh === 1 ? 'hit' : 'hits'}`;
  world.agenda.after(register.decides, { kind: 'register-decision', register, address, list: true, why }, 0);
};

/** The people decide; the zone follows at its next publication. */
export const decide = (
  world: World,
  register: Register,
  address: number,
  list: boolean,
  why: string,
): void => {
  const dossier = register.dossiers[address]!;
  dossier.pending = false;
  if (dossier.decided === list) return;
  dossier.decided = list;
  dossier.publications += 1;
  const { minS, maxS } = register.preset.publish;
  const drawn = world.luck.draw(register.luck, dossier.publications, purpose.publication, address);
  const delay = milliseconds(Math.round((minS + drawn * (maxS - minS)) * 1_000));
  world.agenda.after(delay, { kind: 'register-publication', register, address, list, why }, 0);
  if (list) awaitExpiry(world, register, address);
  else dossier.hitsEver = dossier.culpritHits = 0;
};

const awaitExpiry = (world: World, register: Register, address: number): void => {
  if (register.rule.expiry === null) return;
  const due = Math.max(0, register.dossiers[address]!.lastHit + register.rule.expiry - world.agenda.now);
  world.agenda.after(milliseconds(due), { kind: 'register-expiry', register, address }, 0);
};

export const publish = (
  world: World,
  register: Register,
  address: number,
  list: boolean,
  why: string,
): void => {
  const dossier = register.dossiers[address]!;
  if (dossier.published === list || dossier.decided !== list) return;
  dossier.published = list;
  if (list) listingStarted(world, register, address);
  else listingEnded(world, register, address, why);
  tell(
    world,
    'register',
    register.name,
    `${register.name} ${list ? 'lists' : 'no longer lists'} ${world.ips[address]!}: ${why}`,
  );
};

/** A listing runs out once its time has passed since the last hit; each hit in between put that off. */
export const expire = (world: World, register: Register, address: number): void => {
  const dossier = register.dossiers[address]!;
  if (!dossier.decided || register.rule.expiry === null) return;
  if (dossier.lastHit + register.rule.expiry > world.agenda.now) awaitExpiry(world, register, address);
  else decide(world, register, address, false, 'expired');
};

/**
 * Changes the rule at an instant and weighs all evidence anew: what was background may now be enough, and
 * what is listed already expires by the new rule.
 */
export const upgrade = (world: World, register: Register, to: Partial<Register['rule']>): void => {
  Object.assign(register.rule, to);
  for (const [address, dossier] of register.dossiers.entries()) {
    if (dossier.decided) awaitExpiry(world, register, address);
    else weigh(world, register, address);
  }
};

/** Whether the people behind it can be asked at all; where not, one waits for the listing to expire. */
export const canBeAsked = (register: Register): boolean =>
  !/^(none|wait)/.test(register.preset.delist.channel);

/**
 * A request to be taken off. The answer comes after their time: least, typical (in half the cases) and most
 * are the preset's.
 */
export const askToDelist = (
  world: World, register: Register, address: number, _withCause = false,
): void => {
  const dossier = register.dossiers[address]!;
  if (dossier.asked) return;
  dossier.asked = true;
  dossier.requests += 1;
  const { minS, typicalS, maxS } = register.preset.delist;
  const typical = typicalS ?? 43_200;
  const drawn = world.luck.draw(register.luck, dossier.requests, purpose.delistAnswer, address);
  const least = minS ?? typical / 4;
  const most = Math.max(maxS ?? typical * 4, typical);
  const wait =
    drawn < 0.5 ? least + (typical - least) * drawn * 2 : typical * power(most / typical, drawn * 2 - 1);
  world.agenda.after(seconds(wait), { kind: 'delist-answer', register, address }, 0);
};

/**
 * A self-service page removes without a question, and the next hit lists again; people look first, and refuse
 * where a hit within the last day says that the cause is not removed. True if they agree.
 */
export const answerRequest = (world: World, register: Register, address: number): boolean => {
  const dossier = register.dossiers[address]!;
  dossier.asked = false;
  if (!dossier.decided) return true;
  const looksFirst = !register.preset.delist.channel.startsWith('self-service');
  if (looksFirst && world.agenda.now - dossier.lastHit < 86_400_000) return false;
  dossier.hits = [];
  decide(world, register, address, false, 'delisted on request');
  return true;
};

/** What the published zone says of an address at this instant. */
export const zoneAnswer = (world: World, register: Register, address: number): ZoneAnswer => {
  const { positiveS, negativeS } = register.preset.ttl;
  if (!register.dossiers[address]!.published) return { codes: [], txt: '', ttlS: negativeS, failure: 'none' };
  const txt = register.preset.txt.replaceAll('{ip}', world.ips[address]!).replaceAll(/\{\w+\}/g, '-');
  return { codes: [register.preset.codes[0]!.code], txt, ttlS: positiveS, failure: 'none' };
};
