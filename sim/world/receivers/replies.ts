// SMTP replies, from smtp-replies.json: which reply a receiver gives on which occasion, its text filled in,
// and what kind of refusal a platform reads out of it. The reading works on what was on the wire, so both
// transports agree.

import type { AddressKey, Reply, ReplyClass } from '../../../policy/index.ts';
import { type ReceiverPreset, type ReplyPreset, replyPresets } from '../../presets/index.ts';
import { addressText } from '../senders/addresses.ts';

/** What a reply is given for; the words of smtp-replies.json. */
export const occasions = [
  'dnsblReject', 'dnsblDefer', 'connectionLimit', 'rateLimit', 'newIpThrottle', 'recipientRate',
  'unknownUserRate', 'unknownUser', 'mailboxFull', 'mailboxDisabled', 'greylist', 'spamContent',
] as const;
export type Occasion = (typeof occasions)[number];

/** The replies of one receiver, one an occasion; `own` are those whose wording is its own. */
export type Replies = Readonly<Record<Occasion, ReplyPreset>> & { readonly own: ReadonlySet<Occasion> };

export const accepted: Reply = Object.freeze({ code: 250, enhanced: '2.0.0', text: 'ok', class: 'accepted' });

/**
 * Where a provider's own wording is not known: what it says on a like occasion, else Postfix's words, which
 * are public.
 */
const fallback: Readonly<Record<Occasion, readonly string[]>> = {
  dnsblReject: ['pf-554-rbl'],
  dnsblDefer: ['pf-450-defer-rbl'],
  connectionLimit: ['pf-421-conn'],
  rateLimit: ['pf-421-conn'],
  // Its own list is for T-Online alone, which refuses for good whom it does not know; see limits.ts.
  newIpThrottle: ['reputationDefer', 'rateLimit', 'dnsblReject', 'pf-421-conn'],
  recipientRate: ['pf-421-conn'],
  unknownUserRate: [
    'errorRate', 'suspension', 'reputationDefer', 'rateLimit', 'spamContent', 'ms-451-650',
  ],
  unknownUser: ['pf-550-nouser'],
  mailboxFull: ['gmail-452-full'],
  mailboxDisabled: ['pf-550-nouser'],
  greylist: ['pf-450-grey'],
  spamContent: ['policyReject', 'pf-554-rbl'],
};

/**
 * Replies as we can speak them: of several lines where the note says so, and with a `{mark}` where the token
 * tells which register it was. Comcast's suffix is a mask of the lists that hit; Yahoo's BL21 is Spamhaus,
 * BL23 its XBL.
 */
const readied = ({ note, text, token, ...rest }: ReplyPreset): ReplyPreset => ({
  ...rest,
  note,
  text: (note === 'multi-line' ? text.replaceAll(' / ', '\n') : text)
    .replace('BL000001', 'BL00000{mark}').replace('[BL21]', '[BL2{mark}]'),
  token: token.replace('BL000001', 'BL00000').replace('BL21', 'BL2'),
});
const replies = replyPresets.map(readied);
const byId = new Map(replies.map((reply) => [reply.id, reply]));

/** Throws a RangeError for an id that no reply has. */
export const replyById = (id: string): ReplyPreset => {
  const reply = byId.get(id);
  if (reply === undefined) throw new RangeError(`no reply preset is called "${id}"`);
  return reply;
};

/** A receiver's reply for an occasion, its own where one is known. */
export const replyFor = (receiver: ReceiverPreset, occasion: Occasion): ReplyPreset =>
  ownReply(receiver, occasion)
  ?? fallback[occasion]
    .map((way) => byId.get(way) ?? ownReply(receiver, way))
    .find((one) => one !== undefined)
  ?? byId.get('rfc-451-local')!;

const ownReply = (receiver: ReceiverPreset, condition: string): ReplyPreset | undefined => {
  for (const id of receiver.replies) {
    const reply = byId.get(id);
    // What speaks of the sender's domain is said of domains only (manners.ts).
    if (reply?.condition === condition && isOfOccasion(reply)) return reply;
  }
  return undefined;
};

/** Mimecast's policy replies speak of forged headers and blocked addresses, never of content. */
const isOfOccasion = ({ id, condition, subject }: ReplyPreset): boolean =>
  condition === 'policyReject' ? subject === 'message' && id !== 'mc-550-spoof'
  : condition !== 'reputationDefer' || subject !== 'domain';

export const repliesOf = (receiver: ReceiverPreset): Replies => {
  const all = Object.fromEntries(
    occasions.map((occasion) => [occasion, replyFor(receiver, occasion)]),
  ) as Record<Occasion, ReplyPreset>;
  const isOwn = (occasion: Occasion): boolean => receiver.replies.includes(all[occasion].id);
  return { ...all, own: new Set(occasions.filter(isOwn)) };
};

/**
 * What is said of a listing on one register: some receivers have a reply for it alone: Proofpoint's,
 * Cloudmark's and Cisco's own.
 */
export const listingReply = (
  receiver: ReceiverPreset, usual: ReplyPreset, registerId: string,
): ReplyPreset => {
  const part = partOf[registerId];
  const own = part === undefined ? undefined : receiver.replies.find((id) => id.endsWith(part));
  return own === undefined ? usual : byId.get(own)!;
};

