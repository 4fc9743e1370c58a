// The folder's promise: from a run's result to its summary, its gates' verdicts, and what people read.

export { type Finding, findingText } from './finding.ts';
export { count, plural, printable, quantity, share, span, type Unit } from './format.ts';
export { type GateReport, GateMistake, type GateVerdict, judgeGates } from './gates.ts';
export { renderGates } from './gates/terminal.ts';
export { gateLine, headline } from './headline.ts';
export { renderComparison, renderReport } from './html.ts';
export type { ComparedRuns } from './html/view.ts';
export type { MetricSummary, SeedValue } from './metric-summary.ts';
export { type Better, isMetric, metricFacts, type MetricFacts, metricNames } from './metrics.ts';
export { type PlanTextOptions, renderPlan } from './plan-text.ts';
export { type Summary, summarise } from './summary.ts';
export type { CulpritRow, HitRow, ListingRow, ReplyRow, RuleTotal } from './tables.ts';
export { renderTerminal, type TerminalOptions } from './terminal.ts';
