// report.html of a sweep: false positives against time to block, the frontier marked, each point's command at
// hand. One file like the other reports: no request, tables beside the charts, both themes, paper.

import type { VNode } from 'preact';
import { count, plural, printable, share, span } from '../format.ts';
import { chartPlace, type ChartSpec } from '../html/chart.ts';
import { columns, element, folded, paragraph, section, table } from '../html/element.ts';
import { themeButton } from '../html/first-screen.ts';
import { pageOf } from '../html/page.ts';
import { frontierHeight, type FrontierData, type FrontierMark } from './frontier-figure.ts';
import {
  blockText, frontierRows, nameOf, notJudgedText, slowedText, verdictOf, wrongText,
} from './words.ts';
import type { TradeOff, WeighedPoint, WeighedScenario } from './weigh.ts';

/** Marks of one chart, and rows of one folded table: beyond, the table files are the place to look. */
const mostMarks = 1_500;
const mostRows = 200;
const hour = 3_600_000;

export const renderTradeOff = async (tradeOff: TradeOff): Promise<string> => {
  const parts = [...(tradeOff.overall === null ? [] : [tradeOff.overall]), ...tradeOff.scenarios]
    .map((scenario, index) => partOf(scenario, index, tradeOff.seeds));
  const title = tradeOff.title === '' ? `Trade-off of ${tradeOff.sweep}` : tradeOff.title;
  return pageOf({
    title: printable(title),
    tool: tradeOff.tool,
    body: element(
      'main', { id: 'content' },
      masthead(tradeOff, title),
      element('div', { class: 'verdict', id: 'verdict' },
        element('p', { class: 'sentence' }, verdictOf(tradeOff))),
      paragraph(
        'Left: fewer innocent tenants suspended, held or refused (fp.tenants, mean of a seed). Down: abuse ' +
        'is stopped earlier (time_to_block). A run that was never blocked counts with all of the time that ' +
        'every point was watched (restricted mean), so a policy that seldom blocks cannot look fast. On ' +
        'the frontier is what no other point beats in both; on few seeds, points near it may be as good. ' +
        'Not in the chart, but in the tables: innocent tenants slowed, that is paced or put off at least ' +
        'once, whether hit as well or not (fp.tenants.paced; careless ones do not count there). ' +
        `Click a mark for the command that repeats it${tradeOff.overall === null ? '' : `; where it stands ` +
          'for several scenarios, for the one that compares it on all of them'}. The tables have it too.`),
      element('div', { class: 'below' }, ...parts.map(({ node }) => node)),
    ),
    data: { charts: parts.flatMap(({ chart }) => (chart === null ? [] : [chart])), stories: [] },
  });
};

const masthead = ({ sweep, scenarios, seeds, tool }: TradeOff, title: string): VNode => {
  const policies = [...new Set(scenarios[0]!.points.map(({ policy }) => policy))];
  return element(
    'header', { class: 'masthead' },
    element('div', null,
      element('h1', null, printable(title)),
      paragraph('What does it cost innocent tenants to stop abuse earlier?', 'question')),
    element('div', { class: 'facts' },
      element('span', null, 'policies ', element('b', null, printable(policies.join(', ')))),
      element('span', null, `${plural(scenarios.length, 'scenario')}, ` +
        `${plural(scenarios[0]!.points.length, 'point')}, ${plural(seeds, 'seed')} each`),
      element('span', null, printable(`${sweep} · ${tool}`)),
      themeButton()),
  );
};

/** Of what the share is that stands for time to block over several scenarios: `spans` in weigh.ts. */
const shareNote = 'Each scenario counts alike, by its time to block as a share: of the time up to which ' +
  'it is counted there, or, where every run was blocked, of the mean of its slowest point, ' +
  'which so has 100 %.';

interface PagePart {
  readonly node: VNode;
  readonly chart: ChartSpec | null;
}

const partOf = (view: WeighedScenario, index: number, seeds: number): PagePart => {
  const id = `frontier-${index}`;
  const judged = view.points.filter(({ isJudged }) => isJudged);
  const title = printable(view.scenario === '' ? view.title : `${view.title} (${view.scenario})`);
  const left = view.points.filter((point) => !point.isJudged && point.block !== null).length;
  const notes = [
    left > 0 ? notJudgedText(left) : '',
    view.blockUnit === 'ms' ? '' : shareNote,
    view.horizon === null ? '' : `Time to block is counted up to ${span(view.horizon)}.`,
    judged.length > mostMarks ? `Of the points off the frontier ${count(mostMarks)} are drawn.` : '',
  ].filter((note) => note !== '').join(' ');
  if (judged.length === 0) {
    const what = view.points.every(({ runs }) => runs === 0) ? 'No run has been made of it.'
      : view.points.every(({ block }) => block === null)
        ? 'No culprit here, so nothing to block: what matters is who is hit.'
          : 'No point has all of its runs.';
    return { chart: null, node: section(id, title, what, innocentTable(view, title)) };
  }
  const rows = frontierRows(view);
  const sentence = `${plural(rows.length, 'point')} on the frontier: ` +
    rows.map(({ first }) => `${nameOf(first)}, ${wrongText(first)} hit, ${blockText(first, view)}`)
      .join('; ');
  return {
    chart: { id: `${id}-chart`, kind: 'frontier', data: dataOf(view, judged) },
    node: section(id, title, notes,
      chartPlace(`${id}-chart`, `False positives against time to block. ${sentence}.`, frontierHeight),
      chosen(`${id}-chart`),
      frontierTable(view, rows, title),
      folded(`All ${plural(view.points.length, 'point')}`, false, allTable(view, title, seeds))),
  };
};

