// The people behind a register, as one meets them who asks to be taken off: by which channel, who may ask,
// how often, when they answer, and whether they believe what they are told. What they remember is in
// trust.ts.

import { seconds } from '../../../policy/index.ts';
import type { RegisterPreset } from '../../presets/index.ts';
import { purpose } from '../purposes.ts';
import type { World } from '../world.ts';
import { officeTime } from './answering-hours.ts';
import { spread } from './delays.ts';
import { countSince, type Dossier } from './dossier.ts';
import { silenceS } from './faults.ts';
import { paramsOf } from './params.ts';
import { decide, type Register } from './register.ts';
import { escalate } from './rules/manual.ts';
import { isOutOfPatience, regainTrust, slowerByRelapse } from './trust.ts';
import { forwardedAfterS, isLeftLying } from './upstream.ts';

const dayMs = 86_400_000;
const monthMs = 30 * dayMs;

/**
 * Removals a self-service page grants within 30 days where it rations them (CSS: "within limits"); the number
 * is an assumption. PSBL: "anyone may remove any IP at any time". TQMcube: "no second expedite".
 */
const rationed = 3;
const quotaOf = ({ id, delist }: RegisterPreset): { most: number; within: number } => {
  if (id === 'tqmcube') return { most: 1, within: Number.POSITIVE_INFINITY };
  const free = id === 'psbl' || !isSelfService(delist.channel);
  return { most: free ? Number.POSITIVE_INFINITY : rationed, within: monthMs };
};

const isSelfService = (channel: string): boolean => channel.startsWith('self-service');

/** The SBL's team works around the clock (spamhaus.org/sbl/delistingprocedure); machines do anyway. */
const isAlwaysOpen = ({ id, delist }: RegisterPreset): boolean =>
  isSelfService(delist.channel) || id === 'spamhaus-sbl';

/**
 * Without a limit of its own in the preset, an answer takes from a quarter of the typical time to four times.
 */
const otherwiseTimes = 4;
const otherwiseTypicalS = 43_200;

/**
 * Whether the people behind it can be asked at all, free of charge; where not, one waits for the listing to
 * expire, or pays (fees.ts). A composite is asked by its members.
 */
export const canBeAsked = (register: Register): boolean =>
  register.preset.model === 'union'
    ? register.members.some(canBeAsked)
    : !/^(none|wait)/.test(register.preset.delist.channel);

/** Registers that hear nobody but the owner of the network. */
const isByOwner = ({ preset }: Register): boolean => preset.delist.who === 'isp';

/** Who has heard nothing from the owner of the network for so long asks again; an assumption. */
const remindedAfterS = 3 * 86_400;

/** Whether a request never got to the register's people: the owner of the network left it lying. */
export const liesUpstream = (register: Register, address: number): boolean =>
  [register, ...register.members].some(({ dossiers }) => dossiers[address]!.lies);

/** A request to be taken off, with a root cause shown or not. The answer comes in its time. */
export const askToDelist = (
  world: World, register: Register, address: number, withCause = false,
): void => {
  const dossier = register.dossiers[address]!;
  if (dossier.asked) return;
  dossier.asked = true;
  dossier.askedAt = world.agenda.now;
  dossier.withCause = withCause;
  dossier.requests += 1;
  const asked = register.preset.model === 'union' ? listedMembers(register, address) : [register];
  let waitS = 0;
  for (const one of asked) {
    const lies = isByOwner(one) && isLeftLying(world, one, address, dossier.requests);
    Object.assign(one.dossiers[address]!, { askedAt: world.agenda.now, withCause, lies });
    waitS = Math.max(waitS, lies ? remindedAfterS : answerTimeS(world, one, address, dossier.requests));
  }
  world.agenda.after(seconds(waitS), { kind: 'delist-answer', register, address }, 0);
};

const listedMembers = (register: Register, address: number): readonly Register[] =>
  register.members.filter((member) => canBeAsked(member) && member.dossiers[address]!.decided);

/** Least, typical (in half the cases) and most are the preset's; people answer in their office hours. */
const answerTimeS = (world: World, register: Register, address: number, request: number): number => {
  const { preset, luck } = register;
  const { minS, typicalS, maxS } = preset.delist;
  const typical = typicalS ?? otherwiseTypicalS;
  const least = minS ?? typical / otherwiseTimes;
  const most = Math.max(maxS ?? typical * otherwiseTimes, typical);
  const drawn = world.luck.draw(luck, request, purpose.delistAnswer, world.ipLuck[address]!);
  let wait = spread(drawn, least, typical, most) * slowerByRelapse(register.dossiers[address]!);
  // SpamRATS asks for a proper reverse name ("only after PTR is corrected"), which is the owner's to set.
  if (isByOwner(register) || preset.model === 'policy+abuse')
    wait += forwardedAfterS(world, register, address, request);
  wait += silenceS(world, register, address, request);
  if (isAlwaysOpen(preset)) return wait;
  return (officeTime(world, world.agenda.now + wait * 1_000) - world.agenda.now) / 1_000;
};

/** The answer is due. True if the address is off the register, or will be at its next publication. */
export const answerRequest = (world: World, register: Register, address: number): boolean => {
  const dossier = register.dossiers[address]!;
  dossier.asked = false;
  if (register.preset.model !== 'union') return answerOf(world, register, address);
  return listedMembers(register, address)
    .map((member) => answerOf(world, member, address))
    .every((agreed) => agreed);
};

const answerOf = (world: World, register: Register, address: number): boolean => {
  const dossier = register.dossiers[address]!;
  const { lies } = dossier;
  dossier.lies = false;
  if (!dossier.decided) return true;
  if (lies || refuses(world, register, address, dossier)) return false;
  if (dossier.withCause) regainTrust(dossier);
  dossier.hits = [];
  dossier.sources.length = 0;
  dossier.reports = [];
  dossier.granted.push(world.agenda.now);
  // Who shows that a range holds a mail server gets an exception for good.
  register.property[address] = 0;
  decide(world, register, address, false, 'delisted on request');
  return true;
};

/**
 * A self-service page removes without a question while its ration lasts. People look first: hits within the
 * last day say that the cause is not removed, unless it was shown and nothing came after; a claim that later
 * hits prove false makes it worse. Some refuse for no better reason than having had enough.
 */
const refuses = (world: World, register: Register, address: number, dossier: Dossier): boolean => {
  const { now } = world.agenda;
  const { preset } = register;
  if (register.fault === 'operator-unreachable') return true;
  const { most, within } = quotaOf(preset);
  if (countSince(dossier.granted, now - within) >= most) return true;
  if (isSelfService(preset.delist.channel)) return refusesRepeats(preset) && hitSince(dossier, now - dayMs);
  if (dossier.withCause) {
    const isFalse = hitSince(dossier, dossier.askedAt + 1);
    if (isFalse && preset.model === 'manual' && dossier.escalated < 2) escalate(world, register, address);
    return isFalse;
  }
  if (hitSince(dossier, now - dayMs + 1) || isOutOfPatience(dossier)) return true;
  const drawn = world.luck.draw(register.luck, dossier.requests, purpose.refusal, world.ipLuck[address]!);
  return drawn < (paramsOf(preset).operatorObstinacy ?? 0);
};

/** XBL: "repeat delist refused while infected". */
const refusesRepeats = ({ model }: RegisterPreset): boolean => model === 'heuristic';

const hitSince = ({ lastHit }: Dossier, since: number): boolean => lastHit >= since;
