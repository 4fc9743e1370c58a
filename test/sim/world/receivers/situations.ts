// What brings each reply of a receiver about: a world, and what happens in it until the receiver speaks.

import { milliseconds } from '../../../../policy/index.ts';
import { upgradeReceiver } from '../../../../sim/world/incidents/receiver-upgrade.ts';
import { believe } from '../../../../sim/world/receivers/consult.ts';
import type { Truth } from '../../../../sim/world/senders/cast.ts';
import type { World } from '../../../../sim/world/world.ts';
import { address, advance, hour, minute, second } from '../stage.ts';
import {
  type Circumstances, converse, flood, type Heard, letter, list, type ReceiverInput, register,
  type RegisterName, there, withReceiver,
} from './there.ts';

export type Situation = (preset: ReceiverInput['preset']) => Heard;

export const cold: NonNullable<Circumstances['pools']> =
  [{ name: 'shared', addresses: ['192.0.2.10'], cold: ['192.0.2.10'] }];

/** A filter that never errs: what is abusive is caught, and nothing else. */
export const sharp = { caught: '100%', wrong: '0%' } as const;

export const onRegister = (
  id: RegisterName, says: Circumstances['says'] = {},
): Situation => (preset) => {
  const world = withReceiver(preset, { registers: [register(id)], says });
  list(world, id);
  return converse(world);
};

export const to = (kind: 'unknown' | 'full'): Situation => (preset) => {
  const world = withReceiver(preset);
  return converse(world, letter(), address(world, kind));
};

/** An unknown mailbox whose luck is that of a disabled one, or is not. */
export const mailboxWith = (token: string): Situation => (preset) => {
  const world = withReceiver(preset);
  for (let place = 1; place < 100; place += 1) {
    const key = world.addresses.key(Math.floor(address(world, 'unknown') / 268_435_456) as never, place);
    const heard = converse(world, letter(), key);
    if (heard.reply.text.includes(token)) return heard;
  }
  throw new Error('no such mailbox among 100');
};

export const crowded: Situation = (preset) => {
  const world = withReceiver(preset);
  there(world).crowded[0] = 1;
  return converse(world);
};

/**
 * Mail of which this share is spam, until something is said against the address, `blocks` times over. To one
 * person, who is known to any greylist, and with time between messages, so that no connection runs full.
 */
export const withSpam = (share: number, blocks = 1): Situation => (preset) => {
  const world = withReceiver(preset, { says: sharp });
  const key = address(world, 'person');
  const say = (nature: Truth): Heard => {
    advance(world, world.agenda.now + 3 * second);
    return converse(world, letter(nature), key);
  };
  say('wanted');
  advance(world, 10 * minute);
  let heard = say('wanted');
  for (let round = 1; round <= blocks; round += 1) {
    for (let sent = 0; sent < 400 && !isBlocked(world); sent += 1) {
      heard = say(sent % 100 < share * 100 ? 'abusive' : 'wanted');
      if (share < 1 && heard.reply.code >= 400 && heard.reply.class !== 'spamBlock') return heard;
    }
    heard = say('wanted');
    // One that is slowed does not stay below what it is allowed.
    for (let knock = 0; knock < 40 && heard.reply.code < 300; knock += 1) heard = say('wanted');
    if (round < blocks) advance(world, there(world).reputations[0]!.blockedUntil);
  }
  return heard;
};
const isBlocked = (world: World): boolean => there(world).reputations[0]!.blockedUntil > world.agenda.now;
export const slowed = withSpam(0.15);
export const slowedHard = withSpam(0.6);
export const blocked = withSpam(1);

export const knockingOn: Situation = (preset) => {
  const world = withReceiver(preset, { says: sharp });
  flood(world, 80, 'wanted');
  flood(world, 60, 'abusive');
  let heard = converse(world);
  for (let knock = 0; knock < 500; knock += 1) heard = converse(world);
  return heard;
};

export const spam: Situation = (preset) => converse(withReceiver(preset, { says: sharp }), letter('abusive'));

