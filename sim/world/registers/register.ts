// A register (DNSBL) and its clocks: evidence, decision, publication, and the end of a listing. Two more
// clocks lie before a refusal somewhere, the DNS cache and the receiver's own; they are the receiver's. What
// evidence suffices is the rule's (rules/); the people one can ask are in delisting.ts, the zone in zone.ts.

import { type Milliseconds, milliseconds, seconds } from '../../../policy/index.ts';
import type { RegisterPreset } from '../../presets/index.ts';
import { listingEnded, listingStarted } from '../measures/listing-tally.ts';
import { tell } from '../measures/tally.ts';
import { purpose } from '../purposes.ts';
import type { TrapKind } from '../senders/addresses.ts';
import type { World } from '../world.ts';
import type { Dossier } from './dossier.ts';
import type { Fault } from './faults.ts';
import type { RuleModel } from './model.ts';
import { changedRule, type Rule, type RuleChanges } from './rule.ts';
import type { Traffic } from './traffic.ts';
import { noteRelapse } from './trust.ts';
import { memberChanged } from './rules/union.ts';
import { isDomainList } from './zone.ts';

export { type Evidence, takeEvidence } from './evidence.ts';
export { answerRequest, askToDelist, canBeAsked } from './delisting.ts';
export { zoneAnswer, zoneAnswerFor } from './zone.ts';

export interface Register {
  /** Its place among the world's; -1 for a part of a composite that the plan does not name. */
  readonly id: number;
  /** What its luck goes by. */
  readonly luck: number;
  readonly name: string;
  readonly preset: RegisterPreset;
  readonly model: RuleModel;
  /** The rule in force; an upgrade puts another in its place. */
  rule: Rule;
  /** Kinds of trap it takes evidence from. */
  readonly takes: ReadonlySet<TrapKind>;
  /** Time from sufficient evidence to a decision. */
  readonly decides: Milliseconds;
  readonly dossiers: Dossier[];
  /** What it counts of mail; null where its model counts none. */
  readonly traffic: Traffic | null;
  /** For each of our addresses, those of ours that it takes together with it. */
  readonly ranges: readonly (readonly number[])[];
  /** The code that says "listed", and the answer for an address it knows nothing of. */
  readonly codes: readonly string[];
  /** When it last saw mail from an address; minus infinity for one that was silent before the run. */
  readonly lastSeen: Float64Array;
  /** Addresses that had sent nothing for 30 days when the run began. */
  readonly isNew: Uint8Array;
  /** Addresses with the property that a policy register lists (a dynamic range, no reverse name). */
  readonly property: Uint8Array;
  /** Addresses that a mirror left behind still names. */
  readonly staleMirror: Uint8Array;
  /**
   * Those that escalate this one, and whom this one escalates; parts of a composite, and composites of it.
   */
  readonly parents: Register[];
  child: Register | null;
  readonly members: Register[];
  readonly composites: Register[];
  fault: Fault | null;
  /** The rule that an upgrade replaced for a while, by its incident. */
  readonly rulesBefore: Map<object, Rule>;
}

/** Looks at the evidence under the rule in force; a decision to list follows where it suffices. */
export const weigh = (world: World, register: Register, address: number): void => {
  const dossier = register.dossiers[address]!;
  if (dossier.decided || dossier.pending) return;
  const why = register.model.reason(world, register, address);
  if (why === null) return;
  dossier.pending = true;
  world.agenda.after(register.decides, { kind: 'register-decision', register, address, list: true, why }, 0);
};

