// Waivers: somebody's word, with an end and a reason, that a gate may be missed. Told in every report; once
// it has ended the gate counts as before, so that no exception outlives its reason in silence.

import { printable } from '../format.ts';
import type { DeclaredGate, Waiver } from './verdict.ts';

/** `today` is any ISO date or time in UTC; a waiver holds through the whole of its last day. */
export const waiverOf = ({ waiver }: DeclaredGate, today: string): Waiver | null =>
  waiver === undefined
    ? null
    : { ...waiver, state: today.slice(0, 10) <= waiver.until ? 'in force' : 'ended' };

/** Whether a miss counts: not where it only warns, is waived, or lacks data it may lack. */
export const doesCount = (gate: DeclaredGate, waiver: Waiver | null, outcome: string): boolean =>
  (gate.severity ?? 'fail') === 'fail' &&
  (outcome === 'passed' || waiver?.state !== 'in force') &&
  !(outcome === 'no data' && gate.mayLackData === true);

/** What is to be said of it beside the verdict; empty where nothing. */
export const waiverNote = (gate: DeclaredGate, waiver: Waiver | null, outcome: string): string => {
  if (outcome === 'no data' && gate.mayLackData === true) return 'it may lack data';
  if (waiver === null) return '';
  const { state, until, because } = waiver;
  const reason = printable(because);
  if (outcome === 'passed') {
    return state === 'ended'
      ? `its waiver ended with ${until} and is not needed: drop it`
      : `it passes, though waived until ${until}: ${reason}`;
  }
  return state === 'ended'
    ? `its waiver ended with ${until} (it was: ${reason}), so it counts again`
    : `waived until ${until}: ${reason}`;
};

export const notesOf = (...notes: readonly string[]): string =>
  notes.filter((note) => note !== '').join('; ');
