// Delays of people and of their machines, drawn from three numbers that a preset states.

import { power } from '../../samplers.ts';

/**
 * From the least in a line to the middle (half of all), then in equal steps of ratio to the most. Seconds in,
 * seconds out.
 */
export const spread = (drawn: number, least: number, middle: number, most: number): number =>
  drawn < 0.5
    ? least + (middle - least) * drawn * 2
    : middle * power(most / Math.max(middle, 1e-9), drawn * 2 - 1);

/**
 * The same where the last number is that which 95 in 100 stay below: the slowest 5 % go on at the same ratio.
 */
export const spreadTo95 = (drawn: number, least: number, middle: number, p95: number): number =>
  drawn < 0.5
    ? least + (middle - least) * drawn * 2
    : middle * power(p95 / middle, (drawn - 0.5) / 0.45);
