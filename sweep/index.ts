// The folder's promise: what a sweep's script writes with.

export { type Grid, type Range, type Sobol, type Sweep, sweep, type SweepInput, type SweptPolicy, type Value }
  from './sweep.ts';
