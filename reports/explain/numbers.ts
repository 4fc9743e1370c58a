// What a rule saw and what it allows, as its reason has them: shares read as per cent, all else as numbers.

import type { BuildUp } from '../../sim/telling/tale.ts';
import { count, listed, plural, printable, share, span } from '../format.ts';

/** A rule's limit below 1 that is no whole number is a share of something. */
const isShare = (limit: number): boolean => limit > 0 && limit < 1;

/** `61 over 60`, `21.6 % over 10 %`; `is raised` where there is no number to it. */
export const seenText = (seen: number, limit: number): string => {
  if (isShare(limit)) return `${share(seen)}, where ${share(limit)} is allowed`;
  if (limit === 0) return `${count(seen)}, where none is allowed`;
  return `${count(seen)}, where ${count(limit)} ${limit === 1 ? 'is' : 'are'} allowed`;
};

export const limitText = (limit: number): string => (isShare(limit) ? share(limit) : count(limit));

/** Of a rule's name: `hard-bounce-ratio (unknown users/outcomes in 24h)`. */
export const ruleText = (rule: string): string => {
  const at = rule.indexOf(' ');
  return printable(at < 0 ? rule : `${rule.slice(0, at)} (${rule.slice(at + 1)})`);
};

/** The module's name alone. */
export const moduleText = (rule: string): string => printable(rule.split(' ')[0]!);

/** What of its own mail a rule's number was made of, in the words that the rule is about. */
export const buildUpText = (from: BuildUp, rule: string, dateOf: (at: number) => string): string => {
  const within = from.span === null ? 'so far' : `within ${span(from.span)}`;
  const mail = `${plural(from.messages, 'message')} to ${plural(from.recipients, 'recipient')} ${within}`;
  const abusive = from.abusive === 0 ? '' : `, ${count(from.abusive)} of them abusive`;
  if (/complaint/.test(rule)) {
    return `That is made of ${plural(from.complaints, 'complaint')}, and ${mail}${abusive}.`;
  }
  if (/unknown|bounce/.test(rule)) {
    return `That is made of ${plural(from.unknownUsers, 'unknown user')}, and ${mail}${abusive}.`;
  }
  const large = from.largest.filter(({ recipients }) => recipients >= Math.max(5, from.recipients / 10));
  const named = large.map(({ at, recipients }) => `${plural(recipients, 'recipient')} at ${dateOf(at)}`);
  const most = named.length === 0 || from.messages === 1 ? '' : `; the largest: ${listed(named)}`;
  return `That is made of ${mail}${abusive}${most}.`;
};
