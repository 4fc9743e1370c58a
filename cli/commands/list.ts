// `sharedfate list`: the scenarios in a folder, each with the question it answers.

import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { harmlessJson } from '../../reports/outputs/plain-json.ts';
import type { Console } from '../console.ts';
import { exitCodes } from '../exit-codes.ts';
import { explain, UserMistake } from '../faults.ts';
import { loadScenario, shownPath } from '../load.ts';

/** Lists; files that cannot be read are told of one by one, and make the exit code theirs. */
export const list = async (folder: string, json: boolean, console: Console): Promise<number> => {
  if (!existsSync(folder) || !statSync(folder).isDirectory()) {
    throw new UserMistake(
      `${shownPath(folder)} is no folder; expected one that holds scenarios. ` +
        'Name it: sharedfate list <folder>.',
    );
  }
  const files = readdirSync(folder)
    .filter((file) => /\.(ts|mts|js|mjs|json)$/.test(file) && !/\.(d|test)\.m?ts$/.test(file))
    .sort();
  if (files.length === 0)
    throw new UserMistake(`${shownPath(folder)} holds no scenario (.ts, .mts, .js, .mjs or .json).`);
  const found: { readonly file: string; readonly title: string; readonly question: string }[] = [];
  let exitCode: number = exitCodes.passed;
  for (const file of files) {
    const path = join(folder, file);
    try {
      const { plan, where } = await loadScenario(path);
      found.push({ file: where, title: plan.title, question: plan.question });
    } catch (error) {
      const explanation = explain(error, false);
      console.note(explanation.text);
      exitCode = explanation.exitCode;
    }
  }
  if (json) console.print(`${harmlessJson(JSON.stringify({ scenarios: found }))}\n`);
  else
    for (const { file, title, question } of found) console.print(`${file}\n    ${title}\n    ${question}\n`);
  return exitCode;
};
