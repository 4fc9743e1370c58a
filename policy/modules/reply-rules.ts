// What receivers say in words, and what we do about it: rules by text, as KumoMTA's traffic shaping has them.
// A receiver that names a block is left alone for hours, one that finds us too fast is written to slowly.

import type { Module } from '../module.ts';
import type { Reply, Signal } from '../signal.ts';
import { days, later, type Milliseconds, minutes, seconds } from '../units.ts';
import { type Dispatch, go, pass } from '../verdict.ts';
import type { PoolName, ReceiverId } from '../words.ts';
import { countInRange, inRange, oneOf, spanInRange } from './parameters.ts';
import { mostText, patternOf } from './reply-patterns.ts';
import { freshLine, type Line, setRate, standInLine, takePlace } from './shaping/line.ts';

export interface ReplyRule {
  /**
   * A regular expression, sought without regard to case in the reply as it stands in a log: code, enhanced
   * code where there is one, and the first 256 characters of the text. See `patternOf` for what it may hold.
   */
  readonly match: string;
  /** The receivers it is for, by their names in `receivers`; all of them, where left out. */
  readonly receivers?: readonly string[];
  /** So many such replies within so long set it off; the first one, where left out. */
  readonly after?: { readonly replies: number; readonly within: Milliseconds };
  /**
   * `suspend`: no attempt goes to that receiver. `slow`: attempts go at so many an hour (0.01 to 1,000,000),
   * over so many connections at once (1 to 1,000; as else, where left out).
   */
  readonly action:
    | { readonly kind: 'suspend' }
    | { readonly kind: 'slow'; readonly rate: number; readonly connections?: number };
  /** From the reply that set it off, or a later one that matches; 1 minute to 5 days. */
  readonly during: Milliseconds;
}

export interface ReplyRulesParameters {
  /** Its name in reasons; `reply-rules` if left out. */
  readonly name?: string;
  /**
   * Whom a rule acts on: all mail to a receiver, or that of the tenant who was answered. `receiver` if left
   * out.
   */
  readonly key?: 'receiver' | 'tenant+receiver';
  /** Only attempts from this pool are held back, and only replies to it are heard; all, where left out. */
  readonly pool?: PoolName;
  /** 1 to 256 rules. All that match a reply are followed. */
  readonly rules: readonly ReplyRule[];
  /**
   * The receivers that rules name, and which they are here: the host hands out the numbers. A rule whose
   * receivers are none of these never acts, as a rule set may name more of them than a platform writes to.
   */
  readonly receivers?: Readonly<Record<string, ReceiverId>>;
}

/** A rule that was heard: how many replies since when, and until when it acts (0: not yet). */
type Hit = [rule: number, since: number, replies: number, until: number];

export interface ReplyRulesState {
  hits: Hit[];
  /** The line of those that go slowly. */
  line: Line;
}

/**
 * Suspends a receiver, or slows to a rate, from a reply on that a rule matches. Each further such reply
 * begins the span anew: the receiver prolongs it, never our waiting, since only words of a receiver are read.
 * What expired in our own queue (`expired`) is none. Of several rules in force a suspension holds before all,
 * and the lowest of the rates and of the connections. Ends by time alone; what waited is then asked anew.
 * With the key `tenant+receiver` a rule is KumoMTA's SuspendTenant, with `receiver` its Suspend. Throws a
 * RangeError for a parameter out of range, naming the rule.
 */
export const replyRules = (parameters: ReplyRulesParameters): Module<ReplyRulesState> => {
  const { pool } = parameters;
  const name = parameters.name ?? 'reply-rules';
  const key = oneOf(name, 'key', parameters.key ?? 'receiver', ['receiver', 'tenant+receiver']);
  countInRange(name, 'rules.length', parameters.rules.length, 1, 256);
  const rules = parameters.rules.map((rule, at) => checked(`${name}: rules[${at}]`, rule, parameters, key));
  const matching = matcher(rules);
  const isSlow = rules.some(({ action }) => action.kind === 'slow');
  return {
    name,
    key,
    hears: isSlow ? ['deferred', 'bounced', 'attempted'] : ['deferred', 'bounced'],
    fresh: () => ({ hits: [], line: freshLine(fastest) }),
    decide: () => pass,
    dispatch(state, attempt, now) {
      if (state.hits.length === 0 || (pool !== undefined && attempt.pool !== pool)) return go;
      let slowUntil = 0;
      let connections = Infinity;
      for (const [index, , , until] of state.hits) {
        if (until <= now) continue;
        const { action } = rules[index]!;
        if (action.kind === 'suspend') return suspended(name, state, rules, now);
        slowUntil = Math.max(slowUntil, until);
        connections = Math.min(connections, action.connections ?? Infinity);
      }
      if (slowUntil === 0) return go;
      const said = standInLine(state.line, name, attempt, now, false);
      if (said.kind !== 'wait') return connections === Infinity ? go : { kind: 'go', connections };
      return said.until <= slowUntil ? said : { ...said, until: slowUntil as Milliseconds };
    },
    learn(state, signal, now) {
      if (signal.kind === 'attempted') {
        if (state.hits.length === 0 || (pool !== undefined && signal.pool !== pool)) return;
        const rate = rateNow(state, rules, now);
        if (rate === fastest) return;
        if (rate !== state.line.rate) setRate(state.line, rate, now);
        takePlace(state.line, name, signal, now);
      } else if ((signal.kind === 'deferred' || signal.kind === 'bounced') && hasWords(signal, pool)) {
        for (const index of matching(signal.reply)) {
          const rule = rules[index]!;
          if (rule.isFor === undefined || rule.isFor.includes(signal.receiver)) note(state, rule, index, now);
        }
        const rate = rateNow(state, rules, now);
        if (rate !== state.line.rate) setRate(state.line, rate, now);
      }
    },
  };
};

