// The receivers and registers of a plan for people.

import type { Plan, PlanFacts, ReceiverFacts } from '../../sim/index.ts';
import { count, listed, plural, printable, share } from '../format.ts';
import type { Entry } from './layout.ts';
import { clocksText, reachText, ruleText } from './rule-text.ts';
import { sentences, spanText } from './words.ts';

type Receiver = Plan['receivers'][number];

export const receiverEntries = (plan: Plan, { receivers }: PlanFacts): readonly Entry[] =>
  plan.receivers.map((receiver, index) => [
    printable(receiver.name),
    receiverText(receiver, receivers[index]!),
  ]);

const receiverText = (receiver: Receiver, { asks, preset }: ReceiverFacts): string => {
  const { connection, fbl, greylistS, rate } = preset;
  const greylist = receiver.greylist ?? (greylistS === null ? 0 : greylistS * 1_000);
  return sentences([
    `${share(receiver.share)} of recipients: ${printable(preset.name)}`,
    asks.length === 0 ?
      'asks no register of this plan'
    : `asks ${askedText(asks)}; ${wayText(receiver, preset)}`,
    [
      connection.maxPerIp === null ? '' : `${plural(connection.maxPerIp, 'connection')} an address`,
      rate.perIpPerHour === null ? '' : `${count(rate.perIpPerHour)} messages an hour`,
    ]
      .filter((limit) => limit !== '')
      .join(', '),
    greylist === 0 ? '' : `greylists for ${spanText(greylist)}`,
    receiver.caught === undefined ? '' : `its filter recognises ${share(receiver.caught)} of spam`,
    receiver.wrong === undefined ? '' : `its filter takes ${share(receiver.wrong)} of wanted mail for spam`,
    fbl === null ? '' : `complaints come back: ${printable(fbl.type)}`,
  ]);
};

const askedText = (asks: ReceiverFacts['asks']): string => {
  const weighs = asks.some(({ weight }) => weight !== 1);
  return listed(asks.map(({ register, weight }) => `${register}${weighs ? ` (${weight})` : ''}`));
};

const phases: Readonly<Record<string, string>> = {
  connect: 'at connect',
  mail: 'at MAIL',
  rcpt: 'at RCPT',
  data: 'after DATA',
};

const wayText = ({ onListing, threshold }: Receiver, preset: ReceiverFacts['preset']): string => {
  const from = threshold === undefined ? '' : ` from a weight of ${threshold} on`;
  if (onListing === 'defer') return `puts the listed off${from}`;
  const weighs = preset.dnsbls.some((entry) => entry.includes('*'));
  if (onListing === 'score' || preset.dnsblPhase === 'content') return `adds listings to a spam score${from}`;
  if (weighs && onListing === undefined) return `refuses by the sum of the weights${from}`;
  return `refuses the listed ${phases[preset.dnsblPhase ?? ''] ?? 'at RCPT'}${from}`;
};

export const registerEntries = (plan: Plan, { registers }: PlanFacts): readonly Entry[] =>
  plan.registers.map((register, index) => {
    const facts = registers[index]!;
    const name = facts.preset.name;
    return [
      printable(register.name),
      sentences([`${printable(name)} ${ruleText(facts)}`, reachText(facts), clocksText(facts)]),
    ];
  });
