// How long people leave a message unread: what they do about it, they do then.

import { normal } from './normal.ts';

/**
 * Lognormal with median 5.92 h and sigma 2.26 (calibration.json, fitted to 5.5e9 opens of 2019-20). People
 * who complain, and those who report, read as others do.
 */
const medianMs = 5.92 * 3_600_000;
const sigma = 2.26;

/** Milliseconds until it is read, from two draws of luck. */
export const readingTime = (one: number, two: number): number =>
  medianMs * Math.exp(sigma * normal(one, two));
