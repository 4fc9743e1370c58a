// `sharedfate run --mta`: each seed once in memory and once through a real mail server, one after the other,
// with what differs between the two and why. The report is that of the run through the mail server.

import { assumptionsOf, type RunResult, RunStopped } from '../sim/index.ts';
import type { MtaName, MtaRun } from '../testbed/index.ts';
import { blankResult, type RunOptions } from './commands/run.ts';
import type { Console } from './console.ts';
import { exitCodes } from './exit-codes.ts';
import { UserMistake } from './faults.ts';
import { handOutRun } from './hand-out.ts';
import { hasHosts } from './hosts.ts';
import { onInterrupt } from './interrupt.ts';
import { loadPolicy, loadScenario } from './load.ts';
import { comparisonText } from './mta-text.ts';
import { defaultFolder, openFolder } from './output.ts';
import { readReporters } from './reporters.ts';
import { seedsAsked, shardOf } from './seeds.ts';
import { readTraces, traceNotices } from './traces.ts';

/** Runs; the exit code. `what` is the name given after `--mta`. */
export const runThrough = async (
  what: string, path: string, options: RunOptions, console: Console,
): Promise<number> => {
  const { mtaNames, runThroughMta } = await import('../testbed/index.ts');
  if (!(mtaNames as readonly string[]).includes(what)) {
    throw new UserMistake(`--mta: ${what} is not known; expected ${mtaNames.join(' or ')}.`);
  }
  const given = { '--wire': options.wire, '--resume': options.resume !== undefined };
  for (const [other, isGiven] of Object.entries(given)) {
    if (isGiven) throw new UserMistake(`--mta and ${other} cannot go together; leave one of them out.`);
  }
  const name = what as MtaName;
  const reporters = readReporters(options.reporter);
  const scenario = await loadScenario(path);
  const { plan } = scenario;
  const traces = readTraces(scenario);
  const policy = await loadPolicy(options.policy, options.set);
  if (hasHosts(policy)) {
    const what = `policy ${policy.name} is foreign software, and --mta puts a policy of ours to work`;
    throw new UserMistake(`${what}; leave one of them out.`);
  }
  for (const notice of traceNotices(plan, traces)) console.note(notice);
  const seeds = shardOf(seedsAsked(options.seed, options.seeds, plan.seeds), options.shard);
  const folder = openFolder(options.out ?? defaultFolder(scenario.name, new Date()), options.force);
  const runs: MtaRun[] = [];
  const interrupt = onInterrupt(() => {
    console.note('\nStopping; finished seeds are kept. Press control-C again to quit at once.');
  }, folder.tidy);
  try {
    for (const seed of seeds) {
      if (interrupt.wasPressed()) break;
      const request = {
        plan, traces, seed, policy, check: options.check, onProgress: () => interrupt.wasPressed(),
      };
      try {
        runs.push(await runThroughMta(request, name));
      } catch (error) {
        if (!(error instanceof RunStopped)) throw error;
      }
    }
    if (runs.length === 0) {
      folder.tidy();
      console.note('Stopped before the first seed was done; nothing was written.');
      return exitCodes.interrupted;
    }
    const result: RunResult = {
      ...blankResult(scenario, policy, options, console.tool),
      transport: name,
      seedsAsked: seeds.length,
      seeds: runs.map((run) => run.result),
      assumptions: assumptionsOf(plan),
    };
    const comparisons = runs.map(({ comparison, result: { seed } }) => ({ seed, ...comparison }));
    folder.write('mta.json', `${JSON.stringify(comparisons, null, 2)}\n`);
    const interrupted = interrupt.wasPressed() && runs.length < seeds.length;
    const ending = { reporters, json: options.json, interrupted };
    const exitCode = await handOutRun(result, folder, ending, console);
    for (const comparison of comparisons) {
      const text = comparisonText(comparison, name);
      if (options.json) console.note(text);
      else console.print(`${text}\n`);
    }
    return exitCode;
  } catch (error) {
    folder.tidy();
    throw error;
  } finally {
    interrupt.release();
  }
};
