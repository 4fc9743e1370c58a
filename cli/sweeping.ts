// The commands of many runs: a sweep over policies, parameters and seeds, a worker that joins one, and a
// search for better settings.

import type { Command } from 'commander';
import type { SweepOptions } from './commands/sweep.ts';
import type { TuneOptions } from './commands/tune.ts';
import type { WorkerOptions } from './commands/worker.ts';
import type { Console } from './console.ts';

/** Of one run. */
export const usualLimit = '10m';

/** Adds them to the program; `done` hears the exit code. */
export const addSweeping = (
  program: Command, simulator: string, console: Console, done: (exitCode: number) => void,
): void => {
  program
    .command('sweep')
    .description('run scenarios under many policies and settings; writes a table and a trade-off page')
    .argument('<sweep>',
      'a script whose default export is sweep({ scenarios, policies, grid, seeds }), or JSON')
    .option('--seeds <number>', "seeds 1 to this; the sweep's own number if left out")
    .option('--engine <name>', 'threads here, or bullmq: workers that join by way of a Redis', 'threads')
    .option('--redis <address>', 'of the engine bullmq, such as redis://localhost:6379')
    .option('--shard <part/parts>', 'only this part of the runs, such as 2/4; report merges the parts')
    .option('--jobs <number>', 'runs at once; as many as there are cores if left out')
    .option('--time-limit <time>', 'longest that one run may take by the clock on the wall', usualLimit)
    .option('--dry-run', 'say what would be run and about how long it would take, and stop', false)
    .option('--out <folder>', 'where to write; runs/<time>-<name>-sweep if left out')
    .option('--resume <folder>', 'go on with an interrupted sweep: only the runs it lacks')
    .option('--force', 'replace an earlier sweep in the folder', false)
    .option('--json', 'print one JSON object, all else to standard error', false)
    .action(async (path: string, options: SweepOptions) => {
      const { runSweep } = await import('./commands/sweep.ts');
      done(await runSweep(path, options, simulator, console));
    });
  program
    .command('worker')
    .description('make runs of the sweep that is open in a Redis, until it is finished')
    .requiredOption('--redis <address>', 'such as redis://localhost:6379')
    .option('--jobs <number>', 'runs at once; as many as there are cores if left out')
    .option('--wait <time>', 'how long to wait for a sweep before ending', '30s')
    .action(async (options: WorkerOptions) => {
      const { work } = await import('./commands/worker.ts');
      done(await work(options, simulator, console));
    });
  program
    .command('tune')
    .description('search the settings of a policy, and say on fresh seeds what the best of them is worth')
    .argument('[scenarios...]', 'scenarios, or folders of them; the folder scenarios if left out')
    .option('--policy <policy>', 'as of run', 'default')
    .option('--objective <what>', 'cost:<weight of a lost message>, or a metric of which less is better',
      'cost:9')
    .option('--budget <runs>', 'runs in all, a quarter of them for the fresh seeds', '500')
    .option('--vary <name>', 'search this parameter only, or name=from..to; may be given again', gathered, [])
    .option('--set <name=value>', 'hold a number of the policy at this; may be given again', gathered, [])
    .option('--jobs <number>', 'runs at once; as many as there are cores if left out')
    .option('--time-limit <time>', 'longest that one run may take by the clock on the wall', usualLimit)
    .option('--out <folder>', 'where to write; runs/<time>-<policy>-tune if left out')
    .option('--resume <folder>', 'go on with an interrupted search')
    .option('--force', 'replace an earlier search in the folder', false)
    .option('--json', 'print one JSON object, all else to standard error', false)
    .action(async (scenarios: string[], options: TuneOptions) => {
      const { tune } = await import('./commands/tune.ts');
      done(await tune(scenarios, options, simulator, console));
    });
};

/** What an option that may be given again has said so far. */
const gathered = (value: string, before: readonly string[]): readonly string[] => [...before, value];
