// The language scenarios are written in. `scenario({...})` calls the script once and keeps what it wrote: a
// plan, plain data, no function of the script. Mistakes are found when the plan is read (read.ts), all at
// once, and not here.

import type { Duration } from './quantities.ts';
import type { PlanInput } from './schema.ts';
import { goOn } from './script-incidents.ts';
import type { Part } from './script-parts.ts';
import { emptyPlan, type World, worldOf } from './script-world.ts';

export { metric } from './metric.ts';
export { cron, newsletter, office, quiet, shop } from './script-groups.ts';
export {
  backscatter,
  careless,
  compromised,
  infected,
  neighbour,
  receiverUpgrade,
  registerFault,
  registerUpgrade,
  spammer,
} from './script-incidents.ts';
export type { World } from './script-world.ts';

export interface ScenarioScript {
  readonly title: string;
  /** The one question the scenario answers, as a sentence. */
  readonly question: string;
  readonly length: Duration;
  /** Time at the start that no metric counts. */
  readonly warmup?: Duration;
  readonly seeds?: number;
  /** The date of time 0, such as `2027-01-04T00:00:00Z`: decides weekdays and aligns traces. */
  readonly epoch?: string;
  readonly gates?: readonly Part<'gates'>[];
  build(w: World): void;
}

/** What a scenario file exports by default: the plan its script wrote. */
export interface Scenario {
  readonly kind: 'scenario';
  readonly plan: PlanInput;
}

/**
 * Runs a script once and keeps the plan. Throws a TypeError where `build` is asynchronous: it would come too
 * late; and for a part of the plan that stands beside it, which it would write over.
 */
export const scenario = (script: ScenarioScript): Scenario => {
  const { title, question, length, warmup, seeds, epoch, gates, build, ...unknown } = script;
  const plan = emptyPlan();
  const misplaced = Object.keys(unknown).find((name) => name in plan);
  if (misplaced !== undefined)
    throw new TypeError(`scenario: ${misplaced} stands beside build, which writes it. Write it there, by w.`);
  const built: unknown = build(worldOf(plan));
  if (built instanceof Promise)
    throw new TypeError('scenario: build is asynchronous; it writes its plan in one go. Drop the async.');
  const incidents = plan.incidents.map((incident) =>
    goOn.includes(incident.kind) && incident.length === undefined ? { ...incident, length } : incident,
  );
  const whole = {
    // A misspelt `warmpu` is to be named when the plan is read, and not to be lost here.
    ...unknown,
    title,
    question,
    epoch,
    length,
    warmup,
    seeds,
    ...plan,
    incidents,
    gates: gates === undefined ? [] : [...gates],
  };
  // Through JSON, so that what a script holds on to, or an undefined it passed, cannot reach the plan.
  return { kind: 'scenario', plan: JSON.parse(JSON.stringify(whole, marked), unmarked) as PlanInput };
};

/** JSON would write a NaN as null, and whoever wrote it would be told of a null that is not in the script. */
const noNumber = /^\u0000(NaN|-?Infinity)$/;

const marked = (_key: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isFinite(value) ? `\u0000${value}` : value;

const unmarked = (_key: string, value: unknown): unknown => {
  const name = typeof value === 'string' ? noNumber.exec(value)?.[1] : undefined;
  return name === undefined ? value : Number(name);
};
