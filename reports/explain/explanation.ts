// An explanation for the terminal: the opening, the chain from onset to recovery, and the rules that stayed
// silent. Pure: a tale and what belongs to it in, a text out.

import type { Tale } from '../../sim/telling/tale.ts';
import { instant, printable, span } from '../format.ts';
import { section, wrap } from '../plan/layout.ts';
import { chainOf, type Line } from './chain.ts';
import type { DateOf } from './step-text.ts';
import { nearEntries } from './near-text.ts';
import { type Listing, openingOf } from './opening.ts';

/** What an explanation says besides the tale. */
export interface Setting {
  readonly title: string;
  readonly seed: string;
  readonly policy: string;
  /** The date of time 0, in milliseconds since 1970. */
  readonly epoch: number;
  /** The run's length in milliseconds. */
  readonly length: number;
  readonly listings: readonly Listing[];
}

export interface ExplanationOptions {
  /** ANSI colours; off by default. */
  readonly colours?: boolean;
  /** Width, 60 to 200; 100 by default. */
  readonly columns?: number;
}

/** Ends with a line break. */
export const renderExplanation = (tale: Tale, setting: Setting, options: ExplanationOptions = {}): string => {
  const width = Math.min(200, Math.max(60, options.columns ?? 100));
  const paint = (code: number, text: string): string =>
    options.colours === true ? `\u001b[${code}m${text}\u001b[0m` : text;
  const dateOf = dater(setting.epoch);
  const facts = `seed ${printable(setting.seed)} of "${printable(setting.title)}", policy ${
    printable(setting.policy)}`;
  const opening = openingOf(tale, setting.listings, setting.length, dateOf).join(' ');
  const chain = chainOf(tale, dateOf);
  const near = nearEntries(tale, dateOf);
  const blocks = [
    [paint(1, printable(tale.tenant)), ...wrap(facts, width).map((line) => paint(2, line))],
    wrap(opening, width),
    ...(chain.length === 0 ? [] : [chainLines(chain, tale, setting, width, paint)]),
    ...(tale.role === 'innocent' || near.length > 0 || hasSpoken(tale) ? [] : [
      wrap('No rule of this policy goes by account or tenant, so none could speak.', width),
    ]),
    ...(near.length === 0 ? [] : [
      section('Rules that let its abuse pass, and how near they came', near, width).map((line, index) =>
        (index === 0 ? paint(1, line) : line)),
    ]),
    ...(tale.leftOut === 0 ? [] : [[`${tale.leftOut} further steps are left out.`]]),
  ];
  return `${blocks.map((block) => block.join('\n')).join('\n\n')}\n`;
};

/** Whether a rule has spoken on its mail, beyond what is said of an account that is shut. */
const hasSpoken = ({ steps }: Tale): boolean => steps.some((step) => step.kind === 'verdict' && !step.shut);

/** An instant in a sentence: `Tue 5 Jan 20:00:12`, or `20:00:12` beside another of the same day. */
export const dater = (epoch: number): DateOf => (at, near) => {
  const parts = instant(at, epoch).split(' ');
  const isSameDay = near !== undefined && instant(near, epoch).startsWith(parts.slice(0, 3).join(' '));
  return isSameDay ? parts[3]! : parts.join(' ');
};

type Paint = (code: number, text: string) => string;

/** A line a step: clock, time since the onset, what happened, and the event; a heading for each new day. */
const chainLines = (
  chain: readonly Line[], tale: Tale, { epoch }: Setting, width: number, paint: Paint,
): readonly string[] => {
  const lines = [paint(1, 'What happened')];
  const since = tale.onset;
  let day = '';
  for (const { at, event, text } of chain) {
    const parts = instant(at, epoch).split(' ');
    const clock = parts.pop()!;
    const date = parts.join(' ');
    if (date !== day) lines.push(paint(2, `  ${date}`));
    day = date;
    const after = since === null || at < since ? '' : `+${span(at - since)}`;
    const margin = `  ${clock}  ${after.padEnd(since === null ? 0 : 10)}`.padEnd(since === null ? 12 : 23);
    const [first = '', ...rest] = wrap(`${text} [${event}]`, width - margin.length);
    lines.push(`${margin}${first}`, ...rest.map((line) => `${' '.repeat(margin.length)}${line}`));
  }
  return lines;
};
