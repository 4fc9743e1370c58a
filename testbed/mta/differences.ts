// Two runs of the same seed, in memory and through a mail server, held against one another: what is the same,
// what came first that was not, and what each kind of difference is due to.

import type { SeedResult } from '../../sim/index.ts';
import type { Attempt, Attempts } from './attempts.ts';
import type { VerdictsCompared } from './verdicts.ts';

/** One kind of difference, with the cause that all of its kind share. */
export interface Difference {
  readonly what: string;
  readonly why: string;
  readonly copies: number;
  /** The earliest of its kind. */
  readonly first: number;
  readonly example: string;
}

/** A metric's value in either run; null where it has none. */
export interface MetricPair {
  readonly name: string;
  readonly memory: number | null;
  readonly mta: number | null;
}

export interface Comparison {
  /** Attempts of copies that both runs made, and how many of them got the same reply. */
  readonly both: number;
  readonly same: number;
  /** Greatest time between the two runs' attempts of the same copy and try, in milliseconds. */
  readonly apart: number;
  readonly differences: readonly Difference[];
  /** What serve said through the mail server, and what its twin in the simulator says of the same. */
  readonly verdicts: VerdictsCompared;
  /** What the mail server did that the simulated one does not, and how often. */
  readonly notes: Readonly<Record<string, number>>;
  /** Metrics that differ: in memory, through the mail server. */
  readonly metrics: readonly MetricPair[];
}

/** `receivers` are their names, by index. */
export const compareRuns = (
  memory: { readonly attempts: Attempts; readonly result: SeedResult },
  mta: { readonly attempts: Attempts; readonly result: SeedResult; readonly notes: Record<string, number>;
    readonly verdicts: VerdictsCompared;
  },
  receivers: readonly string[],
): Comparison => {
  const kinds = new Map<string, { -readonly [Key in keyof Difference]: Difference[Key] }>();
  const add = (what: string, why: string, at: number, example: string): void => {
    const known = kinds.get(`${what}|${why}`);
    if (known === undefined) kinds.set(`${what}|${why}`, { what, why, copies: 1, first: at, example });
    else {
      known.copies += 1;
      if (at < known.first) Object.assign(known, { first: at, example });
    }
  };
  let both = 0;
  let same = 0;
  let apart = 0;
  for (const [name, here] of memory.attempts) {
    const there = mta.attempts.get(name);
    if (there === undefined) {
      add(...missing(name, here, receivers, mta.attempts, 'only in memory'));
      continue;
    }
    both += 1;
    apart = Math.max(apart, Math.abs(here.at - there.at));
    if (here.code === there.code && here.class === there.class) same += 1;
    else add(...answeredOtherwise(name, here, there, receivers));
  }
  for (const [name, there] of mta.attempts) {
    if (!memory.attempts.has(name)) {
      add(...missing(name, there, receivers, memory.attempts, 'only through the mail server'));
    }
  }
  const names = Object.keys(memory.result.metrics) as (keyof SeedResult['metrics'])[];
  return {
    both, same, apart, notes: mta.notes, verdicts: mta.verdicts,
    differences: [...kinds.values()].sort((one, two) => one.first - two.first),
    metrics: names.flatMap((name) => {
      const values = [memory.result.metrics[name].value, mta.result.metrics[name].value] as const;
      return values[0] === values[1] ? [] : [{ name, memory: values[0], mta: values[1] }];
    }),
  };
};

type Found = [what: string, why: string, at: number, example: string];

const said = ({ code, class: kind }: Attempt): string => `${code} ${kind}`;

const answeredOtherwise = (
  name: string, here: Attempt, there: Attempt, receivers: readonly string[],
): Found => {
  const earlier = Math.round((here.at - there.at) / 1_000);
  const why =
    here.address !== there.address ? 'it left by another address'
    : there.text.startsWith(untried) ? 'the mail server put the whole receiver off after it had refused'
    : earlier === 0 ? 'the receiver had seen other mail by then'
    : Math.abs(earlier) < 120 ? 'the receiver was asked seconds earlier or later, between other mail'
    : 'it was tried at another time';
  const example =
    `copy ${name} at ${receivers[here.receiver]}: in memory ${here.code} ${here.text}; there ${there.code} ` +
    `${there.text}, ${Math.abs(earlier)} s ${earlier < 0 ? 'later' : 'earlier'}`;
  return [`${said(here)} in memory, ${said(there)} there`, why, Math.min(here.at, there.at), example];
};

const untried = 'delivery temporarily suspended';

/** An attempt that only one of the runs made. */
const missing = (
  name: string, attempt: Attempt, receivers: readonly string[], others: Attempts, where: string,
): Found => {
  const copy = name.slice(0, name.lastIndexOf('.'));
  const tries = Number(name.slice(copy.length + 1));
  const before = tries === 0 ? undefined : others.get(`${copy}.${tries - 1}`);
  const why =
    tries === 0 ? 'the message was not let out in the other run, or not yet written there'
    : before === undefined ? 'the other run had lost sight of the copy before'
    : before.code < 400 || before.code >= 500 ? 'the other run was through with the copy by then'
    : 'the other run ended, or held the copy back, before it tried again';
  const example = `copy ${name} at ${receivers[attempt.receiver]}: ${said(attempt)}`;
  return [`an attempt ${where}`, why, attempt.at, example];
};
