// `sharedfate explain`: why a tenant was blocked, missed or hit in one seed of an earlier run, and what would
// have happened otherwise. The seed is run again, and must end as it did.

import type { Policy } from '../../policy/index.ts';
import { tenantsWorthAsking, seedsWorthAsking } from '../../reports/explain/candidates.ts';
import { compareTales, renderComparison } from '../../reports/explain/counterfactual.ts';
import { renderExplanation, type Setting } from '../../reports/explain/explanation.ts';
import { plainJson } from '../../reports/outputs/plain-json.ts';
import type { SeedResult } from '../../sim/result.ts';
import { runSeed } from '../../sim/run.ts';
import type { Tale } from '../../sim/telling/tale.ts';
import { Teller } from '../../sim/telling/teller.ts';
import type { World } from '../../sim/world/world.ts';
import type { Console } from '../console.ts';
import { changedRun } from '../counterfactual.ts';
import { exitCodes } from '../exit-codes.ts';
import {
  type EarlierRun, openRun, type Progress, progressOn, requestFor, seedOf, tenantAsked, withPolicyFaults,
} from '../rerun.ts';
import { assertSameEnd } from '../same-end.ts';

export interface ExplainOptions {
  readonly seed?: string;
  readonly tenant?: string;
  readonly counterfactual?: string;
  readonly json: boolean;
}

/** Prints the explanation, or what is worth asking about. The exit code. */
export const explainRun = async (
  path: string, options: ExplainOptions, console: Console,
): Promise<number> => {
  const earlier = await openRun(path);
  const { result, where } = earlier;
  const print = (text: string, object: object): number => {
    console.print(options.json ? `${plainJson(object)}\n` : text);
    return exitCodes.passed;
  };
  if (options.seed === undefined && result.seeds.length > 1) {
    if (options.tenant !== undefined || options.counterfactual !== undefined) seedOf(earlier, undefined);
    const { text, object } = seedsWorthAsking(result, where);
    return print(text, object);
  }
  const recorded = seedOf(earlier, options.seed);
  if (options.tenant === undefined && options.counterfactual === undefined) {
    const { text, object } = tenantsWorthAsking(result, recorded, where);
    return print(text, object);
  }
  const tenant = tenantAsked(earlier.plan, recorded, options.tenant);
  const asked = options.counterfactual;
  const change = asked === undefined ? null : await changedRun(earlier, asked);
  const progress = progressOn(console, earlier.plan.length);
  const was = toldRun(earlier, recorded, tenant, progress);
  await assertSameEnd(earlier, recorded, was.result, console.tool);
  const setting = settingOf(earlier, was.result, earlier.policy);
  const view = { colours: console.colours, columns: console.columns };
  if (change === null) {
    return print(renderExplanation(was.tale, setting, view), { seed: recorded.seed, where, ...was.tale });
  }
  const would = toldRun(change.run, recorded, tenant, progress);
  const comparison = compareTales(was, would, change.words);
  return print(renderComparison(comparison, setting, view), {
    seed: recorded.seed, where, ...comparison, was: was.tale, would: would.tale,
  });
};

/** A seed's result, and the tale of one tenant in it. */
const toldRun = (
  earlier: EarlierRun, { seed }: SeedResult, tenant: string, { onProgress, wipe }: Progress,
): { readonly result: SeedResult; readonly tale: Tale } => {
  const { policy } = earlier;
  let teller: Teller | undefined;
  try {
    const attend = (world: World): Teller => (teller = new Teller(world, tenant, policy));
    const request = { ...requestFor(earlier, seed, onProgress), attend };
    const result = withPolicyFaults(policy, () => runSeed(request));
    return { result, tale: teller!.tale() };
  } finally {
    wipe();
  }
};

const settingOf = ({ plan }: EarlierRun, { seed, listings }: SeedResult, policy: Policy): Setting => ({
  title: plan.title,
  seed,
  policy: policy.name,
  epoch: Date.parse(plan.epoch),
  length: plan.length,
  listings,
});
