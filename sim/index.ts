// The simulator's promise: what a scenario script writes with, the plan and its reading, one run and its
// result, and the kernel for those who build models of their own.

export { Agenda, type Phase } from './agenda.ts';
export { assumptionsOf } from './assumptions.ts';
export { Fingerprint } from './fingerprint.ts';
export {
  describeDivergence,
  type Divergence,
  firstDivergence,
  formatEntry,
  formatTime,
  type JournalEntry,
} from './journal.ts';
export { type Luck, luckOf } from './luck.ts';
export { planFacts, type PlanFacts, type ReceiverFacts, type RegisterFacts } from './plan-facts.ts';
export { readGateLimit } from './plan/gates.ts';
export { planHash } from './plan/hash.ts';
export { planJsonSchema } from './plan/json-schema.ts';
export { nearest } from './plan/nearest.ts';
export { type Mistake, PlanMistakes } from './plan/problems.ts';
export type { Duration, Rate, Share } from './plan/quantities.ts';
export { readPlan } from './plan/read.ts';
export type { Gate, IncidentPlan, ListPlan, Plan, PlanInput, StreamPlan } from './plan/schema.ts';
export {
  backscatter,
  careless,
  compromised,
  cron,
  infected,
  metric,
  neighbour,
  newsletter,
  office,
  quiet,
  receiverUpgrade,
  registerFault,
  registerUpgrade,
  type Scenario,
  scenario,
  shop,
  spammer,
} from './plan/script.ts';
export {
  type CulpritStory,
  type ListingStory,
  type Measure,
  type MetricName,
  metricUnits,
  type QueueRow,
  type ReceiverRow,
  resultSchemaVersion,
  type RuleRow,
  type RunResult,
  type SeedResult,
  type Series,
  type TenantHit,
  type TimelineEntry,
} from './result.ts';
export type { AddressDays, GroupRow, HeardRules } from './result-measured.ts';
export { PolicyFault, type RunRequest, runSeed, runSeedLive, RunStopped } from './run.ts';
export { Streams, type StreamId } from './streams.ts';
export { checkTraces, parseTrace, type Trace } from './trace.ts';
export { addressText, hasOwnHost, readAddress } from './world/senders/addresses.ts';
export { BrokenLaw } from './world/laws/broken-law.ts';
export { watchAllRuns } from './world/laws/watch.ts';
export type { WorldEvent } from './world/events.ts';
export type { Envelope } from './world/platform/outbound.ts';
export type { Message } from './world/platform/message.ts';
export { lookingAt, type PolicyHost, type Transport, type ZoneAnswer } from './world/ports.ts';
export { questionsFor, remember } from './world/receivers/consult.ts';
export type { Mail } from './world/receivers/mail.ts';
export { onConnect, onData, onMail, onRecipient } from './world/receivers/phases.ts';
export type { Receiver } from './world/receivers/receiver.ts';
export { type Register, zoneAnswer, zoneAnswerFor } from './world/registers/register.ts';
export { classify } from './world/receivers/replies.ts';
export type { World } from './world/world.ts';
