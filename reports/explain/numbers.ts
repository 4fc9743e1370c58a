// What a rule saw and what it allows, as its reason has them: shares read as per cent, all else as numbers.

import type { BuildUp } from '../../sim/telling/tale.ts';
import { count, listed, plural, printable, share, span } from '../format.ts';

/** A rule's limit below 1 that is no whole number is a share of something. */
const isShare = (limit: number): boolean => limit > 0 && limit < 1;

/**
 * `it saw 61, its limit is 60`. Some rules speak at their limit and some above it, so what is allowed cannot
 * be told from the number; two rules have a limit that is none.
 */
export const seenText = (rule: string, seen: number, limit: number): string => {
  if (/ above the usual$/.test(rule)) return `it saw ${count(seen)}, usual are ${count(limit)}`;
  if (/ share of spam verdicts$/.test(rule)) {
    return `its test finds a share of ${share(seen)} likelier than one of ${share(limit)}`;
  }
  if (limit === 0) return `it saw ${count(seen)}, where none is allowed`;
  return `it saw ${limitText(seen, limit)}, its limit is ${limitText(limit)}`;
};

/** A number of a rule, as its limit has it: a share, or a count. */
export const limitText = (number: number, limit = number): string =>
  isShare(limit) ? share(number) : count(number);

/** Of a rule's name: `hard-bounce-ratio (unknown users/outcomes in 24h)`. */
export const ruleText = (rule: string): string => {
  const at = rule.indexOf(' ');
  return printable(at < 0 ? rule : `${rule.slice(0, at)} (${rule.slice(at + 1)})`);
};

/** The module's name alone. */
export const moduleText = (rule: string): string => printable(rule.split(' ')[0]!);

/**
 * What of its own mail a rule's number was made of, in the words that the rule is about. Of a rule that
 * counts something else, or whose name has no span, only what was let in by then.
 */
export const buildUpText = (from: BuildUp, rule: string, dateOf: (at: number) => string): string => {
  const within = from.span === null ? 'so far' : `within ${span(from.span)}`;
  const mail = `${plural(from.messages, 'message')} to ${plural(from.recipients, 'recipient')} ${within}`;
  const abusive = from.abusive === 0 ? '' : `, ${count(from.abusive)} of them abusive`;
  const isCounted = from.span !== null && /unknown|bounce|complaint|messages|recipients/.test(rule);
  const made = isCounted ? 'That is made of' : 'By then there were';
  if (/complaint/.test(rule)) {
    return `${made} ${plural(from.complaints, 'complaint')}, and ${mail}${abusive}.`;
  }
  if (/unknown|bounce/.test(rule)) {
    return `${made} ${plural(from.unknownUsers, 'unknown user')}, and ${mail}${abusive}.`;
  }
  if (!isCounted) return `By then it had sent ${mail}${abusive}.`;
  const large = from.largest.filter(({ recipients }) => recipients >= Math.max(5, from.recipients / 10));
  const named = large.map(({ at, recipients }) => `${plural(recipients, 'recipient')} at ${dateOf(at)}`);
  const most = named.length === 0 || from.messages === 1 ? '' : `; the largest: ${listed(named)}`;
  return `That is made of ${mail}${abusive}${most}.`;
};