/** The share that is refused for policy's sake is half; the rest is junk. */
export const someSpam: Situation = (preset) => {
  const world = withReceiver(preset, { says: sharp });
  const key = address(world, 'person');
  let heard = converse(world, letter('abusive'), key);
  advance(world, 10 * minute);
  for (let sent = 0; sent < 40 && heard.reply.class !== 'spamBlock'; sent += 1)
    heard = converse(world, letter('abusive'), key);
  return heard;
};

/** Of the spam of an address of bad name Gmail and Apple refuse all, and put the rest off. */
export const spamOfBadName: Situation = (preset) => {
  const world = withReceiver(preset, { says: sharp });
  flood(world, 80, 'wanted');
  for (let past = 1; past <= 12; past += 1) {
    advance(world, past * hour);
    for (let domain = 0; domain < 20; domain += 1) converse(world, letter('abusive', domain + 100 * past));
  }
  advance(world, 13 * hour);
  return converse(world, letter('abusive', 9_999));
};

export const domainOfBadName: Situation = (preset) => {
  const world = withReceiver(preset, { says: sharp });
  for (let sent = 0; sent < 4_000; sent += 1) {
    const mail = letter(sent % 20 === 0 ? 'abusive' : 'wanted', sent % 20);
    advance(world, world.agenda.now + 5 * second);
    converse(world, mail);
  }
  let heard = converse(world, letter('wanted', 0));
  for (let sent = 0; sent < 60 && heard.reply.code < 300; sent += 1)
    heard = converse(world, letter('wanted', 0));
  return heard;
};

export const tooNew: Situation = (preset) => {
  const world = withReceiver(preset, { pools: cold });
  let heard = converse(world);
  for (let sent = 0; sent < 600 && heard.reply.code < 300; sent += 1) heard = converse(world);
  return heard;
};

export const tooMany = (most: number): Situation => (preset) => {
  const world = withReceiver(preset);
  if (there(world).limits.perIpPerHour === null) {
    const to = { perIpPerHour: most };
    upgradeReceiver(world, { kind: 'receiver-upgrade', at: milliseconds(0), receiver: 'there', to }, 0);
  }
  let heard = converse(world);
  for (let sent = 0; sent < most + 5 && heard.reply.code < 300; sent += 1) heard = converse(world);
  return heard;
};

/** Sixty-one messages in a minute; ten thousand and one in a day. */
export const frequent = (count: number, gapMs: number): Situation => (preset) => {
  const world = withReceiver(preset);
  let heard = converse(world);
  for (let sent = 0; sent < count && heard.reply.code < 300; sent += 1) {
    if (gapMs > 0) advance(world, world.agenda.now + gapMs);
    heard = converse(world);
  }
  return heard;
};

export const toOneMailbox: Situation = (preset) => {
  const world = withReceiver(preset, { says: sharp });
  const key = address(world, 'person');
  let heard = converse(world, letter(), key);
  for (let sent = 0; sent < 3_700 && heard.reply.code < 300; sent += 1)
    heard = converse(world, letter(), key);
  return heard;
};

export const onOneConnection: Situation = (preset) => {
  const world = withReceiver(preset);
  let heard = converse(world);
  for (let sent = 0; sent < 30 && heard.reply.code < 300; sent += 1) heard = converse(world);
  return heard;
};

export const manyUnknown: Situation = (preset) => {
  const world = withReceiver(preset);
  for (let sent = 0; sent < 60; sent += 1) converse(world, letter(), address(world, 'unknown'));
  return converse(world);
};

export const firstTime: Situation = (preset) => converse(withReceiver(preset));
export const greylistedByPlan: Situation = (preset) =>
  converse(withReceiver(preset, { says: { greylist: '5m' } }));

/** What a private register answers: a listing; or Talos' middle band, and Proofpoint's first stage. */
export const answered = (id: RegisterName, code: string, before = 0): Situation => (preset) => {
  const world = withReceiver(preset, { registers: [register(id)] });
  const asked = there(world).consults[0]!;
  believe(world, there(world), asked, 0, { codes: [code], txt: '', ttlS: 2_100, failure: 'none' });
  for (let count = 0; count < before; count += 1) converse(world);
  return converse(world);
};
export const listedThere = '127.0.0.2';
export const delayedThere = '127.0.0.3';

