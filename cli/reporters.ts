// What a run or a comparison is handed out as: `--reporter line,html,junit,github,csv,md`. Files go into
// the run's folder; `line` and `github` are printed.

import { appendFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '../sim/plan/nearest.ts';
import { offer, shownValue } from '../sim/plan/problems.ts';
import type { Console } from './console.ts';
import { UserMistake } from './faults.ts';
import { shownPath } from './load.ts';
import { metricsFile, junitFile, type OutputFolder, reportFile, summaryFile } from './output.ts';
import { type Reporter, reporters } from './reporter-names.ts';

/** From `--reporter`: names with commas between. Throws a UserMistake that offers the nearest name. */
export const readReporters = (text: string): ReadonlySet<Reporter> => {
  const names = text.split(',').map((name) => name.trim());
  for (const name of names) {
    if (isReporter(name)) continue;
    const advice = offer(name === '' ? undefined : nearest(name, reporters), reporters, 'reporter');
    throw new UserMistake(`--reporter has ${shownValue(name)}, which is no reporter. ${advice}`);
  }
  return new Set(names.filter(isReporter));
};

const isReporter = (name: string): name is Reporter => (reporters as readonly string[]).includes(name);

/** The ways one result can be told; each is made only where it is asked for. */
export interface Outputs {
  /** For a terminal; the path is empty where no page is written. */
  line(reportPath: string): string;
  html(): Promise<string>;
  csv(): string;
  junit(): string;
  markdown(): string;
  annotations(): string;
}

/** Paths of the files written, by what `--json` calls them. */
export type Written = Readonly<Partial<Record<'report' | 'metrics' | 'junit' | 'summary', string>>>;

/**
 * Writes the files that are asked for and takes away those that are not, which would be of an earlier
 * state of the folder. Prints the rest; with `json` the caller prints to standard output, and `line` is
 * left out.
 */
export const handOut = async (
  outputs: Outputs,
  wanted: ReadonlySet<Reporter>,
  folder: OutputFolder,
  json: boolean,
  console: Console,
): Promise<Written> => {
  const written: Partial<Record<keyof Written, string>> = {};
  const put = (name: keyof Written, file: string, text: string | undefined): void => {
    if (text === undefined) return folder.remove(file);
    folder.write(file, text);
    written[name] = shownPath(join(folder.path, file));
  };
  const markdown = wanted.has('md') || wanted.has('github') ? outputs.markdown() : '';
  put('metrics', metricsFile, wanted.has('csv') ? outputs.csv() : undefined);
  put('junit', junitFile, wanted.has('junit') ? outputs.junit() : undefined);
  put('summary', summaryFile, wanted.has('md') ? markdown : undefined);
  put('report', reportFile, wanted.has('html') ? await outputs.html() : undefined);
  if (wanted.has('line') && !json) console.print(outputs.line(written.report ?? ''));
  if (wanted.has('github')) {
    console.command(outputs.annotations(), json);
    addToStepSummary(markdown, console);
  }
  return written;
};

/** GitHub's limit of a step's summary, above which it drops all of it. */
const stepSummaryLimit = 1_024 * 1_024;

/** Where GitHub names a file for a step's summary, ours is added to it; a run is not lost for want of one. */
const addToStepSummary = (markdown: string, console: Console): void => {
  const path = console.environment['GITHUB_STEP_SUMMARY'];
  if (path === undefined || path === '') return;
  try {
    const there = existsSync(path) ? statSync(path).size : 0;
    if (there + Buffer.byteLength(markdown) < stepSummaryLimit) appendFileSync(path, `${markdown}\n`);
    else console.note(`The step's summary is full (1,024 KiB); ${summaryFile} is left out of it.`);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    console.note(`The step's summary cannot be written: ${what}.`);
  }
};
