// The three things a measurement can be: seen to its end, cut off by the end of what there was to see, or not
// there.

import type { Measure } from '../../result.ts';

export const seen = (value: number): Measure => ({ value, observed: true });
export const censored = (value: number): Measure => ({ value, observed: false });
export const none: Measure = { value: null, observed: false };
