// A receiver: what it is by its preset and the plan, and what it remembers of each of our addresses. What it
// does with all that is in the files beside this one, phase by phase in phases.ts.

import type { ReceiverId } from '../../../policy/index.ts';
import { listingWeight } from '../../presets/consulted.ts';
import { receiverPreset, type ReceiverPreset, type ReplyPreset } from '../../presets/index.ts';
import type { Plan } from '../../plan/schema.ts';
import { luckNumber } from '../luck-number.ts';
import type { Register } from '../registers/register.ts';
import { type Consultation, consultationOf } from './consult.ts';
import { type Filter, filterOf } from './content-filter.ts';
import { type Greylist, greylistOf } from './greylist.ts';
import { limitsOf, type Limits, newSender, RecipientWatch, type Sender } from './limits.ts';
import { newReputation, type Reputation } from './reputation.ts';
import { type Replies, repliesOf } from './replies.ts';
import { type Manner, mannerOf } from './manners.ts';

export interface Receiver {
  readonly id: ReceiverId;
  readonly name: string;
  /** What its luck goes by: the same however many other receivers there are. */
  readonly luck: number;
  /** Replaced where an upgrade changes how many connections it allows. */
  preset: ReceiverPreset;
  consults: readonly Consultation[];
  threshold: number;
  /** A listing is refused for good, put off, or added to what the content scores. */
  readonly onListing: 'reject' | 'defer' | 'score';
  /**
   * It takes error codes of registers, and answers of parked domains, for listings. An assumption: sites that
   * run their own server with a bare zone name in its configuration do (Postfix' reject_rbl_client and Exim's
   * dnslists count any A record unless told otherwise); providers and SpamAssassin's rules read the codes.
   */
  readonly naive: boolean;
  /** It adds points for the code of a quota exceeded, to all mail (registers.json, quota-exceeded). */
  readonly scoresQuota: boolean;
  /**
   * Shortest and longest time it keeps an answer of a register, whatever the TTL; 0 and infinity for plain
   * DNS caching.
   */
  readonly keepMs: { readonly least: number; readonly most: number };
  readonly replies: Replies;
  readonly manner: Manner;
  limits: Limits;
  filter: Filter;
  greylist: Greylist | null;
  readonly recipients: RecipientWatch | null;
  /** Our connections open to it, by address, and whether the attempt came when no more were allowed. */
  readonly open: Int32Array;
  readonly crowded: Uint8Array;
  /** What it counts of each address, and what it thinks of it; at Outlook a /24 shares the latter. */
  readonly senders: readonly Sender[];
  /** By address, the number of its /24. */
  readonly networks: readonly number[];
  readonly reputations: readonly Reputation[];
  /** What it thinks of sending domains, by tenant; only of those that something bad was seen of. */
  readonly domains: Map<number, Reputation>;

  /** The settings before each upgrade that is to pass, by number of the incident. */
  readonly before: Map<number, Settings>;

  // The exchange under way: there is only one at any instant.
  /** It is with the host of a trap, which takes everything, whatever the provider thinks of the address. */
  atTrapHost: boolean;
  /** What it will refuse this exchange with, at the phase of that reply; and the register it goes by. */
  refusal: ReplyPreset | null;
  /** It has put this very mail off before, as it can tell by sender and recipient: a retry. */
  isRetry: boolean;
  /** The refusal of this exchange that is for the address' sake, whoever wrote; null where there is none. */
  blame: ReplyPreset | null;
  /** What it thinks of the sending domain; null where nothing bad was seen of it. */
  ofDomain: Reputation | null;
  listing: Consultation | null;
  /** A name server did not answer: the exchange took its time. */
  timedOut: boolean;
  /** Exchanges that still take theirs. */
  late: number;
  /** The message it took went to the junk folder: for its content, or for whom it came from. */
  junked: 'no' | 'content' | 'sender';
}

