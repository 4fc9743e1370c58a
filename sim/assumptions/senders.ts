// Assumed constants of sim/world/senders and of what befalls them (sim/world/incidents).

import { always, hasIncident, hasStream, type When } from './cast.ts';
import { constantsIn } from './constant.ts';

const hasGroupWithoutUrgent: When = ({ plan }) =>
  plan.tenants.some(({ stream, urgent }) => stream.kind !== 'quiet' && urgent === undefined);
const agesLists: When = ({ plan }) =>
  plan.tenants.some(({ stream }) => stream.kind === 'newsletter')
  || plan.incidents.some((incident) => incident.kind === 'careless' && incident.rounds > 1);
const asksTooOften = hasIncident(['careless'], ({ rounds, list }) =>
  rounds > 1 && (list.kind === 'opt-in' || list.kind === 'typed-in'));

export const senderConstants = [
  ...constantsIn('senders/rhythm.ts',
    ['officeHours', `[
      0.003, 0.002, 0.001, 0.001, 0.001, 0.003, 0.01, 0.03, 0.075, 0.11, 0.118, 0.11,
      0.075, 0.085, 0.108, 0.105, 0.085, 0.045, 0.013, 0.006, 0.005, 0.004, 0.003, 0.002,
    ]`, 3, hasStream('office'), 'office mail by the hour of the day', 'two humps and a lunch break'],
    ['officeDays', '[1, 1, 1, 1, 1, 0.06, 0.06]', 2, hasStream('office'),
      'office mail by the day, Monday first'],
    ['shopHours', `[
      0.016, 0.009, 0.006, 0.005, 0.005, 0.007, 0.013, 0.022, 0.033, 0.043, 0.05, 0.053,
      0.054, 0.052, 0.05, 0.05, 0.051, 0.054, 0.06, 0.072, 0.09, 0.093, 0.073, 0.039,
    ]`, 2, hasStream('shop'), 'orders by the hour of the day', 'few at night, most in the evening'],
    ['shopDays', '[1, 0.95, 0.93, 0.93, 0.95, 1.08, 1.16]', 1, hasStream('shop'),
      'orders by the day, Monday first', 'people buy at weekends']),
  ...constantsIn('senders/arrivals.ts',
    ['bytesOf', 'Math.round(3_000 + 36_000 * drawn * drawn * drawn)', 1, always,
      'bytes of a message, 3 to 39 kB, half below 7 kB', 'only a policy that counts bytes can see it']),
  ...constantsIn('senders/make-senders.ts',
    ['urgentShare', '{ office: 0.05, shop: 0.4, script: 0.2, newsletter: 0, trace: 0.05 }', 2,
      hasGroupWithoutUrgent, 'share of mail that cannot wait, by stream', 'resets, receipts, alarms'],
    ['answersToForged', '50e-6', 2, hasStream('office'),
      'share of copies that are holiday notes to forged mail',
      'backscatter that the honest make']),
  ...constantsIn('senders/addresses.ts',
    ['recycledShare', '0.05', 2, agesLists, 'share of abandoned addresses that become recycled traps',
      'as on a stale list']),
  ...constantsIn('senders/habits/campaign.ts',
    ['usualMs', '604_800_000', 3, asksTooOften,
      'milliseconds between the mails of a list that its readers asked for; what comes sooner is unwanted']),
  ...constantsIn('senders/habits/shop.ts',
    ['rememberedDays', '90', 1, hasStream('shop'),
      'days of trade from whose customers those come who return']),
  ...constantsIn('senders/habits/script.ts',
    ['onTheHour', '0.5', 2, hasStream('script'),
      'share of jobs that start on the hour or in step with a grid'],
    ['gapMs', '100', 1, hasStream('script'), 'milliseconds between the messages of a job']),
];

const attackers = ['compromised', 'infected', 'spammer'] as const;
const reacts = hasIncident(attackers, ({ whenBlocked }) => whenBlocked !== 'keep');
const personReacts = hasIncident(['compromised', 'spammer'], ({ whenBlocked }) => whenBlocked !== 'keep');
const moves = hasIncident(attackers, ({ whenBlocked }) => whenBlocked === 'move');
const malwareReacts = hasIncident(['infected'], ({ whenBlocked }) => whenBlocked !== 'keep');
const thief = hasIncident(['compromised'], ({ how }) => how === 'weak-password');
const script = hasIncident(['compromised'], ({ how }) => how === 'outdated-script');

export const incidentConstants = [
  ...constantsIn('incidents/attacker.ts',
    ['personNotices', 'minutes(30)', 4, personReacts,
      'mean time until a person sees that his mail comes back'],
    ['malwareNotices', 'minutes(5)', 4, malwareReacts,
      'mean time until malware sees that its mail comes back'],
    ['mostMoves', '3', 3, moves, 'accounts beyond the first that somebody who moves on holds'],
    ['refusedShare', '0.5', 3, reacts, 'share of his mail that must come back before an attacker reacts']),
  ...constantsIn('incidents/compromised.ts',
    ['thiefsDay', '{ work: hours(14), rest: hours(10), drawn: false }', 3, thief,
      'hours in which a thief of passwords works', 'that he keeps hours is known (Bursztein et al. 2014)'],
    ['bursts', '{ work: minutes(10), rest: minutes(20), drawn: true }', 3, script,
      'mean length of bursts of an abused script, and of the pauses'],
    ['burstRate', '3', 3, script, 'times the mean rate within a burst']),
  ...constantsIn('incidents/infected.ts',
    ['pcIsOn', '{ work: hours(9), rest: hours(15), drawn: false }', 3, hasIncident(['infected']),
      'hours in which an infected PC is on']),
  ...constantsIn('incidents/spammer.ts',
    ['meanSignUpGap', 'hours(8)', 3, hasIncident(['spammer'], ({ tactic }) => tactic === 'tenants'),
      'mean time between sign-ups of a spammer who comes as several customers']),
];
