// A memory as lines of JSON, and back. Lines keep a large state readable piece by piece, and the last one
// says that the file is whole.

import { type Milliseconds, type Policy, PolicyEngine, type Snapshot } from '../../policy/index.ts';
import type { Memory } from './memory.ts';

/** What a platform is known by; the first line of each file of its state. */
export interface Origin {
  readonly format: 1;
  readonly policy: string;
  /** Milliseconds since 1970 at which policy time is 0. */
  readonly epoch: number;
  readonly secret: string;
}

/** The state is not ours to take: of another policy or another format, and what to do. */
export class StateMistake extends Error {
  override readonly name = 'StateMistake';
}

/** Entries on a line. */
const chunk = 1_000;

export const linesOf = function* (memory: Memory, origin: Origin): Generator<string> {
  const { last, messages } = memory;
  yield JSON.stringify({ saved: { ...origin, last, messages } });
  let lines = 1;
  for (const [part, entries] of partsOf(memory)) {
    for (let from = 0; from < entries.length; from += chunk) {
      lines += 1;
      yield JSON.stringify({ part, entries: entries.slice(from, from + chunk) });
    }
  }
  yield JSON.stringify({ end: lines });
};

const partsOf = function* (memory: Memory): Generator<readonly [string, readonly unknown[]]> {
  yield ['tenants', memory.tenants.all()];
  yield ['accounts', memory.accounts.all().map((name, id) => [name, memory.tenantOf[id]])];
  yield ['receivers', memory.receivers.all()];
  for (const name of recents) yield [name, [...memory[name].entries()]];
  yield ['paced', [...memory.paced]];
  yield ['places', [...memory.places]];
  yield ['listed', [...memory.listed]];
  const { released, states, suspended } = memory.engine.snapshot();
  yield ['suspended accounts', suspended.accounts];
  yield ['suspended tenants', suspended.tenants];
  yield ['released accounts', released?.accounts ?? []];
  yield ['released tenants', released?.tenants ?? []];
  for (const module of Object.keys(states)) yield [`module ${module}`, states[module]!];
};

const recents = ['queue', 'titles', 'senders', 'answers', 'reports'] as const;

/** A file's lines, gathered again by part. */
export class Gathered {
  origin: (Origin & { readonly last: Milliseconds; readonly messages: number }) | undefined;
  readonly parts = new Map<string, unknown[]>();
  isWhole = false;
  #lines = 0;

  /** Throws a SyntaxError or TypeError for a line that is none of a saved memory. */
  take(line: string): void {
    const { end, entries, part, saved } = JSON.parse(line) as Record<string, unknown>;
    if (saved !== undefined) this.origin = saved as typeof this.origin;
    else if (typeof end === 'number') this.isWhole = end === this.#lines && this.origin !== undefined;
    else if (Array.isArray(entries)) {
      const known = this.parts.get(part as string);
      if (known === undefined) this.parts.set(part as string, [...entries as unknown[]]);
      else for (const entry of entries) known.push(entry);
    } else throw new TypeError('is no line of a saved memory');
    this.#lines += 1;
  }

  part<Entry>(name: string): readonly Entry[] {
    return (this.parts.get(name) ?? []) as Entry[];
  }
}

/** Fills a memory with what was saved; the names of modules whose states did not fit are returned. */
export const refill = (memory: Memory, from: Gathered): readonly string[] => {
  memory.tenants.restore(from.part('tenants'));
  const accounts = from.part<readonly [string, number]>('accounts');
  memory.accounts.restore(accounts.map(([name]) => name));
  memory.tenantOf.length = 0;
  for (const [, tenant] of accounts) memory.tenantOf.push(tenant as (typeof memory.tenantOf)[number]);
  memory.receivers.restore(from.part('receivers'));
  for (const name of recents) memory[name].restore(from.part<never>(name));
  for (const name of ['paced', 'places', 'listed'] as const) {
    memory[name].clear();
    for (const [key, value] of from.part<readonly [string, never]>(name)) memory[name].set(key, value);
  }
  memory.messages = from.origin?.messages ?? 0;
  memory.last = from.origin?.last ?? memory.last;
  const states: Record<string, Snapshot['states'][string]> = {};
  for (const { name } of memory.engine.policy.modules) states[name] = from.part(`module ${name}`);
  const { dropped, engine } = engineWith(memory.engine.policy, {
    policy: memory.engine.policy.name, states,
    suspended: { accounts: from.part('suspended accounts'), tenants: from.part('suspended tenants') },
    released: { accounts: from.part('released accounts'), tenants: from.part('released tenants') },
  });
  memory.engine = engine;
  return dropped;
};

/**
 * An engine of this policy that goes on from another one's snapshot, module by module by name. A module whose
 * states are not of this policy's making starts fresh and is named.
 */
export const engineWith = (
  policy: Policy, { states, ...others }: Snapshot,
): { readonly engine: PolicyEngine; readonly dropped: readonly string[] } => {
  const engine = new PolicyEngine(policy);
  const dropped = new Set(policy.modules.filter(({ fresh, layout, name }) =>
    layout === undefined && !isLike(fresh(), states[name]?.[0]?.[1])).map(({ name }) => name));
  const carried = (): Snapshot => ({
    ...others, policy: policy.name,
    states: Object.fromEntries(policy.modules.map(({ name }) =>
      [name, dropped.has(name) ? [] : states[name] ?? []])),
  });
  try {
    engine.restore(carried());
  } catch {
    // One at a time, to see whose it is; the rest is kept.
    for (const module of policy.modules) {
      if (!fits(module, states[module.name] ?? [])) dropped.add(module.name);
    }
    engine.restore(carried());
  }
  return { engine, dropped: [...dropped] };
};

const fits = (module: Policy['modules'][number], states: Snapshot['states'][string]): boolean => {
  try {
    const alone = new PolicyEngine({ name: 'alone', modules: [module] });
    const suspended = { accounts: [], tenants: [] };
    alone.restore({ policy: 'alone', states: { [module.name]: states }, suspended });
    return true;
  } catch {
    return false;
  }
};

/** Whether a kept state has what a fresh one has, as far as can be told from outside. */
const isLike = (fresh: object, kept: object | undefined): boolean =>
  kept === undefined || Array.isArray(fresh) === Array.isArray(kept) &&
  Object.entries(fresh).every(([key, value]) =>
    typeof (kept as Record<string, unknown>)[key] === typeof value || Array.isArray(fresh));
