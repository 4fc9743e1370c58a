// How each provider treats a sender that it thinks badly of: with which replies it slows it down and blocks
// it, for how long, and whether the rest of a network pays too. Sources are those of receivers.json and
// smtp-replies.json.

import type { ReceiverPreset, ReplyPreset } from '../../presets/index.ts';
import { replyById } from './replies.ts';

export interface Manner {
  /** It keeps reputations of its own. */
  readonly judges: boolean;
  /** From mild to severe; none where no such reply is known: then it only files more as junk. */
  readonly slow: readonly ReplyPreset[];
  /** For the first block, the second and so on; the last for all after it. */
  readonly block: readonly ReplyPreset[];
  /** A block that refuses what its filter takes for spam, and not all mail of the address. */
  readonly messagesOnly: boolean;
  readonly blockMs: number;
  /** The second block within a week never heals by itself. */
  readonly forever: boolean;
  /** Each block within a week of the last one lasts twice as long, up to a week. */
  readonly grows: boolean;
  /** Half of what was seen is forgotten in so many hours. */
  readonly halfLifeH: number;
  /** All of our addresses in one /24 share a reputation. */
  readonly neighboursCount: boolean;
  /** How it says that a domain is the matter; null where it only files the mail as junk. */
  readonly ofDomain: ReplyPreset | null;
}

interface Ways {
  readonly slow?: readonly string[];
  readonly block?: readonly string[];
  readonly messagesOnly?: true;
  readonly forever?: true;
  readonly grows?: true;
  readonly halfLifeH?: number;
  readonly neighboursCount?: true;
  readonly ofDomain?: string;
}

/**
 * Which reply is spoken when. The order among several is an assumption: no provider says which of its codes
 * is the sharper one. Free forgets in 24 to 48 h; 72 h for the largest is an assumption after Talos, whose
 * score recovers in about three days.
 */
const ways: Readonly<Record<string, Ways>> = {
  // An address is rate limited; what is refused for good are messages, not addresses.
  gmail: {
    slow: ['gmail-421-rate'], block: ['gmail-550-unsolicited'], messagesOnly: true, halfLifeH: 72,
    ofDomain: 'gmail-421-lowrep',
  },
  // S3150: "part of the network is on our block list".
  'outlook-consumer': {
    slow: ['ms-451-650', 'ms-451-651', 'ms-421-rp001'], block: ['ms-550-s3150', 'ms-550-sc001'],
    halfLifeH: 72, neighboursCount: true,
  },
  m365: { block: ['eop-550-606', 'eop-550-511', 'eop-550-708'], halfLifeH: 72 },
  // First one is to wait; TS03 is a 4yz that no retry heals.
  yahoo: {
    slow: ['yahoo-421-tss04'], block: ['yahoo-421-ts02', 'yahoo-421-ts03'], forever: true, halfLifeH: 72,
  },
  apple: { slow: ['apple-451-bs02', 'apple-421-hcm1'], block: ['apple-550-cs01'], messagesOnly: true },
  // BL000000, no list's bit set: Comcast's own block.
  comcast: { slow: ['comcast-421-rl'], block: ['comcast-554-bl'] },
  att: { slow: ['att-450-busy'], block: ['att-553-dnsbl'] },
  'gmx-webde': { slow: ['gmx-421-rate'], block: ['gmx-554-bl'] },
  // OFR_999: 2 h, longer for those who come back.
  orange: { slow: ['orange-421-105'], block: ['orange-421-999'], grows: true },
  sfr: { slow: ['sfr-450-101'], block: ['sfr-421-errors'] },
  free: { block: ['free-550-spam'] },
  laposte: { slow: ['laposte-450-503'] },
  yandex: { slow: ['yandex-451-unavail'] },
  qq: { block: ['qq-550-ipfreq'], ofDomain: 'qq-550-domain' },
  'netease-163': { slow: ['ne-451-spm'] },
  mimecast: { slow: ['mc-451-grey'], block: ['mc-421-blocked'] },
  proofpoint: { slow: ['pp-421-pdr'], block: ['pp-554-pdr'] },
  barracuda: { slow: ['bar-450-abuse'] },
  rackspace: { slow: ['rs-451-newip'] },
  't-online': { block: ['tonline-554-bl'] },
};

/** Where a provider's own figure is not known: a day, the middle of those in receivers.json. */
const blockS = 86_400;
/** An assumption, near Free's 24 to 48 h. */
const halfLifeH = 24;

export const mannerOf = (preset: ReceiverPreset): Manner => {
  const way = preset.internalReputation ? ways[preset.id] ?? {} : {};
  return {
    judges: preset.internalReputation,
    slow: (way.slow ?? []).map(replyById),
    block: (way.block ?? []).map(replyById),
    messagesOnly: way.messagesOnly ?? false,
    blockMs: (preset.block.typicalS ?? blockS) * 1_000,
    forever: way.forever ?? false,
    grows: way.grows ?? false,
    halfLifeH: way.halfLifeH ?? halfLifeH,
    neighboursCount: way.neighboursCount ?? false,
    ofDomain: way.ofDomain === undefined ? null : replyById(way.ofDomain),
  };
};
