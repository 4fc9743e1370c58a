// Assumed constants of sim/world/registers.

import { propertyListedBy } from '../presets/properties.ts';
import {
  all, hasIncident, hasModel, hasRegister, hasUnwanted, takesTraps, type When,
} from './cast.ts';
import { constantsIn } from './constant.ts';
import { delistingConstants } from './delisting.ts';

const listsByTraps = hasRegister((preset) => takesTraps(preset) && preset.model !== 'backscatter');
const withoutThreshold = (model: string): When =>
  hasRegister(({ model: own, params }, rule) =>
    own === model && params['trapThreshold'] === undefined && rule.trapThreshold === undefined);
const withId = (...ids: readonly string[]): When => hasRegister(({ id }) => ids.includes(id));
/** An address is of the kind that such a register lists. */
const hasProperty: When = ({ plan, registers }) =>
  registers.some(({ preset }) => {
    const property = propertyListedBy(preset);
    return property !== null && plan.pools.some((pool) => (pool[property] ?? []).length > 0);
  });
const talos = hasModel('reputationScore');

export const registerConstants = [
  ...constantsIn('registers/make-registers.ts',
    ['trapsTaken', 'trapTypes.filter(({ feeds }) => feeds.includes(id)).map(trapKind)', 5,
      listsByTraps,
      'kinds of trap that report to a register (trapTypes.feeds): pristine to all, recycled to harsh ones']),
  ...constantsIn('registers/traps.ts',
    ['severities', 'new Map(trapTypes.map((type) => [trapKind(type), type.severity]))', 4,
      listsByTraps, 'what a hit of a kind of trap counts: recycled 0.4, typo 0.15, backscatter 0.3'],
    ['botShows', '0.3', 4, hasModel('heuristic'), 'share of mail of bots that shows it through a relay']),
  ...constantsIn('registers/rule.ts',
    ['heuristicThreshold', '3', 4, withoutThreshold('heuristic'),
      'hits within a day that list (DroneBL, DBL)'],
    ['manualThreshold', '10', 4, withoutThreshold('manual'),
      'trap hits in a week for which the SBL writes a record'],
    ['allowedToKnown', '1', 4, hasRegister(({ params }, rule) =>
      'exempt' in params && rule.trapThreshold === undefined),
      'hits of a known mail server that PSBL and Abusix let pass within a day'],
    ['domainExpiryS', '3 * day', 2, hasRegister(({ params }, rule) =>
      params['subject'] === 'domain' && rule.expiry === undefined), "seconds of a listing on the DBL",
      'as once published for the CSS']),
  ...constantsIn('registers/reports.ts',
    ['reporters', '0.0001', 4, all(hasUnwanted, hasModel('weightedScore')),
      'share of readers of unwanted mail who report to a register']),
  ...constantsIn('registers/faults.ts',
    ['mirrors', '3', 2, hasIncident(['register-fault'], ({ fault }) => fault === 'stale-mirror'),
      'mirrors of a register, one of them stale']),
  ...delistingConstants,
  ...constantsIn('registers/rules/weighted-score.ts',
    ['reputationPoints', 'seen - reportsIn', 4, hasModel('weightedScore'),
      "points that good mail earns at SpamCop: a copy to a receiver that asks it is a query"],
    ['reason', 'score / points < register.rule.score', 4, hasModel('weightedScore'),
      'part of those points that a score must reach to list, 0.02', '0.003 to 0.02 were seen']),
  ...constantsIn('registers/rules/reputation-score.ts',
    ['clean', '2', 3, talos, 'score of a sender without a stain', 'Talos publishes no formula'],
    ['forSpam', '25', 4, talos, 'points that mail loses which is all spam'],
    ['forTrap', '1', 4, talos, 'points for a new trap hit'],
    ['mostForTraps', '8', 2, talos, 'most points for trap hits'],
    ['forOther', '1', 3, talos, 'points for each other register that lists the address'],
    ['mostForOthers', '4', 2, talos, 'most points for other registers'],
    ['leastJump', '500', 2, talos, 'copies on a day that can be a jump'],
    ['jumpFrom', '3', 2, talos, 'times the daily mean that is a jump'],
    ['jumpFully', '10', 2, talos, 'times the daily mean at which a jump costs most'],
    ['lookMs', '3_600_000', 1, talos, 'milliseconds between looks at a bad score'],
    ['publishedMs', '600_000', 1, talos, 'milliseconds between two scores']),
  ...constantsIn('registers/rules/ratio-score.ts',
    ['growing', 'Math.max(overSpam, overErrors, 1) / 4', 3, withId('free-fr-internal'),
      'Free blocks for a quarter of 24 h when its limit is reached, as much again for each further time'],
    ['ratioScoreEverywhere', "counts: 'from-all'", 3, withId('mailspike', 'hostkarma'),
      'Mailspike and Hostkarma see all mail whose content a receiver looks at, whoever asks them']),
  ...constantsIn('registers/rules/ratio-codes.ts',
    ['delayStageMs', '600_000', 3, hasRegister(({ params }) => params['stages'] !== undefined),
      'milliseconds for which Proofpoint delays before it blocks', '"minutes"'],
    ['leastKnown', '100', 1, withId('mailspike', 'hostkarma'),
      'copies below which nobody is called good or mixed'],
    ['goodBelow', '0.01', 1, withId('mailspike', 'hostkarma'),
      'share of spam below which an address is good'],
    ['mixedFrom', '0.1', 1, withId('hostkarma'), 'share of spam from which an address is mixed'],
    ['mailspikeLevels', `[
      [0.9, '127.0.0.10'], [0.8, '127.0.0.11'], [0.65, '127.0.0.12'], [0, '127.0.0.13'],
    ]`, 2, withId('mailspike'), 'share of spam from which Mailspike says which code'],
    ['waveShare', '1 / 24', 2, withId('mailspike'), 'newest part of the window that can be a wave']),
  ...constantsIn('registers/rules/policy.ts',
    ['manyErrors', '50', 2, all(hasProperty, hasModel('policy+abuse')),
      'unknown users in a day that are abuse to SpamRATS'],
    ['coldAddress', '', 3, withId('abusix-noip'),
      "Abusix NOIP sees an address' first mail wherever it goes"]),
  ...constantsIn('registers/rules/escalation.ts',
    ['allocationPrefix', '24', 4, withId('uceprotect-2'), 'bits of the allocation that ours belong to'],
    ['networkAddresses', '65_536', 4, withId('uceprotect-3'), 'addresses of the network that ours belong to'],
    ['networkPrefix', '16', 4, withId('uceprotect-3'), 'bits of the network that ours belong to']),
  ...constantsIn('registers/rules/manual.ts',
    ['patienceMs', '7 * dayMs', 3, hasModel('manual'),
      'milliseconds until an ignored record of the SBL spreads']),
];
