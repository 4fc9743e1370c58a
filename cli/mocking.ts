// The command that starts a scenario's receivers and registers as servers.

import type { Command } from 'commander';
import type { MocksCommandOptions } from './commands/mocks.ts';
import type { Console } from './console.ts';

/** Adds it to the program; `done` hears the exit code. */
export const addMocking = (program: Command, console: Console, done: (exitCode: number) => void): void => {
  program
    .command('mocks')
    .description("start a scenario's receivers (SMTP) and registers (DNS) as servers on loopback")
    .argument('<scenario>', 'a script (.ts, .mts, .js, .mjs) or a plan (.json)')
    .option('--seed <name>', 'the luck of the world', '1')
    .option('--policy <policy>', 'of the simulated platform, as run takes it', 'default')
    .option('--set <name=value>', 'set a number of the policy; may be given again',
      (value: string, before: readonly string[]) => [...before, value], [])
    .option('--port-base <number>', 'DNS there, control at the next port, receivers at those after it; ' +
      'free ports if left out')
    .option('--recipients <kind>', 'who is behind addresses that the rules do not name: people, or as on a ' +
      'list (opt-in, typed-in, stale, purchased, harvested, clean, forged)', 'people')
    .option('--speed <times>', 'how fast the clock of the world runs; at 0 only the control moves it', '0')
    .option('--quiet', "the scenario's own platform rests: nobody there sends, its desk never looks", false)
    .option('--json', 'print one JSON document when all are up', false)
    .action(async (scenario: string, options: MocksCommandOptions) => {
      const { mocks } = await import('./commands/mocks.ts');
      done(await mocks(scenario, options, console));
    });
};
