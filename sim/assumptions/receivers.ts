// Assumed constants of sim/world/receivers.

import {
  all, answers, hasJudge, hasReceiver, hasReceiverOf, hasUnwanted, type When,
} from './cast.ts';
import { constantsIn } from './constant.ts';

const hears = hasReceiver((preset) => preset.internalReputation || preset.fbl?.perMessage === true);
const filters: When = ({ receivers }) =>
  receivers.some(({ plan }) => plan.caught === undefined || plan.wrong === undefined);
const scores: When = ({ receivers }) =>
  receivers.some(({ plan, preset }) => plan.onListing === 'score' || preset.dnsblPhase === 'content');
const hasColdAddress: When = ({ plan }) => plan.pools.some(({ cold }) => cold.length > 0);
const countsErrors = hasReceiverOf('orange', 'sfr', 'free');
/** Those with a half life of their own in `ways` forget more slowly. */
const forgetsSoon = hasReceiver(({ id, internalReputation }) =>
  internalReputation && !['gmail', 'outlook-consumer', 'm365', 'yahoo'].includes(id));
/** What makes an error code or a stranger's answer come out of a register. */
const mistakes: readonly string[] = ['resolver-blocked', 'quota-exceeded', 'domain-expired-wildcard'];
const meetsErrors: When = ({ plan }) =>
  plan.incidents.some((incident) => incident.kind === 'register-fault' && mistakes.includes(incident.fault));

