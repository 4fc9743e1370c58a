// What a plan rests on, for people: each preset with its source and which of its numbers are assumptions;
// then all that is assumed, the most influential in full, the rest as a list of each part.

import type { PlanFacts } from '../../sim/index.ts';
import { mostShown } from '../assumed.ts';
import { count, printable } from '../format.ts';
import type { Entry } from './layout.ts';

/** The presets a plan names, each with its source and which of its numbers are assumptions. */
export const presetEntries = ({ assumed, lists, receivers, registers }: PlanFacts): readonly Entry[] => {
  const presets = [...registers, ...receivers].map(({ preset }) => preset);
  return [...new Map(presets.map((preset) => [preset.id, preset])).values()]
    .map(({ id, source, unverifiedFields }): Entry => [
      id,
      unverifiedFields.includes('*') ? `every number assumed. Source: ${printable(source)}`
      : sourced(assumed.get(id) ?? [], source),
    ])
    .concat(lists.map(({ kind, preset }): Entry => [`${kind} list`, sourced(preset.assumed, preset.source)]));
};

const sourced = (assumed: readonly string[], source: string): string => {
  const which = assumed.length === 0 ? 'nothing assumed' : `assumed: ${assumed.join(', ')}`;
  return printable(`${which}. Source: ${source}`);
};

/** All assumptions: in full those that results move with most, of the rest their names. */
export const assumptionEntries = ({ assumptions }: PlanFacts): readonly Entry[] => {
  const rest = assumptions.slice(mostShown);
  return [
    ...assumptions.slice(0, mostShown).map(({ part, text }): Entry => [part, printable(text)]),
    ...[...new Set(rest.map(({ part }) => part))].map((part): Entry => {
      const names = rest.filter((one) => one.part === part).map(({ name }) => name);
      return [part, printable(`${count(names.length)} more: ${[...new Set(names)].join(', ')}`)];
    }),
    ...(rest.length === 0 ? [] : [['', 'Each in full: report.html of a run, docs/MODEL.md.'] as const]),
  ];
};

export const assumptionTitle = ({ assumptions }: PlanFacts): string =>
  `Assumptions: ${count(assumptions.length)}, most influential first by our judgement`;
