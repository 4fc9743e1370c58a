// A sweep on its way out: its tables and its page, a summary, the exit code. `sweep`, and `report` on the
// folder of a sweep or on several parts of one, end here.

import { join } from 'node:path';
import { plural } from '../../reports/format.ts';
import { plainJson } from '../../reports/outputs/plain-json.ts';
import type { Outcome } from '../../sweep/run-spec.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { shownPath } from '../load.ts';
import type { OutputFolder } from '../output.ts';
import type { SweepRecord } from './folder.ts';
import { sweptOf } from './swept.ts';
import { tableFiles } from './tables.ts';

export interface SweepEnding {
  readonly interrupted: boolean;
  readonly json: boolean;
  /** How to go on where it was stopped; empty where it cannot be. */
  readonly again: string;
}

const pageFile = 'report.html';

/** Writes, prints. The exit code: 130 where runs are missing, 3 where some failed. */
export const finishSweep = async (
  record: SweepRecord, outcomes: ReadonlyMap<string, Outcome>, folder: OutputFolder, ending: SweepEnding,
  console: Console,
): Promise<number> => {
  const files = tableFiles(record, outcomes);
  for (const [name, content] of Object.entries(files)) folder.write(name, content);
  const { renderTradeOff } = await import('../../reports/trade-off/page.ts');
  const { renderTradeOffTerminal } = await import('../../reports/trade-off/terminal.ts');
  const { weighed } = await import('../../reports/trade-off/weigh.ts');
  const view = weighed(sweptOf(record, outcomes));
  folder.write(pageFile, await renderTradeOff(view));

  const own = record.keys.filter((_, index) => isOwn(record, index));
  const failed = own.filter((key) => (outcomes.get(key) ?? { kind: 'done' }).kind !== 'done').length;
  const done = own.filter((key) => outcomes.get(key)?.kind === 'done').length;
  const missing = own.length - done - failed;
  const exitCode =
    missing > 0 || ending.interrupted ? exitCodes.interrupted
    : failed > 0 ? exitCodes.scriptThrew
    : exitCodes.passed;
  const { colours, columns } = console;
  const reportPath = shownPath(join(folder.path, pageFile));
  if (ending.json) {
    const made = Object.fromEntries(Object.keys(files)
      .map((name) => [name, shownPath(join(folder.path, name))]));
    const object = { exitCode, folder: folder.path, report: reportPath, ...made, runs: own.length, done,
      failed,
      missing, frontiers: view.scenarios.map(({ scenario, points }) =>
        ({ scenario, points: points.filter(({ isFrontier }) => isFrontier).map(({ point }) => point) })) };
    console.print(`${plainJson(object)}\n`);
  } else {
    console.print(renderTradeOffTerminal(view, { colours, columns, reportPath }));
  }
  for (const reason of reasonsOf(own, outcomes)) console.note(reason);
  if (failed > 0)
    console.note(`${plural(failed, 'run')} of ${own.length} failed; --resume tries them again.`);
  if (missing > 0) console.note(`Stopped with ${done} of ${own.length} runs done. ${ending.again}`.trim());
  return exitCode;
};

/** Whether a run of the whole is one of this part's. */
export const isOwn = ({ shard }: Pick<SweepRecord, 'shard'>, index: number): boolean => {
  if (shard === '') return true;
  const [part, parts] = shard.split('/').map(Number);
  return index % parts! === part! - 1;
};

const shownReasons = 5;

/** What failed, each reason once, the first few. */
export const reasonsOf = (
  keys: readonly string[], outcomes: ReadonlyMap<string, Outcome>,
): readonly string[] => {
  const reasons = keys.flatMap((key) => {
    const outcome = outcomes.get(key);
    return outcome === undefined || outcome.kind === 'done' ? [] : [`${outcome.kind}: ${outcome.reason}`];
  });
  const all = [...new Set(reasons)];
  return all.length <= shownReasons ? all
    : [...all.slice(0, shownReasons), `and ${all.length - shownReasons} more reasons, in sweep.log`];
};
