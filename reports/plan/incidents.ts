// The timeline of a plan for people: each incident with its instant, its date and what happens, in the order
// in which they happen.

import type { IncidentPlan, Plan } from '../../sim/index.ts';
import { count, listed, plural, printable, share } from '../format.ts';
import type { Entry } from './layout.ts';
import { dateText, listText, rateText, sentences, spanText } from './words.ts';

export const timelineEntries = (plan: Plan): readonly Entry[] =>
  plan.incidents
    .toSorted((one, two) => one.at - two.at)
    .map((incident) => [
      spanText(incident.at),
      printable(`${dateText(incident.at, plan.epoch)}: ${incidentText(plan, incident)}`),
    ]);

/** Sentences, the first of which goes on after the date and may begin with a name. */
const story = ([first, ...rest]: readonly [string, ...string[]]): string =>
  `${first}. ${sentences(rest)}`.trim();

type Of<Kind extends IncidentPlan['kind']> = Extract<IncidentPlan, { readonly kind: Kind }>;

const incidentText = (plan: Plan, incident: IncidentPlan): string => {
  switch (incident.kind) {
    case 'compromised':
      return story([
        `an account of ${whoText(incident)} is taken over (${incident.how.replace('-', ' ')}) and sends ` +
          `${rateText(incident.rate)}${rampText(incident.ramp)}, ${until(plan, incident)}, ` +
          `to ${listText(incident.list)}`,
        blockedText(incident),
      ]);
    case 'infected':
      return story([
        `malware at ${whoText(incident)} sends ${rateText(incident.rate)} through ` +
          `${plural(incident.accounts, 'account')}, ${until(plan, incident)}, to ${listText(incident.list)}`,
        blockedText(incident),
      ]);
    case 'careless':
      return story([carelessText(incident)]);
    case 'spammer':
      return story([
        `${whoText(incident)} signs up, behaves for ${spanText(incident.warmup)} at ` +
          `${rateText(incident.warmupRate)}, then spams at ${rateText(incident.rate)} for ` +
          `${spanText(incident.length)} (${tacticText(incident)}), to ${listText(incident.list)}`,
        blockedText(incident),
      ]);
    case 'backscatter':
      return story([
        `the autoresponder of ${whoText(incident)} answers ${rateText(incident.rate)} of forged mail, ` +
          `${until(plan, incident)}; ${share(incident.traps)} of the answers reach a trap`,
      ]);
    case 'register-upgrade':
      return story([
        `register ${incident.register} changes its rule: ${changes(incident.to)}${lasting(incident)}`,
      ]);
    case 'receiver-upgrade':
      return story([
        `receiver ${incident.receiver} changes its settings: ${changes(incident.to)}${lasting(incident)}`,
      ]);
    case 'register-fault':
      return story([
        `register ${incident.register} fails for ${spanText(incident.length)}: ${faults[incident.fault]}` +
          `${incident.receiver === undefined ? '' : `, at ${incident.receiver} alone`}`,
      ]);
    case 'neighbour':
      return story([
        `neighbours of ours (${incident.addresses.join(', ')}) make trap hits, ${rateText(incident.rate)}, ` +
          `for ${spanText(incident.length)}`,
      ]);
    default:
      return incident satisfies never;
  }
};

const faults: Readonly<Record<Of<'register-fault'>['fault'], string>> = {
  'list-world-127.0.0.2': 'it lists the world',
  'domain-expired-wildcard': 'its domain expired, and every name there has an address',
  'ns-blackhole': 'its name servers do not answer',
  'graceful-empty': 'its zone is empty',
  'resolver-blocked': 'who asks is told that his resolver is blocked',
  'quota-exceeded': 'who asks is told that his quota is used up',
  'refused': 'it refuses to answer',
  'any-A-is-listed': 'any answer of it is taken for a listing',
  'lists-big-provider': 'it lists all of our addresses as a big provider',
  'stale-mirror': 'one of its mirrors keeps the zone of that instant',
  'operator-unreachable': 'its people do not answer',
};

const whoText = ({ who }: { readonly who: Of<'compromised'>['who'] }): string =>
  who.member === 'any' ? `some tenant of ${who.group}` : `${who.group}-${who.member}`;

const rampText = (ramp: number): string => (ramp === 0 ? '' : ` after ${spanText(ramp)} of ramp`);

const until = (plan: Plan, { at, length }: { readonly at: number; readonly length: number }): string =>
  at + length >= plan.length ? 'until the run ends' : `for ${spanText(length)}`;

const lasting = ({ length }: { readonly length?: number | undefined }): string =>
  length === undefined ? ', for good' : `, for ${spanText(length)}`;

const blockedText = (incident: Of<'compromised' | 'infected' | 'spammer'>): string =>
  ({
    keep: 'keeps trying when refused',
    stop: 'stops when refused',
    pause: `pauses for ${spanText(incident.pause)} when refused`,
    move: 'moves to another account when refused',
  })[incident.whenBlocked];

const tacticText = ({ spread, tactic }: Of<'spammer'>): string =>
  ({
    blast: 'all at once',
    drip: 'in drips under the limits',
    accounts: `over ${plural(spread, 'account')}`,
    tenants: `over ${plural(spread, 'tenant')}`,
  })[tactic];

const carelessText = (incident: Of<'careless'>): string => {
  const { bounces, duplicates, every, pace, provider, rounds, size } = incident;
  return (
    `${whoText(incident)} mails ${listText(incident.list)} of ${count(size)} at ${rateText(pace)}` +
    `${provider === undefined ? '' : `, all at ${provider}`}` +
    `${duplicates === 0 ? '' : `, ${share(duplicates)} of it twice`}` +
    `${rounds === 1 ? '' : `, ${count(rounds)} times, every ${spanText(every)}, bounces ${bounces}`}`
  );
};

/** Fields of a change in words, with times and shares as people write them. */
const changes = (to: object): string =>
  listed(
    Object.entries(to)
      .filter(([, value]) => value !== undefined)
      .map(([field, value]) => changeWords[field]?.(value as never) ?? `${field} ${String(value)}`),
  );

const changeWords: Readonly<Record<string, (value: never) => string>> = {
  trapThreshold: (hits: number) => `a threshold of ${plural(hits, 'trap hit')}`,
  window: (ms: number) => `within ${spanText(ms)}`,
  expiry: (ms: number) => `off after ${spanText(ms)}`,
  coverage: (part: number) => `${share(part)} of traps report to it`,
  minRatio: (part: number) => `from ${share(part)} spam on`,
  minSpam: (messages: number) => `from ${plural(messages, 'spam message')} on`,
  score: (score: number) => `from a score of ${score} on`,
  version: (version: string) => `policy ${version}`,
  consults: (names: readonly string[]) => (names.length === 0 ? 'asks no register' : `asks ${listed(names)}`),
  threshold: (weight: number) => `acts from a weight of ${weight} on`,
  perIpPerHour: (messages: number) => `${plural(messages, 'message')} an hour and address`,
  connections: (number: number) => `${plural(number, 'connection')} an address`,
  unknownUsers: (part: number) => `acts from ${share(part)} unknown users on`,
  complaints: (part: number) => `acts from ${share(part)} complaints on`,
  caught: (part: number) => `its filter recognises ${share(part)} of spam`,
  wrong: (part: number) => `its filter takes ${share(part)} of wanted mail for spam`,
  greylist: (ms: number) => (ms === 0 ? 'does not greylist' : `greylists for ${spanText(ms)}`),
};
