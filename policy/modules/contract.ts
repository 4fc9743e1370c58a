// What a contract is worth to the windows: who keeps to the allowance is not refused by a count.

import { hours, type Milliseconds } from '../units.ts';

/**
 * How much above the window's worth a count must leave a contract: a window remembers up to 1/8 longer than
 * asked, and messages at the agreed rate come in clusters by chance. The exact rate is for the token bucket.
 */
const slack = 1.25;

/** Recipients in a window granted for each message an hour of the allowance. */
export const contractWorth = (window: Milliseconds): number => slack * window / hours(1);
