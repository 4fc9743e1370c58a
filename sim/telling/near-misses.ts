// How near each rule came that never spoke on a culprit's mail. Each module of the policy has a twin that
// learns of this tenant alone what the module itself learns; before a message is judged, the twin is asked
// what it would say if there were more of something: more recipients, more unknown users, more complaints.

import { type Cells, fill, freshCells, listOf } from '../../policy/cells.ts';
import type {
  AddressKey, Milliseconds, Module, Policy, Reply, Signal, Submission,
} from '../../policy/index.ts';
import type { NearMiss, Probe } from './tale.ts';

/** More than this is not near. */
const farthest = 1_000;
/** Between two looks at what it takes more than a message to try. */
const pause = 60_000;

/** Twins of modules that go by account or tenant: what the others go by is no tenant's own. */
interface Twin {
  readonly module: Module<object>;
  readonly states: Map<number, object>;
  readonly probes: readonly Probe[];
  looked: number;
  /** Spoke by itself on abusive mail, heard or not. */
  spoke: boolean;
  nearest: NearMiss;
}

const probeSignals: Readonly<Record<Exclude<Probe, 'recipients'>, Signal['kind']>> = {
  'messages': 'submitted', 'unknown users': 'bounced', 'complaints': 'complained', 'spam verdicts': 'scanned',
  'trap hits': 'trapped',
};

const probesOf = ({ hears }: Module<object>): readonly Probe[] => {
  const isHeard = (kind: Signal['kind']): boolean => hears === undefined || hears.includes(kind);
  const probes = Object.keys(probeSignals) as (keyof typeof probeSignals)[];
  const heard = probes.filter((probe) => isHeard(probeSignals[probe]));
  return isHeard('submitted') ? ['recipients', ...heard] : heard;
};

export class NearMisses {
  readonly #twins: readonly Twin[];

  constructor(policy: Policy) {
    this.#twins = policy.modules
      .filter(({ key }) => key === 'account' || key === 'tenant')
      .map((module) => ({
        module, states: new Map(), probes: probesOf(module), looked: Number.NEGATIVE_INFINITY, spoke: false,
        nearest: { rule: module.name, at: null, more: farthest, of: null, limit: 0 },
      }));
  }

  /** The tenant learns, or the platform of it. */
  learn(signal: Signal & { readonly account: number; readonly tenant: number }, now: Milliseconds): void {
    for (const { module, states } of this.#twins) {
      if (module.hears !== undefined && !module.hears.includes(signal.kind)) continue;
      module.learn(stateOf(module, states, keyOf(module, signal)), signal, now);
    }
  }

  /** An abusive message is judged, of an account that is open. */
  judge(submission: Submission, now: Milliseconds): void {
    for (const twin of this.#twins) {
      if (twin.spoke) continue;
      const state = stateOf(twin.module, twin.states, keyOf(twin.module, submission));
      if (twin.module.decide(state, submission, now).kind !== 'pass') twin.spoke = true;
      else for (const probe of twin.probes) tryMore(twin, probe, state, submission, now);
    }
  }

  /** Rules that never spoke, nearest first. */
  found(): readonly NearMiss[] {
    return this.#twins.filter(({ spoke }) => !spoke).map(({ nearest }) => nearest)
      .sort((one, two) => (one.at === null ? 1 : 0) - (two.at === null ? 1 : 0) || one.more - two.more);
  }
}

const keyOf = (
  { key }: Module<object>, of: { readonly account: number; readonly tenant: number },
): number => (key === 'account' ? of.account : of.tenant);

const stateOf = (module: Module<object>, states: Map<number, object>, key: number): object => {
  let state = states.get(key);
  if (state === undefined) states.set(key, (state = module.fresh()));
  return state;
};

/** Looks whether fewer than ever of something more would have made the rule speak now. */
const tryMore = (
  twin: Twin, probe: Probe, state: object, submission: Submission, now: Milliseconds,
): void => {
  // Asking with more recipients is cheap; all else needs a copy of the state.
  if (probe !== 'recipients' && now - twin.looked < pause) return;
  if (probe !== 'recipients' && probe === twin.probes.at(-1)) twin.looked = now;
  const most = twin.nearest.at === null ? farthest : twin.nearest.more - 1;
  if (most < 1) return;
  const isEnough = (more: number): boolean =>
    reasonWith(twin, probe, state, submission, now, more) !== null;
  if (!isEnough(most)) return;
  let least = 1;
  let enough = most;
  while (least < enough) {
    const middle = Math.floor((least + enough) / 2);
    if (isEnough(middle)) enough = middle;
    else least = middle + 1;
  }
  const { rule, limit: allowed } = reasonWith(twin, probe, state, submission, now, enough)!;
  twin.nearest = { rule: `${twin.module.name} ${rule}`, at: now, more: enough, of: probe, limit: allowed };
};

/** The rule's reason were there so many more; null where it would still let the message pass. */
const reasonWith = (
  { module }: Twin, probe: Probe, state: object, submission: Submission, now: Milliseconds, more: number,
): { readonly rule: string; readonly limit: number } | null => {
  if (probe === 'recipients') {
    const verdict = module.decide(state, { ...submission, ...withMore(submission, more) }, now);
    return verdict.kind === 'pass' ? null : verdict.reason;
  }
  const copy = copyOf(module, state);
  const signal = signalFor(probe, submission);
  for (let count = 0; count < more; count += 1) module.learn(copy, signal, now);
  const verdict = module.decide(copy, submission, now);
  return verdict.kind === 'pass' ? null : verdict.reason;
};

/** Strangers' addresses that no world has: keys are whole numbers from 0 up, and small. */
const strangers: AddressKey[] =
  Array.from({ length: farthest }, (_, index) => (Number.MAX_SAFE_INTEGER - index) as AddressKey);

const withMore = ({ recipients, receivers }: Submission, more: number) => ({
  recipients: recipients.concat(strangers.slice(0, more)),
  receivers: receivers.concat(Array.from({ length: more }, () => receivers[0]!)),
});

const copyOf = (module: Module<object>, state: object): object => {
  const { layout } = module;
  if (layout === undefined) return JSON.parse(JSON.stringify(state)) as object;
  const copy = freshCells(layout);
  fill(copy, layout, listOf(state as Cells, layout));
  return copy;
};

const unknownUser: Reply = { code: 550, enhanced: '5.1.1', text: 'no such user', class: 'unknownUser' };

const signalFor = (probe: Exclude<Probe, 'recipients'>, submission: Submission): Signal => {
  const { tenant, account, pool } = submission;
  const receiver = submission.receivers[0]!;
  const outcome = { tenant, account, pool, address: '', receiver, copies: 1 };
  switch (probe) {
    case 'messages':
      return { kind: 'submitted', tenant, account, submission, verdict: { kind: 'pass' } };
    case 'unknown users':
      return { kind: 'bounced', ...outcome, reply: unknownUser };
    case 'complaints':
      return { kind: 'complained', tenant, account, receiver };
    case 'spam verdicts':
      return { kind: 'scanned', tenant, account, spam: true };
    case 'trap hits':
      return { kind: 'trapped', tenant, account };
    default:
      return probe satisfies never;
  }
};
