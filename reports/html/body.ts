// The eleven sections below the first screen, each with its charts; of several scenarios each section holds
// one part for each, since a tab would hide what nobody thinks of opening.

import type { VNode } from 'preact';
import { plural } from '../format.ts';
import type { ChartSpec, Part } from './chart.ts';
import { element, section } from './element.ts';
import { culpritTable } from './evidence.ts';
import { settingTable } from './first-compared.ts';
import type { PageData } from './page.ts';
import { days } from './sections/days.ts';
import { effects } from './sections/effects.ts';
import { type GateRow, gates } from './sections/gates.ts';
import { hit } from './sections/hit.ts';
import { replies } from './sections/replies.ts';
import { ruleWork } from './sections/rules.ts';
import { seeds } from './sections/seeds.ts';
import { simulated } from './sections/simulated.ts';
import { story } from './sections/story.ts';
import { survival } from './sections/survival.ts';
import { tradeOff } from './sections/trade-off.ts';
import { mostCharacters, storyOf } from './seed-view.ts';
import type { PageView, ScenarioView } from './view.ts';

type PerScenario = (view: ScenarioView, index: number) => Part | null;

export const bodyOf = (
  view: PageView,
  first: VNode,
  gateRows: readonly GateRow[],
  notJudged: readonly string[],
): { readonly body: VNode; readonly data: PageData } => {
  const stories = view.scenarios.map((one) =>
    storyOf(one, mostCharacters / (view.scenarios.length > 2 ? 2 : 1) / view.scenarios.length),
  );
  const compared = view.comparison !== null;
  const charts: ChartSpec[] = [];
  const sections: { readonly id: string; readonly name: string; readonly node: VNode }[] = [];
  const add = (id: string, name: string, title: string, lead: string, per: PerScenario): void => {
    const parts = view.scenarios.flatMap((one, index): VNode[] => {
      const part = one.sides.length === 0 && id !== 'effects' ? null : per(one, index);
      if (part === null) return [];
      charts.push(...part.charts);
      return [
        view.scenarios.length === 1
          ? part.node
          : element(
              'div',
              { class: 'scenario' },
              element('h3', { class: 'scenario-name' }, one.title),
              part.node,
            ),
      ];
    });
    if (parts.length > 0) sections.push({ id, name, node: section(id, title, lead, ...parts) });
  };

  const ofGates = gates(gateRows, notJudged);
  sections.push({
    id: 'gates',
    name: 'Gates',
    node: section(
      'gates',
      '1 · May I merge?',
      'What was asked of the figures, and what was found.',
      ofGates.node,
    ),
  });
  add(
    'effects',
    'Effects',
    compared ? '2 · How much did it change, and how sure?' : '2 · How much, and how sure?',
    compared
      ? 'Candidate minus baseline over paired seeds, with 95 % intervals. Within its margin a change ' +
          'does not matter; ' +
          'same is said only where the whole interval lies inside. * restricted to a horizon, since ' +
          'some seeds were not seen to their end.'
      : 'Estimates over seeds, never over messages: messages behind one address are not independent.',
    effects,
  );
  add(
    'survival',
    'How long',
    '3 · How long did abuse go on?',
    'Share of seeds in which nobody had stopped the abuse. Ticks: seeds last seen sending. Shaded: 95 % ' +
      'interval.',
    (one) => {
      const part = survival(one);
      if (part === null) return null;
      const culprits = one.sides.map((side) =>
        culpritTable(side.summary, one.compared !== null ? side.name : '', one.mostRows),
      );
      return { ...part, node: element('div', null, part.node, ...culprits) };
    },
  );
  add(
    'hit',
    'Wrongly hit',
    '4 · Who was wrongly hit?',
    'Small marks: one seed each. Large marks: the mean.',
    hit,
  );
  add(
    'seeds',
    'Every seed',
    '5 · Is it luck?',
    compared
      ? 'One line a seed, from baseline to candidate: the same mail, the same luck. Hollow triangles: never.'
      : 'One mark a seed: the same plan, other luck. Hollow triangles: never.',
    seeds,
  );
  add(
    'timeline',
    'What happened',
    '6 · What happened, in order?',
    'One seed at a time, first the one nearest the median. Shaded: the attack. Bar: a listing.',
    (one, index) => story(one, stories[index]!),
  );
  add(
    'replies',
    'Where mail went',
    '7 · Where did mail go?',
    'Wanted mail that receivers did not accept, mean of a seed, by what they replied.',
    replies,
  );
  add(
    'days',
    'The postmaster',
    '8 · What does the postmaster see?',
    'Each address by the day, of the seed shown in section 6.',
    (one, index) => days(one, stories[index]!),
  );
  add(
    'rules',
    'Rules',
    '9 · Which rule does the work?',
    'How much of guilty and of innocent mail each rule speaks on while the account is open; what it ' +
      'then keeps shut is below.',
    ruleWork,
  );
  add(
    'trade-off',
    'Trade-off',
    '10 · What does stopping abuse cost?',
    'Down and to the left is better. Small marks: one seed each. Large: the mean.',
    tradeOff,
  );
  const told: string[] = [];
  add(
    'simulated',
    'What was simulated',
    '11 · What was simulated, on which assumptions?',
    '',
    (one, index) => {
      const part = simulated(one, told);
      told.push(...(one.sides.at(-1)?.result.assumptions ?? []));
      const settings = index === 0 && view.comparison !== null ? settingTable(view.comparison) : null;
      return { ...part, node: element('div', null, settings, part.node) };
    },
  );

  return {
    body: element(
      'main',
      { id: 'content' },
      first,
      element(
        'nav',
        { class: 'contents', 'aria-label': plural(sections.length, 'section') },
        ...sections.map(({ id, name }) => element('a', { href: `#${id}` }, name)),
      ),
      element('div', { class: 'below' }, ...sections.map(({ node }) => node)),
    ),
    data: { charts, stories },
  };
};
