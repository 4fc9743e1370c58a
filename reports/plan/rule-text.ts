// A register's rule in words, by its model: what lists an address, and when it comes off by itself.

import type { RegisterFacts } from '../../sim/index.ts';
import { listed, plural, printable, share } from '../format.ts';
import { secondsText, spanText } from './words.ts';

/** `3 trap hits within 6 h list; off 3 d after the last`. */
export const ruleText = (facts: RegisterFacts): string => {
  const end = facts.rule.expiry === undefined ? '' : `; off ${spanText(facts.rule.expiry)} ${since(facts)}`;
  return `${listsBy(facts)}${end}`;
};

const since = ({ preset }: RegisterFacts): string =>
  preset.expiry.fromEvent === 'listingStart' ? 'after the listing' : 'after the last evidence';

const listsBy = ({ preset, rule }: RegisterFacts): string => {
  const params = preset.params as Readonly<Record<string, unknown>>;
  const within = rule.window === undefined ? '' : ` within ${spanText(rule.window)}`;
  switch (preset.model) {
    case 'trapHit':
      return `lists for ${plural(rule.trapThreshold ?? 1, 'trap hit')}${within}`;
    case 'heuristic':
      return `lists for ${plural(rule.trapThreshold ?? 1, 'sign')} of an exploited host${within}`;
    case 'backscatter':
      return `lists for ${plural(rule.trapThreshold ?? 1, 'answer')} to forged mail${within}`;
    case 'weightedScore':
      return (
        `lists where reports and trap hits${within}, fresh ones weighing more, reach ` +
        `${share(rule.score ?? 0)} of the mail it saw`
      );
    case 'ratioScore':
      return (
        `lists where spam is ${share(rule.minRatio ?? 0)} of the mail it saw or more, and at least ` +
        `${plural(rule.minSpam ?? 0, 'message')},${within}`
      );
    case 'reputationScore':
      return `lists where a score of traps, complaints and volume${within} falls to ${rule.score ?? 0}`;
    case 'escalation':
      return (
        `lists whole ranges by what is on ${text(params['childRegister'])}${within}` +
        `${rule.version === undefined || rule.version === '' ? '' : ` (policy ${printable(rule.version)})`}`
      );
    case 'manual':
      return `has people who list after ${plural(rule.trapThreshold ?? 1, 'trap hit')}${within}`;
    case 'policy':
      return `lists what an address is: ${text(params['property'])}`;
    case 'policy+abuse':
      return `lists what an address is, once abuse was seen: ${text(params['property'])}`;
    case 'union':
      return `lists what is on ${listed((params['members'] as readonly string[] | undefined) ?? [])}`;
    default:
      return `lists by "${preset.model}"`;
  }
};

/** When it decides, publishes and is forgotten, and who may ask to be taken off. */
export const clocksText = ({ preset }: RegisterFacts): string => {
  const { delist, publish, timeToListS, ttl } = preset;
  const decides = timeToListS.p50 === null ? '' : `decides after ${secondsText(timeToListS.p50)} (median), `;
  return (
    `${decides}publishes after ${secondsText(publish.minS)} to ${secondsText(publish.maxS)}; caches keep a ` +
    `listing ${secondsText(ttl.positiveS)}, its absence ${secondsText(ttl.negativeS)}. ` +
    `Coming off: ${preset.model === 'union' ? 'as from its members' : channelText(delist)}`
  );
};

const whoText: Readonly<Record<string, string>> = {
  anyone: 'anyone may ask',
  ipOwner: 'the owner of the address may ask',
  ipUser: 'the user of the address may ask',
  domainOwner: 'the owner of the domain may ask',
  isp: 'only the network may ask',
};

const channelText = ({ channel, typicalS, who }: RegisterFacts['preset']['delist']): string => {
  if (channel === 'none') return 'nobody can ask';
  if (channel.includes('paid')) return 'nobody can ask; by waiting, or for money';
  if (channel.startsWith('none')) return `nobody can ask (${channel})`;
  const answer = typicalS === null ? '' : `, typically ${secondsText(typicalS)}`;
  return `${channel}, ${whoText[who] ?? who}${answer}`;
};

const text = (value: unknown): string => printable(typeof value === 'string' ? value : 'its own data');

/** Of all traps of its kinds, and who asks it. */
export const reachText = ({ askedBy, preset, rule }: RegisterFacts): string => {
  const deaf = preset.model === 'policy' || preset.model === 'union';
  const traps = deaf ? '' : `hears of ${share(rule.coverage ?? 0)} of traps; `;
  return `${traps}asked by ${askedBy.length === 0 ? 'no receiver, only by our own poll' : listed(askedBy)}`;
};
