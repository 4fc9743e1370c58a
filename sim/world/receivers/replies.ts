// SMTP replies, from smtp-replies.json: which reply a receiver gives on which occasion, its text filled in,
// and what kind of refusal a platform reads out of it. The reading works on what was on the wire, so both
// transports agree.

import type { AddressKey, Reply, ReplyClass } from '../../../policy/index.ts';
import { type ReceiverPreset, type ReplyPreset, replyPresets } from '../../presets/index.ts';
import { addressText } from '../senders/addresses.ts';

/** What a reply is given for; the words of smtp-replies.json. */
export type Occasion =
  'dnsblReject' | 'connectionLimit' | 'rateLimit' | 'unknownUserRate' | 'unknownUser' | 'mailboxFull';

export const accepted: Reply = Object.freeze({ code: 250, enhanced: '2.0.0', text: 'ok', class: 'accepted' });

/** Where a provider's own wording is not known: Postfix's, whose replies are public. */
const fallback: Record<Occasion, string> = {
  dnsblReject: 'pf-554-rbl',
  connectionLimit: 'pf-421-conn',
  rateLimit: 'pf-421-conn',
  unknownUserRate: 'ms-451-650',
  unknownUser: 'pf-550-nouser',
  mailboxFull: 'gmail-452-full',
};

const byId = new Map(replyPresets.map((reply) => [reply.id, reply]));

/** A receiver's reply for an occasion, its own where one is known. */
export const replyFor = (receiver: ReceiverPreset, occasion: Occasion): ReplyPreset => {
  for (const id of receiver.replies) {
    const reply = byId.get(id);
    if (reply?.condition === occasion) return reply;
  }
  return byId.get(fallback[occasion])!;
};

/** What a placeholder of a reply's text stands for. */
export interface Filling {
  readonly ip: string;
  readonly host: string;
  /** Key of the recipient it speaks of; -1 where it speaks of none. */
  readonly key: number;
  readonly zone: string;
  readonly txt: string;
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

/** Replies by code and enhanced code, each with its wording: what an operator's bounce classifier goes by. */
const known = new Map<string, { readonly reply: ReplyPreset; readonly wording: RegExp }[]>();
for (const reply of replyPresets) {
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
