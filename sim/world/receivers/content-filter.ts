// A receiver's content filter: what it takes for spam, with stated error rates, and whether it refuses that
// or files it as junk. Where registers are weighed, a listing adds to what the content scores.

import type { Luck } from '../../luck.ts';
import type { ReceiverPreset } from '../../presets/index.ts';
import { purpose } from '../purposes.ts';
import type { Truth } from '../senders/cast.ts';
import type { Mail } from './mail.ts';

export interface Filter {
  /** Share of mail taken for spam, by what its content is like. */
  readonly share: Readonly<Record<Truth, number>>;
  /** Nothing is ever taken for spam: nobody looks. */
  readonly isBlind: boolean;
}

/**
 * Shares of spam caught and of wanted mail taken for spam, of what reaches the content filter: mail from
 * addresses of good name, which is the hard part. All assumptions. Gmail says that over 99.9 % of spam is
 * stopped, most of it by the address it comes from; filters that see only content do far worse on fresh
 * campaigns (70 % and 0.2 % for ours: signals.json, content-verdict). SpamAssassin's 60 % is for a server
 * without trained Bayes.
 */
const rates: Readonly<Record<string, readonly [caught: number, wrong: number]>> = {
  'consumer': [0.9, 0.001],
  'consumer+business': [0.9, 0.001],
  'business': [0.85, 0.001],
  'business gateway': [0.9, 0.0005],
  'isp': [0.8, 0.002],
  'hoster': [0.7, 0.002],
  'shared hoster': [0, 0],
  'self-hosted': [0, 0],
};
const spamAssassin = [0.6, 0.002] as const;

/** Mail that nobody asked for, but no fraud, looks like any newsletter: half as often caught, we assume. */
const unwantedShare = 0.5;

export const filterOf = (
  preset: ReceiverPreset, planCaught: number | undefined, planWrong: number | undefined,
): Filter => {
  const own = preset.id === 'spamassassin-scoring' ? spamAssassin : rates[preset.market] ?? [0, 0];
  return filterWith(planCaught ?? own[0], planWrong ?? own[1]);
};

export const filterWith = (caught: number, wrong: number): Filter => ({
  share: {
    wanted: wrong, feigned: wrong, unwanted: Math.max(wrong, caught * unwantedShare), abusive: caught,
  },
  isBlind: caught === 0 && wrong === 0,
});

/** The draw that decides; below the share of its nature, a message is taken for spam. */
export const contentDraw = (luck: Luck, receiverLuck: number, mail: Mail): number =>
  luck.draw(mail.luck, mail.number, purpose.filter, receiverLuck);

/** The points from which SpamAssassin calls mail spam (required_score). */
export const spamScore = 5;
/** Points of wanted mail lie below this, of spam that was not recognised below `spamScore`; an assumption. */
const wantedBelow = 2;

/** What the content scores: 5 or more where it is taken for spam, else spread evenly below. */
export const contentScore = (filter: Filter, nature: Truth, drawn: number): number => {
  const share = filter.share[nature];
  if (drawn < share) return spamScore;
  const below = nature === 'abusive' || nature === 'unwanted' ? spamScore : wantedBelow;
  return (below * (1 - drawn)) / (1 - share);
};

/**
 * Share of what is taken for spam that is refused, by the reply that is spoken of it: all where there is a
 * word for spam, half where there is one for policy (an assumption), and none where all of it is filed as
 * junk.
 */
export const refusedShare = (condition: string): number =>
  condition === 'spamContent' ? 1 : condition === 'policyReject' ? 0.5 : 0;