export const receiverConstants = [
  ...constantsIn('receivers/complaints.ts',
    ['complaintShare', '{ wanted: 0.0002, feigned: 0.0002, unwanted: 0.004, abusive: 0.002, }', 5, hears,
      'complaints per copy in an inbox, by what the mail is',
      'wanted mail is published, unwanted and abusive assumed'],
    ['writtenShare', '0.00004', 2, hasUnwanted, 'share of readers of unwanted mail who write to abuse@']),
  ...constantsIn('receivers/content-filter.ts',
    ['rates', `{
      'consumer': [0.9, 0.001], 'consumer+business': [0.9, 0.001], 'business': [0.85, 0.001],
      'business gateway': [0.9, 0.0005], 'isp': [0.8, 0.002], 'hoster': [0.7, 0.002],
      'shared hoster': [0, 0], 'self-hosted': [0, 0], }`, 5, filters,
      'share of spam that filters catch, and of wanted mail that they take for spam, by market'],
    ['unwantedShare', '0.5', 3, hasUnwanted, 'how often unwanted mail is caught, against abuse'],
    ['wantedBelow', '2', 2, scores, 'points of content that wanted mail stays below'],
    ['refusedShare', "condition === 'policyReject' ? 0.5", 3,
      hasReceiver((preset) => answers(preset, 'policyReject') && !answers(preset, 'spamContent')),
      'half of the mail a filter catches is refused, half filed as junk, where the word is for policy']),
  ...constantsIn('receivers/greylist.ts',
    ['timesOf', '', 1, hasReceiverOf('mimecast'),
      'Mimecast never comes to trust a client that it greylists']),
  ...constantsIn('receivers/limits.ts',
    ['leastAsked', '50', 2, hasReceiver(({ id, thresholds }) =>
      thresholds.unknownUserAct !== null || ['orange', 'sfr', 'free'].includes(id)),
      'recipients in an hour below which unknown users say nothing'],
    ['frequencies', `{
      qq: { perMinute: 60, perHour: 1_000, perDay: 10_000 },
      'netease-163': { perMinute: Infinity, perHour: Infinity, perDay: 10_000 }, }`, 3,
      hasReceiverOf('qq', 'netease-163'), 'messages that an address may send',
      'they keep their figures secret'],
    ['barredMinutes', '10 * minuteMs', 2, hasReceiverOf('qq'), 'what Tencent calls "minutes"'],
    ['barredHours', '2 * hourMs', 2, hasReceiverOf('qq'), 'what Tencent calls "hours"'],
    ['countErrors', "['orange', 'sfr', 'free']", 2, countsErrors, 'providers that count unknown users'],
    ['unknownUserAct', '0.1', 3, countsErrors, 'share of unknown users at which these act',
      "Gmail's and GMX's"],
    ['newPerDay', '200', 2, all(hasColdAddress, hasReceiver((preset) =>
      preset.rate.newIpPerDay === null && preset.greylistS === null && answers(preset, 'newIpThrottle'))),
      'messages a day from a new address where a provider states none', "Outlook's, the smallest known"],
    ['warmDays', '10', 2, all(hasColdAddress, hasReceiver((preset) =>
      preset.rate.newIpPerDay !== null || answers(preset, 'newIpThrottle'))),
      'days of doubling after which an address is no longer new']),
  ...constantsIn('receivers/loops.ts',
    ['handlingMs', `{
      'outlook-consumer': 5 * minuteMs, yahoo: 2 * minuteMs, comcast: 10 * minuteMs, mailru: 10 * minuteMs,
      orange: 'daily', sfr: 'daily', laposte: 'daily', }`, 2,
      hasReceiver(({ fbl }) => fbl?.perMessage === true), 'time a complaint loop takes beyond reading']),
  ...constantsIn('receivers/manners.ts',
    ['ways', 'halfLifeH: 72', 3, hasJudge,
      'which reply a provider gives when; the largest forget half in 72 h',
      'no provider says which of its codes is the sharper one'],
    ['halfLifeH', '24', 3, forgetsSoon, 'hours in which the others forget half of what they saw',
      "near Free's 24 to 48 h"],
    ['blockS', '86_400', 3, hasReceiver(({ block, internalReputation }) =>
      internalReputation && block.typicalS === null), 'seconds of a block where a provider states none']),
  ...constantsIn('receivers/phases.ts',
    ['fromBadDomain', '20', 2, hasReceiverOf('gmail', 'qq'),
      'messages an hour taken from a domain of bad name before it says so'],
    ['disabledShare', '0.3', 1, hasReceiver((preset) => answers(preset, 'mailboxDisabled')),
      'share of unknown mailboxes that a receiver calls disabled', 'wording only']),
  ...constantsIn('receivers/receiver.ts',
    ['naive', '', 4, all(meetsErrors, hasReceiver(({ market }) => /hoster|self-hosted/.test(market))),
      'self-hosted receivers take error codes and answers from outside for listings']),
  ...constantsIn('receivers/reputation.ts',
    ['spamWarn', '0.1', 3, hasJudge, 'share of spam from which a sender is slowed', 'SNDS, yellow'],
    ['spamAct', '0.5', 5, hasJudge, 'share of spam from which a sender is slowed hard'],
    ['spamBlock', '0.9', 4, hasJudge, 'share of spam from which a sender is blocked', 'SNDS, red'],
    ['unknownAct', '0.1', 3, hasJudge, 'share of unknown users that darkens a name, where none is stated'],
    ['blockAt', '2', 3, hasJudge, 'times the complaint share that a receiver acts on, for a block'],
    ['leastComplaints', '5', 3, hasJudge, 'complaints below which a share says nothing'],
    ['slowedTo', '[Infinity, 0.5, 0.1, 0.1]', 4, hasJudge,
      'share of its rate left to a slowed sender, by level'],
    ['leastPerHour', '20', 2, hasJudge, 'messages an hour left to any slowed sender'],
    ['knocks', '5', 2, hasJudge, 'attempts put off, against those allowed, that are no slowing down'],
    ['forgiven', '0.25', 2, hasJudge, 'share of what was seen that is held on after a block'],
    ['moreJunk', '[0, 0.05, 0.5, 0.9]', 5, hasJudge,
      'share of good mail of a bad name filed as junk, by level',
      'collateral.junked rests on it']),
];
