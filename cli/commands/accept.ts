// `sharedfate accept <run...> --because "..."`: takes the figures of runs for the baseline that later ones
// are compared with, as files to be committed. A person does this, for a reason; a CI never.

import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { plural, printable } from '../../reports/format.ts';
import { plainJson } from '../../reports/outputs/plain-json.ts';
import { shellWord } from '../../reports/repeat.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import { baselineFile, baselineText, readBaseline } from '../comparing/baseline.ts';
import { type Figures, runsIn, scenarioName } from '../comparing/figures.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserMistake } from '../faults.ts';
import { shownPath } from '../load.ts';
import { isSet } from '../progress.ts';

export interface AcceptOptions {
  readonly because?: string;
  readonly to: string;
  readonly json: boolean;
}

/** Writes the baselines; all of them, or none where one is refused. The exit code. */
export const accept = (runs: readonly string[], options: AcceptOptions, console: Console): number => {
  const because = (options.because ?? '').trim();
  if (isSet(console.environment['CI']))
    throw new UserMistake(
      'a CI writes no baseline: whoever meant the change accepts it, and commits the file. (CI is set.)',
    );
  if (because === '' || because === '...')
    throw new UserMistake('--because is needed: why these figures are right from now on, in words.');
  if (existsSync(options.to) && !statSync(options.to).isDirectory())
    throw new UserMistake(`${shownPath(options.to)} is a file; --to takes a folder.`);
  const figures = runs.flatMap(figuresIn);
  const twice = figures.map(({ scenario }) => scenarioName(scenario))
    .find((name, index, all) => all.indexOf(name) !== index);
  if (twice !== undefined)
    throw new UserMistake(`two of the runs are of scenario ${twice}; name one of them.`);
  mkdirSync(options.to, { recursive: true });
  const made = new Date().toISOString();
  const written = figures.map((each) => {
    const file = baselineFile(options.to, each.scenario);
    const before = existsSync(file) ? reasonIn(file) : null;
    const temporary = join(options.to, `.${scenarioName(each.scenario)}.${process.pid}.part`);
    writeFileSync(temporary, baselineText(each, { because, made }));
    renameSync(temporary, file);
    const { seeds, policy } = each.measured;
    return { file: shownPath(file), seeds: seeds.length, policy: policy.name, before };
  });
  if (options.json) {
    const object = { exitCode: exitCodes.passed, because, baselines: written };
    console.print(`${plainJson(object)}\n`);
  } else {
    for (const { file, seeds, policy, before } of written) {
      const was = before === null ? 'new' : `was: ${before}`;
      console.print(`${file}   ${plural(seeds, 'seed')} under ${printable(policy)}   (${was})\n`);
    }
    console.print('Commit them. Compare with them: npx sharedfate compare --baseline ' +
      `${shellWord(shownPath(options.to))} --policy <policy>\n`);
  }
  return exitCodes.passed;
};

const figuresIn = (path: string): readonly Figures[] => {
  if (!existsSync(path)) throw new UserMistake(`${path} does not exist; expected the folder of a run.`);
  if (!statSync(path).isDirectory())
    throw new UserMistake(`${shownPath(path)} is a file; expected the folder of a run.`);
  const figures = runsIn(path);
  if (figures.length === 0)
    throw new UserMistake(`${shownPath(path)} holds no run; expected the folder of one, or of a comparison.`);
  for (const { result, folder } of figures) {
    if (result !== null && result.seeds.length < result.seedsAsked)
      throw new UserMistake(
        `${folder} was interrupted: ${result.seeds.length} of ${result.seedsAsked} seeds. ` +
          'Go on with it (--resume) before it is accepted.',
      );
  }
  return figures;
};

/** What the baseline before was accepted for; a file there that is none of ours is refused by its reading. */
const reasonIn = (file: string): string => {
  readBaseline(file);
  const { because } = JSON.parse(readFileSync(file, 'utf8')) as { readonly because: string };
  return shownValue(because);
};
