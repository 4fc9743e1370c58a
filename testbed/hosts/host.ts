// What it takes to be a policy host: foreign software that judges submissions for a run. A module of the
// policy speaks for it, so that engine, reports and desk know it as they know our own modules.

import {
  type Milliseconds, type Module, ModuleFault, type Parameters, pass, type Policy, policy, type Signal,
  type SignalKind, type Submission, type Values, type Verdict,
} from '../../policy/index.ts';
import type { PolicyHost, World } from '../../sim/index.ts';

/** Software that is running for one run of the simulator. */
export interface RunningHost {
  /** What it says of a submission. One question at a time; virtual time stands still meanwhile. */
  judge(submission: Submission, now: Milliseconds): Promise<Verdict>;
  /** Takes in what happened; before the next question at the latest. */
  learn?(signal: Signal, now: Milliseconds): void;
  /** Ends it, and leaves nothing behind. */
  close(): Promise<void>;
}

/** Something that must be installed, and how. */
export interface Program {
  /** As its owner calls it: the command, or the package. */
  readonly name: string;
  readonly install: string;
}

/** A kind of host, such as postfwd, ready to be started. */
export interface Profile<P extends Parameters = Parameters> {
  /** Of the module that speaks for it. */
  readonly name: string;
  /** The software, with the version it was tried with. */
  readonly product: string;
  readonly parameters: P;
  /** Signals it hears; none if left out. */
  readonly hears?: readonly SignalKind[];
  /** What is needed and not there. */
  missing(): readonly Program[];
  /** Starts it for a run that is about to begin. Rejects with an error that says what went wrong. */
  start(values: Values<P>, world: World): Promise<RunningHost>;
}

/** How the simulator finds out that a module speaks for a host: the module bears this. */
export const speaksFor: unique symbol = Symbol.for('sharedfate.host') as never;

/** A host that has been chosen and set, and the answer its module is to give. */
interface Hosting {
  start(world: World): Promise<RunningHost>;
  /** The submission last judged, and what was said of it. */
  judged: Submission | null;
  verdict: Verdict;
  running: RunningHost | null;
}

/** A module that speaks for a host; what a policy of one's own may hold beside others. */
export type HostModule = Module<object> & { readonly [speaksFor]: Hosting };

export const hostModule = <P extends Parameters>(profile: Profile<P>, values: Values<P>): HostModule => {
  const { name, hears = [] } = profile;
  const hosting: Hosting = {
    judged: null, verdict: pass, running: null,
    start: (world) => profile.start(values, world),
  };
  return {
    name, hears, key: 'platform', [speaksFor]: hosting,
    fresh: () => ({}),
    decide(_, submission) {
      if (hosting.judged !== submission) throw new Error(`${name} was not asked about this submission`);
      return hosting.verdict;
    },
    learn: (_, signal, now) => hosting.running?.learn?.(signal, now),
  };
};

/** The policy that is nothing but a host. */
export const hostPolicy = <P extends Parameters>(name: string, profile: Profile<P>): Policy =>
  policy<P>(name, profile.parameters, (values) => [hostModule(profile, values)]);

const hostingsOf = ({ modules }: Policy): readonly (readonly [name: string, hosting: Hosting])[] =>
  modules.flatMap((module) =>
    speaksFor in module ? [[module.name, (module as HostModule)[speaksFor]] as const] : []);

export interface Hosts extends PolicyHost {
  close(): Promise<void>;
}

/**
 * Starts what the policy's modules speak for, for one run. Rejects where one does not start; nothing is left
 * running then.
 */
export const startHosts = async (of: Policy, world: World): Promise<Hosts> => {
  const hostings = hostingsOf(of);
  const close = async (): Promise<void> => {
    const running = hostings.flatMap(([, hosting]) => hosting.running ?? []);
    for (const [, hosting] of hostings) {
      hosting.running = null;
      hosting.judged = null;
    }
    await Promise.all(running.map((one) => one.close()));
  };
  try {
    for (const [name, hosting] of hostings) {
      hosting.running = await hosting.start(world).catch((cause: unknown) => {
        throw new ModuleFault(name, 'fresh', cause);
      });
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    name: hostings.map(([name]) => name).join(', '),
    async ask(submission, now) {
      for (const [, hosting] of hostings) {
        hosting.verdict = await hosting.running!.judge(submission, now);
        hosting.judged = submission;
      }
    },
    close,
  };
};
