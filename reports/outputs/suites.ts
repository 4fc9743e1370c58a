// Gates as a test runner's report and GitHub's annotations want them: suites of cases with a verdict in
// words, one suite a scenario. Made from a run or from a comparison, so that both are told alike.

import type { RunResult } from '../../sim/index.ts';
import type { ComparedGate, Comparison, ScenarioComparison } from '../comparison/comparison.ts';
import { plural } from '../format.ts';
import type { GateReport, GateVerdict } from '../gates.ts';
import { repeatCommand } from '../repeat.ts';
import { policyLabel } from '../settings.ts';

export interface Suite {
  /** The scenario's file. Like all texts here as it came: whoever writes a file makes it harmless. */
  readonly scenario: string;
  /** `default`, or `throttle-v1 → throttle-v2`. */
  readonly policy: string;
  /** When the figures were made, as an ISO date. */
  readonly made: string;
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly cases: readonly Case[];
}

export interface Case {
  /** As in `time_to_block.p95`. */
  readonly name: string;
  /**
   * `failed` and `unjudged` (no data, or inconclusive) break a build. `excused` was missed, but only
   * warns or is waived.
   */
  readonly verdict: 'passed' | 'failed' | 'unjudged' | 'excused';
  /** The verdict's own word: `passed`, `failed`, `no data`, `inconclusive`, `interrupted`. */
  readonly word: string;
  /** `time to block p95: 5 h 24 m, at most 4 h`. */
  readonly text: string;
  /** More about it, a sentence each: why, why excused, which command shows it. */
  readonly details: readonly string[];
}

/** The suite of one run: its gates, and first whether it came to its end at all. */
export const suiteOfRun = (result: RunResult, gates: GateReport): Suite => ({
  scenario: result.scenario,
  policy: policyLabel(result.policy),
  made: result.made,
  facts: [
    ['policy', policyLabel(result.policy)],
    ['seeds', `${result.seeds.length} of ${result.seedsAsked}`],
    ['plan', result.planHash],
    ['tool', result.tool],
    ['repeat', repeatCommand(result)],
  ],
  cases: [
    ...interruption(result),
    ...toldApart([
      ...gates.verdicts.map((gate) => [caseOf(gate, result), gate.rule] as const),
      ...gates.notJudged.map((name) => [leftToComparison(name), 'against another run'] as const),
    ]),
    ...(gates.verdicts.length + gates.notJudged.length === 0 ? [noGates] : []),
  ],
});

/** The suites of a comparison, one a scenario, in their order. */
export const suitesOfComparison = (comparison: Comparison): readonly Suite[] =>
  comparison.scenarios.map((scenario) => {
    const gates = comparison.gates.verdicts.filter((gate) => gate.scenario === scenario.scenario);
    return {
      scenario: scenario.scenario,
      policy: `${comparison.baseline.name} → ${comparison.candidate.name}`,
      made: comparison.made,
      facts: [
        ['baseline', comparison.baseline.name],
        ['candidate', comparison.candidate.name],
        ['seeds', String(scenario.seeds.length)],
        ['world', scenario.worldHash],
        ['tool', comparison.tool],
        ['repeat', comparison.repeat],
      ],
      cases:
        gates.length === 0
          ? [noGates]
          : toldApart(gates.map((gate) => [caseOfCompared(gate, scenario), gate.rule] as const)),
    };
  });

/** Readers of JUnit take two cases of one name for one: where two gates share a name, their rule joins it. */
const toldApart = (cases: readonly (readonly [each: Case, rule: string])[]): readonly Case[] =>
  cases.map(([each, rule]) =>
    cases.filter(([other]) => other.name === each.name).length === 1
      ? each
      : { ...each, name: `${each.name} (${rule})` });

const noGates: Case = {
  name: 'gates',
  verdict: 'excused',
  word: 'no gates',
  text: 'the plan declares no gate, so nothing was judged',
  details: [],
};

/** A gate that holds one run against another says nothing of this one. */
const leftToComparison = (name: string): Case => ({
  name,
  verdict: 'excused',
  word: 'not judged',
  text: 'it holds one run against another, which sharedfate compare judges',
  details: [],
});

const interruption = ({ seeds, seedsAsked }: RunResult): readonly Case[] =>
  seeds.length >= seedsAsked
    ? []
    : [
        {
          name: 'all seeds ran',
          verdict: 'unjudged',
          word: 'interrupted',
          text: `only ${seeds.length} of ${plural(seedsAsked, 'seed')} finished`,
          details: ['The gates are judged on these alone.'],
        },
      ];

const caseOf = (gate: GateVerdict, result: RunResult): Case => ({
  name: gate.name,
  ...verdictOf(gate.outcome, gate.severity === 'fail'),
  text: textOf(gate),
  details: [
    ...sentences(gate.note),
    ...excuse(gate),
    ...(gate.worstSeed === ''
      ? []
      : [`Worst seed ${gate.worstSeed}: ${repeatCommand(result, gate.worstSeed)}`]),
  ],
});

const caseOfCompared = (gate: ComparedGate, { worst }: ScenarioComparison): Case => {
  return {
    name: gate.name,
    ...verdictOf(gate.outcome, gate.counts),
    text: textOf(gate),
    details: [
      ...sentences(gate.note),
      ...excuse(gate),
      ...(gate.settledBy === null || gate.note.includes('settle')
        ? []
        : [`About ${plural(gate.settledBy, 'seed')} would settle it.`]),
      ...(gate.worstSeed === '' ? []
        : gate.worstSeed === worst?.seed ? [`Worst seed ${gate.worstSeed}: ${worst.command}`]
        : [`Worst seed ${gate.worstSeed}.`]),
    ],
  };
};

/** Why a miss counts for nothing, where the note does not say it already. */
const excuse = ({ outcome, severity, waiver, note }: GateVerdict | ComparedGate): readonly string[] => {
  if (outcome === 'passed') return [];
  if (waiver?.state === 'in force')
    return note.includes('waived') ? [] : [`Waived until ${waiver.until}: ${waiver.because}.`];
  return severity === 'fail' || note.includes('may lack data') ? [] : ['This gate only warns.'];
};

const verdictOf = (outcome: ComparedGate['outcome'], counts: boolean): Pick<Case, 'verdict' | 'word'> => {
  if (outcome === 'passed') return { verdict: 'passed', word: outcome };
  return { verdict: !counts ? 'excused' : outcome === 'failed' ? 'failed' : 'unjudged', word: outcome };
};

const textOf = ({ label, name, found, rule }: GateVerdict | ComparedGate): string =>
  `${label} ${name.split('.').at(-1)}: ${found}, ${rule}`;

const sentences = (note: string): readonly string[] =>
  note === '' ? [] : [`${note[0]!.toUpperCase()}${note.slice(1)}${/[.?!]$/.test(note) ? '' : '.'}`];
