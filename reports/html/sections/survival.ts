// How long abuse went on: the share of seeds in which nobody had stopped it, and what ended it first. Curves,
// since a mean over the seeds that were blocked would hide the others.

import { plural, share, span } from '../../format.ts';
import { durationsOf } from '../../metric-summary.ts';
import { aalenJohansen } from '../../statistics/aalen-johansen.ts';
import { type Curve, kaplanMeier } from '../../statistics/kaplan-meier.ts';
import { type ChartSpec, chartPlace, type Part, beside } from '../chart.ts';
import type { StepLine, StepsData } from '../client/steps-figure.ts';
import { stepsHeight } from '../client/steps-figure.ts';
import { columns, element, paragraph, table } from '../element.ts';
import type { ScenarioView, SideView } from '../view.ts';
import { ladder, spreadOf } from './ladder.ts';

interface Times {
  /** To the block, or to the end of the whole watch where there was none. */
  readonly durations: readonly number[];
  readonly observed: readonly boolean[];
  /** When attacks that nobody stopped were over. */
  readonly over: readonly number[];
}

const timesOf = ({ summary }: SideView): Times => {
  const { name, values } = summary.metrics['time_to_block'];
  return {
    durations: durationsOf(name, values).map(({ value }) => Math.max(0, value)),
    observed: values.map(({ observed }) => observed),
    over: values.filter(({ observed }) => !observed).map(({ value }) => value),
  };
};

/** Null where nobody was at fault. */
export const survival = (view: ScenarioView): Part | null => {
  const sides = view.sides
    .map((side) => ({ side, times: timesOf(side) }))
    .filter(({ times }) => times.durations.length > 0)
    .map(({ side, times }) => ({ side, times, curve: kaplanMeier(times.durations, times.observed) }));
  if (sides.length === 0) return null;
  const scale = spreadOf(sides.flatMap(({ times }) => times.durations));
  const id = `survival-${view.index}`;
  const data: StepsData = {
    ...scale,
    title: 'seeds not stopped',
    hasLegend: view.compared !== null,
    named: ladder(scale.from, scale.until, 8).map((at) => [at, span(at)]),
    lines: sides.map(({ side, times, curve }) => lineOf(side, times, curve, scale.until)),
  };
  const sentence = sides
    .map(({ side, times, curve }) => {
      const never = times.observed.filter((observed) => !observed).length;
      const last = curve.steps.at(-1);
      return (
        `${side.name}: of ${plural(times.durations.length, 'seed')}, ` +
        `${never === 0 ? 'all were stopped' : `${never} never stopped`}` +
        `${last === undefined ? '' : `, the last that was after ${span(last.time)}`}`
      );
    })
    .join('; ');
  const risks = competing(view, id);
  return {
    charts: [{ id, kind: 'steps', data }, ...risks.charts],
    node: element(
      'div',
      null,
      beside(
        chartPlace(
          id,
          `Share of seeds in which nobody had stopped it. ${sentence}. The table beside it has the figures.`,
          stepsHeight,
        ),
        ...sides.map((each) => atRisk(each, scale, view)),
      ),
      risks.node,
    ),
  };
};

const lineOf = (side: SideView, { over }: Times, { steps }: Curve, until: number): StepLine => {
  const height = (time: number): number => steps.findLast((step) => step.time <= time)?.surviving ?? 1;
  const last = steps.at(-1);
  return {
    name: side.name,
    stroke: side.role,
    x: [0, ...steps.map((step) => step.time), until],
    y: [1, ...steps.map((step) => step.surviving), last?.surviving ?? 1],
    low: [1, ...steps.map((step) => step.low), last?.low ?? 1],
    high: [1, ...steps.map((step) => step.high), last?.high ?? 1],
    ticks: over.map((time) => [time, height(time)]),
  };
};

const atRisk = (
  { side, times, curve }: { readonly side: SideView; readonly times: Times; readonly curve: Curve },
  scale: { readonly from: number; readonly until: number },
  { compared, isCrowded }: ScenarioView,
) => {
  const starts = eventful(times.durations, [0, ...ladder(scale.from, scale.until, isCrowded ? 6 : 12)]);
  const rows = starts.map((start, index) => {
    const end = starts[index + 1] ?? Number.POSITIVE_INFINITY;
    const stopped = times.durations.filter((time, at) => times.observed[at]! && time >= start && time < end);
    const left = times.durations.filter((time) => time >= start).length;
    const step = curve.steps.findLast(({ time }) => time < start);
    const standing = step?.surviving ?? 1;
    return [
      start === 0 ? 'onset' : span(start),
      String(left),
      String(stopped.length),
      step === undefined || standing === 0 || standing === 1
        ? share(standing)
        : `${share(standing)} (${share(step.low)} to ${share(step.high)})`,
    ];
  });
  return table(columns('From', '#Not stopped', '#Stopped', '#Share not stopped'), rows, {
    caption:
      `${compared !== null ? `${side.name}: s` : 'S'}eeds by period: not stopped at its start, stopped ` +
      'within it. One whose attack was over before anybody stopped it (a tick on the curve) stays. ' +
      'In brackets: 95 % interval (Kaplan-Meier, log-log).',
  });
};

