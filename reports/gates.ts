// Judges the gates a plan declares on one run: limits on a statistic over seeds. Gates against another run
// are for a comparison to judge (reports/comparison).

import type { RunResult } from '../sim/index.ts';
import { sparedWord } from './blame.ts';
import { judgeLimit, limitOf } from './gates/limit.ts';
import { type DeclaredGate, endOf, GateMistake, type GateReport, type GateVerdict } from './gates/verdict.ts';
import { doesCount, notesOf, waiverNote, waiverOf } from './gates/waiver.ts';
import { isMetric, metricFacts } from './metrics.ts';
import type { Summary } from './summary.ts';

export { GateMistake, type GateReport, type GateVerdict, type Waiver } from './gates/verdict.ts';

/**
 * Judges every gate of the plan, waivers as of `today`: any ISO date in UTC, and the day the run was made if
 * left out. Throws a GateMistake that lists all mistakes, each with the nearest name.
 */
export const judgeGates = (result: RunResult, summary: Summary, today: string = result.made): GateReport => {
  const gates = result.plan.gates ?? [];
  const mistakes: string[] = [];
  const verdicts: GateVerdict[] = [];
  const notJudged: string[] = [];
  for (const [index, gate] of gates.entries()) {
    const limit = limitOf(gate);
    if (typeof limit === 'string') mistakes.push(`gates[${index}]: ${limit}`);
    else if (gate.rule === 'notWorseBy') notJudged.push(`${gate.metric}.${gate.statistic}`);
    else verdicts.push(judge(gate, limit, summary, today));
  }
  if (mistakes.length > 0) throw new GateMistake(mistakes);
  const counted = verdicts.map(({ outcome, severity }) => ({ outcome, counts: severity === 'fail' }));
  return { verdicts, notJudged, ...endOf(counted) };
};

const judge = (gate: DeclaredGate, limit: number, summary: Summary, today: string): GateVerdict => {
  if (!isMetric(gate.metric)) throw new TypeError(`${gate.metric} was taken for a metric`);
  const judged = judgeLimit(gate, summary.metrics[gate.metric], limit, summary.seeds);
  const waiver = waiverOf(gate, today);
  return {
    ...judged,
    name: `${gate.metric}.${gate.statistic}`,
    // No careless sender, no word of one.
    label:
      gate.metric === 'fp.tenants' ? `${sparedWord(summary)} tenants hit` : metricFacts(gate.metric).label,
    severity: doesCount(gate, waiver, judged.outcome) ? 'fail' : 'warn',
    note: notesOf(judged.note, waiverNote(gate, waiver, judged.outcome)),
    waiver,
  };
};
