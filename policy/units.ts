// The units a policy reckons in. A branded number can be made only by the constructors below, which check
// it, so a count of seconds never passes for a count of milliseconds. Time is whole milliseconds since the
// host began.

declare const unit: unique symbol;

/** A time since the host began, or a span: whole milliseconds, a safe integer; never negative. */
export type Milliseconds = number & { readonly [unit]: 'ms' };

export const zero = 0 as Milliseconds;

/** Never, as a time to come: later than any event a host can hold. */
export const never = Number.MAX_SAFE_INTEGER as Milliseconds;

/** Whole milliseconds from 0 to 2^53 - 1. Throws a RangeError that names the value otherwise. */
export const milliseconds = (count: number): Milliseconds => {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(
      `${count} is not a span of time; a span is a whole number of milliseconds, 0 or more.`,
    );
  }
  // Never -0, which Object.is tells from 0 and JSON does not.
  return (count === 0 ? 0 : count) as Milliseconds;
};

export const seconds = (count: number): Milliseconds => rounded(count, 1_000);
export const minutes = (count: number): Milliseconds => rounded(count, 60_000);
export const hours = (count: number): Milliseconds => rounded(count, 3_600_000);
export const days = (count: number): Milliseconds => rounded(count, 86_400_000);

/** To the nearest millisecond; what is below 0, however little, is no span. */
const rounded = (count: number, unitMs: number): Milliseconds =>
  milliseconds(count < 0 ? count * unitMs : Math.round(count * unitMs));

/** The instant one span after another; stays at `never` rather than passing it. */
export const later = (start: Milliseconds, span: Milliseconds): Milliseconds => {
  const end = start + span;
  return end < never ? (end as Milliseconds) : never;
};

/** By suffix, from the longest to the shortest. */
export const spanUnits: Readonly<Record<string, (count: number) => Milliseconds>> =
  { d: days, h: hours, m: minutes, s: seconds };

/**
 * A value as a person would write it, in a unit of settings.ts: `24h` of a span, `5%` of a share, `200` of
 * anything else. Setting it takes it back.
 */
export const valueText = (value: number, unit: string): string => {
  if (unit === 'share') return `${Number((value * 100).toPrecision(12))}%`;
  if (unit !== 'span') return String(value);
  if (value === 0) return '0s';
  for (const suffix of Object.keys(spanUnits)) {
    const length = spanUnits[suffix]!(1);
    // Operators say 24h.
    if (value % length === 0 && (suffix !== 'd' || value > length)) return `${value / length}${suffix}`;
  }
  return `${value}ms`;
};
