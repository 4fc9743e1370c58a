// Quantities of a plan in words: rates by the unit that reads best, instants with their date, lists by how
// they came to be.

import type { ListPlan } from '../../sim/index.ts';
import { count, instant, share, span } from '../format.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** `4,000 an hour`; below one an hour `6 a day`. */
export const rateText = (perHour: number): string =>
  perHour >= 1 || perHour === 0 ? `${count(perHour)} an hour` : `${count(perHour * 24)} a day`;

/** As a script would say it: `1 d 20 h`, where `span` would say `44 h`. */
export const spanText = (ms: number): string => {
  if (ms < day || ms % 60_000 !== 0) return span(ms);
  const parts = [
    `${count(Math.floor(ms / day))} d`,
    ms % day < hour ? '' : `${Math.floor((ms % day) / hour)} h`,
    ms % hour === 0 ? '' : `${Math.floor((ms % hour) / 60_000)} m`,
  ];
  return parts.filter((part) => part !== '').join(' ');
};

/** Of a preset, which counts in seconds. */
export const secondsText = (seconds: number): string => spanText(seconds * 1_000);

/** `Tue 5 Jan 2027 20:00` in UTC. */
export const dateText = (ms: number, epoch: string): string => {
  const start = Date.parse(epoch);
  const parts = instant(ms, start).split(' ');
  const clock = parts.pop()!.slice(0, 5);
  return [...parts, new Date(start + ms).getUTCFullYear(), clock].join(' ');
};

/** `a stale list (12 % unknown)`; only what the plan changed of its kind is told. */
export const listText = ({ kind, ...changed }: ListPlan): string => {
  const article = /^[aeiou]/.test(kind) ? 'an' : 'a';
  const changes = Object.entries(changed)
    .filter((entry): entry is [string, number] => typeof entry[1] === 'number')
    .map(([part, value]) => `${share(value)} ${part}`);
  return `${article} ${kind} list${changes.length === 0 ? '' : ` (${changes.join(', ')})`}`;
};

/** Sentences from parts, empty ones left out: `One. Two.` */
export const sentences = (parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .map((part) => `${part[0]!.toUpperCase()}${part.slice(1)}.`)
    .join(' ');
