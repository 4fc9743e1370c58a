// What receivers say in words, and what we do about it: rules by text, as KumoMTA's traffic shaping has them.
// A receiver that names a block is left alone for hours, one that finds us too fast is written to slowly.

import type { Module } from '../module.ts';
import type { Reply, Signal } from '../signal.ts';
import { days, later, type Milliseconds, minutes, seconds } from '../units.ts';
import { type Dispatch, go, pass } from '../verdict.ts';
import type { PoolName, ReceiverName } from '../words.ts';
import { countInRange, inRange, oneOf, spanInRange } from './parameters.ts';
import { mostText, patternOf } from './reply-patterns.ts';
import { freshLine, type Line, setRate, standInLine, takePlace } from './shaping/line.ts';

export interface ReplyRule {
  /**
   * A regular expression, sought without regard to case in the reply as it stands in a log: code, enhanced
   * code where there is one, and the first 256 characters of the text. See `patternOf` for what it may hold.
   */
  readonly match: string;
  /**
   * The receivers it is for, by the names the platform gives them, such as `gmail`, whatever their case; all
   * of them, where left out. 1 to 64 names.
   */
  readonly receivers?: readonly ReceiverName[];
  /** So many such replies (1 to 1,000) within so long set it off; the first one, where left out. */
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
}

/** A rule that was heard: until when it acts (0: not yet), and when its last replies came. */
type Hit = [rule: number, until: number, times: number[]];

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
 * A rule that names receivers goes by the name a reply comes with (`receiverName`): it may name more of them
 * than a platform writes to, and never acts on those that the host has no names for.
 * With the key `tenant+receiver` a rule is KumoMTA's SuspendTenant, with `receiver` its Suspend. Throws a
 * RangeError for a parameter out of range, naming the rule.
 */
export const replyRules = (parameters: ReplyRulesParameters): Module<ReplyRulesState> => {
  const { pool } = parameters;
  const name = parameters.name ?? 'reply-rules';
  const key = oneOf(name, 'key', parameters.key ?? 'receiver', ['receiver', 'tenant+receiver']);
  countInRange(name, 'rules.length', parameters.rules.length, 1, 256);
  const rules = parameters.rules.map((rule, at) => checked(`${name}: rules[${at}]`, rule, key));
  const matching = matcher(rules);
  const isSlow = rules.some(({ action }) => action.kind === 'slow');
  return {
    name,
    key,
    hears: isSlow ? ['deferred', 'bounced', 'attempted'] : ['deferred', 'bounced'],
    fresh: () => ({ hits: [], line: freshLine(fastest) }),
    accepts: ({ hits }) => hits.every(([rule]) => rules[rule] !== undefined),
    decide: () => pass,
    dispatch(state, attempt, now) {
      if (state.hits.length === 0 || (pool !== undefined && attempt.pool !== pool)) return go;
      let slowUntil = 0;
      let connections = Infinity;
      for (const [index, until] of state.hits) {
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
          if (isFor(rules[index]!, signal.receiverName)) note(state, rules, index, now);
        }
        const rate = rateNow(state, rules, now);
        if (rate !== state.line.rate) setRate(state.line, rate, now);
      }
    },
  };
};

/** The rate of a line that nobody stands in. */
const fastest = 1_000_000;
/**
 * Replies that a rule may wait for: the time of each is kept, up to 14 KB as JSON. Rules in use have 1 to 10.
 */
const mostReplies = 1_000;

type Checked = Omit<ReplyRule, 'match' | 'receivers' | 'after'> & {
  readonly pattern: RegExp;
  readonly names: readonly ReceiverName[] | undefined;
  readonly replies: number;
  readonly within: Milliseconds;
};

const checked = (
  rule: string, { action, after, during, match, receivers }: ReplyRule, key: 'receiver' | 'tenant+receiver',
): Checked => {
  oneOf(rule, 'action', action.kind, ['suspend', 'slow']);
  if (action.kind === 'slow') {
    inRange(rule, 'rate', action.rate, 0.01, fastest);
    if (action.connections !== undefined) countInRange(rule, 'connections', action.connections, 1, 1_000);
    if (action.connections !== undefined && key === 'tenant+receiver') {
      throw new RangeError(`${rule}: connections are a receiver's, not a tenant's. Leave them out.`);
    }
  }
  if (receivers !== undefined) countInRange(rule, 'receivers.length', receivers.length, 1, 64);
  for (const name of receivers ?? []) {
    if (typeof name === 'string' && name.trim() === name && name !== '') continue;
    throw new RangeError(`${rule}: a receiver is ${JSON.stringify(name)}; it is a name such as "gmail".`);
  }
  return {
    action,
    pattern: patternOf(rule, match),
    names: receivers?.map((name) => name.toLowerCase()),
    during: spanInRange(rule, 'during', during, minutes(1), days(5)),
    replies: countInRange(rule, 'after.replies', after?.replies ?? 1, 1, mostReplies),
    within: spanInRange(rule, 'after.within', after?.within ?? minutes(60), seconds(1), days(1)),
  };
};

const isFor = ({ names }: Checked, receiver: ReceiverName | undefined): boolean =>
  names === undefined || (receiver !== undefined && names.includes(receiver.toLowerCase()));

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
const note = (
  state: ReplyRulesState, rules: readonly Checked[], index: number, now: Milliseconds,
): void => {
  const { during, replies } = rules[index]!;
  let hit = state.hits.find(([one]) => one === index);
  if (hit === undefined) state.hits.push(hit = [index, 0, []]);
  const [, until, times] = hit;
  // A clock that steps back makes no reply older than the one before it.
  times.push(Math.max(now, times.at(-1) ?? 0));
  // By more than one where the rule took more of them when they came.
  if (times.length > replies) times.splice(0, times.length - replies);
  state.hits = state.hits.filter((one) => isAlive(one, rules, now));
  if (times.length === replies || until > now) hit[1] = Math.max(until, later(now, during));
};

/** Drops the replies of a hit that are too old to count; whether anything of it is left. */
const isAlive = ([rule, until, times]: Hit, rules: readonly Checked[], now: Milliseconds): boolean => {
  const { within } = rules[rule]!;
  let old = 0;
  while (old < times.length && now - times[old]! > within) old += 1;
  if (old > 0) times.splice(0, old);
  return times.length > 0 || until > now;
};

/** The lowest rate of the rules in force; `fastest` where none slows. */
const rateNow = ({ hits }: Readonly<ReplyRulesState>, rules: readonly Checked[],
  now: Milliseconds): number => {
  let rate = fastest;
  for (const [index, until] of hits) {
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
    const isLater = hit[1] > last[1] || rules[last[0]]!.action.kind !== 'suspend';
    if (rules[hit[0]]!.action.kind === 'suspend' && isLater) last = hit;
  }
  const { pattern, replies } = rules[last[0]]!;
  const reason = { module, rule: `replies like ${pattern.source}`, seen: replies, limit: replies };
  return { kind: 'wait', until: Math.max(last[1], now) as Milliseconds, reason };
};
