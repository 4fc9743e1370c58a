// Spans as daemons take them: whole seconds.

import { days, type Milliseconds } from '../../policy/index.ts';

export const oneDay = days(1);

/** Seconds, at least 1. */
export const wholeSeconds = (span: Milliseconds): number => Math.max(1, Math.round(span / 1_000));
