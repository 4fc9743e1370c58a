// What can be wrong with the receivers: shares that do not sum to a whole, registers that are not there, and
// a sender put off for longer than we try.

import { receiverPreset } from '../presets/index.ts';
import { checkReference, type Draft, timeText } from './draft.ts';
import { type Mistake, shownValue } from './problems.ts';

type Receiver = NonNullable<Draft['receivers'][number]>;

/** Shares may miss 100 % by this much, so that thirds can be written as 33.3 %. */
const shareTolerance = 0.001;

export const checkReceivers = (draft: Draft): readonly Mistake[] => [
  ...draft.receivers.flatMap((receiver, index) =>
    receiver === undefined ? [] : checkReceiver(draft, receiver, `receivers[${index}]`),
  ),
  ...checkShares(draft),
];

const checkReceiver = (draft: Draft, receiver: Receiver, path: string): readonly Mistake[] => [
  ...checkConsults(draft, receiver.consults, `${path}.consults`),
  ...checkGreylist(draft, receiver.greylist, `${path}.greylist`),
  ...checkListing(receiver, path),
];

export const checkConsults = (
  draft: Draft,
  consults: readonly string[] | undefined,
  path: string,
): readonly Mistake[] =>
  (consults ?? []).flatMap((name, place) => {
    const twice = consults!.indexOf(name) < place;
    const saw = `is ${shownValue(name)} again`;
    return twice ?
        [{ path: `${path}[${place}]`, saw, allowed: 'a receiver asks a register once', advice: '' }]
      : checkReference(draft, 'registers', name, `${path}[${place}]`);
  });

export const checkGreylist = (
  { outbound }: Draft,
  greylist: number | undefined,
  path: string,
): readonly Mistake[] => {
  if (greylist === undefined || outbound === undefined || greylist < outbound.giveUp) return [];
  const allowed = `it is shorter than outbound.giveUp, ${timeText(outbound.giveUp)}, or no mail gets through`;
  return [{ path, saw: `is ${timeText(greylist)}`, allowed, advice: '' }];
};

/** What a receiver does with listings, where it never hears of one. */
const checkListing = (receiver: Receiver, path: string): readonly Mistake[] => {
  const { consults, preset } = receiver;
  const asked = consults ?? receiverPreset(preset).dnsbls;
  if (asked.length > 0) return [];
  return (['onListing', 'threshold'] as const).flatMap((field) => {
    const value = receiver[field];
    if (value === undefined) return [];
    const allowed = 'this receiver asks no register';
    const advice = 'Name registers in consults, or leave it out.';
    return [{ path: `${path}.${field}`, saw: `is ${shownValue(value)}`, allowed, advice }];
  });
};

const checkShares = ({ receivers }: Draft): readonly Mistake[] => {
  const shares = receivers.map((receiver) => receiver?.share);
  if (shares.length === 0 || shares.includes(undefined)) return [];
  const allowed = 'they share 100 % of all recipients';
  return checkWhole(shares as readonly number[], 'receivers', 'have shares of', allowed);
};

/** Shares that sum to 100 %, or one mistake that says what is missing or too much. */
export const checkWhole = (
  shares: readonly number[],
  path: string,
  verb: string,
  allowed: string,
): readonly Mistake[] => {
  const sum = shares.reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) <= shareTolerance + Number.EPSILON) return [];
  const gap = percent(Math.abs(1 - sum));
  const advice = sum < 1 ? `Give out the missing ${gap}.` : `Take ${gap} away.`;
  return [{ path, saw: `${verb} ${percent(sum)} in all`, allowed, advice }];
};

const percent = (share: number): string => `${Number((share * 100).toFixed(3))} %`;