const partOf: Readonly<Record<string, string>> = {
  'proofpoint-pdr': '554-pdr', 'cloudmark-csi': '550-csi', 'talos-sbrs': '554-rep',
};

/** The mark in a reply's token: which register a refusal goes by; none for a block of the receiver's own. */
export const markOf = (receiver: ReceiverPreset, registerId: string | null): string => {
  if (receiver.id === 'yahoo') return registerId === 'spamhaus-xbl' ? '3' : '1';
  if (registerId === null) return '0';
  return registerId === 'cloudmark-csi' ? '2' : registerId === 'validity-rpbl' ? '4' : '1';
};

/** What a placeholder of a reply's text stands for. */
export interface Filling {
  readonly ip: string;
  readonly host: string;
  /** Key of the recipient it speaks of; -1 where it speaks of none. */
  readonly key: number;
  readonly zone: string;
  readonly txt: string;
  /** See `markOf`. */
  readonly mark: string;
}

/**
 * The reply as it goes out: placeholders filled, and the factual token in it even where our paraphrase
 * dropped it. The text is put together when it is read: on the wire always, in memory by few.
 */
export const render = (preset: ReplyPreset, filling: Filling): Reply => new Refusal(preset, filling);

class Refusal implements Reply {
  readonly code: number;
  readonly enhanced: string;
  readonly class: ReplyClass;
  readonly #preset: ReplyPreset;
  readonly #filling: Filling;

  constructor(preset: ReplyPreset, filling: Filling) {
    this.code = preset.code;
    this.enhanced = preset.enhanced ?? '';
    this.class = classOf(preset.bounceClass);
    this.#preset = preset;
    this.#filling = filling;
  }

  get text(): string {
    return wording(this.#preset, this.#filling);
  }
}

const wording = ({ text: pattern, token, code, enhanced }: ReplyPreset, filling: Filling): string => {
  const text = pattern
    .replaceAll('{ip}', filling.ip)
    .replaceAll('{host}', filling.host)
    .replaceAll('{rcpt}', filling.key < 0 ? '-' : addressText(filling.key as AddressKey, filling.host))
    .replaceAll('{zone}', filling.zone)
    .replaceAll('{txt}', filling.txt)
    .replaceAll('{mark}', filling.mark)
    .replaceAll('{subject}', 'domain')
    .replaceAll('{domain}', filling.host)
    .replaceAll('{url}', 'https://help.example/')
    .replaceAll(/\{\w+\}/g, '-');
  const said = text.includes(token) || enhanced === token || String(code) === token;
  return (said ? text : `${text} ${token}`).trim();
};

const classes: Record<string, ReplyClass> = {
  unknownUser: 'unknownUser', mailboxFull: 'mailboxFull', greylist: 'greylist', rateLimit: 'rateLimit',
  reputationDefer: 'reputationDefer', dnsblBlock: 'dnsblBlock', ipBlock: 'ipBlock', spamBlock: 'spamBlock',
  policy: 'policy', auth: 'auth', transient: 'transient', outboundSuspended: 'policy',
};
const classOf = (word: string): ReplyClass => classes[word] ?? 'transient';

/** Whether a reply, in memory or off the wire, is this refusal. */
export const isReply = (reply: Reply, preset: ReplyPreset): boolean =>
  reply.code === preset.code && reply.enhanced === (preset.enhanced ?? '') &&
  reply.class === classOf(preset.bounceClass);

/** Replies by code and enhanced code, each with its wording: what an operator's bounce classifier goes by. */
const known = new Map<string, { readonly reply: ReplyPreset; readonly wording: RegExp }[]>();
for (const reply of replies) {
  const key = `${reply.code} ${reply.enhanced ?? ''}`;
  const parts = reply.text.split(/\{\w+\}/).map((part) => part.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'));
  known.set(key, [...(known.get(key) ?? []), { reply, wording: new RegExp(`^${parts.join('.*')}`, 's') }]);
}

/**
 * What kind of refusal a reply off the wire is. Looks for a known wording, this receiver's first, then for a
 * reply of this receiver whose token the text holds, then of any receiver, then goes by the enhanced code,
 * then by the first digit.
 */
export const classify = (
  receiver: ReceiverPreset, code: number, enhanced: string, text: string,
): ReplyClass => {
  if (code >= 200 && code < 300) return 'accepted';
  const candidates = known.get(`${code} ${enhanced}`) ?? [];
  const own = candidates.filter(({ reply }) => receiver.replies.includes(reply.id));
  const worded = own.find(({ wording }) => wording.test(text))
    ?? candidates.find(({ wording }) => wording.test(text));
  if (worded !== undefined) return classOf(worded.reply.bounceClass);
  const isBare = ({ token }: ReplyPreset): boolean => token === enhanced || token === String(code);
  const spoken = own.find(({ reply }) => isBare(reply) || text.includes(reply.token))
    ?? candidates.find(({ reply }) => !isBare(reply) && text.includes(reply.token));
  if (spoken !== undefined) return classOf(spoken.reply.bounceClass);
  if (enhanced.startsWith('5.1.')) return 'unknownUser';
  if (enhanced.endsWith('.2.2')) return 'mailboxFull';
  return code < 500 ? 'transient' : 'policy';
};
