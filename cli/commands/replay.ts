// `sharedfate replay`: a seed of an earlier run once more, event by event. What it prints or writes leaves at
// once, and in the end the seed must have come to its recorded fingerprint.

import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { ChromeTrace, traceHead, traceTail } from '../../reports/explain/chrome-trace.ts';
import { harmlessJson } from '../../reports/outputs/plain-json.ts';
import { escaped, formatEntry, formatTime } from '../../sim/journal.ts';
import { nearest } from '../../sim/plan/nearest.ts';
import { shownValue } from '../../sim/plan/problems.ts';
import type { SeedResult } from '../../sim/result.ts';
import { PolicyFault, runSeedAtLeisure } from '../../sim/run.ts';
import { Journalist, outcomeText, type ToldEntry } from '../../sim/telling/journalist.ts';
import { eventKinds } from '../../sim/world/events.ts';
import type { World } from '../../sim/world/world.ts';
import type { Console } from '../console.ts';
import { eventsFile, eventsHeader, GrowingFile } from '../events-file.ts';
import { exitCodes } from '../exit-codes.ts';
import { UserMistake } from '../faults.ts';
import { shownPath } from '../load.ts';
import { type EarlierRun, openRun, progressOn, requestFor, seedOf, tenantAsked, told } from '../rerun.ts';
import { assertSameEnd } from '../same-end.ts';

export interface ReplayOptions {
  readonly seed?: string;
  readonly from?: string;
  readonly until?: string;
  readonly tenant?: string;
  readonly kind?: string;
  readonly trace?: string;
  readonly events?: string | true;
  readonly json: boolean;
}

/** What takes the entries that were asked for. */
interface Sink {
  take(entry: ToldEntry, world: World): void;
  /** Between events: something to wait for; nothing where there is none. */
  rest(): Promise<void> | undefined;
  finish(result: SeedResult): void;
  discard(): void;
  /** What was written, for the closing note; empty where it was printed. */
  readonly wrote: string;
}

export const replay = async (path: string, options: ReplayOptions, console: Console): Promise<number> => {
  const chosen = chosenBy(options);
  const earlier = await openRun(path);
  const recorded = seedOf(earlier, options.seed);
  if (options.tenant !== undefined) tenantAsked(earlier.plan, recorded, options.tenant);
  const sink = sinkFor(earlier, recorded, options, console);
  let shown = 0;
  const write = (entry: ToldEntry, world: World): void => {
    if (!chosen.isOfIt(entry)) return;
    shown += 1;
    sink.take(entry, world);
  };
  // Lines that are printed show well enough how far it is.
  const isQuiet = options.trace !== undefined || options.events !== undefined;
  const progress = isQuiet ? progressOn(console, earlier.plan.length) : null;
  try {
    const result = await runSeedAtLeisure(
      {
        ...requestFor(earlier, recorded.seed, progress?.onProgress),
        attend: (world) => new Journalist(world, write, chosen.isWanted),
      },
      () => sink.rest(),
    );
    progress?.wipe();
    await assertSameEnd(earlier, recorded, result, console.tool);
    sink.finish(result);
    await sink.rest();
    const wrote = sink.wrote === '' ? `${shown} of ${result.events} events` : sink.wrote;
    console.note(`Seed ${recorded.seed}: ${wrote}; ended as recorded, fingerprint ${result.fingerprint}.`);
    return exitCodes.passed;
  } catch (error) {
    progress?.wipe();
    sink.discard();
    throw error instanceof PolicyFault ? told(earlier.policy, error) : error;
  }
};

interface Choice {
  isWanted(at: number, kind: string): boolean;
  isOfIt(entry: ToldEntry): boolean;
}

/** Which entries were asked for: by time and kind, and then by tenant. Throws a UserMistake. */
const chosenBy = ({ from, kind, tenant, until }: ReplayOptions): Choice => {
  const begin = from === undefined ? 0 : timeIn('--from', from);
  const end = until === undefined ? Number.POSITIVE_INFINITY : timeIn('--until', until);
  if (begin > end) throw new UserMistake(`--from is later than --until; nothing lies between them.`);
  const kinds = kind === undefined ? null : new Set(kindsIn(kind));
  return {
    isWanted: (at, name) => at >= begin && at <= end && (kinds === null || kinds.has(name)),
    isOfIt: (entry) =>
      tenant === undefined || entry.tenant === tenant || entry.outcomes.some((outcome) =>
        outcome.kind === 'told' && outcome.what.split(/[\s,:]+/).includes(tenant)),
  };
};

