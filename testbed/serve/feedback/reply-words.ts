// What kind of refusal a reply is whose wording no receiver of ours is known by: told by the words that
// receivers all over use, as an operator's bounce classifier tells it. The first that fits holds.

import type { ReplyClass } from '../../../policy/index.ts';

/** Each with the replies, by their first digit, for which the words mean it. */
const words: readonly (readonly [RegExp, ReplyClass, '4' | '5' | 'both'])[] = [
  [/gr[ae]y-?list/i, 'greylist', '4'],
  [/\b(?:user|recipient|mailbox|address|account)\b.{0,40}\b(?:unknown|not found|does not exist|disabled)\b/i,
    'unknownUser', '5'],
  [/\b(?:unknown|no such|invalid) (?:user|recipient|mailbox|address|local)/i, 'unknownUser', '5'],
  [/\bmailbox (?:is )?full\b|\bover ?quota\b|\bquota exceeded\b/i, 'mailboxFull', 'both'],
  [/\b(?:blocked|listed) (?:using|by|in|on|at) [\w.-]+\.[a-z]{2,}|\b(?:dnsbl|rbl|spamhaus|spamcop)\b/i,
    'dnsblBlock', 'both'],
  [/\btoo many|\brate.?limit|\bthrottl|\btoo fast\b/i, 'rateLimit', 'both'],
  [/\b(?:low|poor|bad) reputation\b|\bunusual rate\b/i, 'reputationDefer', '4'],
  [/\bspam|\bunsolicited\b|\bjunk\b/i, 'spamBlock', '5'],
];

/** Undefined where no word tells. */
export const classByWords = (code: number, text: string): ReplyClass | undefined => {
  const digit = code < 500 ? '4' : '5';
  return words.find(([pattern, , when]) => (when === 'both' || when === digit) && pattern.test(text))?.[1];
};
