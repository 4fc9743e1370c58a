// What kind of refusal a reply is whose wording no receiver of ours is known by: told by the words that
// receivers all over use, as an operator's bounce classifier tells it. The first that fits holds.

import type { Reply, ReplyClass } from '../../../policy/index.ts';
import { classify } from '../../../sim/index.ts';
import type { ReceiverPreset } from '../../../sim/presets/index.ts';
import { readSaid } from './mail-log.ts';

/** Characters of a reply that are kept. */
const mostText = 512;

/** The reply in what a log, or a report, says of a recipient, with its status (RFC 3463). */
export const replyIn = (said: string, dsn: string): Reply => {
  const { code, enhanced, text } = readSaid(said, dsn);
  return { code, enhanced, text: text.slice(0, mostText), class: classOf(code, enhanced, dsn, text) };
};

/** No receiver's habits are known; replies are told by their wording alone. */
const anyReceiver = { replies: [] as readonly string[] } as ReceiverPreset;

/** A domain that does not exist, or takes no mail, tells of a bad list as an unknown user does. */
const noDomain = /^5\.(?:1\.(?:2|10)|4\.4)$/;

const classOf = (code: number, enhanced: string, dsn: string, text: string): ReplyClass => {
  if (noDomain.test(dsn)) return 'unknownUser';
  const found = classify(anyReceiver, code, enhanced === '' ? dsn : enhanced, text);
  // What is said where nothing is known.
  return found === 'transient' || found === 'policy' ? classByWords(code, text) ?? found : found;
};

/** Each with the replies, by their first digit, for which the words mean it. */
const words: readonly (readonly [RegExp, ReplyClass, '4' | '5' | 'both'])[] = [
  // Mimecast's greylisting says the second.
  [/gr[ae]y-?list|\binternal resources? (?:is |are )?temporarily unavailable\b/i, 'greylist', '4'],
  [/\b(?:user|recipient|mailbox|address|account)\b.{0,40}\b(?:unknown|not found|does not exist|disabled)\b/i,
    'unknownUser', '5'],
  [/\bmailbox currently suspended\b/i, 'unknownUser', '5'],
  // The words of RFC 5321, 4.2.3, for 550 and 552; then Yahoo's own.
  [/\bmailbox unavailable\b/i, 'unknownUser', '5'],
  [/\bexceeded storage allocation\b/i, 'mailboxFull', 'both'],
  [/\buser (?:has no|doesn.t have an?) \S{1,60} account\b/i, 'unknownUser', '5'],
  [/\b(?:unknown|no such|invalid) (?:user|recipient|mailbox|address|local)/i, 'unknownUser', '5'],
  [/\bmailbox (?:is )?full\b|\bover ?quota\b|\bquota exceeded\b/i, 'mailboxFull', 'both'],
  [/\b(?:blocked|listed) (?:using|by|in|on|at) [\w.-]+\.[a-z]{2,}|\b(?:dnsbls?|rbl|spamhaus|spamcop)\b/i,
    'dnsblBlock', 'both'],
  [/\bclient host\b.{0,60}\bblocked\b/i, 'dnsblBlock', 'both'],
  [/\bip address\b.{0,40}\b(?:block|black|deny)[- ]?listed\b|\bon our block ?list\b/i, 'ipBlock', 'both'],
  [/\bpoor reputation\b/i, 'ipBlock', '5'],
  [/\blimits? (?:was |were )?(?:reached|exceeded)\b|\b(?:rate.?limit|frequency limited|throttl)/i,
    'rateLimit', 'both'],
  [/\btoo (?:many|fast|quickly)\b/i, 'rateLimit', 'both'],
  [/\b(?:low|poor|bad) reputation\b|\bunusual rate\b/i, 'reputationDefer', '4'],
  [/\bspam|\bunsolicited\b|\bjunk\b|\bcontent denied\b|:blocked\)/i, 'spamBlock', '5'],
];

/** Undefined where no word tells. */
export const classByWords = (code: number, text: string): ReplyClass | undefined => {
  const digit = code < 500 ? '4' : '5';
  return words.find(([pattern, , when]) => (when === 'both' || when === digit) && pattern.test(text))?.[1];
};
