// The commands that ask about a run that is done: why did this happen, and what happened one event after the
// other.

import type { Command } from 'commander';
import type { ExplainOptions } from './commands/explain.ts';
import type { ReplayOptions } from './commands/replay.ts';
import type { Console } from './console.ts';

/** Adds them to the program; `done` hears the exit code. */
export const addAsking = (program: Command, console: Console, done: (exitCode: number) => void): void => {
  program
    .command('explain')
    .description('tell why a tenant was blocked, missed or hit: from cause to recovery, step by step')
    .argument('<run>', 'the folder of a run')
    .option('--seed <name>', 'which of its seeds; shows those worth asking about if left out')
    .option('--tenant <name>', 'which tenant; shows those worth asking about if left out')
    .option(
      '--counterfactual <change>',
      'what would have happened on the same luck: without=<module>, without=<incident> or policy=<policy>',
    )
    .option('--json', 'print one JSON object, all else to standard error', false)
    .action(async (path: string, options: ExplainOptions) => {
      const { explainRun } = await import('./commands/explain.ts');
      done(await explainRun(path, options, console));
    });
  program
    .command('replay')
    .description('run a seed again, check that it ends as it did, and print its journal event by event')
    .argument('<run>', 'the folder of a run')
    .option('--seed <name>', 'which of its seeds; the only one if left out')
    .option('--from <time>', 'print from there on: 1d20h, or 1d 20:15 as the journal says it')
    .option('--until <time>', 'print up to there')
    .option('--tenant <name>', 'only what concerns this tenant')
    .option('--kind <kinds>', 'only events of these kinds, such as exchange,poll')
    .option('--trace <file>', "write it in Chrome's trace format instead, for ui.perfetto.dev")
    .option('--events [file]', "write it as gzipped JSON lines instead; the run's events.jsonl.gz by default")
    .option('--json', 'print JSON, a line an event', false)
    .action(async (path: string, options: ReplayOptions) => {
      const { replay } = await import('./commands/replay.ts');
      done(await replay(path, options, console));
    });
};
