// A plan for people: the question, the cast, the others, the timeline, our own side, and every preset with
// what is assumed in it. Pure: a plan and what it rests on in, a text out.

import type { Gate, Plan, PlanFacts } from '../sim/index.ts';
import { plural, printable } from './format.ts';
import { timelineEntries } from './plan/incidents.ts';
import { type Entry, section, wrap } from './plan/layout.ts';
import { receiverEntries, registerEntries } from './plan/others.ts';
import { platformEntries, poolEntries } from './plan/platform.ts';
import { assumptionEntries, assumptionTitle, presetEntries } from './plan/presets.ts';
import { tenantEntries, type Traced } from './plan/tenants.ts';
import { dateText, spanText } from './plan/words.ts';

export interface PlanTextOptions {
  /** ANSI colours; off by default. */
  readonly colours?: boolean;
  /** Width, 60 to 200; 100 by default. */
  readonly columns?: number;
  /** Messages of each trace that lie within the run, by its file; 0 where left out. */
  readonly traced?: Traced;
}

/** Ends with a line break. No line is wider than asked, and nothing is cut. */
export const renderPlan = (plan: Plan, facts: PlanFacts, options: PlanTextOptions = {}): string => {
  const width = Math.min(200, Math.max(60, options.columns ?? 100));
  const bold = (text: string): string => (options.colours === true ? `\u001b[1m${text}\u001b[0m` : text);
  const sections: readonly (readonly [title: string, entries: readonly Entry[]])[] = [
    ['Tenants', tenantEntries(plan, options.traced ?? new Map<string, number>())],
    ['Pools', poolEntries(plan)],
    ['Receivers', receiverEntries(plan, facts)],
    ['Registers', registerEntries(plan, facts)],
    ['Timeline', timelineEntries(plan)],
    ['Our side', platformEntries(plan)],
    ['Gates', plan.gates.map(gateEntry)],
    ['Presets, their sources and what is assumed in them', presetEntries(facts)],
    [assumptionTitle(facts), assumptionEntries(facts)],
  ];
  const blocks = sections
    .filter(([, entries]) => entries.length > 0)
    .map(([title, entries]) => {
      const [first, ...rest] = section(title, entries, width);
      return [bold(first!), ...rest];
    });
  return `${[heading(plan, width, bold), ...blocks].map((block) => block.join('\n')).join('\n\n')}\n`;
};

const heading = (plan: Plan, width: number, bold: (text: string) => string): readonly string[] => {
  const { epoch, length, seeds, warmup } = plan;
  const facts = [
    `${spanText(length)} from ${dateText(0, epoch)} UTC`,
    warmup === 0 ? '' : `the first ${spanText(warmup)} not counted`,
    plural(seeds, 'seed'),
  ];
  return [
    ...wrap(printable(plan.title), width).map(bold),
    ...wrap(printable(plan.question), width),
    ...wrap(facts.filter((fact) => fact !== '').join(' · '), width),
  ];
};

const gateEntry = ({ limit, metric, rule, severity, statistic }: Gate): Entry => [
  `${metric}.${statistic}`,
  `${rule === 'atMost' ? 'at most' : 'at least'} ${limit}${severity === 'warn' ? ' (warns only)' : ''}`,
];