const kindsIn = (text: string): readonly string[] => {
  const kinds = text.split(',').map((kind) => kind.trim());
  const known: readonly string[] = eventKinds;
  for (const kind of kinds) {
    if (known.includes(kind)) continue;
    const near = nearest(kind, known);
    const advice = near === undefined ? `The kinds are ${known.join(', ')}.` : `Did you mean ${near}?`;
    throw new UserMistake(`--kind is ${shownValue(kind)}, which is no kind of event. ${advice}`);
  }
  return kinds;
};

const unitMs: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000 };

/** `1d20h`, `44h`, `20:15`, or `1d 20:15:12.500` as the journal says it. */
const timeIn = (option: string, text: string): number => {
  const clock = /^(?:(\d{1,6})d ?)?(\d{1,2}):([0-5]\d)(?::([0-5]\d)(?:\.(\d{1,3}))?)?$/.exec(text);
  if (clock !== null) {
    const [, days = '0', hours = '0', minutes = '0', seconds = '0', rest = '0'] = clock;
    return Number(days) * unitMs['d']! + Number(hours) * unitMs['h']! + Number(minutes) * unitMs['m']! +
      Number(seconds) * unitMs['s']! + Number(rest.padEnd(3, '0'));
  }
  if (/^(?:\d{1,9}[dhms])+$/.test(text)) {
    let sum = 0;
    for (const [, count, unit] of text.matchAll(/(\d+)([dhms])/g)) sum += Number(count) * unitMs[unit!]!;
    return sum;
  }
  throw new UserMistake(
    `${option} is ${shownValue(text)}; a time of the run is such as 1d20h, 44h, or 1d 20:15:12.500.`);
};

const sinkFor = (
  earlier: EarlierRun, recorded: SeedResult, options: ReplayOptions, console: Console,
): Sink => {
  if (options.trace !== undefined && options.events !== undefined)
    throw new UserMistake('--trace and --events write two kinds of file; give one of them at a time.');
  if (options.trace !== undefined) return traceSink(earlier, recorded, options.trace, options.tenant ?? null);
  if (options.events === undefined) return printing(console, options.json);
  const path = options.events === true ? `${earlier.where}/${eventsFile}` : options.events;
  return eventsSink(earlier, recorded, path);
};

const nothing = (): undefined => undefined;

/** Lines on standard output, each event's outcomes below it; waits for a slow reader. */
const printing = (console: Console, json: boolean): Sink => {
  let text = '';
  const flush = (): void => {
    if (text !== '') console.print(text);
    text = '';
  };
  return {
    wrote: '',
    take(entry) {
      if (json) text += `${harmlessJson(JSON.stringify(entry))}\n`;
      else {
        text += `${formatEntry(entry)}\n`;
        const margin = ' '.repeat(formatTime(entry.at).length + 1);
        for (const outcome of entry.outcomes) text += `${margin}${escaped(outcomeText(outcome))}\n`;
      }
      if (text.length > 65_536) flush();
    },
    rest() {
      flush();
      return console.drained();
    },
    finish: flush,
    discard: nothing,
  };
};

/** Opens a file to write; a path that cannot be is a UserMistake. */
const fileAt = (option: string, path: string, packed: boolean): GrowingFile => {
  if (path.trim() === '') throw new UserMistake(`${option} is empty; it takes the path of a file.`);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true)
    throw new UserMistake(`${option}: ${shownPath(path)} is a folder; it takes the path of a file.`);
  try {
    return new GrowingFile(resolve(path), packed);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserMistake(`${option}: ${shownPath(path)} cannot be written (${code ?? String(error)}).`);
  }
};

const traceSink = (
  { plan }: EarlierRun, recorded: SeedResult, path: string, followed: string | null,
): Sink => {
  const file = fileAt('--trace', path, false);
  let separator = '';
  file.add(traceHead);
  const trace = new ChromeTrace(followed, (event) => {
    file.add(`${separator}${harmlessJson(JSON.stringify(event))}`);
    separator = ',\n';
  });
  return {
    wrote: `wrote ${shownPath(path)}, which ui.perfetto.dev opens`,
    take(entry, world) {
      trace.add(entry, world.outbound.lanes.map(({ depth }, index) =>
        ({ receiver: world.receivers[index]!.name, depth })));
    },
    rest: nothing,
    finish({ fingerprint }) {
      trace.finish();
      file.add(traceTail({ scenario: plan.title, epoch: plan.epoch, seed: recorded.seed, fingerprint }));
      file.finish();
    },
    discard: () => file.discard(),
  };
};

const eventsSink = ({ result }: EarlierRun, recorded: SeedResult, path: string): Sink => {
  const file = fileAt('--events', path, true);
  file.add(eventsHeader(recorded.seed, recorded.fingerprint, result.scenario));
  return {
    wrote: `wrote ${shownPath(path)}`,
    take: (entry) => file.add(`${harmlessJson(JSON.stringify(entry))}\n`),
    rest: nothing,
    finish: () => file.finish(),
    discard: () => file.discard(),
  };
};
