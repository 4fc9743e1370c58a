// The command line: what can be asked, and the one place where an error becomes a message and an exit code.
// Each command is imported when it is asked for, since all of them together take many times as long to load
// as this list of them.

import { Command, CommanderError } from 'commander';
import { addAsking } from './asking.ts';
import { addServing } from './serving/add-serving.ts';
import type { AcceptOptions } from './commands/accept.ts';
import type { CompareOptions } from './commands/compare.ts';
import type { GateOptions } from './commands/gate.ts';
import type { ReportOptions } from './commands/report.ts';
import type { RunOptions } from './commands/run.ts';
import { processConsole } from './console.ts';
import { assertOneValueEach } from './one-value-each.ts';
import { watchOutput } from './watch-output.ts';
import { exitCodes } from './exit-codes.ts';
import { addMocking } from './mocking.ts';
import { ownModule } from './own.ts';
import { defaultReporters, reporterHelp } from './reporter-names.ts';
import { addSweeping } from './sweeping.ts';

/** The simulator every run uses, unless a test hands in another. */
const ownSimulator = ownModule('simulate').href;

/** Does what the arguments say; resolves to the exit code (exit-codes.ts), whatever happens. */
export const main = async (args: readonly string[], simulator: string = ownSimulator): Promise<number> => {
  const console = processConsole();
  watchOutput(console);
  let exitCode: number = exitCodes.passed;
  const program = new Command('sharedfate')
    .description('What does a change to an outbound mail policy do to everyone behind a shared address?')
    .version(console.tool.split(' ')[1]!)
    .option('--debug', 'show where a fault of ours happened')
    .configureOutput({ writeErr: (text) => console.note(text.trimEnd()) })
    .exitOverride()
    .showSuggestionAfterError();

  program
    .command('run')
    .description(
      'simulate a scenario; writes its result and reports, prints a summary, judges the gates',
    )
    .argument('<scenario>', 'a script (.ts, .mts, .js, .mjs) or a plan (.json)')
    .option('--seed <name>', 'one seed')
    .option('--seeds <number>', "seeds 1 to this; the plan's own number if left out")
    .option('--shard <part/parts>', 'only this part of the seeds, such as 2/4; report merges the parts')
    .option(
      '--policy <policy>',
      'default, accept-everything, preset:<name>, daemon:<name>, postfix-policy:<place>, or a file whose ' +
        'default export is a policy',
      'default',
    )
    .option('--set <name=value>', 'set a number of the policy; may be given again', gathered, [])
    .option('--wire', 'send real SMTP and DNS to mock servers on loopback', false)
    .option('--mta <mail server>', 'a real one in the loop, postfix or haraka, and what is different then')
    .option('--check', 'look after the laws of the world in every event; several times slower', false)
    .option('--out <folder>', 'where to write; runs/<time>-<scenario> if left out')
    .option('--resume <folder>', 'go on with an interrupted run: only the seeds it lacks')
    .option('--force', 'replace an earlier run in the folder', false)
    .option('--gates <file>', 'more gates, besides those of the scenario')
    .option('--jobs <number>', 'seeds at once; as many as there are cores if left out')
    .option('--json', 'print one JSON object, all else to standard error', false)
    .option('--reporter <names>', reporterHelp, defaultReporters)
    .action(async (scenario: string, options: RunOptions) => {
      const { run } = await import('./commands/run.ts');
      exitCode = await run(scenario, options, simulator, console);
    });
  program
    .command('report')
    .description('make the reports of a run again from its result.json, or merge the shards of one run')
    .argument('<run...>', 'the folder of a run; several are merged into a new one')
    .option('--out <folder>', 'where to write; the folder itself, or a new one for several')
    .option('--force', 'replace an earlier run in the folder', false)
    .option('--json', 'print one JSON object, all else to standard error', false)
    .option('--reporter <names>', reporterHelp, defaultReporters)
    .action(async (runs: string[], options: ReportOptions) => {
      const { report } = await import('./commands/report.ts');
      exitCode = await report(runs, options, console);
    });
  program
    .command('compare')
    .description('hold two policies, revisions or runs against one another on the same seeds; judge gates')
    .argument('[sides and scenarios...]', 'baseline, candidate, then scenarios or folders of them; a side ' +
      'is a policy, a revision (main, main:policies/mine.ts), the folder of a run, or a baseline')
    .option('--base <revision>', 'the baseline is the code of this revision, the candidate what lies here')
    .option('--baseline <path>', 'the baseline is a committed file, or a folder of them')
    .option('--policy <policy>', 'the policy of a revision, and of the candidate with --base and --baseline',
      'default')
    .option('--set <name=value>', "set a number of the candidate's policy; may be given again", gathered, [])
    .option('--seed <name>', 'one seed')
    .option('--seeds <number>', "seeds 1 to this; the plan's own number, or the figures', if left out")
    .option('--unpaired', 'different seeds on purpose: their luck is in every difference', false)
    .option('--gates <file>', 'more gates, besides those of the scenarios')
    .option('--out <folder>', 'where to write; runs/<time>-compare if left out')
    .option('--resume <folder>', 'go on with a comparison that was stopped: only the seeds it lacks')
    .option('--force', 'replace an earlier comparison in the folder', false)
    .option('--jobs <number>', 'seeds at once; as many as there are cores if left out')
    .option('--all', 'print every measure, and not only what moved', false)
    .option('--json', 'print one JSON object, all else to standard error', false)
    .option('--reporter <names>', reporterHelp, defaultReporters)
    .action(async (typed: string[], options: CompareOptions) => {
      const { compare } = await import('./commands/compare.ts');
      exitCode = await compare(typed, options, simulator, console);
    });
  program
    .command('gate')
    .description('judge the gates of runs that were made before, waivers as of today')
    .argument('<run...>', 'the folder of a run, or of several')
    .option('--gates <file>', 'more gates, besides those of the scenario')
    .option('--json', 'print one JSON object', false)
    .action(async (runs: string[], options: GateOptions) => {
      const { gate } = await import('./commands/gate.ts');
      exitCode = await gate(runs, options, console);
    });
  program
    .command('accept')
    .description('take the figures of runs for the baseline to compare with, as files to be committed')
    .argument('<run...>', 'the folder of a run, or of a comparison, whose candidate is taken')
    .option('--because <text>', 'why, in words; needed')
    .option('--to <folder>', 'where baselines are', 'baselines')
    .option('--json', 'print one JSON object', false)
    .action(async (runs: string[], options: AcceptOptions) => {
      const { accept } = await import('./commands/accept.ts');
      exitCode = accept(runs, options, console);
    });
  program
    .command('list')
    .description('list the scenarios in a folder, each with its question')
    .argument('[folder]', 'where they are', 'scenarios')
    .option('--json', 'print one JSON object', false)
    .action(async (folder: string, { json }: { readonly json: boolean }) => {
      const { list } = await import('./commands/list.ts');
      exitCode = await list(folder, json, console);
    });
  program
    .command('presets')
    .description("list the policies that come with the tool, known products' rules among them")
    .argument('[preset]', 'show one: its source, its modules, and what may be set')
    .option('--json', 'print one JSON object', false)
    .action(async (name: string | undefined, { json }: { readonly json: boolean }) => {
      const { listPresets } = await import('./commands/presets.ts');
      exitCode = listPresets(name, json, console);
    });
  program
    .command('daemons')
    .description('list the foreign policy software that a run can be made with, and what is missing here')
    .option('--clock <file>', 'make a clock for a daemon of your own, and print what to start it with')
    .option('--json', 'print one JSON object', false)
    .action(async ({ clock, json }: { readonly clock?: string; readonly json: boolean }) => {
      const { listDaemons, printClock } = await import('./commands/daemons.ts');
      exitCode = clock === undefined ? listDaemons(json, console) : printClock(clock, console);
    });
  program
    .command('show')
    .description('show the plan of a scenario: cast, timeline, presets, and what is assumed in them')
    .argument('<scenario>', 'a script (.ts, .mts, .js, .mjs) or a plan (.json)')
    .option('--json', 'print the plan as JSON, which run takes too', false)
    .action(async (scenario: string, { json }: { readonly json: boolean }) => {
      const { show } = await import('./commands/show.ts');
      exitCode = await show(scenario, json, console);
    });
  program
    .command('schema')
    .description('print the JSON Schema of a plan or of a result')
    .argument('<plan|result>')
    .action(async (of: string) => {
      const { schema } = await import('./commands/schema.ts');
      exitCode = schema(of, console);
    });
  addSweeping(program, simulator, console, (code) => {
    exitCode = code;
  });
  addMocking(program, console, (code) => {
    exitCode = code;
  });
  addAsking(program, console, (code) => {
    exitCode = code;
  });
  addServing(program, console, (code) => {
    exitCode = code;
  });
  assertOneValueEach(program);
  program.addHelpText(
    'after',
    `
Exit codes: 0 gates passed; 1 a fault of ours; 2 a mistake in command, plan or trace; 3 a scenario or policy
threw; 20 a gate failed; 21 a gate had no data or was inconclusive; 22 a baseline is missing or of another
plan; 23 one seed came to two ends; 130 interrupted, what was done is kept.`,
  );

  try {
    await program.parseAsync(args, { from: 'user' });
    return exitCode;
  } catch (error) {
    // commander has printed its own message by now; help and version are no errors.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCodes.passed : exitCodes.mistake;
    const { explain } = await import('./faults.ts');
    const explanation = explain(error, program.opts<{ readonly debug?: true }>().debug === true);
    console.note(explanation.text);
    return explanation.exitCode;
  }
};

/** What an option that may be given again has said so far. */
const gathered = (value: string, before: readonly string[]): readonly string[] => [...before, value];
