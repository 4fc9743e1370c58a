// The first sentences of an explanation: what the tenant is, who noticed and who stopped it, what got out,
// and what it cost the others and itself.

import type { StepOf, Tale } from '../../sim/telling/tale.ts';
import { count, listed, plural, printable, share, span } from '../format.ts';
import { ruleText } from './numbers.ts';
import type { DateOf } from './step-text.ts';

/** Listings of the seed, as its result has them. */
export interface Listing {
  readonly register: string;
  readonly address: string;
  readonly listed: number;
  readonly delisted: number | null;
}

/** Sentences, one paragraph each. */
export const openingOf = (
  tale: Tale, listings: readonly Listing[], end: number, dateOf: DateOf,
): readonly string[] =>
  [
    tale.culprit === null ? innocence(tale) : guilt(tale, dateOf),
    ...(tale.culprit === null ? [harmText(tale)] : [courseText(tale), outText(tale)]),
    listingText(tale, listings, end),
    collateralText(tale),
    lossText(tale),
    recoveryText(tale, listings),
  ].filter((sentence) => sentence !== '');

const faults: Readonly<Record<Exclude<Tale['role'], 'innocent'>, string>> = {
  compromised: 'an account of it was taken over',
  infected: 'a PC of it was infected',
  careless: 'it mailed a list it should not have',
  spammer: 'it came to spam',
  backscatter: 'its autoresponder answered forged mail',
};

const guilt = ({ onset, role, tenant }: Tale, dateOf: DateOf): string =>
  `${printable(tenant)} was at fault: ${faults[role as Exclude<Tale['role'], 'innocent'>]}, ` +
  `from ${dateOf(onset!)} on.`;

const innocence = ({ tenant }: Tale): string => `${printable(tenant)} did nothing wrong.`;

const byText = (by: string): string =>
  by === '' ? '' : by === 'desk evidence' ? ', by the desk' : `, by ${ruleText(by)}`;

const courseText = (tale: Tale): string => {
  const { culprit } = tale;
  const { blocked, blockedBy, detected, detectedBy, submitted } = culprit!;
  if (submitted === 0) return 'No abusive message of it was handed in.';
  const noticed = detected.observed ?
    `It was noticed after ${span(detected.value!)}${byText(detectedBy)}${poolText(tale)}`
    : 'It was never noticed';
  if (!blocked.observed || blocked.value === null) {
    const and = detected.observed ? 'but never blocked' : 'and never blocked';
    return `${noticed}, ${and}: it went on for ${span(blocked.value ?? 0)}, to its last message.`;
  }
  // Blocked is from when on at most 1 % of what is left gets out: that may be before any rule spoke.
  if (detected.observed && blocked.value < detected.value!) {
    const blockedAt = `It counts as blocked after ${span(blocked.value)}${byText(blockedBy)}`;
    return `${noticed}. ${blockedAt}: of what it sent from then on at most 1 % got out.`;
  }
  const isOne = detected.value === blocked.value && detectedBy === blockedBy;
  return isOne ?
      `It was noticed and blocked after ${span(blocked.value)}${byText(blockedBy)}.`
    : `${noticed}, and blocked after ${span(blocked.value)}${byText(blockedBy)}.${shutText(tale)}`;
};

/** Said where the first word came from a rule that would have spoken without it. */
const poolText = ({ culprit, steps }: Tale): string => {
  const first = steps.find((step): step is StepOf<'verdict'> =>
    step.kind === 'verdict' && step.rule === culprit!.detectedBy && step.abusive > 0);
  const isShared = ['receiver', 'pool', 'platform'].includes(first?.goesBy ?? '');
  return isShared ? ', which does not go by this tenant alone' : '';
};

/** When it was shut, where that was not what blocked it. */
const shutText = ({ culprit, onset, steps }: Tale): string => {
  const shut = steps.find((step): step is StepOf<'verdict'> =>
    step.kind === 'verdict' && step.verdict === 'suspend' && !step.shut && step.abusive > 0);
  if (shut === undefined || shut.rule === culprit!.blockedBy) return '';
  return ` ${ruleText(shut.rule)} shut the account after ${span(shut.at - onset!)}.`;
};

const outText = ({ culprit }: Tale): string => {
  const { escaped, submitted } = culprit!;
  if (submitted === 0) return '';
  return `${count(escaped)} of ${plural(submitted, 'abusive message')} reached a receiver ` +
    `(${share(escaped / submitted)}).`;
};

const shutBy = (steps: Tale['steps']): string => {
  const rule = steps.find((step): step is StepOf<'verdict'> =>
    step.kind === 'verdict' && step.verdict === 'suspend' && !step.shut);
  return rule === undefined ? 'the desk' : ruleText(rule.rule);
};

