// What a plan rests on, for people: each preset with its source and which of its numbers are assumptions,
// then the assumptions that are of no single preset.

import type { PlanFacts } from '../../sim/index.ts';
import { printable } from '../format.ts';
import type { Entry } from './layout.ts';

/** The presets a plan names, each with its source and which of its numbers are assumptions. */
export const presetEntries = ({ lists, receivers, registers }: PlanFacts): readonly Entry[] => {
  const presets = [...registers, ...receivers].map(({ preset }) => preset);
  return [...new Map(presets.map((preset) => [preset.id, preset])).values()]
    .map(({ id, source, unverifiedFields }): Entry => [id, sourced(unverifiedFields, source)])
    .concat(lists.map(({ kind, preset }): Entry => [`${kind} list`, sourced(preset.assumed, preset.source)]));
};

const sourced = (assumed: readonly string[], source: string): string => {
  const which =
    assumed.length === 0 ? 'nothing assumed'
    : assumed.includes('*') ? 'every number assumed'
    : `assumed: ${assumed.join(', ')}`;
  return printable(`${which}. Source: ${source}`);
};

/** Assumptions that are of no single preset. */
export const generalAssumptions = ({ assumptions }: PlanFacts): readonly Entry[] =>
  assumptions
    .filter((line) => !/^(?:register|receiver|list) /.test(line))
    .map((line) => {
      const [about, ...rest] = line.split(': ');
      return rest.length === 0 ? ['', line] : [about!, rest.join(': ')];
    });
