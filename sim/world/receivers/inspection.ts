// A receiver looks at a message: inbox, junk folder or refusal, by its content, by what registers say of the
// address, and by the names of address and domain. What it sees goes into those names, and to the registers
// it feeds.

import type { ReplyPreset } from '../../presets/index.ts';
import { purpose } from '../purposes.ts';
import { mailAsked, mailSeen } from '../registers/feeds.ts';
import type { World } from '../world.ts';
import { listedWeight } from './consult.ts';
import { contentDraw, contentScore, refusedShare, spamScore } from './content-filter.ts';
import type { Mail } from './mail.ts';
import type { Receiver } from './receiver.ts';
import { darken, domainOf, moreJunk } from './reputation.ts';

/** The reply that refuses the message; null where it is taken, and then `receiver.junked` says where to. */
export const inspect = (
  world: World, receiver: Receiver, address: number, mail: Mail, copies: number,
): ReplyPreset | null => {
  const { filter, manner } = receiver;
  const weighs = receiver.onListing === 'score';
  const drawn = filter.isBlind ? 1 : contentDraw(world.luck, receiver.luck, mail);
  const share = filter.share[mail.nature];
  const isSpam = drawn < share;
  if (weighs) weigh(receiver, address, mail, drawn);
  if (!filter.isBlind) look(world, receiver, address, mail, copies, isSpam);
  else {
    mailAsked(world, receiver, address, copies);
    if (manner.judges) receiver.reputations[address]!.mail += copies;
  }
  if (isSpam) {
    receiver.junked = 'content';
    const { spamContent } = receiver.replies;
    if (receiver.replies.own.has('spamContent') && drawn < share * refusedShare(spamContent.condition))
      return spamContent;
    if (manner.messagesOnly && receiver.reputations[address]!.level >= 2)
      return (receiver.blame = manner.block[0]!);
    return null;
  }
  if (receiver.junked === 'no' && manner.judges && isMistrusted(world, receiver, address, mail))
    receiver.junked = 'sender';
  return null;
};

/** SpamAssassin's way: points of listings are added to those of the content. */
const weigh = (receiver: Receiver, address: number, mail: Mail, drawn: number): void => {
  const weight = listedWeight(receiver, address, mail.domain >= 0);
  if (weight === 0) return;
  // A filter that is off scores nothing.
  const points = receiver.filter.isBlind ? 0 : contentScore(receiver.filter, mail.nature, drawn);
  const most = receiver.threshold;
  if (points < spamScore && points + weight >= most) receiver.junked = 'sender';
};

/** What was seen of the content, remembered of address and domain and told to registers. */
const look = (
  world: World, receiver: Receiver, address: number, mail: Mail, copies: number, isSpam: boolean,
): void => {
  for (let copy = 0; copy < copies; copy += 1) mailSeen(world, receiver, address, isSpam);
  if (!receiver.manner.judges) return;
  const reputation = receiver.reputations[address]!;
  reputation.mail += copies;
  if (isSpam) {
    reputation.spam += copies;
    darken(world, receiver, reputation, address);
  }
  if (mail.domain < 0 || (!isSpam && receiver.domains.size === 0)) return;
  const known = isSpam ?
    domainOf(receiver, mail.domain, reputation.hour) : receiver.domains.get(mail.domain);
  if (known === undefined) return;
  known.mail += copies;
  if (!isSpam) return;
  known.spam += copies;
  darken(world, receiver, known, -1);
};

/** A bad name of address or domain sends a share of good content to the junk folder too. */
const isMistrusted = (world: World, receiver: Receiver, address: number, mail: Mail): boolean => {
  const known = receiver.domains.size === 0 ? undefined : receiver.domains.get(mail.domain);
  const level = Math.max(receiver.reputations[address]!.level, known === undefined ? 0 : known.level);
  return level > 0 &&
    world.luck.draw(mail.luck, mail.number, purpose.moreJunk, receiver.luck) < moreJunk[level]!;
};
