// How numbers are said to people: one formatter for terminal, HTML and Markdown, so that no two of them
// disagree and no raw float ever reaches a reader. Units follow SI: a space before `h`, `m` and `%`.

import type { metricUnits } from '../sim/index.ts';

export type Unit = (typeof metricUnits)[keyof typeof metricUnits];

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** A span of milliseconds in its two largest units: `2 d 3 h`, `1 h 52 m`, `14 m`, `40 s`, `0 s`. */
export const span = (ms: number): string => {
  if (!Number.isFinite(ms)) return 'never';
  if (ms < 0) return `-${span(-ms)}`;
  if (ms < 9.5 * second) return ms < 50 ? '0 s' : `${trimmed(ms / second, 1)} s`;
  if (ms < 59.5 * second) return `${Math.round(ms / second)} s`;
  if (ms < 10 * minute) return two(ms, minute, 'm', second, 's');
  if (ms < 59.5 * minute) return `${Math.round(ms / minute)} m`;
  if (ms < 48 * hour) return two(ms, hour, 'h', minute, 'm');
  return two(ms, day, 'd', hour, 'h');
};

const two = (ms: number, large: number, largeName: string, small: number, smallName: string): string => {
  const rounded = Math.round(ms / small) * small;
  const rest = Math.round((rounded % large) / small);
  const head = `${thousands(Math.floor(rounded / large))} ${largeName}`;
  if (rest === 0) return head;
  return `${head} ${String(rest).padStart(smallName === 'm' ? 2 : 1, '0')} ${smallName}`;
};

/** A number of things: `6,410`; halves, such as a median of two, keep one place below ten: `1.5`. */
export const count = (number: number): string => {
  if (!Number.isFinite(number)) return 'never';
  return Math.abs(number) < 9.95 ? trimmed(number, 1) : thousands(Math.round(number));
};

/**
 * A fraction as per cent: `2.9 %`, `0.04 %`, `100 %`; what is neither none nor all never reads as `0 %` or
 * `100 %`.
 */
export const share = (fraction: number): string => {
  // Sums of shares end a few bits beside all or nothing, which is no part of either.
  const whole = Math.round(fraction);
  const percent = (Math.abs(fraction - whole) < 1e-9 ? whole : fraction) * 100;
  if (percent > 0 && percent < 0.01) return '< 0.01 %';
  if (percent < 100 && percent > 99.9) return '> 99.9 %';
  return `${trimmed(percent, percent < 0.995 ? 2 : 1)} %`;
};

/** A value of a metric in its unit's words. Infinity reads `never`. */
export const quantity = (value: number, unit: Unit): string => {
  if (!Number.isFinite(value)) return 'never';
  switch (unit) {
    case 'ms':
      return span(value);
    case 'hours':
      return span(value * hour);
    case 'minutes':
      return span(value * minute);
    case 'share':
      return share(value);
    case 'count':
      return count(value);
    default:
      return unit satisfies never;
  }
};

/** `1 seed`, `20 seeds`, `6,410 messages`. */
export const plural = (number: number, one: string, many = `${one}s`): string =>
  `${count(number)} ${number === 1 ? one : many}`;

/** `a`, `a and b`, `a, b and c`. */
export const listed = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`;

/** An instant of a run as a date in UTC, `epoch` being the date of time 0: `Tue 5 Jan 20:00:12`. */
export const instant = (ms: number, epoch: number): string => {
  const date = new Date(epoch + ms);
  const clock = date.toISOString().slice(11, 19);
  return `${weekdays[date.getUTCDay()]} ${date.getUTCDate()} ${months[date.getUTCMonth()]} ${clock}`;
};

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/**
 * Text from outside made safe to print: control characters, terminal escapes and characters that turn the
 * direction of writing become U+FFFD, so a name can neither recolour a terminal nor disguise itself.
 */
export const printable = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, '\ufffd');

const trimmed = (number: number, places: number): string => {
  const text = number.toFixed(places);
  const short = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return short === '-0' ? '0' : short;
};

const thousands = (whole: number): string => String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
