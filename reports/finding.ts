// One statistic over seeds, which may have no value: nothing to measure, or a thing that never happened. A
// word says which; no number stands in for either.

import { quantity, type Unit } from './format.ts';

export type Finding =
  | { readonly kind: 'value'; readonly value: number }
  /** It had not happened when the runs ended; the longest of them was watched for `atLeast`. */
  | { readonly kind: 'never'; readonly atLeast: number }
  | { readonly kind: 'none' };

export const none: Finding = Object.freeze({ kind: 'none' });

/** `1 h 52 m`, `never`, or `no data`. */
export const findingText = (finding: Finding, unit: Unit): string => {
  switch (finding.kind) {
    case 'value':
      return quantity(finding.value, unit);
    case 'never':
      return 'never';
    case 'none':
      return 'no data';
    default:
      return finding satisfies never;
  }
};

/** As a number, with Infinity for never and undefined for no data. */
export const findingValue = (finding: Finding): number | undefined =>
  finding.kind === 'none' ? undefined : finding.kind === 'never' ? Number.POSITIVE_INFINITY : finding.value;