/** The people decide; the zone follows at its next publication. */
export const decide = (
  world: World, register: Register, address: number, list: boolean, why: string,
): void => {
  const dossier = register.dossiers[address]!;
  dossier.pending = false;
  if (dossier.decided === list) return;
  dossier.decided = list;
  dossier.publications += 1;
  const { minS, maxS } = register.preset.publish;
  const lot = world.ipLuck[address]!;
  const drawn = world.luck.draw(register.luck, dossier.publications, purpose.publication, lot);
  const delay = milliseconds(Math.round((minS + drawn * (maxS - minS)) * 1_000));
  world.agenda.after(delay, { kind: 'register-publication', register, address, list, why }, 0);
  if (list) {
    dossier.listedAt = world.agenda.now;
    noteRelapse(dossier, world.agenda.now);
    register.model.listed(world, register, address);
    awaitExpiry(world, register, address);
  } else {
    dossier.hitsEver = dossier.culpritHits = dossier.neighbourHits = dossier.escalated = 0;
  }
};

/** Has the end of a listing looked at when it is due; no event where one comes no later anyway. */
export const awaitExpiry = (world: World, register: Register, address: number): void => {
  const dossier = register.dossiers[address]!;
  const { now } = world.agenda;
  const end = Math.max(now, register.model.endsAt(world, register, address));
  if (end === Number.POSITIVE_INFINITY) return;
  if (dossier.expiryDue >= now && dossier.expiryDue <= end) return;
  dossier.expiryDue = Math.ceil(end);
  const delay = milliseconds(dossier.expiryDue - now);
  world.agenda.after(delay, { kind: 'register-expiry', register, address }, 0);
};

export const publish = (
  world: World, register: Register, address: number, list: boolean, why: string,
): void => {
  const dossier = register.dossiers[address]!;
  if (dossier.published === list || dossier.decided !== list) return;
  setPublished(world, register, address, list, why);
  for (const composite of register.composites) memberChanged(world, composite, address, why);
};

/** The zone names an address from now on, or no longer. */
export const setPublished = (
  world: World, register: Register, address: number, list: boolean, why: string,
): void => {
  register.dossiers[address]!.published = list;
  if (register.id < 0) return;
  const { name } = register;
  const does = list ? 'lists' : 'no longer lists';
  const ip = world.ips[address]!;
  // A domain is named, never the address, so to us it is no listing of ours.
  if (isDomainList(register))
    return tell(world, 'register', name, `${name} ${does} domains sent by ${ip}: ${why}`);
  if (list) listingStarted(world, register, address, why);
  else listingEnded(world, register, address, why);
  tell(world, 'register', name, `${name} ${does} ${ip}: ${why}`);
};

/** A listing runs out once nothing holds it up any more; evidence in between puts that off. */
export const expire = (world: World, register: Register, address: number): void => {
  const dossier = register.dossiers[address]!;
  // A look that was put forward leaves the old one on the agenda.
  if (dossier.expiryDue !== world.agenda.now) return;
  dossier.expiryDue = -1;
  // Whoever was listed by mistake stays so until the mistake is seen.
  if (!dossier.decided || register.fault === 'lists-big-provider') return;
  const end = register.model.endsAt(world, register, address);
  if (end > world.agenda.now) awaitExpiry(world, register, address);
  else decide(world, register, address, false, 'expired');
};

/**
 * Changes the rule at an instant and weighs all evidence anew: what was background may now be enough, and
 * what is listed already expires by the new rule.
 */
export const upgrade = (world: World, register: Register, to: RuleChanges): void => {
  replaceRule(world, register, changedRule(register.rule, register.preset, to));
};

/** Puts another rule in force. */
export const replaceRule = (world: World, register: Register, rule: Rule): void => {
  const { window } = register.rule;
  register.rule = rule;
  if (rule.window !== window) register.traffic?.resize(rule.window, world.agenda.now);
  for (const [address, dossier] of register.dossiers.entries()) {
    if (dossier.decided) awaitExpiry(world, register, address);
    else weigh(world, register, address);
  }
};

/**
 * The least time from evidence to decision that the preset states; the rest of its spread comes from the
 * gathering of evidence and from publication, which are simulated.
 */
export const decisionTime = (preset: RegisterPreset): Milliseconds => seconds(preset.timeToListS.p10 ?? 60);