/** What the policy did to the mail of an innocent. */
const harmText = ({ shutMs, steps, wanted }: Tale): string => {
  const { bounced, deferred, held, paced, putOff, refused, submitted } = wanted;
  const policy = [
    refused > 0 ? `refused ${count(refused)}` : '', held > 0 ? `held ${count(held)}` : '',
    deferred > 0 ? `put off ${count(deferred)}` : '', paced > 0 ? `slowed ${count(paced)}` : '',
  ].filter((part) => part !== '');
  const receivers = [
    bounced > 0 ? `refused ${count(bounced)}` : '', putOff > 0 ? `put off ${count(putOff)}` : '',
  ].filter((part) => part !== '');
  const shut = shutMs > 0 ? `It was shut for ${span(shutMs)}, by ${shutBy(steps)}. ` : '';
  const of = `of its ${plural(submitted, 'message')}`;
  const both = [
    policy.length > 0 ? `The policy ${listed(policy)} ${of}.` : '',
    receivers.length > 0 ? `Receivers ${listed(receivers)} ${of} for the sake of the address.` : '',
  ].filter((part) => part !== '').join(' ');
  const isSaid = steps.some(({ kind }) => kind === 'verdict' || kind === 'refused');
  const isQuiet = shut === '' && both === '' && !isSaid;
  return isQuiet ?
      `Nothing was done to it: policy and receivers took all of its ${plural(submitted, 'message')} ` +
      'as they take any other mail.'
    : `${shut}${both}`.trim();
};

const listingText = ({ role, steps }: Tale, listings: readonly Listing[], end: number): string => {
  const decisions = steps.filter((step): step is StepOf<'decision'> => step.kind === 'decision');
  const told = new Set(decisions.map(({ address, register }) => `${register} ${address}`));
  const first = decisions[0]?.at ?? 0;
  const found = listings
    .filter((one) => told.has(`${one.register} ${one.address}`) && one.listed >= first);
  if (found.length === 0) return '';
  const spans = found.map((one) => {
    const lasted = span((one.delisted ?? end) - one.listed);
    return `${printable(one.register)} for ${lasted}${one.delisted === null ? ' and still at the end' : ''}`;
  });
  const ips = [...new Set(found.map(({ address }) => address))];
  const addresses = `${listed(ips)} ${ips.length === 1 ? 'was' : 'were'}`;
  if (role !== 'innocent') return `For it ${addresses} on ${listed(spans)}.`;
  return `Of the addresses it shares ${addresses} on ${listed(spans)}${faultText(decisions)}.`;
};

/** Whose doing the listings were that an innocent suffered from. */
const faultText = (decisions: readonly StepOf<'decision'>[]): string => {
  const sums = new Map<string, number>();
  for (const { by, mail } of decisions) {
    for (const { count: many, tenant } of by.length > 0 ? by : mail)
      if (tenant !== '') sums.set(tenant, (sums.get(tenant) ?? 0) + many);
  }
  const most = [...sums].sort((one, two) => two[1] - one[1])[0];
  return most === undefined ? '' : `, mostly by the doing of ${printable(most[0])}`;
};

const collateralText = ({ harm, role }: Tale): string =>
  role === 'innocent' || harm.messages === 0 ? ''
  : `Others paid: ${plural(harm.receivers, 'receiver')} refused or put off ` +
    `${plural(harm.messages, 'message')} of ${plural(harm.tenants, 'innocent tenant')}.`;

/** What it cost the owner of an account at fault. */
const lossText = ({ role, shutMs, wanted }: Tale): string => {
  if (role === 'innocent' || (shutMs === 0 && wanted.refused === 0)) return '';
  const shut = shutMs === 0 ? '' : `was shut for ${span(shutMs)}`;
  const lost = wanted.refused === 0 ? '' : `had ${plural(wanted.refused, 'message')} of its own refused`;
  return `It ${[shut, lost].filter((part) => part !== '').join(' and ')}.`;
};

/** When the last trace of a fault was gone. */
const recoveryText = ({ culprit, onset, shutMs, steps }: Tale, listings: readonly Listing[]): string => {
  if (culprit === null || culprit.submitted === 0) return '';
  const decided = steps.filter((step): step is StepOf<'decision'> => step.kind === 'decision');
  const isOpen = decided.some(({ address, at, register }) => listings.some((one) =>
    one.register === register && one.address === address && one.listed >= at && one.delisted === null));
  const isShut = shutMs > 0 && !steps.some((step) => step.kind === 'told' && /reopens it$/.test(step.what));
  if (isOpen) return 'When the run ended it was not over: a listing stood.';
  if (isShut) return 'When the run ended it was still shut.';
  const ends = steps.flatMap((step) =>
    step.kind === 'again' || (step.kind === 'refused' && step.others > 0) ? [step.last]
    : step.kind === 'told' && / no longer lists |reopens it$/.test(step.what) ? [step.at] : []);
  if (ends.length === 0) return '';
  return `The last of it was over after ${span(Math.max(culprit.ended, ...ends) - onset!)}.`;
};
