// As much of Haraka as its limit plugin asks for: the plugin's own surroundings, a connection, and in the
// place of Redis a map whose keys expire by the clock of the run.

import type { Clock } from '../clock/clock.ts';

/** Return codes of Haraka's hooks, by the names of haraka-constants. */
export type HookCode = 'pass' | 'deny' | 'denysoft' | 'other';

const codes: Readonly<Record<number, HookCode>> = {
  902: 'deny', 903: 'denysoft', 904: 'deny', 906: 'pass', 909: 'denysoft',
};

export interface HookAnswer {
  readonly code: HookCode;
  readonly number: number;
  readonly message: string;
}

type Hook = (next: (code?: number, message?: string) => void, connection: object, params: object) => unknown;

/** What a plugin's module exports: functions that are called on the plugin. */
export type PluginExports = Readonly<Record<string, unknown>>;

/** Counters with an end, as INCR and EXPIRE make them. */
class ExpiringCounters {
  readonly #clock: Clock;
  readonly #counts = new Map<string, { count: number; ends: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  incr(key: string): Promise<number> {
    const held = this.#counts.get(key);
    const count = held === undefined || held.ends <= this.#clock.now ? 1 : held.count + 1;
    const ends = count === 1 ? Number.POSITIVE_INFINITY : held!.ends;
    this.#counts.set(key, { count, ends });
    return Promise.resolve(count);
  }

  expire(key: string, seconds: number): Promise<void> {
    const held = this.#counts.get(key);
    if (held !== undefined) held.ends = this.#clock.now + seconds * 1_000;
    return Promise.resolve();
  }
}

/** A plugin that has been registered with its configuration. */
export class HarakaPlugin {
  readonly #hooks = new Map<string, Hook[]>();
  /** Errors the plugin noted among its results instead of failing. */
  #noted = '';

  /** `config` is what its ini file says, by section. */
  constructor(name: string, exported: PluginExports, config: object, clock: Clock) {
    const hooks = this.#hooks;
    const plugin = {
      ...exported, name,
      config: { get: () => config },
      db: new ExpiringCounters(clock),
      inherits: () => undefined,
      merge_redis_ini: () => undefined,
      logerror: (text: unknown) => this.#note(text),
      register_hook(hook: string, method: string): void {
        const called = (plugin as Record<string, unknown>)[method] as Hook;
        hooks.set(hook, [...hooks.get(hook) ?? [], (...given) => called.apply(plugin, given)]);
      },
    };
    ((plugin as Record<string, unknown>)['register'] as () => void).call(plugin);
  }

  /** The first answer that is not to go on. Rejects where the plugin noted an error. */
  async ask(hook: string, mailFrom: string, recipient: string): Promise<HookAnswer> {
    this.#noted = '';
    const connection = {
      remote: { ip: '', host: '' }, relaying: true, transaction: { mail_from: addressOf(mailFrom) },
      results: {
        add: (_: object, what: { readonly err?: unknown }) => what.err !== undefined && this.#note(what.err),
        get: () => ({}),
        push: () => undefined,
      },
      logdebug: () => undefined, loginfo: () => undefined,
      logerror: (_: object, text: unknown) => this.#note(text),
    };
    for (const called of this.#hooks.get(hook) ?? []) {
      const answer = await answerOf(called, connection, [addressOf(recipient)]);
      if (this.#noted !== '') throw new Error(`the plugin noted an error: ${this.#noted}`);
      if (answer.code !== 'pass') return answer;
    }
    return { code: 'pass', number: 0, message: '' };
  }

  #note(what: unknown): void {
    this.#noted = String(what);
  }
}

const answerOf = (called: Hook, connection: object, params: object): Promise<HookAnswer> =>
  new Promise((resolve, reject) => {
    const next = (number = 0, message = ''): void =>
      resolve({ code: number === 0 ? 'pass' : codes[number] ?? 'other', number, message });
    Promise.resolve(called(next, connection, params)).catch(reject);
  });

const addressOf = (address: string): object => ({
  address, host: address.split('@')[1] ?? '', user: address.split('@')[0], isNull: () => address === '',
});