/** The rate of a line that nobody stands in. */
const fastest = 1_000_000;

type Checked = Omit<ReplyRule, 'match' | 'receivers' | 'after'> & {
  readonly pattern: RegExp;
  readonly isFor: readonly ReceiverId[] | undefined;
  readonly replies: number;
  readonly within: Milliseconds;
};

const checked = (
  rule: string, { action, after, during, match, receivers }: ReplyRule,
  { receivers: known }: ReplyRulesParameters, key: 'receiver' | 'tenant+receiver',
): Checked => {
  oneOf(rule, 'action', action.kind, ['suspend', 'slow']);
  if (action.kind === 'slow') {
    inRange(rule, 'rate', action.rate, 0.01, fastest);
    if (action.connections !== undefined) countInRange(rule, 'connections', action.connections, 1, 1_000);
    if (action.connections !== undefined && key === 'tenant+receiver') {
      throw new RangeError(`${rule}: connections are a receiver's, not a tenant's. Leave them out.`);
    }
  }
  if (receivers !== undefined && known === undefined) {
    throw new RangeError(`${rule}: receivers are named; say in \`receivers\` which numbers the host gives.`);
  }
  return {
    action,
    pattern: patternOf(rule, match),
    isFor: receivers?.filter((one) => Object.hasOwn(known!, one)).map((one) => known![one]!),
    during: spanInRange(rule, 'during', during, minutes(1), days(5)),
    replies: countInRange(rule, 'after.replies', after?.replies ?? 1, 1, 1_000_000),
    within: spanInRange(rule, 'after.within', after?.within ?? minutes(60), seconds(1), days(1)),
  };
};

const hasWords = ({ pool: from, reply }: Signal & { reply: Reply; pool: PoolName },
  pool?: PoolName): boolean =>
  reply.class !== 'expired' && (pool === undefined || from === pool);

/** Replies whose rules are remembered, since receivers repeat themselves. */
const mostRemembered = 512;

/** Which rules match a reply. What it remembers is what it would find again: it is no state. */
const matcher = (rules: readonly Checked[]): ((reply: Reply) => readonly number[]) => {
  const remembered = new Map<string, readonly number[]>();
  return ({ code, enhanced, text }) => {
    const words = `${code} ${enhanced === '' ? '' : `${enhanced} `}${text.slice(0, mostText)}`;
    const before = remembered.get(words);
    if (before !== undefined) return before;
    const found = rules.flatMap(({ pattern }, index) => (pattern.test(words) ? [index] : []));
    if (remembered.size === mostRemembered) remembered.clear();
    remembered.set(words, found);
    return found;
  };
};

/** Counts a reply for a rule, and sets the rule off where it is enough. Forgets rules that are over. */
const note = (state: ReplyRulesState, rule: Checked, index: number, now: Milliseconds): void => {
  const { during, replies, within } = rule;
  let hit = state.hits.find(([one]) => one === index);
  if (hit === undefined) state.hits.push(hit = [index, now, 0, 0]);
  if (now - hit[1] > within && hit[3] <= now) [hit[1], hit[2]] = [now, 0];
  hit[2] = Math.min(hit[2] + 1, replies);
  if (hit[2] === replies) hit[3] = Math.max(hit[3], later(now, during));
  state.hits = state.hits.filter((one) => one === hit || one[3] > now || now - one[1] <= days(1));
};

/** The lowest rate of the rules in force; `fastest` where none slows. */
const rateNow = ({ hits }: Readonly<ReplyRulesState>, rules: readonly Checked[],
  now: Milliseconds): number => {
  let rate = fastest;
  for (const [index, , , until] of hits) {
    const { action } = rules[index]!;
    if (until > now && action.kind === 'slow') rate = Math.min(rate, action.rate);
  }
  return rate;
};

/** Until the last suspension ends. */
const suspended = (
  module: string, { hits }: Readonly<ReplyRulesState>, rules: readonly Checked[], now: Milliseconds,
): Dispatch => {
  let last: Hit = hits[0]!;
  for (const hit of hits) {
    const isLater = hit[3] > last[3] || rules[last[0]]!.action.kind !== 'suspend';
    if (rules[hit[0]]!.action.kind === 'suspend' && isLater) last = hit;
  }
  const { pattern, replies } = rules[last[0]]!;
  const reason = { module, rule: `replies like ${pattern.source}`, seen: last[2], limit: replies };
  return { kind: 'wait', until: Math.max(last[3], now) as Milliseconds, reason };
};
