// Wald's two bounds, which every sequential probability ratio test here stops at.

import { inside, roundingShare } from './sequential-test.ts';

/** The risks a sequential probability ratio test is built for. */
export interface Risks {
  /** At most about this share of harmless keys alarms; above 0, below 1. */
  readonly alpha: number;
  /** At most about this share of harmful keys is cleared; above 0, below 1 - alpha. */
  readonly beta: number;
}

/**
 * Log likelihood ratios at which a test stops: `clear` at or below the lower, `alarm` at or above the
 * upper.
 */
export interface Bounds {
  readonly lower: number;
  readonly upper: number;
}

/**
 * ln(beta / (1 - alpha)) and ln((1 - beta) / alpha): A. Wald, Sequential Analysis, 1947, 3.2. What really
 * happens is a little better than either risk, since the last step overshoots. Both bounds lie nearer to
 * zero by what rounding may cost a ratio that should meet them exactly.
 */
export const waldBounds = (test: string, { alpha, beta }: Risks): Bounds => {
  inside(test, 'alpha', alpha, 0, 1);
  inside(test, 'beta', beta, 0, 1 - alpha);
  return {
    lower: Math.log(beta / (1 - alpha)) * (1 - roundingShare),
    upper: Math.log((1 - beta) / alpha) * (1 - roundingShare),
  };
};
