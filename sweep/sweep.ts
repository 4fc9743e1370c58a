// What a sweep's script writes with: many runs, as data. Nothing of it is a function, so a sweep can be
// printed, hashed and sent to another machine; read.ts checks it.

/** Values of a parameter as `--set` takes them: numbers in its unit, or text such as `15m` or `5%`. */
export type Value = number | string;

/** Every combination of these values, by parameter. */
export type Grid = Readonly<Record<string, readonly Value[]>>;

/** From one value to another, both included; `log` spreads evenly by factor, as limits and spans need it. */
export type Range =
  | readonly [from: Value, to: Value]
  | { readonly from: Value; readonly to: Value; readonly scale?: 'linear' | 'log' };

/** Points that fill the ranges evenly, where a grid of as many would have few values each. */
export interface Sobol {
  /** 1 to 4096; a power of two fills most evenly. */
  readonly points: number;
  /** By parameter, 1 to 21 of them. */
  readonly over: Readonly<Record<string, Range>>;
}

/** A policy of a sweep: as `--policy` takes it, what is set of it throughout, and what varies. */
export interface SweptPolicy {
  /** `default`, `accept-everything`, `preset:<name>`, or a file, relative to the sweep's own. */
  readonly policy: string;
  readonly set?: Readonly<Record<string, Value>>;
  readonly grid?: Grid;
  readonly sobol?: Sobol;
}

export interface SweepInput {
  readonly title?: string;
  /** Files, or folders of them, relative to the sweep's own. */
  readonly scenarios: readonly string[];
  /** `default` alone if left out. A name takes the grid or the points below; a record may have its own. */
  readonly policies?: readonly (string | SweptPolicy)[];
  readonly grid?: Grid;
  readonly sobol?: Sobol;
  /** Seeds 1 to this, the same for every point: only so do differences come from the settings alone. */
  readonly seeds: number;
}

export interface Sweep {
  readonly kind: 'sweep';
  readonly input: SweepInput;
}

/** Checked when it is read, and not here, so that all mistakes are told at once. */
export const sweep = (input: SweepInput): Sweep => ({ kind: 'sweep', input });