/** What an upgrade can change; all else is memory, and stays. */
export type Settings = Pick<
  Receiver, 'preset' | 'consults' | 'threshold' | 'limits' | 'filter' | 'greylist'
>;

/** postscreen keeps a clean verdict from 60 s to 1 h (Postfix 3.7, postscreen_dnsbl_min_ttl and _max_ttl). */
const postscreenKeeps = { least: 60_000, most: 3_600_000 };
const plainDns = { least: 0, most: Number.POSITIVE_INFINITY };

/** `cold` has the indices of addresses that nobody knows when the run begins. */
export const makeReceiver = (
  plan: Plan['receivers'][number],
  id: ReceiverId,
  registers: readonly Register[],
  ips: readonly string[],
  cold: ReadonlySet<number>,
): Receiver => {
  const preset = receiverPreset(plan.preset);
  const consults = registers.filter((register) =>
    plan.consults?.includes(register.name) ?? listingWeight(preset, register.preset.id) > 0);
  const replies = repliesOf(preset);
  const manner = mannerOf(preset);
  const networks = networksOf(ips);
  return {
    id,
    name: plan.name,
    luck: luckNumber('receiver', plan.name),
    preset,
    consults: consults.map((register) => consultationAt(preset, register, ips.length)),
    threshold: plan.threshold ?? thresholdOf(preset),
    onListing: plan.onListing ?? (preset.dnsblPhase === 'content' ? 'score' : 'reject'),
    naive: isNaive(preset),
    scoresQuota: preset.id === 'spamassassin-scoring',
    keepMs: preset.id === 'postscreen-strict' ? postscreenKeeps : plainDns,
    replies,
    manner,
    limits: limitsOf(preset, replies),
    filter: filterOf(preset, plan.caught, plan.wrong),
    greylist: greylistOf(preset, plan.greylist),
    recipients: replies.own.has('recipientRate') ? new RecipientWatch() : null,
    open: new Int32Array(ips.length),
    crowded: new Uint8Array(ips.length),
    senders: ips.map((_, address) => newSender(cold.has(address))),
    networks,
    reputations: reputationsOf(networks, manner.neighboursCount),
    domains: new Map(),
    before: new Map(),
    atTrapHost: false,
    refusal: null,
    isRetry: false,
    blame: null,
    ofDomain: null,
    listing: null,
    timedOut: false,
    late: 0,
    junked: 'no',
  };
};

/** A register as this receiver asks it; what a listing there counts is its preset's word, else 1. */
export const consultationAt = (
  preset: ReceiverPreset, register: Register, addressCount: number,
): Consultation => {
  const weight = listingWeight(preset, register.preset.id);
  const isUnsafe = preset.dnsbls.includes(`${register.preset.id}(unsafe)`);
  const nullSenderOnly = register.preset.model === 'backscatter' && !isUnsafe;
  return consultationOf(register, weight || 1, nullSenderOnly, addressCount);
};

const isNaive = ({ id, market }: ReceiverPreset): boolean =>
  (market === 'self-hosted' || market === 'shared hoster') && id !== 'spamassassin-scoring';

/**
 * Weighted receivers refuse at postscreen_dnsbl_threshold 3 (their preset's rule), or SpamAssassin's
 * required_score 5.
 */
const thresholdOf = (preset: ReceiverPreset): number => {
  if (preset.id === 'spamassassin-scoring') return 5;
  return preset.dnsbls.some((entry) => entry.includes('*')) ? 3 : 1;
};

/** For each of our addresses, the first of them in the same /24. */
const networksOf = (ips: readonly string[]): readonly number[] => {
  const firsts = new Map<string, number>();
  return ips.map((ip, address) => {
    const range = ip.slice(0, ip.lastIndexOf('.'));
    const first = firsts.get(range) ?? address;
    firsts.set(range, first);
    return first;
  });
};

const reputationsOf = (networks: readonly number[], shared: boolean): readonly Reputation[] => {
  const own = networks.map(newReputation);
  return shared ? networks.map((first) => own[first]!) : own;
};