/** Where the page's script puts the command of the mark that was clicked, and of those that lie under it. */
const chosen = (id: string): VNode =>
  element('div', { class: 'repeat', id: `${id}-chosen`, hidden: true, 'aria-live': 'polite' },
    element('div', null,
      element('span', { class: 'key' }, 'Repeat '),
      element('code', null, ''),
      element('button', { type: 'button', 'data-copy': '', hidden: true, 'data-needs-script': '' }, 'copy')));

const frontierTable = (view: WeighedScenario, rows: ReturnType<typeof frontierRows>, title: string): VNode =>
  table(
    columns('Point', 'Settings', '#Innocents hit', '#Slowed', '#Until blocked', '#Never blocked',
      '#Wanted lost', '#Abuse out'),
    rows.map(({ first, alike, isOn }) => [
      `${first.point}${isOn ? '' : ' (not on it)'}`,
      settingsCell(first, alike),
      wrongText(first), slowedText(first), blockText(first, view), `${first.never} of ${first.runs}`,
      count(first.lost), count(first.escaped),
    ]),
    { caption: `The frontier of ${title}, and the defaults; 95 % intervals over seeds` },
  );

/** What is set, and folded away below it the command that repeats it. */
const settingsCell = (point: WeighedPoint, alike: number): VNode =>
  element('div', null,
    printable(nameOf(point)) + (alike > 0 ? ` (and ${plural(alike, 'point')} alike)` : ''),
    point.command === '' ? null : folded('Command', false, paragraph(printable(point.command))));

const allTable = (view: WeighedScenario, title: string, seeds: number): VNode => {
  const shown = view.points.slice(0, mostRows);
  return element('div', null,
    table(
      columns('Point', 'Settings', '#Innocents hit', '#Slowed', '#Until blocked', '#Never blocked', '#Runs',
        '#Failed'),
      shown.map((point) => [
        String(point.point), settingsCell(point, 0),
        point.wrong === null ? '–' : share(point.wrong), slowedText(point),
        point.block === null ? '–' : view.blockUnit === 'ms' ? span(point.block) : share(point.block),
        String(point.never), point.runs === seeds ? String(seeds) : `${point.runs}`, String(point.failed),
      ]),
      { caption: `All points of ${title}`, quiet: true },
    ),
    view.points.length > mostRows
      ? paragraph(`${view.points.length - mostRows} more in table.csv, table.jsonl and table.parquet.`)
        : null);
};

const innocentTable = (view: WeighedScenario, title: string): VNode =>
  table(
    columns('Point', 'Settings', '#Innocents hit', '#Slowed', '#Wanted lost', '#Runs'),
    view.points.toSorted((one, two) => Number(two.isDefault) - Number(one.isDefault)
      || (two.wrong ?? 0) - (one.wrong ?? 0)).slice(0, 10)
      .map((point) => [String(point.point), printable(nameOf(point)), wrongText(point), slowedText(point),
        count(point.lost), String(point.runs)]),
    { caption: `Defaults first, then the points that hit most, of ${title}` },
  );

const dataOf = (view: WeighedScenario, judged: readonly WeighedPoint[]): FrontierData => {
  const longest = Math.max(...judged.map(({ block }) => block!));
  const unit = view.blockUnit === 'share' ? 'per cent' : longest >= 10 * hour ? 'hours' : 'minutes';
  const one = { 'per cent': 0.01, hours: hour, minutes: hour / 60 }[unit];
  const mark = (point: WeighedPoint): FrontierMark => ({
    point: point.point,
    name: printable(nameOf(point)),
    wrong: point.wrong! * 100,
    block: point.block! / one,
    command: point.command,
  });
  const rest = judged.filter(({ isFrontier }) => !isFrontier);
  const every = Math.max(1, Math.ceil(rest.length / mostMarks));
  const shortest = Math.min(...judged.map(({ block }) => block!));
  return {
    others: rest.filter((_, index) => index % every === 0).map(mark),
    frontier: judged.filter(({ isFrontier }) => isFrontier)
      .toSorted((one, two) => one.wrong! - two.wrong!).map(mark),
    defaults: judged.filter(({ isDefault }) => isDefault).map(mark),
    unit,
    isLog: unit !== 'per cent' && shortest > 0 && longest / shortest > 20,
  };
};
