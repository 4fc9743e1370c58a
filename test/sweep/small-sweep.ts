// A sweep of three points and three seeds over an office and a thief, as files in a folder of its own, and
// the commands on it in this process: their worker threads are real, and so is all that is written.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runSweep, type SweepOptions } from '../../cli/commands/sweep.ts';
import { type Console, processConsole } from '../../cli/console.ts';
import { compromised, office, scenario } from '../../sim/index.ts';

const plan = scenario({
  title: 'An office and a thief', question: 'Who pays?', length: '1d', seeds: 3,
  build(w) {
    const shared = w.pool('shared', ['192.0.2.10']);
    const offices = w.tenants(4, office({ pool: shared, perDay: 60 }));
    w.receiver('gmail', { share: '100%' });
    w.at('6h', compromised(w.pick(offices), { how: 'weak-password', rate: '200/h' }));
  },
}).plan;

export const simulator = new URL('../../cli/simulate.ts', import.meta.url).href;

export interface Heard extends Console {
  /** What was noted and printed so far. */
  readonly said: () => string;
}

export const listening = (): Heard => {
  let said = '';
  const hear = (text: string): void => {
    said += `${text}\n`;
  };
  return {
    tool: processConsole().tool, colours: false, columns: 100, environment: {},
    errors: { isTTY: false, write: hear }, print: hear, note: hear, command: hear,
    drained: () => Promise.resolve(), said: () => said,
  };
};

export interface SmallSweep {
  readonly folder: string;
  /** Where something of the sweep's folder lies. */
  at(...path: readonly string[]): string;
  /** `sharedfate sweep`, its exit code and what it said. */
  run(options: Partial<SweepOptions>,
    file?: string): Promise<{ readonly code: number; readonly said: string }>;
  /** All three tables of a folder, as bytes in hexadecimal: equal only where all bytes are. */
  tables(out: string): readonly string[];
  outcomes(out: string): readonly { readonly key: string; readonly kind: string }[];
  remove(): void;
}

/** `more` are other files by name; `policies` and `seeds` of the sweep, `default` and 3 if left out. */
export const makeSmallSweep = (
  more: Readonly<Record<string, string>> = {}, change: Readonly<Record<string, unknown>> = {},
): SmallSweep => {
  const folder = mkdtempSync(join(tmpdir(), 'sharedfate-sweep-'));
  const at = (...path: readonly string[]): string => join(folder, ...path);
  writeFileSync(at('plan.json'), JSON.stringify(plan));
  const input = { scenarios: ['plan.json'], grid: { burst: [5, 20, 60] }, seeds: 3, ...change };
  writeFileSync(at('sweep.json'), JSON.stringify(input));
  for (const [name, text] of Object.entries(more)) writeFileSync(at(name), text);
  return {
    folder, at,
    async run(options, file = 'sweep.json') {
      const console = listening();
      const all = { engine: 'threads', jobs: '2', timeLimit: '10m', force: false, dryRun: false, json: true,
        ...options };
      const code = await runSweep(at(file), all, simulator, console);
      return { code, said: console.said() };
    },
    tables: (out) => ['table.csv', 'table.jsonl', 'table.parquet']
      .map((name) => readFileSync(at(out, name), 'hex')),
    outcomes: (out) => readFileSync(at(out, 'done.jsonl'), 'utf8').trim().split('\n')
      .map((line) => JSON.parse(line) as { readonly key: string; readonly kind: string }),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
};
