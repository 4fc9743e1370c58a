// Where the command writes: what was asked for to standard output, all else to standard error.

import { readFileSync } from 'node:fs';
import { type Screen, widthOf } from './progress.ts';
import { runnerText, terminalText } from '../reports/outputs/inert.ts';
import { ownFile } from './own.ts';

export interface Console {
  /** Name and version, as results carry it. */
  readonly tool: string;
  readonly colours: boolean;
  readonly columns: number;
  readonly errors: Screen;
  readonly environment: NodeJS.ProcessEnv;
  /** What was asked for. */
  print(text: string): void;
  /** Resolves once what was printed is on its way, however slow the reader; for those who print a lot. */
  drained(): Promise<void>;
  /** What one should know besides, on a line of its own. */
  note(text: string): void;
  /** Commands to the machine that runs us (GitHub's annotations), to standard error where asked. */
  command(lines: string, toErrors: boolean): void;
}

export const processConsole = (): Console => {
  const { stdout, stderr, env } = process;
  const { name, version } = JSON.parse(readFileSync(ownFile('package.json'), 'utf8')) as {
    name: string;
    version: string;
  };
  // What we print is not to be taken for a command there; names from outside are in it.
  const guarded = env['GITHUB_ACTIONS'] === 'true' ? runnerText : (text: string): string => text;
  // no-color.org: any value counts, however it reads.
  const noColor = env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '';
  const colours = stdout.isTTY === true && !noColor && env['TERM'] !== 'dumb';
  const shown = (text: string): string => guarded(terminalText(text, colours));
  return {
    tool: `${name} ${version}`,
    colours,
    columns: widthOf(stdout, 100),
    errors: stderr,
    environment: env,
    print: (text) => void stdout.write(shown(text)),
    drained: () =>
      new Promise((done) => {
        // A turn of the event loop at least, in which a reader that has gone makes itself known.
        if (stdout.writableNeedDrain) stdout.once('drain', done);
        else setImmediate(done);
      }),
    note: (text) => void stderr.write(`${shown(text)}\n`),
    command: (lines, toErrors) => void (toErrors ? stderr : stdout).write(lines),
  };
};
