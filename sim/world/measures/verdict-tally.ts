// What the policy said, counted: whom each rule hit, and which culprit it noticed first. Mail that passes
// costs nothing.

import { type Reason, severity, type Verdict } from '../../../policy/index.ts';
import type { Message } from '../platform/message.ts';
import { countVoices } from './ears.ts';
import { noteStopper } from './abuse-record.ts';
import { countInSeries } from './series.ts';
import { add, detect, isAbuse, type RuleCount, type Said, type Tally } from './tally.ts';
import type { Account } from '../senders/cast.ts';
import type { World } from '../world.ts';

/** The policy has spoken: who was hit by which rule, and whether a culprit was noticed by it. */
export const countVerdict = (world: World, message: Message, verdict: Verdict): void => {
  const { tally } = world;
  // Of an account that is shut no rule was asked, so none has spoken.
  countVoices(world, message, verdict.kind === 'reject' && tally.ears.count === 0);
  if (verdict.kind === 'pass') return;
  countSaid(world, message, verdict);
  if (verdict.also === undefined) return;
  for (const remark of verdict.also) countSaid(world, message, remark);
};

/** What one rule said of a message, when it was handed in or, of one that is held back, in the queue. */
export const countSaid = (
  world: World, message: Message, verdict: Exclude<Verdict, { readonly kind: 'pass' }>,
): void => {
  const { tally } = world;
  const { actor, submission } = message;
  const { by, key: rule } = saidOf(tally, verdict.reason, verdict.kind);
  // A rule on trial only counts; an alert notices, and stops nothing.
  if (actor.culprit !== null && message.abuse >= 0 && verdict.kind !== 'shadow') {
    if (verdict.kind !== 'alert') noteStopper(actor.culprit.abuse, message.abuse, by);
    detect(world, actor.culprit, by, verdict.kind);
  } else if (verdict.kind === 'alert') {
    noticeAccount(world, actor.account, by);
  }
  if (isAbuse(message.nature) && severity.indexOf(verdict.kind) >= severity.indexOf('defer')) {
    countInSeries(world, 'abuse stopped by policy', 1);
  }
  if (!tally.counting) return;
  const count = countOf(tally, rule);
  if (message.abuse >= 0) count.abusive += 1;
  else if (actor.account.tenant.culprit !== null) count.culpritWanted += 1;
  else if (message.nature === 'wanted') {
    count.innocent += 1;
    count.innocentTenants.add(submission.tenant);
    if (verdict.kind !== 'shadow' && verdict.kind !== 'alert') hit(tally, submission.tenant, rule);
  }
  if (message.tries === 0 && verdict.kind === 'defer') add(tally, 'deferred', message);
  if (verdict.kind === 'pace') add(tally, 'paced', message);
  if (verdict.kind === 'hold') add(tally, 'held', message);
  if (verdict.kind === 'defer' || verdict.kind === 'pace' || verdict.kind === 'hold') message.delayed = true;
};

/** An alert names the account, whatever message it was about: it may be one of its owner's. */
const noticeAccount = (world: World, account: Account, by: string): void => {
  const { culprit } = account.tenant;
  if (culprit === null || culprit.onset > world.agenda.now || !culprit.accounts.includes(account)) return;
  detect(world, culprit, by, 'alert');
};

/** What is said now, as it was said before. A policy has some dozen rules: looking is quick. */
const saidOf = ({ said }: Tally, { module, rule }: Reason, verdict: Verdict['kind']): Said => {
  for (let index = 0; index < said.length; index += 1) {
    const one = said[index]!;
    if (one.rule === rule && one.verdict === verdict && one.module === module) return one;
  }
  const by = `${module} ${rule}`;
  const one: Said = { module, rule, verdict, by, key: `${by}|${verdict}` };
  said.push(one);
  return one;
};

const countOf = (tally: Tally, rule: string): RuleCount => {
  let count = tally.rules.get(rule);
  if (count === undefined) {
    count = { abusive: 0, culpritWanted: 0, innocent: 0, innocentTenants: new Set() };
    tally.rules.set(rule, count);
  }
  return count;
};

const hit = (tally: Tally, tenant: number, rule: string): void => {
  let rules = tally.hitsBy.get(tenant);
  if (rules === undefined) tally.hitsBy.set(tenant, (rules = new Map()));
  rules.set(rule, (rules.get(rule) ?? 0) + 1);
};