/**
 * Starts of periods without those before anything happened, but for the one next to it, and those after
 * everything had: rows that say nothing push down what does.
 */
const eventful = (durations: readonly number[], starts: readonly number[]): readonly number[] => {
  const [first, last] = [Math.min(...durations), Math.max(...durations)];
  const before = starts.filter((start) => start > 0 && start <= first).slice(0, -1);
  return starts.filter((start) => !before.includes(start) && start <= last);
};

const causes = ['blocked by us', 'listed first', 'attack ended'] as const;
const strokeOf = { 'blocked by us': 'first', 'listed first': 'second', 'attack ended': 'third' } as const;

/** What came first in each seed; a seed that nothing ended before the run did would be censored. */
const risksOf = ({ result }: SideView): { durations: number[]; causes: (typeof causes)[number][] } => {
  const durations: number[] = [];
  const found: (typeof causes)[number][] = [];
  for (const { metrics } of result.seeds) {
    const block = metrics['time_to_block'];
    const list = metrics['time_to_list'];
    if (block.value === null) continue;
    const listed = list.observed ? list.value! : Number.POSITIVE_INFINITY;
    durations.push(Math.max(0, Math.min(block.value, listed)));
    found.push(listed < block.value ? 'listed first' : block.observed ? 'blocked by us' : 'attack ended');
  }
  return { durations, causes: found };
};

const competing = (
  view: ScenarioView,
  base: string,
): { node: ReturnType<typeof element>; charts: ChartSpec[] } => {
  const sides = view.sides
    .map((side) => ({ side, ...risksOf(side) }))
    .filter(({ durations }) => durations.length > 0);
  const scale = spreadOf(sides.flatMap(({ durations }) => durations));
  const starts = eventful(
    sides.flatMap(({ durations }) => durations),
    ladder(scale.from, scale.until, view.isCrowded ? 6 : 11),
  );
  const charts: ChartSpec[] = [];
  const blocks = sides.map(({ side, durations, causes: found }) => {
    const steps = aalenJohansen(durations, found);
    const curve = (cause: string, until: number): number =>
      steps.findLast(({ time }) => time <= until)?.incidences.find((one) => one.cause === cause)?.share ?? 0;
    const id = `${base}-risks-${side.role}`;
    const present = causes.filter((cause) => found.includes(cause));
    charts.push({
      id,
      kind: 'steps',
      data: {
        ...scale,
        title: 'seeds ended by it so far',
        hasLegend: true,
        named: ladder(scale.from, scale.until, 8).map((at) => [at, span(at)]),
        lines: present.map((cause) => ({
          name: cause,
          stroke: strokeOf[cause],
          x: [0, ...steps.map(({ time }) => time), scale.until],
          y: [0, ...steps.map(({ time }) => curve(cause, time)), curve(cause, Number.POSITIVE_INFINITY)],
          low: [],
          high: [],
          ticks: [],
        })),
      },
    });
    const ends = causes
      .map((cause) => `${cause} in ${found.filter((one) => one === cause).length}`)
      .join(', ');
    return beside(
      chartPlace(
        id,
        `What came first, ${side.name}: ${ends} of ${plural(found.length, 'seed')}.`,
        stepsHeight,
      ),
      table(
        columns('Within', ...causes.map((cause) => `#${cause}`), '#none of these'),
        [...starts, Number.POSITIVE_INFINITY].map((at) => {
          const shares = causes.map((cause) => curve(cause, at));
          const left = 1 - shares.reduce((sum, each) => sum + each, 0);
          return [
            Number.isFinite(at) ? span(at) : 'in the end',
            ...shares.map(share),
            share(Math.abs(left) < 1e-9 ? 0 : left),
          ];
        }),
        {
          caption:
            `${view.compared !== null ? `${side.name}: s` : 'S'}hare of seeds ended by each cause ` +
            `so far (Aalen-Johansen)`,
        },
      ),
    );
  });
  return {
    charts,
    node: element(
      'div',
      null,
      element('h3', null, 'What came first'),
      paragraph(
        'A seed ends by what happens first: we block the abuse, a register lists the address, or the ' +
          'attack ends by itself. ' +
          'Times run from the onset; of several culprits it is the last that counts as blocked.',
        'lead',
      ),
      ...blocks,
    ),
  };
};
