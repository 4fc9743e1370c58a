// Which rule does the work: how much of the guilty and of the innocent mail each rule speaks on, heard or
// not, as SpamAssassin tells the frequencies of its rules; then what was carried out.

import type { VNode } from 'preact';
import { count, plural, printable, share } from '../../format.ts';
import { columns, element, folded, paragraph, table } from '../element.ts';
import { rules as carriedOut } from '../evidence.ts';
import type { Part } from '../chart.ts';
import type { ScenarioView, SideView } from '../view.ts';

export const ruleWork = (view: ScenarioView): Part => ({
  charts: [],
  node: element(
    'div',
    null,
    ...view.sides.map((side) => frequencies(side, view.compared !== null)),
    folded(
      'How to read it',
      false,
      paragraph(
        'Of messages when they were first handed in, and only while their account was open: of an ' +
          'account that is shut no rule is ' +
          'asked. A rule speaks where it would say anything but pass, even if a graver word of another ' +
          'is carried out. ' +
          'Hits: share of those messages on which it spoke. Ratio: guilty hits to both, each as a ' +
          'share, so that 1 is a ' +
          'rule that never hits innocents and 0.5 one that cannot tell. Culprits stopped: those whose ' +
          'block began with its word. A rule that ' +
          'suspends hits few messages, since it is not asked again: what it keeps out is in the table ' +
          'of verdicts. Alone: of its guilty hits, those on which no other rule spoke; what would be ' +
          'lost at that moment without it (not what would happen next: for that, run without the rule). ' +
          'Overlap: the rule that spoke together with it most often, and on what share of its guilty hits.',
        'plain',
      ),
    ),
    ...view.sides.map((side) => carriedOut(side.summary, view.compared !== null ? side.name : '')),
  ),
});

interface Row {
  readonly rule: string;
  readonly abusive: number;
  readonly innocent: number;
  readonly alone: number;
  readonly innocentAlone: number;
}

const frequencies = ({ name, result, summary }: SideView, many: boolean): VNode => {
  const heard = result.seeds.map((seed) => seed.heard);
  const guilty = heard.reduce((sum, one) => sum + one.abusive, 0);
  const innocent = heard.reduce((sum, one) => sum + one.innocent, 0);
  const rows = new Map<string, Row>();
  for (const { rules } of heard)
    for (const one of rules) {
      const before = rows.get(one.rule);
      rows.set(one.rule, {
        rule: one.rule,
        abusive: (before?.abusive ?? 0) + one.abusive,
        innocent: (before?.innocent ?? 0) + one.innocent,
        alone: (before?.alone ?? 0) + one.abusiveAlone,
        innocentAlone: (before?.innocentAlone ?? 0) + one.innocentAlone,
      });
    }
  const pairs = heard.flatMap((one) => one.pairs);
  const overlap = ({ rule, abusive }: Row): string => {
    const others = new Map<string, number>();
    for (const { one, two, abusive: both } of pairs) {
      const other = one === rule ? two : two === rule ? one : undefined;
      if (other !== undefined) others.set(other, (others.get(other) ?? 0) + both);
    }
    const most = [...others].toSorted((a, b) => b[1] - a[1])[0];
    return most === undefined || abusive === 0
      ? '–'
      : `${share(most[1] / abusive)} with ${printable(most[0])}`;
  };
  if (guilty + innocent === 0)
    return paragraph(
      `${many ? `${name}: ` : ''}no rule was asked, or this result was written before that was measured.`,
      'plain',
    );
  const sorted = [...rows.values()].toSorted((a, b) => b.abusive - a.abusive || b.innocent - a.innocent);
  const mute = result.policy.modules.filter(
    (module) => !sorted.some(({ rule }) => rule.startsWith(`${module} `)),
  );
  return element(
    'div',
    null,
    sorted.length === 0
      ? paragraph(`${many ? `${name}: n` : 'N'}o rule ever spoke.`, 'plain')
      : table(
          columns(
            'Rule',
            '#Guilty hits',
            '#Innocent hits',
            '#Ratio',
            '#Alone',
            '#Innocent alone',
            '#Culprits stopped',
            'Overlap',
          ),
          sorted.map((row) => {
            const [of, against] = [
              guilty === 0 ? 0 : row.abusive / guilty,
              innocent === 0 ? 0 : row.innocent / innocent,
            ];
            return [
              element('span', { class: 'rule ink' }, printable(row.rule)),
              guilty === 0 ? '–' : share(of),
              innocent === 0 ? '–' : share(against),
              of + against === 0 ? '–' : (of / (of + against)).toFixed(3),
              row.abusive === 0 ? '–' : share(row.alone / row.abusive),
              row.innocent === 0 ? '–' : share(row.innocentAlone / row.innocent),
              String(summary.culprits.filter(({ blockedBy }) => blockedBy === row.rule).length),
              element('span', { class: 'rule' }, overlap(row)),
            ];
          }),
          {
            caption:
              `${many ? `${name}: of` : 'Of'} ${plural(guilty, 'abusive message')} and ` +
              `${count(innocent)} wanted ones of innocents, over all seeds`,
          },
        ),
    mute.length === 0 ? null : paragraph(`Never spoke: ${mute.map(printable).join(', ')}.`, 'plain'),
  );
};
