// Which verdicts let a submission in. Volume is counted on these alone: a refused message takes nothing from
// a limit, so that no refusal can prolong itself by the retries it provokes.

import type { Verdict } from '../verdict.ts';

/**
 * True for pass, shadow, alert, divert and pace; false for defer, hold, reject and suspend, whichever module
 * spoke it.
 */
export const isAdmitted = ({ kind }: Verdict): boolean =>
  kind === 'pass' || kind === 'pace' || kind === 'divert' || kind === 'shadow' || kind === 'alert';
